"""An archive in one SQLite file: the default, for one machine.

Write-ahead log with `synchronous=FULL`: a commit is one `fdatasync` of the `-wal` file.
"""

import json
import sqlite3
import threading
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager, suppress
from math import ceil
from operator import itemgetter
from pathlib import Path

from collegium.archive.protocol import (
    PATIENCE,
    Busy,
    Damaged,
    Head,
    InDoubt,
    SealedPayload,
    Stored,
    check_appended,
    check_checkpoint,
    check_entry,
)
from collegium.archive.sqlite_file import check, connect, failures, in_words, make_tables, no_room
from collegium.archive.turnstile import Turnstile
from collegium.ids import ActId, Commitment
from collegium.record.tree import CompactRange, hashes_in, leaf_hash

_HEAD = "SELECT size, frontier FROM head"
_ENTRIES = "SELECT data FROM entry WHERE seq >= ? AND seq < ? ORDER BY seq"
_FIND = "SELECT seq, data FROM entry WHERE act = ?"
_FIND_ALL = "SELECT seq, data FROM entry WHERE act IN (SELECT value FROM json_each(?)) ORDER BY seq"
_ANY_COMMITMENT = "commitment IN (SELECT value FROM json_each(?))"
_PAYLOAD = "SELECT commitment, act, field, salt, content, place FROM payload WHERE NOT erased AND "
_AT_ONCE = 1024  # rows: no reader keeps a snapshot open while its caller works


