"""How many processes serve a site follows from where its records are."""

from pathlib import Path

import pytest

pytest.importorskip("django", reason="the extra `server` isn't installed")


def folder_of(path: Path, kept: str) -> Path:
    path.mkdir()
    (path / kept).touch()
    return path


def test_two_processes_answer_where_every_record_is_in_postgresql(tmp_path: Path) -> None:
    from collegium.server.site.commands import processes  # noqa: PLC0415 - where it is installed

    here = folder_of(tmp_path / "here", "record.sqlite")
    there = folder_of(tmp_path / "there", "record.postgres")
    assert processes([there]) == 2
    assert processes([here]) == processes([here, there]) == processes([]) == 1
