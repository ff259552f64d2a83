"""An archive in PostgreSQL: for several application servers. Needs the extra `postgres`.

A schema for each organisation. Whoever writes locks the head row first, so writers follow
one another and a commit is one flush of the server's write-ahead log. Numbers are never
drawn from a sequence: sequences commit out of order and leave gaps.
"""

import re
import threading
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager, suppress
from operator import itemgetter
from typing import Final, LiteralString, cast

import psycopg
from psycopg import sql

from collegium.archive.postgres_schema import Connection, check, connect, in_words, make_tables
from collegium.archive.protocol import (
    PATIENCE,
    Damaged,
    Head,
    InDoubt,
    SealedPayload,
    Stored,
    check_appended,
    check_checkpoint,
    check_entry,
)
from collegium.ids import ActId, Commitment
from collegium.record.tree import CompactRange, hashes_in, leaf_hash

SCHEMA: Final = re.compile(r"[a-z][a-z0-9_]{0,62}")
"""What an organisation's schema may be called."""

_PAYLOAD: LiteralString = "SELECT commitment, act, field, salt, content, seq FROM payload WHERE "
_AT_ONCE = 1024  # rows: no reader keeps a snapshot open while its caller works


class PostgresArchive:
    """An archive in the schema `schema` of a database, made if there is none.

    Args:
        dsn: How to reach the database, as libpq reads it.
        schema: The organisation's schema.

    Raises:
        Busy: The database doesn't answer.
        Damaged: Head and entries contradict each other.
        NotDurable: The server runs with `fsync` or `synchronous_commit` off.
        ValueError: A schema that isn't spelled as `SCHEMA`.
    """

    def __init__(self, dsn: str, schema: str) -> None:
        if not SCHEMA.fullmatch(schema):
            raise ValueError(f"expected a schema of a-z, 0-9 and _, not {schema!r}")
        self.dsn = dsn
        self.schema = schema
        self._idle: list[Connection] = []  # connections between two uses
        self._lock = threading.Lock()  # covers _idle, _closed and _doubtful
        self._closed = False
        self._doubtful = False  # a server process may still be committing for us
        try:
            with self._connection() as connection:
                make_tables(connection, schema)
                check(connection, schema)
        except BaseException:
            self.close()
            raise

    def head(self) -> Head:
        """The newest committed head."""
        with self._connection() as connection:
            return _head(connection)

    def size(self) -> int:
        """Number of committed entries."""
        return self.head().size

    def entries(self, start: int, stop: int | None = None) -> Iterator[bytes]:
        """The committed entries `[start, stop)` in their order.

        Raises:
            Damaged: One of them is missing.
        """
        size = self.size()
        stop = size if stop is None else min(stop, size)
        for first in range(start, stop, _AT_ONCE):
            with self._connection() as connection:
                rows = _rows(connection, first, min(first + _AT_ONCE, stop))
            yield from map(itemgetter(0), rows)

    def find(self, act: ActId) -> Stored | None:
        """The committed entry of an act."""
        with self._connection() as connection:
            return _find(connection, act)

    def entries_of(self, acts: Collection[ActId]) -> list[Stored]:
        """The committed entries of these acts, in one look."""
        query: LiteralString = "SELECT seq, data FROM entry WHERE act = ANY(%s) ORDER BY seq"
        with self._connection() as connection:
            rows = connection.execute(query, (list(acts),), binary=True).fetchall()
        return [Stored(seq, data) for seq, data in cast("list[tuple[int, bytes]]", rows)]

    @contextmanager
    def writing(self, wait: float = PATIENCE) -> Iterator["PostgresWriting"]:
        """A turn to write: commits on leaving, rolls back when an exception leaves.

        Raises:
            Busy: The turn didn't come in time, or the database doesn't answer.
            Full: The disk took no more bytes.
            InDoubt: The commit's fate is unknown.
        """
        with self._transaction(wait) as (connection, head):
            turn = PostgresWriting(connection, head)
            yield turn
            turn.finish()

    @contextmanager
    def _transaction(self, wait: float) -> Iterator[tuple[Connection, Head]]:
        with self._connection() as connection:
            try:
                yield connection, _lock_head(connection, wait)
            except BaseException:
                with suppress(psycopg.Error):
                    connection.execute("ROLLBACK")
                raise
            try:
                self._commit(connection)
            except psycopg.errors.DiskFull:
                raise
            except psycopg.Error as error:
                connection.close()
                with self._lock:
                    self._doubtful = True
                raise InDoubt(
                    f"the commit failed ({error}) and may stand all the same: look for the act"
                ) from error

    def _commit(self, connection: Connection) -> None:
        # A COMMIT after a failed statement answers ROLLBACK, without an error.
        if (answer := connection.execute("COMMIT").statusmessage) != "COMMIT":
            raise psycopg.InternalError(f"the server answered {answer}")

    def payload(self, commitment: Commitment) -> SealedPayload | None:
        """What a commitment stands for; None if it was erased or never kept."""
        with self._connection() as connection:
            rows = _payloads(connection, _PAYLOAD + "commitment = %s", (commitment,))
        return rows[0][1] if rows else None

    def payloads_of(self, commitments: Collection[Commitment]) -> list[SealedPayload]:
        """What these commitments stand for, in one look."""
        query: LiteralString = _PAYLOAD + "commitment = ANY(%s)"
        with self._connection() as connection:
            rows = _payloads(connection, query, (list(commitments),))
        return [payload for _, payload in rows]

    def payloads(self) -> Iterator[SealedPayload]:
        """Every payload that is kept, in the order of their entries."""
        query: LiteralString = _PAYLOAD + "(seq, field) > (%s, %s) ORDER BY seq, field LIMIT 64"
        place: tuple[int, str] = (-1, "")
        while True:
            with self._connection() as connection:
                rows = _payloads(connection, query, place)
            if not rows:
                return
            yield from map(itemgetter(1), rows)
            place = (rows[-1][0], rows[-1][1].field)

    def erase(self, commitment: Commitment) -> None:
        """Delete a payload and its salt, and write the table anew without them.

        VACUUM, even FULL, keeps deleted rows for as long as any session of the database
        looks at an older state; changing a column's type copies living rows only, whatever
        others look at, and the old files go with the commit. The server's own write-ahead
        files (`pg_wal`, archived or streamed) hold the words until they are overwritten:
        how long that takes is the operator's to know and to tell.

        Raises:
            Busy: Others used the payloads for as long as `PATIENCE`.
        """
        with self._transaction(PATIENCE) as (connection, _):
            connection.execute("DELETE FROM payload WHERE commitment = %s", (commitment,))
            connection.execute(
                "ALTER TABLE payload ALTER COLUMN salt TYPE bytea USING salt || ''::bytea"
            )

    def keep_checkpoint(self, size: int, note: str) -> None:
        """Keep the newest checkpoint.

        Raises:
            ValueError: More entries than are committed.
        """
        with self._transaction(PATIENCE) as (connection, head):
            check_checkpoint(size, head.size)
            connection.execute(
                "INSERT INTO checkpoint VALUES (1, %s, %s) ON CONFLICT (one) DO UPDATE"
                " SET size = excluded.size, note = excluded.note"
                " WHERE excluded.size >= checkpoint.size",
                (size, note),
            )

    def checkpoint(self) -> str | None:
        """The newest kept checkpoint's note."""
        with self._connection() as connection:
            row = connection.execute("SELECT note FROM checkpoint").fetchone()
        return str(row[0]) if row else None

    def close(self) -> None:
        """End all connections."""
        with self._lock:
            self._closed = True
            idle, self._idle = self._idle, []
        for connection in idle:
            connection.close()

    @contextmanager
    def _connection(self) -> Iterator[Connection]:
        try:
            connection = self._borrow()
            try:
                yield connection
            finally:
                self._put_back(connection)
        except psycopg.Error as error:
            raise in_words(error) from error

    def _borrow(self) -> Connection:
        with self._lock:
            if self._closed:
                raise ValueError("expected an open archive: this one has been closed")
            if self._idle and not self._doubtful:
                return self._idle.pop()
        connection = connect(self.dsn, self.schema)
        if self._doubtful:
            # Whoever holds the head row's lock has settled: no commit of ours is under way.
            try:
                _lock_head(connection, PATIENCE)
                connection.execute("ROLLBACK")
            except BaseException:
                connection.close()
                raise
            with self._lock:
                self._doubtful = False
        return connection

    def _put_back(self, connection: Connection) -> None:
        resting = connection.info.transaction_status == psycopg.pq.TransactionStatus.IDLE
        with self._lock:
            if connection.broken:
                stale, self._idle = self._idle, []  # the server went: the others are dead too
            else:
                stale = []
            if resting and not self._closed:
                self._idle.append(connection)
                return
        for one in (connection, *stale):
            one.close()


