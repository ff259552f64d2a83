from collections.abc import Iterator
from pathlib import Path

import pytest

from collegium.archive.memory import MemoryArchive
from collegium.archive.postgres import PostgresArchive
from collegium.archive.protocol import Archive
from collegium.archive.sqlite import SqliteArchive
from tests import archives


@pytest.fixture
def sqlite(tmp_path: Path) -> Iterator[SqliteArchive]:
    archive = SqliteArchive(tmp_path / "record.sqlite")
    yield archive
    archive.close()


@pytest.fixture
def postgres() -> Iterator[PostgresArchive]:
    with archives.schema() as (dsn, name):
        archive = PostgresArchive(dsn, name)
        yield archive
        archive.close()


@pytest.fixture(params=["memory", "sqlite", "postgres"])
def archive(request: pytest.FixtureRequest) -> Archive:
    if request.param == "memory":
        return MemoryArchive()
    kept: Archive = request.getfixturevalue(request.param)
    return kept
