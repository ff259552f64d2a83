"""These pages as a Django app, so that its templates are found."""

from django.apps import AppConfig


class ApprovalsConfig(AppConfig):
    """Joint approvals."""

    name = "collegium.server.web.approvals"
    label = "web_approvals"
