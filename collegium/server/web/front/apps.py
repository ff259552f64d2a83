"""These pages as a Django app, so that its templates are found."""

from django.apps import AppConfig


class FrontConfig(AppConfig):
    """The front door: which organisations are here, and who visits."""

    name = "collegium.server.web.front"
    label = "web_front"
