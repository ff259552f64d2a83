"""Each failure in two versions: the write was lost, or kept although an error came back.

Columns: what happens, the fate of the write, what the caller is told. Afterwards the
archive goes on in every row, and `find` has told the caller the truth.
"""

import sqlite3
import threading
from collections.abc import Callable, Iterator
from typing import Any, TypeAlias

import psycopg
import pytest

from collegium.archive.postgres import PostgresArchive
from collegium.archive.protocol import Full, InDoubt, Stored
from collegium.archive.sqlite import SqliteArchive
from tests import archives
from tests.archives import act, append, assert_whole, entry, grow, open_archive, payload

Kept: TypeAlias = SqliteArchive | PostgresArchive
Failing: TypeAlias = Callable[[Kept, Any], None]
"""What happens in the place of a commit on a connection."""


def error_of(archive: Kept) -> Exception:
    if isinstance(archive, SqliteArchive):
        error = sqlite3.OperationalError("disk I/O error")
        error.sqlite_errorcode = sqlite3.SQLITE_IOERR_FSYNC
        return error
    return psycopg.OperationalError("server closed the connection unexpectedly")


def full_of(archive: Kept) -> Exception:
    if isinstance(archive, SqliteArchive):
        error = sqlite3.OperationalError("database or disk is full")
        error.sqlite_errorcode = sqlite3.SQLITE_FULL
        return error
    return psycopg.errors.DiskFull("No space left on device")


def commit_lost(archive: Kept, connection: Any) -> None:
    connection.execute("ROLLBACK")
    raise error_of(archive)


def commit_kept(archive: Kept, connection: Any) -> None:
    connection.execute("COMMIT")
    raise error_of(archive)


def connection_lost(archive: Kept, connection: Any) -> None:
    connection.close()
    raise error_of(archive)


def connection_lost_after(archive: Kept, connection: Any) -> None:
    connection.execute("COMMIT")
    connection.close()
    raise error_of(archive)


def disk_full(archive: Kept, connection: Any) -> None:
    connection.execute("ROLLBACK")
    raise full_of(archive)


FAILURES = [
    # what happens           write   told
    (commit_lost, "lost", InDoubt),
    (commit_kept, "kept", InDoubt),
    (connection_lost, "lost", InDoubt),
    (connection_lost_after, "kept", InDoubt),
    (disk_full, "lost", Full),
]


@pytest.fixture
def archive(where: str) -> Iterator[Kept]:
    kept = open_archive(where)
    assert isinstance(kept, SqliteArchive | PostgresArchive)
    yield kept
    kept.close()


def append_with(archive: Kept, fails: Failing, number: int) -> None:
    """Appends while the commit of this one writing fails."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(archive, "_commit", lambda connection: fails(archive, connection))
        with archive.writing() as writing:
            writing.append(act(number), entry(number), [payload(number, b"words")])


@pytest.mark.parametrize(("fails", "fate", "told"), FAILURES)
def test_after_a_failed_commit_find_tells_which(
    archive: Kept, fails: Failing, fate: str, told: type[Exception]
) -> None:
    stands = fate == "kept"
    grow(archive, 3)
    with pytest.raises(told):
        append_with(archive, fails, 3)
    assert archive.find(act(3)) == (Stored(3, entry(3)) if stands else None)
    assert (archive.payload(payload(3, b"").commitment) is not None) == stands
    assert_whole(archive, 3 + stands)
    assert append(archive, 4) == 3 + stands
    assert_whole(archive, 4 + stands)


@pytest.mark.parametrize(("fails", "fate", "told"), FAILURES)
def test_performing_again_after_doubt_makes_one_entry(
    archive: Kept, fails: Failing, fate: str, told: type[Exception]
) -> None:
    with pytest.raises(told):
        append_with(archive, fails, 0)
    with archive.writing() as writing:
        again = writing.find(act(0))
        assert (again is not None) == (fate == "kept")
        if again is None:
            writing.append(act(0), entry(0))
    assert_whole(archive, 1)


@pytest.mark.parametrize(("fails", "fate", "told"), FAILURES)
def test_another_process_sees_the_same_after_doubt(
    archive: Kept, where: str, fails: Failing, fate: str, told: type[Exception]
) -> None:
    with pytest.raises(told):
        append_with(archive, fails, 0)
    other = open_archive(where)
    assert other.head() == archive.head()
    assert other.size() == (fate == "kept")
    other.close()


def test_a_server_that_is_still_committing_is_waited_for() -> None:
    with archives.schema() as (dsn, name):
        archive = PostgresArchive(dsn, name)
        slow = append_without_an_answer(archive, 0)
        commit_soon = threading.Timer(0.3, lambda: slow.execute("COMMIT"))
        commit_soon.start()
        assert archive.find(act(0)) == Stored(0, entry(0))
        commit_soon.join()
        slow.close()
        archive.close()


def append_without_an_answer(archive: PostgresArchive, number: int) -> psycopg.Connection[Any]:
    """The server's side of a connection that the archive takes for lost, still uncommitted."""
    left: list[psycopg.Connection[Any]] = []

    def answer_lost(kept: Kept, connection: psycopg.Connection[Any]) -> None:
        left.append(connection)
        raise error_of(kept)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(psycopg.Connection, "close", lambda _: None)
        with pytest.raises(InDoubt):
            append_with(archive, answer_lost, number)
    return left[0]
