"""These pages as a Django app, so that its templates are found."""

from django.apps import AppConfig


class DeliberationConfig(AppConfig):
    """Questions, proposals, signatures and objections."""

    name = "collegium.server.web.deliberation"
    label = "web_deliberation"