class PostgresWriting:
    """A transaction of a `PostgresArchive`; see `protocol.Writing`."""

    def __init__(self, connection: Connection, head: Head) -> None:
        self.head = head
        self._connection = connection
        self._asked = 0  # appends, done or failed
        self._range = CompactRange(head.size, head.frontier)

    def entries(self, start: int) -> Iterator[bytes]:
        """The entries `[start, head.size)`."""
        for first in range(start, self.head.size, _AT_ONCE):
            stop = min(first + _AT_ONCE, self.head.size)
            yield from map(itemgetter(0), _rows(self._connection, first, stop))

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
        execute = self._connection.execute
        try:
            execute("INSERT INTO entry VALUES (%s, %s, %s)", (seq, act, data), prepare=True)
            for one in payloads:
                execute(
                    "INSERT INTO payload VALUES (%s, %s, %s, %s, %s, %s)",
                    (seq, one.field, one.commitment, one.act, one.salt, one.content),
                )
        except psycopg.errors.UniqueViolation as error:
            raise ValueError(
                f"expected a new act with new commitments, not {act} again ({error})"
            ) from error
        except psycopg.errors.DiskFull as error:
            raise in_words(error) from error
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
                "UPDATE head SET size = %s, frontier = %s",
                (self._range.size, b"".join(self._range.frontier())),
                prepare=True,
            )


