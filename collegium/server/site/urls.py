"""All addresses: the front door, then each organisation's under its own name."""

from django.urls import include, path

from collegium.server.web.approvals import urls as approvals
from collegium.server.web.decisions import urls as decisions
from collegium.server.web.deliberation import urls as deliberation
from collegium.server.web.front import urls as front
from collegium.server.web.organisation import urls as organisation
from collegium.server.web.record import urls as record
from collegium.server.web.today import urls as today
from collegium.server.web.tour import urls as tour

_parts = [
    *today.urlpatterns,  # those most asked for come first: they are tried one after the other
    *deliberation.urlpatterns,
    *decisions.urlpatterns,
    *organisation.urlpatterns,
    *approvals.urlpatterns,
    *record.urlpatterns,
    *tour.urlpatterns,
]

urlpatterns = [*front.urlpatterns, path("<slug:organisation>/", include(_parts))]

handler400 = "collegium.server.web.shared.faults.bad_request"
handler404 = "collegium.server.web.shared.faults.absent"
handler500 = "collegium.server.web.shared.faults.failed"
