"""Between server and views: the security policy, and which organisation is meant."""

from collections.abc import Callable
from typing import Any, Final, TypeAlias, cast

from django.http import HttpRequest, HttpResponse

from collegium.archive.protocol import Busy, Damaged, Full, InDoubt
from collegium.parts.organisation.shown import Absent
from collegium.secretariat.door import Broken
from collegium.server.accounts.signing_in import visitor_of
from collegium.server.desks import desks
from collegium.server.web.shared.faults import absent, only_sent, unavailable
from collegium.server.web.shared.request import Request

POLICY: Final = (
    "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'"
)
"""Nothing from elsewhere, nothing inline."""

_PERMISSIONS: Final = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"

_ONLY_SENT: Final = 405

_LARGEST: Final = 10**12  # no page counts further; larger numbers overflow what looks them up

Respond: TypeAlias = Callable[[HttpRequest], HttpResponse]


def content_security(respond: Respond) -> Respond:
    """Say in every answer what a page may load; and that nobody else keeps it."""

    def answer(request: HttpRequest) -> HttpResponse:
        response = respond(request)
        response["Content-Security-Policy"] = POLICY
        response["Permissions-Policy"] = _PERMISSIONS
        if not request.path.startswith("/static/"):
            response.headers.setdefault("Cache-Control", "private, no-store")
        return response

    return answer


class Reception:
    """Finds the organisation that an address names, and who visits it.

    Also gives the page for what isn't there, and for a door that takes nothing now.
    """

    def __init__(self, respond: Respond) -> None:
        self._respond = respond

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Go on, if the site was asked by a name of its own: else it is 400.

        Otherwise any page could have its own name lead here, and read what nobody needs to
        sign in for.
        """
        request.get_host()
        response = self._respond(request)
        if response.status_code == _ONLY_SENT and request.method in {"GET", "HEAD"}:
            return only_sent(request)
        return response

    def process_view(
        self, request: HttpRequest, _view: object, _args: object, wanted: dict[str, Any]
    ) -> HttpResponse | None:
        """Put desk and visitor on the request; 404 for an organisation that isn't here."""
        if any(isinstance(value, int) and value > _LARGEST for value in wanted.values()):
            return absent(request)
        if "organisation" not in wanted:
            return None
        desk = desks().all().get(wanted.pop("organisation"))
        if desk is None:
            return absent(request)
        asked = cast("Request", request)
        asked.desk, asked.trouble = desk, None
        asked.visit = desk.visit(visitor_of(request, desk))
        return None

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """The page for an error that is an answer."""
        if isinstance(error, Absent):
            return absent(request, error)
        if isinstance(error, Busy | Damaged | Full | InDoubt | Broken):
            return unavailable(request, error)
        return None
