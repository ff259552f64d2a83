"""Stopping work that takes longer than a page."""

from django.http import HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from collegium.parts.organisation.shown import Absent
from collegium.server.web.shared.request import Request
from collegium.server.web.shared.running import stop
from collegium.server.web.shared.showing import show


@require_POST
def stop_work(request: Request) -> HttpResponse:
    """Stop the work that a page has named; where it is over already, back to what it came to."""
    address = request.POST.get("address", "")
    if not address.startswith("/") or not url_has_allowed_host_and_scheme(address, None):
        raise Absent("Nothing of that name is under way.")
    if not stop(request.POST.get("work", "")):
        return HttpResponseRedirect(address, status=303)
    more = {"address": address}
    return show(request, "shared/stopped.html", lambda _house, _visit: (), more=more, to_all=True)
