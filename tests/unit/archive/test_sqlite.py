import sqlite3
from pathlib import Path

import pytest

from collegium.archive.protocol import Damaged, NotDurable
from collegium.archive.sqlite import SqliteArchive
from tests.archives import act, append, assert_whole, entry, grow, payload

FORBIDDEN = [
    "UPDATE entry SET data = x'00' WHERE seq = 1",
    "DELETE FROM entry WHERE seq = 2",
    "REPLACE INTO entry VALUES (1, 'another', x'00')",
    "INSERT INTO entry VALUES (9, 'a gap', x'00')",
    "UPDATE head SET size = 1",
    "DELETE FROM head",
    "DELETE FROM payload",
]


@pytest.mark.parametrize("statement", FORBIDDEN)
def test_the_database_itself_refuses_to_change_the_record(
    sqlite: SqliteArchive, statement: str
) -> None:
    with sqlite.writing() as writing:
        for number in range(3):
            writing.append(act(number), entry(number), [payload(number, b"words")])
    connection = sqlite3.connect(sqlite.path, isolation_level=None)
    with pytest.raises(sqlite3.IntegrityError):
        connection.execute(statement)
    connection.close()
    assert_whole(sqlite, 3)


def test_a_text_that_is_none_any_more_is_damage(sqlite: SqliteArchive) -> None:
    grow(sqlite, 1)
    connection = sqlite3.connect(sqlite.path, isolation_level=None)
    connection.execute("INSERT OR REPLACE INTO checkpoint VALUES (1, 1, CAST(x'ff' AS TEXT))")
    connection.close()
    with pytest.raises(Damaged, match="can't be read"):
        sqlite.checkpoint()


def test_what_was_kept_is_there_when_opened_again(tmp_path: Path) -> None:
    for size in (3, 5):
        archive = SqliteArchive(tmp_path / "record.sqlite")
        grow(archive, size)
        archive.close()
    archive = SqliteArchive(tmp_path / "record.sqlite")
    assert_whole(archive, 5)
    archive.close()


def test_another_programs_database_is_refused(tmp_path: Path) -> None:
    connection = sqlite3.connect(tmp_path / "record.sqlite")
    connection.execute("CREATE TABLE recipes (soup TEXT)")
    connection.close()
    with pytest.raises(Damaged, match="another program's"):
        SqliteArchive(tmp_path / "record.sqlite")


def test_a_file_that_is_no_database_is_refused(tmp_path: Path) -> None:
    (tmp_path / "record.sqlite").write_bytes(b"not a database" * 100)
    with pytest.raises(Damaged, match="can't be read"):
        SqliteArchive(tmp_path / "record.sqlite")


def test_the_archive_of_a_newer_collegium_is_refused(tmp_path: Path) -> None:
    SqliteArchive(tmp_path / "record.sqlite").close()
    connection = sqlite3.connect(tmp_path / "record.sqlite")
    connection.execute("PRAGMA user_version = 2")
    connection.close()
    with pytest.raises(Damaged, match="format 1, not 2"):
        SqliteArchive(tmp_path / "record.sqlite")


def test_a_head_that_counts_wrong_is_refused(tmp_path: Path) -> None:
    archive = SqliteArchive(tmp_path / "record.sqlite")
    grow(archive, 3)
    archive.close()
    connection = sqlite3.connect(tmp_path / "record.sqlite")
    connection.execute("UPDATE head SET size = 4")
    connection.commit()
    connection.close()
    with pytest.raises(Damaged, match="counts 4 entries but 3"):
        SqliteArchive(tmp_path / "record.sqlite")


def test_a_missing_entry_is_noticed_by_whoever_reads_it(sqlite: SqliteArchive) -> None:
    grow(sqlite, 3)
    connection = sqlite3.connect(sqlite.path, isolation_level=None)
    connection.execute("DROP TRIGGER entry_remains")
    connection.execute("DELETE FROM entry WHERE seq = 1")
    connection.close()
    with pytest.raises(Damaged, match="found 2 of them"):
        list(sqlite.entries(0))


def test_a_database_that_cannot_keep_a_log_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(NotDurable, match="not memory and 2"):
        SqliteArchive(Path(":memory:"))


def test_every_connection_reads_back_that_it_is_full(sqlite: SqliteArchive) -> None:
    readers = [sqlite.entries(0) for _ in range(3)]
    append(sqlite, 0)
    assert [next(reader) for reader in readers] == [entry(0)] * 3
    assert sqlite._writer is not None
    connections = [sqlite._writer, *sqlite._idle]
    assert len(connections) > 1
    for connection in connections:
        assert connection.execute("PRAGMA synchronous").fetchone() == (2,)
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        assert connection.execute("PRAGMA secure_delete").fetchone() == (1,)


def test_a_closed_archive_leaves_one_file_with_everything(tmp_path: Path) -> None:
    archive = SqliteArchive(tmp_path / "record.sqlite")
    grow(archive, 3)
    archive.close()
    archive.close()
    kept = {path.name for path in tmp_path.iterdir() if path.stat().st_size}
    assert kept == {"record.sqlite"}
    with pytest.raises(ValueError, match="has been closed"):
        archive.size()
