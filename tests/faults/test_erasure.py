"""Erasure reaches the bytes."""

import os
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from collegium.archive.postgres import PostgresArchive
from collegium.archive.protocol import SealedPayload
from collegium.archive.sqlite import SqliteArchive
from tests import archives
from tests.archives import act, append, assert_whole, entry, payload


def words(number: int) -> bytes:
    """From a line to several pages, so that cells, pages and overflow pages are all tried."""
    return f"Whisper {number} in confidence. ".encode() * (1 + number * 37 % 700)


def seal(archive: SqliteArchive | PostgresArchive, count: int) -> list[SealedPayload]:
    sealed = [payload(number, words(number)) for number in range(count)]
    for one, number in zip(sealed, range(count), strict=True):
        with archive.writing() as writing:
            writing.append(act(number), entry(number), [one])
    return sealed


def found_in(folder: Path, needles: list[bytes]) -> set[tuple[str, bytes]]:
    return {
        (path.name, needle)
        for path in folder.rglob("*")
        if path.is_file()
        for data in [path.read_bytes()]
        for needle in needles
        if needle in data
    }


def test_erased_words_are_in_no_file_of_the_folder(tmp_path: Path) -> None:
    archive = SqliteArchive(tmp_path / "record.sqlite")
    sealed = seal(archive, 120)
    erased = [one for number, one in enumerate(sealed) if number % 3 == 0]
    assert found_in(tmp_path, [one.salt for one in erased]) != set()
    for one in erased:
        archive.erase(one.commitment)
    append(archive, 120)
    needles = [part for one in erased for part in (one.salt, one.content[:20])]
    assert found_in(tmp_path, needles) == set()
    assert [one for one in sealed if archive.payload(one.commitment)] == list(archive.payloads())
    assert len(list(archive.payloads())) == 80
    archive.close()
    assert found_in(tmp_path, needles) == set()


@pytest.fixture
def looker() -> Iterator[psycopg.Connection[tuple[object, ...]]]:
    """A session that looks at an older state for as long as the test runs."""
    if not archives.server():
        pytest.skip(f"no PostgreSQL answers at {' or '.join(archives.SERVERS)}")
    with psycopg.connect(archives.server()) as connection:
        connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        yield connection


def test_erased_words_are_in_no_table_file_of_postgres(
    looker: psycopg.Connection[tuple[object, ...]],
) -> None:
    with archives.schema() as (dsn, name):
        archive = PostgresArchive(dsn, name)
        sealed = [payload(n, os.urandom(3000)) for n in range(3)]
        for number, one in enumerate(sealed):
            with archive.writing() as writing:
                writing.append(act(number), entry(number), [one])
        looker.execute("SELECT 1 FROM pg_class LIMIT 1")
        archive.erase(sealed[1].commitment)
        assert list(archive.payloads()) == [sealed[0], sealed[2]]
        assert_whole(archive, 3)
        archive.close()
        tables = tables_of(dsn, name)
        assert found_in_files(tables, sealed[0].salt)
        assert not found_in_files(tables, sealed[1].salt)
        assert not found_in_files(tables, sealed[1].content[:32])


def tables_of(dsn: str, name: str) -> Path:
    """The database's own folder, after everything in memory was written to it."""
    with psycopg.connect(dsn, autocommit=True) as connection:
        connection.execute("CHECKPOINT")
        row = connection.execute(
            "SELECT current_setting('data_directory'), pg_relation_filepath(%s)",
            (f"{name}.payload",),
        ).fetchone()
    assert row is not None
    folder = Path(str(row[0])) / str(row[1])
    if not os.access(folder, os.R_OK):
        pytest.skip(f"the server's files can't be read: {folder}")
    return folder.parent


def found_in_files(folder: Path, needle: bytes) -> bool:
    return bool(found_in(folder, [needle]))
