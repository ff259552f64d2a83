"""Sealed payloads beside a copy, and an organisation's own folder."""

import shutil
from pathlib import Path

import pytest

from collegium.parts.organisation.acts import ErasePayload
from collegium.record.act import read_entry
from collegium.secretariat.audit import Report, audit_folder
from collegium.secretariat.exporting import SEALED, export_record
from tests.cast import AMARA
from tests.copies import audited, entries_of, faults, history, keep, last, places
from tests.voting import Voting


@pytest.fixture(scope="module")
def hall() -> Voting:
    return history()


@pytest.fixture(scope="module")
def entries(hall: Voting) -> list[bytes]:
    return entries_of(hall.archive)


# Sealed payloads.


@pytest.fixture
def carrying(hall: Voting, tmp_path: Path) -> Path:
    with keep(hall, tmp_path / "own") as office:
        export_record(office, tmp_path / "copy", payloads=("public", "members"))
    return tmp_path / "copy"


def one_payload(copy: Path) -> Path:
    return min((copy / SEALED / "members").iterdir())


def test_carried_payloads_are_checked(carrying: Path, hall: Voting) -> None:
    assert audited(carrying, hall).findings == []


@pytest.mark.parametrize("data", [b"", b"{}", b"\xff", b"[" * 5000])
def test_a_payload_that_is_garbage(carrying: Path, hall: Voting, data: bytes) -> None:
    one_payload(carrying).write_bytes(data)
    (fault,) = faults(audited(carrying, hall))
    assert fault.name == "payload-altered"
    assert one_payload(carrying).name in fault.detail


def test_a_payload_with_other_words(carrying: Path, hall: Voting) -> None:
    path = one_payload(carrying)
    path.write_bytes(path.read_bytes().replace(b'"content":"', b'"content":"AAAA'))
    assert [name for name, _ in places(audited(carrying, hall))] == ["payload-altered"]


def test_a_payload_of_no_act(carrying: Path, hall: Voting) -> None:
    path = one_payload(carrying)
    path.rename(path.with_name("0" * 64))
    assert places(audited(carrying, hall)) == [("payload-altered", None)]


def test_a_payload_among_those_for_other_readers(carrying: Path, hall: Voting) -> None:
    path = one_payload(carrying)
    path.rename(carrying / SEALED / "public" / path.name)
    assert [name for name, _ in places(audited(carrying, hall))] == ["payload-misplaced"]


def erase_proposal(hall: Voting) -> None:
    """The text of the only proposal goes, by joint approval."""
    entries = entries_of(hall.archive)
    act = read_entry(entries[last(entries, "publish-proposal")]).act
    hall.jointly(ErasePayload(commitment=act.sealed["text"], entry=act.id, happened_at=""))


def test_an_erased_payload_that_is_still_carried(tmp_path: Path) -> None:
    hall = history()
    with keep(hall, tmp_path / "own") as office:
        export_record(office, tmp_path / "copy", payloads=["members"])
    erase_proposal(hall)
    with keep(hall, tmp_path / "later") as office:
        export_record(office, tmp_path / "new")
    shutil.copytree(tmp_path / "copy" / SEALED, tmp_path / "new" / SEALED)
    (fault,) = faults(audited(tmp_path / "new", hall))
    assert fault.name == "payload-kept"


# An organisation's own folder.


def own_report(path: Path, hall: Voting) -> Report:
    return audit_folder(path, clock=lambda: hall.now)


def test_an_own_folder_is_checked(hall: Voting, tmp_path: Path) -> None:
    with keep(hall, tmp_path / "own") as office:
        office.checkpoint()
    before = sorted(path.name for path in (tmp_path / "own").iterdir())
    report = own_report(tmp_path / "own", hall)
    assert (report.findings, report.complete) == ([], True)
    assert sorted(path.name for path in (tmp_path / "own").iterdir()) == before


def test_an_own_payload_that_is_gone(hall: Voting, entries: list[bytes], tmp_path: Path) -> None:
    number = last(entries, "publish-proposal")
    with keep(hall, tmp_path / "own") as office:
        office.folder.archive.erase(read_entry(entries[number]).act.sealed["text"])
    assert places(own_report(tmp_path / "own", hall)) == [("payload-missing", number)]


def test_an_own_payload_erased_by_an_act(tmp_path: Path) -> None:
    hall = history()
    erase_proposal(hall)
    keep(hall, tmp_path / "own").close()
    assert own_report(tmp_path / "own", hall).findings == []


def test_an_own_entry_changed_on_disk(hall: Voting, entries: list[bytes], tmp_path: Path) -> None:
    keep(hall, tmp_path / "own").close()
    database = tmp_path / "own/record.sqlite"
    data = database.read_bytes()
    at = data.index(entries[-2]) + 30
    database.write_bytes(data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :])
    names = [name for name, _ in places(own_report(tmp_path / "own", hall))]
    assert "root-differs" in names


def test_an_own_database_put_back_from_an_older_copy(hall: Voting, tmp_path: Path) -> None:
    older = history()
    with keep(older, tmp_path / "older"):
        pass
    older.ask_question(AMARA)
    with keep(older, tmp_path / "own") as office:
        office.checkpoint()
    shutil.copy(tmp_path / "older/record.sqlite", tmp_path / "own/record.sqlite")
    report = own_report(tmp_path / "own", hall)
    (fault,) = faults(report)
    assert (fault.name, report.digest) == ("archive-damaged", "")
    assert "older copy" in fault.detail
