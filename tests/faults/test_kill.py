"""`kill -9` while writing: whatever was acknowledged is there, and nothing is half there."""

import secrets
from pathlib import Path

from collegium.ids import ActId
from tests import archives
from tests.archives import assert_whole, open_archive
from tests.faults.conftest import Start

ROUNDS = 50


def kill_while_writing(where: str, start: Start, writer: int, most: int) -> list[ActId]:
    """The acts that were acknowledged before the kill, which hits while more are written."""
    program = start(where, str(writer), "0")
    assert program.stdout is not None
    acknowledged = [program.stdout.readline() for _ in range(1 + secrets.randbelow(most))]
    program.kill()
    acknowledged += program.stdout.readlines()
    program.wait()
    return [ActId(line.strip()) for line in acknowledged if line.endswith("\n")]


def assert_kept(where: str, acknowledged: list[ActId]) -> None:
    archive = open_archive(where)
    lost = [act for act in acknowledged if archive.find(act) is None]
    assert lost == []
    assert_whole(archive, archive.size())
    archive.close()


def test_fifty_kills_lose_nothing_in_sqlite(tmp_path: Path, start: Start) -> None:
    where = str(tmp_path / "record.sqlite")
    acknowledged: list[ActId] = []
    for writer in range(ROUNDS):
        acknowledged += kill_while_writing(where, start, writer, 30)
        assert_kept(where, acknowledged)
    assert len(acknowledged) > ROUNDS


def test_kills_lose_nothing_in_postgres(start: Start) -> None:
    with archives.schema() as (dsn, name):
        where = f"{dsn}|{name}"
        acknowledged: list[ActId] = []
        for writer in range(10):
            acknowledged += kill_while_writing(where, start, writer, 30)
            assert_kept(where, acknowledged)
        assert len(acknowledged) > 10


def test_a_killed_writer_holds_up_nobody(where: str, start: Start) -> None:
    kill_while_writing(where, start, 0, 5)
    archive = open_archive(where)
    with archive.writing(wait=2) as writing:
        writing.append(ActId("afterwards"), b"afterwards")
    assert_whole(archive, archive.size())
    archive.close()
