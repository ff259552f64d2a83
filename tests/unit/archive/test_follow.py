import threading

import pytest

from collegium.archive.follow import Follower
from collegium.archive.memory import MemoryArchive
from collegium.archive.sqlite import SqliteArchive
from tests.archives import append, grow

SOON = 10


def test_what_another_archive_committed_is_noticed(sqlite: SqliteArchive) -> None:
    grown = threading.Event()
    other = SqliteArchive(sqlite.path)
    with Follower(sqlite, grown.set, interval=0.01):
        append(other, 0)
        assert grown.wait(SOON)
    other.close()


def test_nobody_is_called_without_growth() -> None:
    calls: list[None] = []
    archive = MemoryArchive()
    grow(archive, 3)
    follower = Follower(archive, lambda: calls.append(None), interval=0.001)
    with follower:
        threading.Event().wait(0.05)
    assert calls == []


def test_a_call_that_fails_is_tried_again() -> None:
    archive = MemoryArchive()
    calls: list[str] = []
    done = threading.Event()

    def fail_once() -> None:
        calls.append("called")
        if len(calls) == 1:
            raise OSError("away for a moment")
        done.set()

    follower = Follower(archive, fail_once, interval=0.01)
    with follower:
        append(archive, 0)
        assert done.wait(SOON)
    assert calls == ["called", "called"]


def test_a_look_that_fails_is_remembered_and_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    archive = MemoryArchive()
    seen = threading.Event()
    follower = Follower(archive, seen.set, interval=0.01)

    def away() -> int:
        tried.set()
        raise OSError("away")

    tried = threading.Event()
    with monkeypatch.context() as patch, follower:
        patch.setattr(archive, "size", away)
        assert tried.wait(SOON)
        patch.undo()
        append(archive, 0)
        assert seen.wait(SOON)


def test_a_stopped_follower_calls_nobody() -> None:
    archive = MemoryArchive()
    calls: list[None] = []
    follower = Follower(archive, lambda: calls.append(None), interval=0.001)
    follower.start()
    follower.stop()
    follower.stop()
    append(archive, 0)
    assert calls == []
    assert not follower._thread.is_alive()
