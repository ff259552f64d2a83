"""Styles and scripts as they were when the site started, whatever happens to their files since.

WhiteNoise remembers how long each file is, and reads it when it is asked for. Where a new release
is laid over a running site, it would cut a longer file off, announce more of a shorter one than
there is, and fail at one that is gone: pages would lose their style until the site is started
anew. So the bytes are held; all of them together are below a megabyte.
"""

from http import HTTPStatus
from io import BytesIO
from os import stat_result
from pathlib import Path
from typing import Final

from whitenoise.middleware import (  # type: ignore[import-untyped] # it has no types
    WhiteNoiseMiddleware,
)
from whitenoise.responders import (  # type: ignore[import-untyped] # likewise
    Response,
    StaticFile,
)

_HEEDED: Final = ("HTTP_ACCEPT_ENCODING", "HTTP_IF_MODIFIED_SINCE", "HTTP_IF_NONE_MATCH")
"""What of a request is heeded: nobody needs a part of such a file."""


class HeldFile:
    """A file with its bytes.

    Args:
        file: What WhiteNoise says about it.
        content: Its bytes.
    """

    def __init__(self, file: StaticFile, content: bytes) -> None:
        self._file, self._content = file, content

    def get_response(self, method: str, asked: dict[str, str]) -> Response:
        """The answer to a request, read from memory.

        Args:
            method: `GET` or `HEAD`; others are refused.
            asked: The request's headers, named as in WSGI.
        """
        heeded = {name: asked[name] for name in _HEEDED if name in asked}
        # What is asked for its head alone is never opened.
        response = self._file.get_response("HEAD" if method == "GET" else method, heeded)
        if method == "GET" and response.status == HTTPStatus.OK:
            response.file = BytesIO(self._content)
        return response


class HeldFiles(WhiteNoiseMiddleware):  # type: ignore[misc] # likewise
    """WhiteNoise with every file held."""

    def get_static_file(
        self, path: str, url: str, stat_cache: dict[str, stat_result] | None = None
    ) -> HeldFile:
        """What is answered for a file."""
        file = super().get_static_file(path, url, stat_cache=stat_cache)
        return HeldFile(file, Path(path).read_bytes())
