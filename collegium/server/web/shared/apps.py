"""What all pages share, as a Django app."""

from django.apps import AppConfig


class SharedConfig(AppConfig):
    """Templates, style sheets and template tags."""

    name = "collegium.server.web.shared"
    label = "web_shared"
