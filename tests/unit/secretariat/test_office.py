"""An office signs what was written, starts from a snapshot, and erases what it owes."""

import sqlite3
from pathlib import Path

import pytest

from collegium.archive.protocol import Damaged
from collegium.record.keys import PrivateKey
from collegium.record.receipts import verify_receipt
from collegium.secretariat.office import Charter, FoundingMember, found_office, open_office
from collegium.secretariat.snapshot import covered, read_snapshot, release
from collegium.secretariat.states import digest_of, digests_of, pack, unpack
from tests.cast import FOUNDERS
from tests.copies import history, keep
from tests.refusing import refused

CHARTER = Charter(
    name="The Bakers' Co-op",
    domain="bakers.example",
    founders=tuple(FoundingMember(one.name, one.id, one.key) for one in FOUNDERS),
    rule_book={},
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "organisation"
    keep(history(), path).close()
    return path


def test_founding_leaves_an_organisation_to_which_all_founders_consented(tmp_path: Path) -> None:
    with found_office(tmp_path / "new", CHARTER) as office, office.door.reading() as house:
        assert (house.size, house.organisation.awaiting) == (3, [])


def test_a_refused_charter_founds_nothing(tmp_path: Path) -> None:
    first, second, _ = CHARTER.founders
    charter = Charter(
        name="Twice the same",
        domain="bakers.example",
        founders=(first, second, first),
        rule_book={},
    )
    with refused("one-founder-once"):
        found_office(tmp_path / "new", charter)
    assert list(tmp_path.iterdir()) == []


def test_a_checkpoint_is_the_same_note_until_something_is_added(folder: Path) -> None:
    with open_office(folder) as office:
        assert office.checkpoint() == office.checkpoint()


def test_every_entry_has_a_proof_that_others_can_check(folder: Path) -> None:
    with open_office(folder) as office:
        for seq, data in enumerate(office.folder.archive.entries(0)):
            assert verify_receipt(office.proof(seq), data, office.verifier_key).size > seq


def test_nothing_is_signed_over_an_entry_that_was_altered_on_disk(folder: Path) -> None:
    with sqlite3.connect(folder / "record.sqlite") as database:
        triggers = database.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        for (name,) in triggers.fetchall():
            database.execute(f'DROP TRIGGER "{name}"')
        (data,) = database.execute("SELECT data FROM entry WHERE seq = 5").fetchone()
        altered = data.replace(b"2026-05-01", b"2026-05-02", 1)
        database.execute("UPDATE entry SET data = ? WHERE seq = 5", (altered,))
    database.close()
    with open_office(folder) as office, pytest.raises(Damaged, match="don't have the root"):
        office.checkpoint()


def test_a_start_from_a_snapshot_is_a_start_from_the_record(folder: Path) -> None:
    with open_office(folder) as office:
        office.write_snapshot()
        replayed = digest_of(office.door.house)
    house = read_snapshot(folder / "snapshot")
    assert house is not None
    assert digest_of(house) == replayed


@pytest.mark.parametrize("place", [0, 40, 400])
def test_a_damaged_snapshot_is_passed_over(folder: Path, place: int) -> None:
    with open_office(folder) as office:
        office.write_snapshot()
        whole = digest_of(office.door.house)
    stored = bytearray((folder / "snapshot").read_bytes())
    stored[place] ^= 1
    (folder / "snapshot").write_bytes(stored)
    assert read_snapshot(folder / "snapshot") is None
    with open_office(folder) as office:
        assert digest_of(office.door.house) == whole


def test_another_organisations_snapshot_is_passed_over(folder: Path, tmp_path: Path) -> None:
    with found_office(tmp_path / "other", CHARTER) as other:
        other.write_snapshot()
    with open_office(folder) as office:
        whole = digest_of(office.door.house)
    (folder / "snapshot").write_bytes((tmp_path / "other" / "snapshot").read_bytes())
    with open_office(folder) as office:
        assert digest_of(office.door.house) == whole


def test_a_snapshot_is_kept_when_it_lacks_enough_entries(folder: Path) -> None:
    with open_office(folder) as office:
        size = office.door.house.size
        office.keep_snapshot(behind=size + 1)
        assert covered(folder / "snapshot") == 0
        office.keep_snapshot()
        written = (folder / "snapshot").stat().st_mtime_ns
        office.keep_snapshot()
    assert covered(folder / "snapshot") == size
    assert (folder / "snapshot").stat().st_mtime_ns == written


def test_a_snapshot_of_another_release_covers_nothing(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_office(folder) as office:
        office.write_snapshot()
    monkeypatch.setattr("collegium.secretariat.snapshot.release", lambda: "another")
    assert covered(folder / "snapshot") == 0


def test_a_folder_that_takes_no_file_keeps_no_snapshot(folder: Path) -> None:
    (folder / "snapshot").mkdir()
    with open_office(folder) as office:
        office.keep_snapshot()
    assert {path.name for path in folder.iterdir() if "snapshot" in path.name} == {"snapshot"}


def test_a_snapshot_is_of_one_release_and_its_very_source() -> None:
    version, _, source = release().partition("+")
    assert version
    assert len(source) == 16


def test_every_state_is_packed_and_unpacked_unchanged(folder: Path) -> None:
    with open_office(folder) as office, office.door.reading() as house:
        for part in digests_of(house):
            state = getattr(house, part)
            assert unpack(part, pack(state)) == state


def test_a_key_that_others_can_read_is_not_used(folder: Path) -> None:
    (folder / "key").chmod(0o644)
    with open_office(folder) as office, pytest.raises(ValueError, match="others"):
        office.checkpoint()


def test_founding_needs_an_empty_folder(folder: Path) -> None:
    with pytest.raises(ValueError, match="empty or new"):
        found_office(folder, CHARTER)


def test_a_new_key_is_drawn_for_every_log(tmp_path: Path) -> None:
    keys = set()
    for name in ("one", "two"):
        found_office(tmp_path / name, CHARTER).close()
        keys.add(PrivateKey.load(tmp_path / name / "key").public)
    assert len(keys) == 2
