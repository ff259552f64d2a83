"""Every kind of damage to a copy has its name."""

import shutil
from pathlib import Path

import pytest

from collegium.parts.deliberation.acts import SignProposal
from collegium.parts.organisation.acts import ErasePayload
from collegium.record.act import read_entry
from collegium.record.checkpoint import Checkpoint
from collegium.record.moments import after
from collegium.record.tiles import bundle_of
from collegium.secretariat.audit import Report, audit, audit_folder
from collegium.secretariat.drafting import signed
from collegium.secretariat.exporting import SEALED, export_record
from tests.cast import AMARA, ESI, GORO, Person
from tests.copies import (
    audited,
    changed,
    entries_of,
    entry_of,
    faults,
    flip,
    history,
    keep,
    places,
    unbased,
    write_copy,
)
from tests.voting import Voting


@pytest.fixture(scope="module")
def hall() -> Voting:
    return history()


@pytest.fixture(scope="module")
def entries(hall: Voting) -> list[bytes]:
    return entries_of(hall.archive)


@pytest.fixture
def copy(hall: Voting, entries: list[bytes], tmp_path: Path) -> Path:
    return write_copy(tmp_path / "copy", entries, hall.house.origin)


def bundle(copy: Path) -> Path:
    (found,) = (copy / "tile/entries").glob("000.p/*")
    return found


def rebundle(copy: Path, entries: list[bytes]) -> None:
    bundle(copy).write_bytes(bundle_of(entries))


def resigned(copy: Path, entries: list[bytes], hall: Voting) -> Report:
    """What is said of entries that somebody with the log's key has signed."""
    shutil.rmtree(copy)
    return audited(write_copy(copy, entries, hall.house.origin), hall)


def kinds(entries: list[bytes]) -> list[str]:
    return [read_entry(data).act.kind for data in entries]


def last(entries: list[bytes], deed: str) -> int:
    """The number of the last entry of that kind."""
    return max(number for number, kind in enumerate(kinds(entries)) if deed in kind)


def test_a_whole_copy_is_without_fault(copy: Path, hall: Voting) -> None:
    report = audited(copy, hall)
    assert (report.findings, report.outcomes) == ([], 1)
    assert report.house.tree.root() == hall.house.tree.root()
    assert len(report.digest) == 64


# Bytes, proofs and the checkpoint.


def test_one_byte_of_an_entry(copy: Path, hall: Voting, entries: list[bytes]) -> None:
    flip(bundle(copy), sum(len(data) + 2 for data in entries[:5]) + 40)
    report = audited(copy, hall)
    assert places(report) == [("entry-altered", 5), ("unchecked", 5)]
    assert report.house.size == 5
    assert report.digest == ""


def test_one_byte_of_a_hash_tile(copy: Path, hall: Voting) -> None:
    (tile,) = (copy / "tile/0").glob("000.p/*")
    flip(tile, 100)
    report = audited(copy, hall)
    assert places(report) == [("tile-altered", None)]
    assert report.complete


def test_one_byte_of_the_checkpoints_signature(copy: Path, hall: Voting) -> None:
    note = (copy / "checkpoint").read_text()
    at = note.rindex("=") - 10
    (copy / "checkpoint").write_text(
        f"{note[:at]}{'A' if note[at] != 'A' else 'B'}{note[at + 1 :]}"
    )
    report = audited(copy, hall)
    assert places(report) == [("checkpoint-signature", None)]
    assert report.complete


