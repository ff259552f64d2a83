"""The pages for what isn't there, isn't allowed, or doesn't work now."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import is_valid_path
from django.utils.http import escape_leading_slashes

from collegium.parts.organisation.shown import Absent


def bad_request(
    request: HttpRequest,
    exception: Exception,  # noqa: ARG001 - Django gives it by this name
) -> HttpResponse:
    """400: the request can't be read."""
    return _fault(request, 400, "That request can't be read", "Go back and send the form again.")


def forged(
    request: HttpRequest,
    reason: str = "",  # noqa: ARG001 - Django gives it by this name
) -> HttpResponse:
    """403: the form didn't come from a page of ours."""
    return _fault(
        request,
        403,
        "This form didn't come from this site",
        "Cookies may be turned off, or the page was open for very long. Reload it and try again.",
    )


def absent(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: it isn't there; where only the last stroke of its address is missing, the way to it."""
    whole = f"{request.path_info}/"
    asked_to_read = request.method in ("GET", "HEAD") and not isinstance(exception, Absent)
    if asked_to_read and not whole.endswith("//") and is_valid_path(whole):
        return HttpResponseRedirect(escape_leading_slashes(whole))
    said = str(exception) if isinstance(exception, Absent) else "Nothing has this address."
    return _fault(request, 404, "That isn't here", said)


def failed(request: HttpRequest) -> HttpResponse:
    """500: a mistake of ours."""
    return _fault(
        request,
        500,
        "Something went wrong here",
        "It is our mistake, and nothing of yours was lost. What stood in the record still does.",
    )


def unavailable(request: HttpRequest, error: Exception) -> HttpResponse:
    """503: nothing is accepted for the moment; reading goes on."""
    response = _fault(request, 503, "Not just now", str(error))
    response["Retry-After"] = "5"
    return response


def _fault(request: HttpRequest, status: int, title: str, said: str) -> HttpResponse:
    return render(request, "shared/fault.html", {"title": title, "said": said}, status=status)
