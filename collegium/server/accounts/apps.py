"""The accounts as a Django app."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Accounts and sessions, in the site's own database beside the records."""

    name = "collegium.server.accounts"
    label = "accounts"
    default_auto_field = "django.db.models.BigAutoField"
