"""Whatever is done to an exported copy, auditing it names a fault and never falls over."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from collegium.secretariat.audit import Report
from collegium.secretariat.exporting import export_record
from tests.copies import audited, entries_of, history, keep, write_copy
from tests.voting import Voting

shared = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)


@pytest.fixture(scope="module")
def hall() -> Voting:
    return history()


@pytest.fixture(scope="module")
def whole(hall: Voting, tmp_path_factory: pytest.TempPathFactory) -> Path:
    room = tmp_path_factory.mktemp("audit")
    with keep(hall, room / "own") as office:
        export_record(office, room / "copy", payloads=("public", "members", "subject"))
    return room / "copy"


def files(copy: Path) -> list[Path]:
    return sorted(path for path in copy.rglob("*") if path.is_file())


@contextmanager
def damaged(whole: Path, hall: Voting, path: Path, data: bytes | None) -> Iterator[Report]:
    """The audit with other bytes in a file, or without it; undone afterwards."""
    kept = path.read_bytes()
    try:
        path.unlink() if data is None else path.write_bytes(data)
        yield audited(whole, hall)
    finally:
        path.write_bytes(kept)


@shared
@given(data=st.data())
def test_a_flipped_byte_is_a_fault_unless_it_is_the_keys(
    whole: Path, hall: Voting, data: st.DataObject
) -> None:
    path = data.draw(st.sampled_from([one for one in files(whole) if one.name != "key"]))
    changed = bytearray(path.read_bytes())
    changed[data.draw(st.integers(0, len(changed) - 1))] ^= data.draw(st.integers(1, 255))
    with damaged(whole, hall, path, bytes(changed)) as report:
        assert not report.faultless


@shared
@given(data=st.data())
def test_a_truncated_file_is_a_fault(whole: Path, hall: Voting, data: st.DataObject) -> None:
    path = data.draw(st.sampled_from([one for one in files(whole) if one.name != "key"]))
    before = path.read_bytes()
    with damaged(whole, hall, path, before[: data.draw(st.integers(0, len(before) - 1))]) as report:
        assert not report.faultless


@shared
@given(data=st.data(), garbage=st.binary(max_size=300))
def test_garbage_anywhere_raises_nothing(
    whole: Path, hall: Voting, data: st.DataObject, garbage: bytes
) -> None:
    path = data.draw(st.sampled_from(files(whole)))
    with damaged(whole, hall, path, garbage) as report:
        assert report.faultless == (path.name == "key")


def test_a_missing_file_is_a_fault_unless_it_may_be_missing(whole: Path, hall: Voting) -> None:
    for path in files(whole):
        with damaged(whole, hall, path, None) as report:
            assert report.faultless == (path.name == "key" or "sealed" in path.parts)


@shared
@given(data=st.data())
def test_entries_that_an_operator_made_up_raise_nothing(
    hall: Voting, tmp_path: Path, data: st.DataObject
) -> None:
    entries = entries_of(hall.archive)
    number = data.draw(st.integers(0, len(entries) - 1))
    cut = st.integers(0, len(entries[number]))
    start, stop = sorted((data.draw(cut), data.draw(cut)))
    made_up = data.draw(st.binary(max_size=40))
    entries[number] = entries[number][:start] + made_up + entries[number][stop:]
    shutil.rmtree(tmp_path / "copy", ignore_errors=True)
    report = audited(write_copy(tmp_path / "copy", entries, hall.house.origin), hall)
    assert report.faultless == (entries == entries_of(hall.archive))