def test_a_truncated_file(copy: Path, hall: Voting, entries: list[bytes]) -> None:
    size = len(bundle(copy).read_bytes())
    with bundle(copy).open("r+b") as file:
        file.truncate(size - len(entries[-1]) // 2)
    missing = len(entries) - 1
    assert places(audited(copy, hall)) == [("entry-missing", missing), ("unchecked", missing)]


def test_reordered_entries(copy: Path, hall: Voting, entries: list[bytes]) -> None:
    rebundle(copy, [*entries[:3], entries[4], entries[3], *entries[5:]])
    names = places(audited(copy, hall))
    assert names == [("entry-moved", 3), ("unchecked", 3), ("entry-moved", 4)]


def test_a_dropped_entry(copy: Path, hall: Voting, entries: list[bytes]) -> None:
    rebundle(copy, entries[:3] + entries[4:])
    names = places(audited(copy, hall))
    assert ("entry-missing", 3) in names
    assert ("unchecked", 3) in names


def test_a_folder_with_nothing_in_it(tmp_path: Path) -> None:
    names = [name for name, _ in places(audit(tmp_path))]
    assert "checkpoint-missing" in names
    assert "unchecked" in names


def test_a_record_that_has_forgotten_entries(
    copy: Path, hall: Voting, entries: list[bytes]
) -> None:
    known = Checkpoint(hall.house.origin, hall.house.size, hall.house.tree.root())
    shutil.rmtree(copy)
    write_copy(copy, entries[:-1], hall.house.origin)
    report = audit(copy, since=known, clock=lambda: hall.now)
    assert places(report) == [("checkpoint-regressed", None)]


# Acts that a rule forbids, signed by an operator who has the log's key.


def second_signature(hall: Voting, person: Person = ESI) -> bytes:
    (proposal,) = hall.deliberation.proposals
    body = SignProposal(happened_at="", proposal=proposal, version=1)
    return entry_of(hall.draft(person, body), hall.now)


def test_an_act_that_a_rule_forbids(copy: Path, hall: Voting, entries: list[bytes]) -> None:
    report = resigned(copy, [*entries, second_signature(hall)], hall)
    (fault,) = faults(report)
    assert (fault.name, fault.entry) == ("refused", len(entries))
    assert fault.detail.startswith("rule one-signature: ")


def test_a_wrong_outcome(copy: Path, hall: Voting, entries: list[bytes]) -> None:
    number = last(entries, "declare-outcome")
    wrong = [*entries]
    wrong[number] = changed(entries[number], winners=[2])
    report = resigned(copy, wrong, hall)
    assert places(report) == [("outcome-differs", number)]
    assert report.outcomes == 0


def test_a_ballot_taken_away_shows_in_what_others_had_seen(
    copy: Path, hall: Voting, entries: list[bytes]
) -> None:
    number = last(entries, "cast-ballot")
    report = resigned(copy, entries[:number] + entries[number + 1 :], hall)
    assert places(report) == [("base-unknown", number)]


def test_a_ballot_taken_away_shows_in_the_outcome(
    copy: Path, hall: Voting, entries: list[bytes]
) -> None:
    number = last(entries, "cast-ballot")
    rest = [unbased(data) for data in entries[number + 1 :]]
    report = resigned(copy, entries[:number] + rest, hall)
    assert places(report) == [("outcome-differs", last(entries, "declare-outcome") - 1)]


def test_later_refusals_name_the_first(copy: Path, hall: Voting, entries: list[bytes]) -> None:
    number = last(entries, "open-vote")
    wrong = [*entries]
    wrong[number] = changed(entries[number], closes="2026-05-01T08:00:00Z")
    wrong[number + 1 :] = map(unbased, wrong[number + 1 :])
    first, rest = faults(resigned(copy, wrong, hall))
    assert (first.entry, "(after" in first.detail) == (number, False)
    assert rest.detail.startswith(f"entries {number + 1} to {len(entries) - 1}: rule vote-unknown")
    assert rest.detail.endswith(f"(after {number})")


def test_the_same_act_twice(copy: Path, hall: Voting, entries: list[bytes]) -> None:
    report = resigned(copy, [*entries, entries[-1]], hall)
    assert places(report) == [("duplicate-act", len(entries))]


def test_time_that_goes_back(copy: Path, hall: Voting, entries: list[bytes]) -> None:
    earlier = changed(entries[-1], at="2026-05-01T08:59:59Z")
    report = resigned(copy, [*entries[:-1], earlier], hall)
    assert places(report) == [("time-decreases", len(entries) - 1)]


@pytest.mark.parametrize(("hours", "names"), [(0, []), (1, ["time-ahead"])])
def test_time_ahead_of_the_clock(
    copy: Path, hall: Voting, entries: list[bytes], hours: int, names: list[str]
) -> None:
    later = changed(entries[-1], at=after(hall.now, hours=hours))
    report = resigned(copy, [*entries[:-1], later], hall)
    assert [fault.name for fault in faults(report)] == names


def test_a_signature_of_somebody_else(copy: Path, hall: Voting, entries: list[bytes]) -> None:
    number = last(entries, "consent-to-founding")
    consent = read_entry(entries[number])
    forged = consent.by.sig[:20] + ("A" if consent.by.sig[20] != "A" else "B") + consent.by.sig[21:]
    data = entries[number].replace(consent.by.sig.encode(), forged.encode())
    report = resigned(copy, [*entries[:number], data, *entries[number + 1 :]], hall)
    assert places(report)[0] == ("member-signature", number)


def test_an_act_from_another_record(copy: Path, hall: Voting, entries: list[bytes]) -> None:
    data = second_signature(hall).replace(read_entry(entries[-1]).act.base[1].encode(), b"x")
    base = f'"base":[{hall.house.size},'.encode()
    assert base in data
    wrong = data.replace(base, f'"base":[{hall.house.size - 2},'.encode())
    report = resigned(copy, [*entries, wrong], hall)
    assert places(report) == [("base-unknown", len(entries))]


@pytest.mark.parametrize("data", [b"{}", b"\xff\xfe", b'{"act": 1}', b"[" * 5000])
def test_bytes_that_are_no_entry(
    copy: Path, hall: Voting, entries: list[bytes], data: bytes
) -> None:
    (fault,) = faults(resigned(copy, [*entries, data], hall))
    assert fault.name in {"not-canonical", "unchecked"}
    assert fault.entry == len(entries)


# Whose log it is.


def test_the_copys_own_key_is_a_notice(copy: Path, hall: Voting) -> None:
    report = audit(copy, clock=lambda: hall.now)
    assert report.faultless
    assert [finding.name for finding in report.findings] == ["unanchored"]


def test_a_log_key_that_the_founders_never_saw(
    copy: Path, hall: Voting, entries: list[bytes]
) -> None:
    shutil.rmtree(copy)
    write_copy(copy, entries, hall.house.origin, GORO.key)
    assert places(audit(copy, clock=lambda: hall.now)) == [("key-differs", None)]


def test_a_log_under_another_name(copy: Path, hall: Voting, entries: list[bytes]) -> None:
    shutil.rmtree(copy)
    write_copy(copy, entries, "bakers.example/another")
    assert places(audit(copy, clock=lambda: hall.now)) == [("key-differs", None)]


def test_a_founding_with_another_key_lacks_the_consents(
    copy: Path, hall: Voting, entries: list[bytes]
) -> None:
    founding = changed(entries[0], log_key=GORO.key.public)
    names = places(resigned(copy, [founding, *entries[1:]], hall))
    assert ("member-signature", 0) in names


def test_a_copy_without_a_founding_says_nothing(copy: Path, hall: Voting) -> None:
    assert ("unchecked", None) in places(resigned(copy, [], hall))


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
    (fault,) = faults(own_report(tmp_path / "own", hall))
    assert fault.name == "archive-damaged"
    assert "older copy" in fault.detail


def test_signed_acts_are_still_refused_for_others(
    copy: Path, hall: Voting, entries: list[bytes]
) -> None:
    (proposal,) = hall.deliberation.proposals
    asked = hall.draft(GORO, SignProposal(happened_at="", proposal=proposal, version=1))
    data = entry_of(signed(asked, hall.house.origin, GORO.key), hall.now)
    (fault,) = faults(resigned(copy, [*entries, data], hall))
    assert fault.detail.startswith("rule key-unknown")
