"""An organisation's schema in PostgreSQL: its tables, how it is reached, how it fails."""

from typing import LiteralString, TypeAlias

import psycopg
from psycopg import sql

from collegium.archive.protocol import Busy, Damaged, Full, NotDurable

Connection: TypeAlias = psycopg.Connection[tuple[object, ...]]
"""A connection whose rows are tuples."""

_TABLES: LiteralString = """
CREATE TABLE head (
    one integer PRIMARY KEY CHECK (one = 1),
    size bigint NOT NULL,
    frontier bytea NOT NULL CHECK (length(frontier) % 32 = 0)
);
INSERT INTO head VALUES (1, 0, '');
CREATE TABLE entry (
    seq bigint PRIMARY KEY,
    act text COLLATE "C" NOT NULL UNIQUE,
    data bytea NOT NULL
);
CREATE TABLE payload (
    seq bigint NOT NULL REFERENCES entry (seq),
    field text COLLATE "C" NOT NULL,
    commitment text COLLATE "C" NOT NULL UNIQUE,
    act text NOT NULL,
    salt bytea NOT NULL,
    content bytea NOT NULL,
    PRIMARY KEY (seq, field)
);
CREATE TABLE checkpoint (
    one integer PRIMARY KEY CHECK (one = 1),
    size bigint NOT NULL,
    note text NOT NULL
);
CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION 'the record is append-only'; END $$;
CREATE TRIGGER entry_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON entry
    FOR EACH STATEMENT EXECUTE FUNCTION refuse();
CREATE TRIGGER head_remains BEFORE DELETE OR TRUNCATE ON head
    FOR EACH STATEMENT EXECUTE FUNCTION refuse();
CREATE TRIGGER head_grows BEFORE UPDATE ON head
    FOR EACH ROW WHEN (NEW.size < OLD.size) EXECUTE FUNCTION refuse();
"""


def connect(dsn: str, schema: str) -> Connection:
    """A connection that has read back that the server keeps what it commits.

    Raises:
        NotDurable: The server runs with `fsync` or `synchronous_commit` off.
        ValueError: libpq can't read the DSN.
    """
    try:
        connection = psycopg.connect(dsn, autocommit=True)
    except psycopg.ProgrammingError as error:
        raise ValueError(f"expected a DSN such as `dbname=coop` ({error})") from error
    try:
        connection.execute("SET synchronous_commit = on")
        connection.execute(sql.SQL("SET search_path = {}").format(sql.Identifier(schema)))
        _check_durable(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def _check_durable(connection: Connection) -> None:
    row = connection.execute(
        "SELECT current_setting('synchronous_commit'), current_setting('fsync')"
    ).fetchone()
    if row != ("on", "on"):
        raise NotDurable(
            f"expected synchronous_commit and fsync to be on, not {row}: change the server's "
            "configuration"
        )


def make_tables(connection: Connection, schema: str) -> None:
    """Make the schema and its tables; leave those that are there as they are."""
    with connection.transaction():
        # Two servers that start at once: the second finds the tables made.
        connection.execute("SELECT pg_advisory_xact_lock(hashtext('collegium'))")
        if connection.execute("SELECT to_regclass('head')").fetchone() == (None,):
            if connection.execute("SELECT to_regnamespace(%s)", (schema,)).fetchone() == (None,):
                connection.execute(sql.SQL("CREATE SCHEMA {}").format(sql.Identifier(schema)))
            connection.execute(_TABLES)


def check(connection: Connection, schema: str) -> None:
    """Refuse a schema that contradicts itself.

    Raises:
        Damaged: Its head doesn't count its entries.
    """
    row = connection.execute(
        "SELECT head.size, (SELECT coalesce(max(seq) + 1, 0) FROM entry) FROM head"
    ).fetchone()
    if not row or row[0] != row[1]:
        raise Damaged(
            f"the head of {schema} and its entries don't agree ({row}): restore the newest backup "
            "into another schema"
        )


def in_words(error: psycopg.Error) -> Exception:
    """`Busy`, `Full` or `PermissionError` for a failure of PostgreSQL; else the failure itself."""
    if isinstance(error, psycopg.errors.LockNotAvailable):
        return Busy(f"others have been writing for too long ({error}); try again in a moment")
    if isinstance(error, psycopg.errors.DiskFull):
        return Full(f"the disk takes no more bytes ({error}): make room and try again")
    if isinstance(error, psycopg.errors.InsufficientPrivilege):
        return PermissionError(f"expected a user to whom the database allows this ({error})")
    if isinstance(error, psycopg.OperationalError):
        return Busy(f"the database doesn't answer ({error}); try again in a moment")
    return error
