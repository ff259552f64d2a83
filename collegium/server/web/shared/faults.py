"""The pages for what isn't there, isn't allowed, or doesn't work now."""

from typing import Final, TypeAlias, cast

from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import is_valid_path
from django.utils.http import escape_leading_slashes, url_has_allowed_host_and_scheme

from collegium.parts.organisation.shown import Absent
from collegium.server.web.shared.request import Request
from collegium.server.web.shared.showing import show

Kept: TypeAlias = tuple[tuple[str, str], ...]
"""What somebody wrote, by the names of its fields."""

_OURS: Final = frozenset(
    {"csrfmiddlewaretoken", "slip", "member", "version", "work", "address", "elsewhere"}
)
"""What a page puts into a form, and nobody wrote."""


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400: the request can't be read; 413: it is larger than any form of ours."""
    if isinstance(exception, RequestDataTooBig):
        said = "Nothing was recorded. Shorten what you wrote, and send it again."
        return _fault(request, 413, "That is too much at once", said)
    return _fault(request, 400, "That request can't be read", "Nothing was recorded.")


def forged(
    request: HttpRequest,
    reason: str = "",  # noqa: ARG001 - Django gives it by this name
) -> HttpResponse:
    """403: the form didn't come from a page of ours, or came without our cookie.

    Where the browser says that it did come from one, what was written isn't lost with it.
    """
    return _fault(
        request,
        403,
        "This form can't be shown to come from this site",
        "Cookies may be off, or the page was open for very long. Open it anew and try again.",
    )


def absent(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: it isn't there; where only the last stroke of its address is missing, the way to it."""
    whole = f"{request.path_info}/"
    asked_to_read = request.method in ("GET", "HEAD") and not isinstance(exception, Absent)
    if asked_to_read and not whole.endswith("//") and is_valid_path(whole):
        return HttpResponseRedirect(escape_leading_slashes(whole))
    if isinstance(exception, Absent) and hasattr(request, "desk"):
        return _absent_inside(cast("Request", request), str(exception))
    return _fault(request, 404, "That isn't here", "Nothing has this address.")


def _absent_inside(request: Request, said: str) -> HttpResponse:
    more = {"said": said, "lost": _written(request)}
    page = show(request, "shared/absent.html", lambda _house, _visit: (), more=more, to_all=True)
    page.status_code = 404
    return page


def only_sent(request: HttpRequest) -> HttpResponse:
    """302: forms are sent to this address, and whoever reloads it is led to the page above."""
    above = request.path_info.rstrip("/")
    while above := above.rpartition("/")[0]:
        if is_valid_path(f"{above}/"):
            break
    return HttpResponseRedirect(escape_leading_slashes(f"{above}/"))


def failed(request: HttpRequest) -> HttpResponse:
    """500: a mistake of ours."""
    return _fault(
        request,
        500,
        "Something went wrong here",
        "It is our mistake. What stands in the record still does.",
    )


def unavailable(request: HttpRequest, error: Exception) -> HttpResponse:
    """503: nothing is accepted for the moment; reading goes on."""
    response = _fault(request, 503, "Not just now", str(error))
    response["Retry-After"] = "5"
    return response


def _written(request: HttpRequest) -> Kept:
    """What somebody wrote into a form of ours that came to nothing: else it would be lost."""
    if request.headers.get("Sec-Fetch-Site") != "same-origin":
        return ()  # or any site could have us show its words
    try:
        fields = [(name, str(value)) for name, value in request.POST.items() if name not in _OURS]
    except (OSError, SuspiciousOperation):  # it can't be read, or is too much
        return ()
    return tuple((name.replace("_", " ").capitalize(), value) for name, value in fields if value)


def _fault(request: HttpRequest, status: int, title: str, said: str) -> HttpResponse:
    told: dict[str, object] = {"title": title, "said": said, "kept": _written(request)}
    told["back"] = _page_before(request)
    return render(request, "shared/fault.html", told, status=status)


def _page_before(request: HttpRequest) -> str:
    """The page of this site that had the form which was sent; empty where it isn't known."""
    before = request.headers.get("Referer", "")
    try:
        ours = url_has_allowed_host_and_scheme(before, {request.get_host()})
    except SuspiciousOperation:  # it was asked by a name that isn't ours
        return ""
    return before if ours and request.method == "POST" else ""
