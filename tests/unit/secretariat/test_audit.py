"""Every kind of damage to a copy has its name."""

import shutil
from pathlib import Path

import pytest

from collegium.parts.deliberation.acts import SignProposal
from collegium.parts.organisation.acts import Source
from collegium.record.act import read_entry
from collegium.record.checkpoint import Checkpoint
from collegium.record.moments import after
from collegium.record.tiles import bundle_of
from collegium.secretariat.audit import Report, audit
from collegium.secretariat.drafting import signed
from tests.cast import ESI, GORO, Hall, Person
from tests.copies import (
    audited,
    changed,
    entries_of,
    entry_of,
    faults,
    flip,
    history,
    last,
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


def test_entries_in_another_order(copy: Path, hall: Voting, entries: list[bytes]) -> None:
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


def test_signed_acts_are_still_refused_for_others(
    copy: Path, hall: Voting, entries: list[bytes]
) -> None:
    (proposal,) = hall.deliberation.proposals
    asked = hall.draft(GORO, SignProposal(happened_at="", proposal=proposal, version=1))
    data = entry_of(signed(asked, hall.house.origin, GORO.key), hall.now)
    (fault,) = faults(resigned(copy, [*entries, data], hall))
    assert fault.detail.startswith("rule key-unknown")


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


def test_an_import_that_is_still_open_is_noticed(tmp_path: Path) -> None:
    hall = Hall(source=Source(name="register", sha256="0" * 64))
    out = write_copy(tmp_path / "copy", entries_of(hall.archive), hall.door.house.origin)
    report = audit(out, clock=lambda: hall.now)
    assert report.faultless
    assert "import-open" in [finding.name for finding in report.findings]
