"""These pages as a Django app, so that its templates are found."""

from django.apps import AppConfig


class TourConfig(AppConfig):
    """The tour of the Debian record."""

    name = "collegium.server.web.tour"
    label = "web_tour"