class SqliteArchive:
    """An archive in the file `path`, made if there is none.

    Beside it stand SQLite's `-wal` and `-shm` and two empty lock files (`Turnstile`). The
    folder must be on a disk of this machine: locks over a network can't be trusted.

    Args:
        path: The database file.

    Raises:
        Damaged: The file is no archive, or one of a newer Collegium, or its head and its
            entries contradict each other.
        NotDurable: SQLite won't run with a write-ahead log and `synchronous=FULL`.
        Busy: Others were writing for as long as `PATIENCE`.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._turnstile = Turnstile(path.with_name(f"{path.name}-lock"))
        self._writer: sqlite3.Connection | None = None  # used only by whoever passed
        self._patience = -1  # seconds that the writer waits for other programs; unknown before
        self._idle: list[sqlite3.Connection] = []  # readers between two questions
        self._lock = threading.Lock()  # covers _idle and _closed
        self._closed = False
        try:
            with self._turnstile.passing(PATIENCE), failures():
                self._writer = connection = self._connect()
                make_tables(connection)
                check(connection, path)
        except BaseException:
            self.close()
            raise

    def head(self) -> Head:
        """The newest committed head."""
        with self._reader() as connection:
            return _head(connection)

    def size(self) -> int:
        """Number of committed entries."""
        with self._reader() as connection:
            size: int = connection.execute("SELECT size FROM head").fetchone()[0]
            return size

    def entries(self, start: int, stop: int | None = None) -> Iterator[bytes]:
        """The committed entries `[start, stop)` in their order.

        Raises:
            Damaged: One of them is missing.
        """
        size = self.size()
        stop = size if stop is None else min(stop, size)
        for first in range(start, stop, _AT_ONCE):
            with self._reader() as connection:
                rows = _rows(connection, first, min(first + _AT_ONCE, stop))
            yield from map(itemgetter(0), rows)

    def find(self, act: ActId) -> Stored | None:
        """The committed entry of an act."""
        with self._reader() as connection:
            return _find(connection, act)

    def entries_of(self, acts: Collection[ActId]) -> list[Stored]:
        """The committed entries of these acts, in one look."""
        with self._reader() as connection:
            rows = connection.execute(_FIND_ALL, (_listed(acts),)).fetchall()
        return [Stored(*row) for row in rows]

    @contextmanager
    def writing(self, wait: float = PATIENCE) -> Iterator["SqliteWriting"]:
        """A turn to write: commits on leaving, rolls back when an exception leaves.

        Raises:
            Busy: The turn didn't come in time.
            Full: The disk took no more bytes.
            InDoubt: The commit's fate is unknown.
        """
        with self._transaction(wait) as connection:
            turn = SqliteWriting(connection)
            yield turn
            turn.finish()

    @contextmanager
    def _transaction(self, wait: float) -> Iterator[sqlite3.Connection]:
        with self._turnstile.passing(wait) as left, failures():
            connection = self._writer = self._writer or self._connect()
            self._be_patient(connection, ceil(left))
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
            except BaseException:
                self._roll_back(connection)
                raise
            try:
                self._commit(connection)
            except sqlite3.Error as error:
                self._give_up(connection)
                if no_room(error):
                    raise
                raise InDoubt(
                    f"the commit failed ({error}) and may stand all the same: look for the act"
                ) from error

    def _be_patient(self, connection: sqlite3.Connection, seconds: int) -> None:
        # For programs that don't know the turnstile. Told only when it changes: whatever is asked
        # of SQLite hands the interpreter to another thread, which costs more than the asking.
        if self._patience != seconds:
            connection.execute(f"PRAGMA busy_timeout = {seconds * 1000}")
            self._patience = seconds

    def _commit(self, connection: sqlite3.Connection) -> None:
        connection.execute("COMMIT")

    def _roll_back(self, connection: sqlite3.Connection) -> None:
        try:
            if connection.in_transaction:  # a full disk may have rolled back by itself
                connection.execute("ROLLBACK")
        except sqlite3.Error:
            self._give_up(connection)

    def _give_up(self, connection: sqlite3.Connection) -> None:
        # What a connection holds after a failed commit isn't to be trusted; a new one reads
        # the files. Closing rolls back.
        self._writer, self._patience = None, -1
        with suppress(sqlite3.Error):
            connection.close()

    def payload(self, commitment: Commitment) -> SealedPayload | None:
        """What a commitment stands for; None if it was erased or never kept."""
        with self._reader() as connection:
            row = connection.execute(_PAYLOAD + "commitment = ?", (commitment,)).fetchone()
        return SealedPayload(*row[:5]) if row else None

    def payloads_of(self, commitments: Collection[Commitment]) -> list[SealedPayload]:
        """What these commitments stand for, in one look."""
        with self._reader() as connection:
            rows = connection.execute(
                _PAYLOAD + _ANY_COMMITMENT, (_listed(commitments),)
            ).fetchall()
        return [SealedPayload(*row[:5]) for row in rows]

    def payloads(self) -> Iterator[SealedPayload]:
        """Every payload that is kept, in the order in which they came."""
        place = 0
        while True:
            with self._reader() as connection:
                rows = connection.execute(
                    _PAYLOAD + "place > ? ORDER BY place LIMIT 64", (place,)
                ).fetchall()
            if not rows:
                return
            for *columns, place in rows:  # noqa: B007 - the last place is where to go on
                yield SealedPayload(*columns)

    def erase(self, commitment: Commitment) -> None:
        """Overwrite a payload and its salt with zeros where they stand, then empty the log.

        The row stays with its length and zeros: payload rows are only ever added at the
        table's end and rewritten at equal length, so SQLite never moves one to another page,
        and no page keeps a stale copy in its unused part. What is left in the write-ahead log
        goes with it.

        Raises:
            Busy: A reader or another program held the log; erasing again empties it.
        """
        with self._transaction(PATIENCE) as connection:
            row = connection.execute(
                "SELECT place, length(salt), length(content) FROM payload WHERE commitment = ?",
                (commitment,),
            ).fetchone()
            if row:
                connection.execute(
                    "UPDATE payload SET erased = 1, salt = ?, content = ? WHERE place = ?",
                    (bytes(row[1]), bytes(row[2]), row[0]),
                )
        with self._turnstile.passing(PATIENCE), failures():
            connection = self._writer = self._writer or self._connect()
            if connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]:
                raise Busy("a reader holds the write-ahead log; erase again to empty it")

    def keep_checkpoint(self, size: int, note: str) -> None:
        """Keep the newest checkpoint.

        Raises:
            ValueError: More entries than are committed.
        """
        with self._transaction(PATIENCE) as connection:
            check_checkpoint(size, _head(connection).size)
            connection.execute(
                "INSERT INTO checkpoint VALUES (1, ?, ?) ON CONFLICT (one) DO UPDATE"
                " SET size = excluded.size, note = excluded.note"
                " WHERE excluded.size >= checkpoint.size",
                (size, note),
            )

    def checkpoint(self) -> str | None:
        """The newest kept checkpoint's note."""
        with self._reader() as connection:
            row = connection.execute("SELECT note FROM checkpoint").fetchone()
        return row[0] if row else None

    def close(self) -> None:
        """End all connections; the last process to do so folds the log into the file."""
        with self._lock:
            self._closed = True
            idle, self._idle = self._idle, []
        for connection in idle:
            connection.close()
        if self._writer is not None:
            self._writer.close()
            self._writer = None
        self._turnstile.close()

    @contextmanager
    def _reader(self) -> Iterator[sqlite3.Connection]:
        with self._lock:
            connection = self._idle.pop() if self._idle else None
        try:
            if connection is None:
                connection = self._connect()
                connection.execute("PRAGMA query_only = ON")
            yield connection
        except sqlite3.Error as error:
            raise in_words(error) from error
        finally:
            if connection is not None:
                self._put_back(connection)

    def _put_back(self, connection: sqlite3.Connection) -> None:
        with self._lock:
            if not self._closed:
                self._idle.append(connection)
                return
        connection.close()

    def _connect(self) -> sqlite3.Connection:
        if self._closed:
            raise ValueError("expected an open archive: this one has been closed")
        return connect(self.path)


