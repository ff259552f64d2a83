"""The first page inside an organisation."""

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from collegium.parts.organisation.shown import Visit
from collegium.secretariat.house import House
from collegium.server.accounts import signing_in
from collegium.server.web.shared.request import Request
from collegium.server.web.shared.showing import show
from collegium.server.web.today.pages import TodayPage, today_page


@require_safe
def today(request: Request) -> HttpResponse:
    """What waits for the visitor, until when, and what happened last."""
    newcomers = {one.member for one in signing_in.newcomers(request.desk)}
    guided = request.visit.member in newcomers

    def gather(house: House, visit: Visit) -> TodayPage:
        return today_page(house, visit, guided=guided)

    return show(request, "today/today.html", gather, to_all=True)
