"""A page that takes half a second to render."""

import time

from django.http import HttpRequest, HttpResponse
from django.template import engines

LONG = 0.5
"""Seconds of processor time."""

_ROWS = "{% for row in rows %}<tr><td>{{ row }}</td></tr>{% endfor %}"


def long_page(_request: HttpRequest) -> HttpResponse:
    """Render rows until half a second of this thread's processor time is spent."""
    rows = engines["django"].from_string(_ROWS)
    began, page = time.thread_time(), ""
    while time.thread_time() - began < LONG:
        page = rows.render({"rows": range(500)})
    return HttpResponse(page)
