"""The addresses of an organisation's pages, as they stand below its own name."""

from collegium.server.web.approvals import urls as approvals
from collegium.server.web.decisions import urls as decisions
from collegium.server.web.deliberation import urls as deliberation
from collegium.server.web.organisation import urls as organisation
from collegium.server.web.record import urls as record
from collegium.server.web.shared import urls as shared
from collegium.server.web.today import urls as today
from collegium.server.web.tour import urls as tour

urlpatterns = [
    *today.urlpatterns,  # those most asked for come first: they are tried one after the other
    *deliberation.urlpatterns,
    *decisions.urlpatterns,
    *organisation.urlpatterns,
    *approvals.urlpatterns,
    *record.urlpatterns,
    *tour.urlpatterns,
    *shared.urlpatterns,
]
