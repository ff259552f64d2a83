"""Pages keep their style while a new release is laid over a running site."""

from pathlib import Path
from typing import Any

import pytest

STYLE = "/static/held.css"
WRITTEN = b"a { color: green }\n" * 100


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A style sheet that is there when the site starts, and that a test may change."""
    file = tmp_path / "held.css"
    file.write_bytes(WRITTEN)
    return file


@pytest.fixture
def started(site: Path, file: Path) -> Any:
    """A site's files as it has just started: what one of them is answered with."""
    from django.http import HttpResponse  # noqa: PLC0415 - settings must stand first
    from django.test import RequestFactory, override_settings  # noqa: PLC0415 - likewise here

    from collegium.server.web.shared.held_files import HeldFiles  # noqa: PLC0415 - likewise here

    assert site.exists()
    ask = RequestFactory(headers={"host": "localhost"})
    with override_settings(STATICFILES_DIRS=[file.parent]):
        files = HeldFiles(lambda _request: HttpResponse(status=404))

    def answer(method: str = "GET", **headers: str) -> Any:
        return files(ask.generic(method, STYLE, headers=headers))

    return answer


@pytest.mark.parametrize("now", [b"", WRITTEN * 2, None])
def test_a_style_stays_as_it_was_when_the_site_started(
    started: Any, file: Path, now: bytes | None
) -> None:
    file.unlink() if now is None else file.write_bytes(now)
    answer = started()
    assert answer.status_code == 200
    assert answer.content == WRITTEN
    assert int(answer["content-length"]) == len(WRITTEN)
    assert answer["content-type"] == 'text/css; charset="utf-8"'


def test_whoever_has_a_style_isnt_sent_it_again(started: Any) -> None:
    assert started(if_none_match=started()["etag"]).status_code == 304


def test_the_head_of_a_style_comes_without_it(started: Any) -> None:
    answer = started("HEAD")
    assert (answer.status_code, answer.content) == (200, b"")
    assert int(answer["content-length"]) == len(WRITTEN)


def test_nothing_is_sent_to_a_style(started: Any) -> None:
    assert started("POST").status_code == 405
