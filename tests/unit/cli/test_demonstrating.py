import shutil
from pathlib import Path

import pytest

from tests.unit.cli.conftest import Asking

IMPORTING = "They are imported first"


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    return tmp_path / "collegium"


def test_a_demonstration_is_imported_once(ask: Asking, cache: Path) -> None:
    first, again = ask("demo", "--text"), ask("demo", "--text")
    assert (first[0], again[0]) == (0, 0)
    assert (IMPORTING in first[1], IMPORTING in again[1]) == (True, False)
    assert "25 of 25 outcomes equal what Debian published." in again[1]
    assert "Every byte, proof and signature of it was checked" in again[1]
    assert len(list(cache.iterdir())) == 1


def test_another_releases_demonstration_makes_room(ask: Asking, cache: Path) -> None:
    (cache / "demo-older").mkdir(parents=True)
    ask("demo", "--text")
    assert not (cache / "demo-older").exists()


def test_a_demonstration_needs_no_cache(ask: Asking, cache: Path) -> None:
    cache.write_text("in the way")
    code, out, _ = ask("demo", "--text")
    assert code == 0
    assert "25 of 25 outcomes" in out


@pytest.mark.parametrize("name", ["record.sqlite", "anchor", "key"])
def test_a_damaged_demonstration_is_imported_anew(ask: Asking, cache: Path, name: str) -> None:
    ask("demo", "--text")
    (kept,) = cache.iterdir()
    (kept / name).write_bytes(b"")
    code, out, _ = ask("demo", "--text")
    assert code == 0
    assert IMPORTING in out
    shutil.rmtree(cache)
