"""The first page inside an organisation."""

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from collegium.server.web.shared.request import Request
from collegium.server.web.shared.showing import show
from collegium.server.web.today.pages import today_page


@require_safe
def today(request: Request) -> HttpResponse:
    """What waits for the visitor, until when, and what happened last."""
    return show(request, "today/today.html", today_page, to_all=True)
