"""Django's settings. What an installation decides comes from its environment, see `Choice`.

Django keeps accounts and sessions; what an organisation does is never in its tables.
"""

import os
from pathlib import Path

from collegium.server.site.choices import Choices

_choices = Choices.from_environment(os.environ)

FOLDER: Path = _choices.site
"""Where the site's own database and secret are."""

ORGANISATIONS: tuple[Path, ...] = _choices.organisations
"""The folders of the organisations that are served."""

SECRET_KEY = _choices.secret()
DEBUG = False
ALLOWED_HOSTS = list(_choices.hosts)
ROOT_URLCONF = "collegium.server.site.urls"
WSGI_APPLICATION = "collegium.server.site.wsgi.application"

INSTALLED_APPS = [
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django_htmx",
    "collegium.server.accounts",
    "collegium.server.web.shared",
    "collegium.server.web.front",
    "collegium.server.web.today",
    "collegium.server.web.organisation",
    "collegium.server.web.deliberation",
    "collegium.server.web.approvals",
    "collegium.server.web.decisions",
    "collegium.server.web.record",
    "collegium.server.web.tour",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "collegium.server.web.shared.held_files.HeldFiles",
    "collegium.server.web.shared.middleware.content_security",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "collegium.server.web.shared.middleware.Reception",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": ["django.template.context_processors.request"],
            "builtins": ["collegium.server.web.shared.templatetags.showing"],
            "string_if_invalid": "",
        },
    }
]

FORM_RENDERER = "collegium.server.web.shared.writing.Writer"

DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": FOLDER / "site.sqlite",
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; "
            "PRAGMA foreign_keys=ON;",
        },
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

SESSION_ENGINE = "collegium.server.accounts.sessions"
SESSION_COOKIE_NAME = "collegium"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = _choices.https
CSRF_COOKIE_SECURE = _choices.https
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "collegium.server.web.shared.faults.forged"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024

USE_TZ = True
TIME_ZONE = "UTC"
LANGUAGE_CODE = "en"
USE_I18N = False

STATIC_URL = "/static/"
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
WHITENOISE_MAX_AGE = 5 * 60  # their names bear no release: pages of a new one need its style soon

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{levelname} {name}: {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
}
