"""The SQLite file of an archive: its tables, how a connection to it is opened, how it fails."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from collegium.archive.protocol import PATIENCE, Busy, Damaged, Full, NotDurable

APPLICATION: Final = 0x434F4C4C
"""`COLL`, SQLite's application id: tells this file from any other database."""

FORMAT: Final = 1
"""The tables' version, SQLite's user version."""

_TABLES = """
CREATE TABLE head (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    size INTEGER NOT NULL,
    frontier BLOB NOT NULL CHECK (length(frontier) % 32 = 0)
) STRICT;
INSERT INTO head VALUES (1, 0, x'');
CREATE TABLE entry (
    seq INTEGER PRIMARY KEY,
    act TEXT NOT NULL UNIQUE,
    data BLOB NOT NULL
) STRICT;
CREATE TABLE payload (
    place INTEGER PRIMARY KEY,
    commitment TEXT NOT NULL UNIQUE,
    seq INTEGER NOT NULL REFERENCES entry (seq),
    act TEXT NOT NULL,
    field TEXT NOT NULL,
    erased INTEGER NOT NULL,
    salt BLOB NOT NULL,
    content BLOB NOT NULL
) STRICT;
CREATE TABLE checkpoint (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    size INTEGER NOT NULL,
    note TEXT NOT NULL
) STRICT;
CREATE TRIGGER entry_follows BEFORE INSERT ON entry
    WHEN NEW.seq <> (SELECT coalesce(max(seq) + 1, 0) FROM entry)
    BEGIN SELECT RAISE(ABORT, 'the record has no gaps and replaces nothing'); END;
CREATE TRIGGER entry_stays BEFORE UPDATE ON entry
    BEGIN SELECT RAISE(ABORT, 'the record is append-only'); END;
CREATE TRIGGER entry_remains BEFORE DELETE ON entry
    BEGIN SELECT RAISE(ABORT, 'the record is append-only'); END;
CREATE TRIGGER head_grows BEFORE UPDATE ON head WHEN NEW.size < OLD.size
    BEGIN SELECT RAISE(ABORT, 'the record is append-only'); END;
CREATE TRIGGER head_remains BEFORE DELETE ON head
    BEGIN SELECT RAISE(ABORT, 'the record is append-only'); END;
CREATE TRIGGER payload_remains BEFORE DELETE ON payload
    BEGIN SELECT RAISE(ABORT, 'a payload is overwritten where it stands'); END;
"""

# EFBIG and a full disk under the shared-memory file come as these two, not as SQLITE_FULL.
_NO_ROOM = {sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR_WRITE, sqlite3.SQLITE_IOERR_SHMSIZE}
_NOT_OURS = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}
_HELD = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
_NOT_FOR_US = {sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM, sqlite3.SQLITE_READONLY}


def connect(path: Path) -> sqlite3.Connection:
    """A connection that has read back that it will keep what it commits.

    For one thread at a time; transactions are begun and ended by hand.

    Raises:
        NotDurable: SQLite won't run with a write-ahead log and `synchronous=FULL`.
    """
    connection = sqlite3.connect(
        path, timeout=PATIENCE, isolation_level=None, check_same_thread=False
    )
    try:
        return _durable(connection)
    except BaseException:
        connection.close()
        raise


@contextmanager
def failures() -> Iterator[None]:
    """SQLite's failures in the protocol's words.

    Raises:
        Full: The disk takes no more bytes.
        Damaged: The file can't be read.
        Busy: Another program holds the file.
        OSError: It can't be opened.
    """
    try:
        yield
    except sqlite3.Error as error:
        raise in_words(error) from error


def in_words(error: sqlite3.Error) -> Exception:
    """A failure of SQLite in the words of `failures`; the failure itself if none fits."""
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR)
    if no_room(error):
        return Full(f"the disk takes no more bytes ({error}): make room and try again")
    # Without a code it is Python's own complaint: of a text that isn't UTF-8 any more.
    undecodable = isinstance(error, sqlite3.OperationalError) and not hasattr(
        error, "sqlite_errorcode"
    )
    if code & 0xFF in _NOT_OURS or undecodable:
        return Damaged(f"the database can't be read ({error}): put back the newest backup")
    if code & 0xFF in _HELD:
        return Busy(f"another program holds the database ({error}); try again")
    if code & 0xFF in _NOT_FOR_US:
        return OSError(f"expected a database that this user may read and write ({error})")
    return error


def no_room(error: sqlite3.Error) -> bool:
    """Whether the disk took no more bytes, after which SQLite has certainly not committed."""
    return getattr(error, "sqlite_errorcode", None) in _NO_ROOM


def _durable(connection: sqlite3.Connection) -> sqlite3.Connection:
    mode = connection.execute("PRAGMA journal_mode = WAL").fetchone()[0]
    connection.execute("PRAGMA synchronous = FULL")
    level = connection.execute("PRAGMA synchronous").fetchone()[0]
    if mode != "wal" or level != 2:  # noqa: PLR2004 - 2 is how SQLite spells FULL
        raise NotDurable(
            f"expected SQLite to run with journal_mode=wal and synchronous=2 (FULL), not {mode} "
            f"and {level}: keep the folder on a disk of this machine"
        )
    connection.execute("PRAGMA secure_delete = ON")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA trusted_schema = OFF")
    return connection


def make_tables(connection: sqlite3.Connection) -> None:
    """Make the tables in an empty file; leave an archive as it is.

    Raises:
        Damaged: The file is another program's database.
    """
    if connection.execute("PRAGMA user_version").fetchone() != (0,):
        return
    if connection.execute("SELECT count(*) FROM sqlite_schema").fetchone() != (0,):
        raise Damaged("expected an archive or an empty file, not another program's database")
    numbers = f"PRAGMA application_id = {APPLICATION}; PRAGMA user_version = {FORMAT};"
    connection.executescript(f"BEGIN IMMEDIATE; {_TABLES} {numbers} COMMIT;")


def check(connection: sqlite3.Connection, path: Path) -> None:
    """Refuse a file that isn't ours or contradicts itself.

    Raises:
        Damaged: Of another format, or its head doesn't count its entries.
    """
    made_by = connection.execute("PRAGMA application_id").fetchone()[0]
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    if (made_by, version) != (APPLICATION, FORMAT):
        raise Damaged(
            f"expected {path} to be an archive of format {FORMAT}, not {version}: open it with "
            "the Collegium that wrote it"
        )
    size = connection.execute("SELECT size FROM head").fetchone()[0]
    entries = connection.execute("SELECT coalesce(max(seq) + 1, 0) FROM entry").fetchone()[0]
    if size != entries:
        raise Damaged(
            f"the head of {path} counts {size} entries but {entries} are there: put back "
            "the newest backup"
        )
