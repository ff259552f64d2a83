"""The settings of both sites that are compared: the project's own, with two pages more."""

import os

from collegium.server.site.settings import *  # noqa: F403 - all of them, then what differs
from collegium.server.site.settings import DATABASES, INSTALLED_APPS, MIDDLEWARE

PEER = os.environ.get("BENCH_SITE") == "rows"
"""Whether this is the site of plain Django rows."""

ROOT_URLCONF = "_rows_site" if PEER else "_site_pages"

if PEER:
    # No organisation stands behind it, so nobody has to find one.
    MIDDLEWARE = [name for name in MIDDLEWARE if not name.endswith("Reception")]
    INSTALLED_APPS = [*INSTALLED_APPS, "_rows_app"]

if schema := os.environ.get("BENCH_SCHEMA"):
    DATABASES = {
        "default": {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": "test",
            "USER": os.environ["BENCH_USER"],
            "HOST": "127.0.0.1",
            "CONN_MAX_AGE": None,
            "OPTIONS": {"options": f"-c search_path={schema}_site -c synchronous_commit=on"},
        }
    }
