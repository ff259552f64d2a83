"""The project's own addresses, and a long page."""

from _long_page import long_page
from django.urls import path

from collegium.server.site.urls import handler400, handler404, handler500
from collegium.server.site.urls import urlpatterns as pages

__all__ = ["handler400", "handler404", "handler500", "urlpatterns"]

urlpatterns = [path("long-page", long_page), *pages]
