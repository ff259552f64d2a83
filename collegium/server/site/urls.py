"""All addresses: the front door, then each organisation's under its own name.

The front door opens before anything behind it is loaded: an organisation's pages are named here
and read by Django when the first of them is asked for.
"""

from django.urls import URLResolver
from django.urls.resolvers import RoutePattern

from collegium.server.web.front import urls as front

urlpatterns = [
    *front.urlpatterns,
    URLResolver(RoutePattern("<slug:organisation>/"), "collegium.server.site.parts"),
]

handler400 = "collegium.server.web.shared.faults.bad_request"
handler404 = "collegium.server.web.shared.faults.absent"
handler500 = "collegium.server.web.shared.faults.failed"
