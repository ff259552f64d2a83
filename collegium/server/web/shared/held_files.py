"""Styles and scripts as they were when the site started, whatever happens to their files since.

WhiteNoise remembers how long each file is, and reads it when it is asked for. Where a new release
is laid over a running site, it would cut a longer file off, announce more of a shorter one than
there is, and fail at one that is gone: pages would lose their style until the site is started
anew. So the bytes are held; all of them together are below a megabyte.
"""

from collections.abc import Callable
from http import HTTPStatus
from pathlib import Path
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from whitenoise.middleware import (  # type: ignore[import-untyped] # it has no types
    WhiteNoiseMiddleware,
)

_HEEDED: Final = ("HTTP_ACCEPT_ENCODING", "HTTP_IF_MODIFIED_SINCE", "HTTP_IF_NONE_MATCH")
"""What of a request is heeded: nobody needs a part of such a file."""


class HeldFiles(WhiteNoiseMiddleware):  # type: ignore[misc] # its base has no types
    """WhiteNoise with every file held.

    Args:
        respond: Answers whatever isn't one of the files.
    """

    def __init__(self, respond: Callable[[HttpRequest], HttpResponseBase]) -> None:
        super().__init__(respond)
        self._respond = respond
        self._held = {
            url: Path(path).read_bytes()
            for url, file in self.files.items()
            for _, path, _ in file.alternatives
        }

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """The file that is asked for, from memory; for anything else, go on."""
        content = self._held.get(request.path_info)
        if content is None:
            return self._respond(request)
        heeded = {name: request.META[name] for name in _HEEDED if name in request.META}
        # What is asked for its head alone is never opened.
        method = "HEAD" if request.method == "GET" else request.method
        told = self.files[request.path_info].get_response(method, heeded)
        whole = request.method == "GET" and told.status == HTTPStatus.OK
        return HttpResponse(
            content if whole else b"", status=int(told.status), headers=dict(told.headers)
        )
