"""These pages as a Django app, so that its templates are found."""

from django.apps import AppConfig


class DecisionsConfig(AppConfig):
    """Votes, ballots and outcomes."""

    name = "collegium.server.web.decisions"
    label = "web_decisions"
