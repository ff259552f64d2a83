"""Archives to try, entries to put into them, and a PostgreSQL schema of one's own."""

import functools
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest

from collegium.archive.postgres import PostgresArchive
from collegium.archive.protocol import Archive, SealedPayload
from collegium.archive.sqlite import SqliteArchive
from collegium.ids import ActId, Commitment
from collegium.record.act import EMPTY_ROOT_TEXT
from collegium.record.canonical import encode
from collegium.record.tree import leaf_hash, root_of_leaves

ROOT = Path(__file__).parent.parent

SERVERS = (
    os.environ.get("COLLEGIUM_TEST_POSTGRES", "host=127.0.0.1 dbname=test user=root"),
    "host=127.0.0.1 dbname=test user=postgres",
)


def act(number: int, writer: str = "0") -> ActId:
    return ActId(f"{writer:>4}{number:022}".replace(" ", "0"))


def entry(number: int, writer: str = "0") -> bytes:
    said = {
        "act": {
            "actor": "m:" + "a" * 22,
            "base": [0, EMPTY_ROOT_TEXT],
            "body": {},
            "id": act(number, writer),
            "kind": "test.count/1",
            "sealed": {},
        },
        "at": "2026-11-22T11:51:00Z",
        "by": {"how": "demo", "key": "", "sig": ""},
        "v": 1,
    }
    return encode(said)


def payload(number: int, content: bytes, writer: str = "0") -> SealedPayload:
    commitment = Commitment(f"commitment {writer} {number}")
    return SealedPayload(commitment, act(number, writer), "text", secrets.token_bytes(32), content)


def append(archive: Archive, number: int, writer: str = "0") -> int:
    with archive.writing() as writing:
        return writing.append(act(number, writer), entry(number, writer))


def grow(archive: Archive, size: int) -> None:
    with archive.writing() as writing:
        for number in range(writing.head.size, size):
            writing.append(act(number), entry(number))


def assert_whole(archive: Archive, size: int) -> None:
    """Gapless, and its root is that of the bytes it gives back."""
    entries = list(archive.entries(0))
    head = archive.head()
    assert (len(entries), head.size, archive.size()) == (size, size, size)
    assert head.root() == root_of_leaves([leaf_hash(data) for data in entries])


@functools.cache
def server() -> str:
    """How to reach a PostgreSQL for tests; empty where none answers."""
    for dsn in SERVERS:
        try:
            psycopg.connect(dsn, connect_timeout=2).close()
        except psycopg.OperationalError:
            continue
        return dsn
    return ""


@contextmanager
def schema() -> Iterator[tuple[str, str]]:
    """A server and a new schema in it, dropped at the end."""
    if not server():
        pytest.skip(f"no PostgreSQL answers at {' or '.join(SERVERS)}")
    name = f"test_{secrets.token_hex(6)}"
    try:
        yield server(), name
    finally:
        with psycopg.connect(server(), autocommit=True) as connection:
            connection.execute(f"DROP SCHEMA IF EXISTS {name} CASCADE".encode())


def open_archive(where: str) -> Archive:
    """The archive at `<path>` or at `<dsn>|<schema>`: one text, to hand to other programs."""
    if "|" in where:
        return PostgresArchive(*where.split("|"))
    return SqliteArchive(Path(where))
