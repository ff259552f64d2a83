"""These pages as a Django app, so that its templates are found."""

from django.apps import AppConfig


class OrganisationConfig(AppConfig):
    """Members, bodies, posts and the rule book."""

    name = "collegium.server.web.organisation"
    label = "web_organisation"
