"""A request as our views get it."""

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails
from msgspec import Struct

from collegium.parts.organisation.shown import Visit
from collegium.server.desks import Desk


class Trouble(Struct, frozen=True):
    """Why a form wasn't accepted; the page is shown again with it.

    Attributes:
        form: The form's name on its page.
        status: 400 for a form filled in wrongly, 409 for a rule's refusal, 503 for "not now".
        rule: The rule's short name; empty unless a rule refused.
        reason: The sentence for the visitor; empty where the fields say what is wrong.
        entry: The number of the entry where this very form stands already; -1 otherwise.
    """

    form: str
    status: int
    rule: str = ""
    reason: str = ""
    entry: int = -1


class Request(HttpRequest):
    """A request for a page of one organisation.

    Attributes:
        desk: The organisation.
        visit: Who looks, and when.
        trouble: Why the form that came with it wasn't accepted.
    """

    desk: Desk
    visit: Visit
    trouble: Trouble | None
    htmx: HtmxDetails