def _lock_head(connection: Connection, wait: float) -> Head:
    # One round trip; the isolation level is said, since an administrator may have set another
    # default, under which a writer would judge against the state before its turn.
    cursor = connection.execute(
        sql.SQL(
            "BEGIN ISOLATION LEVEL READ COMMITTED; SET LOCAL lock_timeout = {};"
            " SELECT size, frontier FROM head FOR UPDATE"
        ).format(sql.Literal(max(1, int(wait * 1000))))
    )
    while cursor.nextset():
        pass
    return _as_head(cursor.fetchone())


def _head(connection: Connection) -> Head:
    return _as_head(connection.execute("SELECT size, frontier FROM head", prepare=True).fetchone())


def _as_head(row: tuple[object, ...] | None) -> Head:
    match row:
        case (int(size), bytes(frontier)):
            return Head(size, tuple(hashes_in(frontier)))
    raise Damaged("expected one head row: restore the newest backup into another schema")


def _find(connection: Connection, act: ActId) -> Stored | None:
    row = connection.execute(
        "SELECT seq, data FROM entry WHERE act = %s", (act,), prepare=True, binary=True
    ).fetchone()
    match row:
        case (int(seq), bytes(data)):
            return Stored(seq, data)
    return None


def _rows(connection: Connection, start: int, stop: int) -> list[tuple[bytes]]:
    rows = connection.execute(
        "SELECT data FROM entry WHERE seq >= %s AND seq < %s ORDER BY seq",
        (start, stop),
        binary=True,
    ).fetchall()
    if len(rows) != stop - start:
        raise Damaged(
            f"expected the entries {start} to {stop - 1}, found {len(rows)} of them: restore the "
            "newest backup into another schema"
        )
    return cast("list[tuple[bytes]]", rows)


def _payloads(
    connection: Connection, query: LiteralString, values: tuple[object, ...]
) -> list[tuple[int, SealedPayload]]:
    rows = connection.execute(query, values, binary=True).fetchall()
    found = []
    for row in rows:
        match row:
            case (str(commitment), str(act), str(field), bytes(salt), bytes(content), int(seq)):
                sealed = SealedPayload(Commitment(commitment), ActId(act), field, salt, content)
                found.append((seq, sealed))
    return found
