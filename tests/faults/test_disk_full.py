"""The disk takes no more: nothing acknowledged is lost, and writing goes on when there is room."""

import resource
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from collegium.archive.protocol import Full
from collegium.archive.sqlite import SqliteArchive
from tests.archives import ROOT, act, append, assert_whole, entry, payload

ROOM = 1024 * 1024
"""Bytes that no file may outgrow; the write-ahead log is the first to come there."""


def append_until_full(archive: SqliteArchive) -> int:
    """How many acts were acknowledged before the archive said that it is full."""
    for number in range(archive.size(), 10_000):
        try:
            with archive.writing() as writing:
                sealed = payload(number, bytes(2000))
                writing.append(act(number), entry(number), [sealed])
        except Full:
            return number
    raise AssertionError("the disk was never full")


def limit_pages(archive: SqliteArchive, pages: int) -> None:
    with archive._turnstile.passing(1):
        assert archive._writer is not None
        archive._writer.execute(f"PRAGMA max_page_count = {pages}")


def test_a_database_that_may_not_grow_is_full(tmp_path: Path) -> None:
    archive = SqliteArchive(tmp_path / "record.sqlite")
    limit_pages(archive, 60)
    acknowledged = append_until_full(archive)
    assert acknowledged > 10
    assert_whole(archive, acknowledged)
    with pytest.raises(Full, match="make room and try again"):
        append_until_full_once(archive, acknowledged)
    limit_pages(archive, 1000)
    assert append(archive, acknowledged) == acknowledged
    archive.close()
    again = SqliteArchive(tmp_path / "record.sqlite")
    assert_whole(again, acknowledged + 1)
    again.close()


def append_until_full_once(archive: SqliteArchive, number: int) -> None:
    with archive.writing() as writing:
        writing.append(act(number), entry(number), [payload(number, bytes(100_000))])


def test_a_file_that_may_not_grow_is_full(tmp_path: Path) -> None:
    program = subprocess.run(
        [sys.executable, __file__, str(tmp_path / "record.sqlite")],
        cwd=ROOT,
        env={"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert program.returncode == 0, program.stderr
    acknowledged, afterwards = map(int, program.stdout.split())
    assert acknowledged > 10
    assert afterwards == acknowledged + 1
    archive = SqliteArchive(tmp_path / "record.sqlite")
    assert_whole(archive, afterwards)
    assert all(archive.find(act(number)) for number in range(afterwards))
    archive.close()


def write_under_a_limit(path: Path) -> None:
    """Prints how many acts were acknowledged, and how many stand once there is room again."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    _, most = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (ROOM, most))
    archive = SqliteArchive(path)
    acknowledged = append_until_full(archive)
    assert_whole(archive, acknowledged)
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
    append(archive, acknowledged)
    assert_whole(archive, acknowledged + 1)
    sys.stdout.write(f"{acknowledged} {archive.size()}\n")
    archive.close()


if __name__ == "__main__":
    write_under_a_limit(Path(sys.argv[1]))