class SqliteWriting:
    """A transaction of a `SqliteArchive`; see `protocol.Writing`."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.head = _head(connection)
        self._connection = connection
        self._asked = 0  # appends, done or failed
        self._range = CompactRange(self.head.size, self.head.frontier)

    def entries(self, start: int) -> Iterator[bytes]:
        """The entries `[start, head.size)`."""
        for first in range(start, self.head.size, _AT_ONCE):
            stop = min(first + _AT_ONCE, self.head.size)
            for (data,) in _rows(self._connection, first, stop):
                yield data

    def find(self, act: ActId) -> Stored | None:
        """The entry of an act, committed or appended in this writing."""
        return _find(self._connection, act)

    def append(self, act: ActId, data: bytes, payloads: Sequence[SealedPayload] = ()) -> int:
        """Put an entry at the end; the number under which it will stand.

        Raises:
            ValueError: A bad length, or an act or a commitment that is already kept.
            Full: The disk took no more bytes.
        """
        self._asked += 1
        check_entry(data)
        seq = self._range.size
        try:
            with failures():
                self._connection.execute("INSERT INTO entry VALUES (?, ?, ?)", (seq, act, data))
                for one in payloads:
                    self._connection.execute(
                        "INSERT INTO payload VALUES (NULL, ?, ?, ?, ?, 0, ?, ?)",
                        (one.commitment, seq, one.act, one.field, one.salt, one.content),
                    )
        except sqlite3.IntegrityError as error:
            raise ValueError(
                f"expected a new act with new commitments, not {act} again ({error})"
            ) from error
        self._range.append(leaf_hash(data))
        return seq

    def finish(self) -> None:
        """Write the new head, if the record has grown.

        Raises:
            ValueError: An append has failed.
        """
        check_appended(self._asked, self._range.size - self.head.size)
        if self._asked:
            self._connection.execute(
                "UPDATE head SET size = ?, frontier = ?",
                (self._range.size, b"".join(self._range.frontier())),
            )


def _listed(names: Collection[str]) -> str:
    """Names as the JSON that SQLite's `json_each` takes: one parameter, however many there are."""
    return json.dumps(list(names))


def _head(connection: sqlite3.Connection) -> Head:
    size, frontier = connection.execute(_HEAD).fetchone()
    return Head(size, tuple(hashes_in(frontier)))


def _find(connection: sqlite3.Connection, act: ActId) -> Stored | None:
    row = connection.execute(_FIND, (act,)).fetchone()
    return Stored(*row) if row else None


def _rows(connection: sqlite3.Connection, start: int, stop: int) -> list[tuple[bytes]]:
    rows: list[tuple[bytes]] = connection.execute(_ENTRIES, (start, stop)).fetchall()
    if len(rows) != stop - start:
        raise Damaged(
            f"expected the entries {start} to {stop - 1}, found {len(rows)} of them: put back the "
            "newest backup"
        )
    return rows
