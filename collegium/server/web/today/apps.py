"""These pages as a Django app, so that its templates are found."""

from django.apps import AppConfig


class TodayConfig(AppConfig):
    """Today: what waits for the visitor."""

    name = "collegium.server.web.today"
    label = "web_today"
