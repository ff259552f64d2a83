"""What an export writes, what it never writes unless told, and who may read it."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from collegium.archive.protocol import Damaged
from collegium.parts.organisation.clauses import small_preset
from collegium.record.act import read_entry
from collegium.record.base64_text import from_base64
from collegium.record.checkpoint import open_checkpoint
from collegium.record.tiles import TileFolder, entries_in
from collegium.secretariat.exporting import SEALED, export_record
from collegium.secretariat.line import Readers
from collegium.secretariat.office import Office, open_office
from tests.cast import AMARA, Hall
from tests.copies import entries_of, history, keep
from tests.voting import Voting


@pytest.fixture
def hall() -> Voting:
    return history()


@pytest.fixture
def office(hall: Voting, tmp_path: Path) -> Iterator[Office]:
    with keep(hall, tmp_path / "own") as kept:
        yield kept


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "copy"


def sealed_files(out: Path) -> list[Path]:
    return sorted(path for path in (out / SEALED).rglob("*") if path.is_file())


def test_an_export_has_every_entry_under_a_signed_checkpoint(
    office: Office, hall: Voting, out: Path
) -> None:
    exported = export_record(office, out)
    copy = TileFolder(out)
    checkpoint = open_checkpoint(copy.checkpoint_note() or b"", office.verifier_key)
    entries, _ = entries_in(copy.bundle(0, exported.size) or b"")
    assert entries == entries_of(hall.archive)
    assert (checkpoint.size, checkpoint.root) == (exported.size, hall.house.tree.root())


def test_the_log_names_its_key(office: Office, out: Path) -> None:
    exported = export_record(office, out)
    assert exported.key == (out / "key").read_text().strip() == str(office.verifier_key)


def test_no_sealed_payload_goes_untold(office: Office, hall: Voting, out: Path) -> None:
    exported = export_record(office, out)
    texts = [payload.content for payload in hall.archive.payloads()]
    written = b"".join(path.read_bytes() for path in out.rglob("*") if path.is_file())
    assert sealed_files(out) == []
    assert exported.payloads == {}
    assert not any(text in written for text in texts)


def test_payloads_go_by_class_when_told(office: Office, hall: Voting, out: Path) -> None:
    exported = export_record(office, out, payloads=["public"])
    (path,) = sealed_files(out)
    founding = read_entry(entries_of(hall.archive)[0]).act
    assert exported.payloads == {"public": 1}
    assert path.name == from_base64(founding.sealed["name"]).hex()
    assert json.loads(path.read_bytes()).keys() == {"act", "content", "field", "salt"}


def test_a_later_export_takes_earlier_payloads_away(office: Office, out: Path) -> None:
    export_record(office, out, payloads=["public", "members"])
    export_record(office, out)
    assert sealed_files(out) == []


def test_an_export_follows_the_record(office: Office, hall: Voting, out: Path) -> None:
    before = export_record(office, out)
    office.door.perform(hall.draft(AMARA, hall.plain_vote()))
    after = export_record(office, out)
    assert after.size == before.size + 1
    assert len(entries_in(TileFolder(out).bundle(0, after.size) or b"")[0]) == after.size


def test_members_read_an_export_unless_the_book_says_otherwise(office: Office, out: Path) -> None:
    assert "members" in export_record(office, out).audience


@pytest.mark.parametrize(
    ("opened", "payloads", "audience"),
    [
        (["record.readers"], ["public"], "anybody"),
        (["record.readers"], ["public", "members"], "the members of the organisation"),
        (["record.readers", "names.readers"], ["public", "members"], "anybody"),
    ],
)
def test_an_opened_record_is_anybodys_but_for_names(
    tmp_path: Path, out: Path, opened: list[str], payloads: list[Readers], audience: str
) -> None:
    hall = Hall(rule_book=small_preset() | dict.fromkeys(opened, "public"))
    with keep(hall, tmp_path / "open") as office:
        assert export_record(office, out, payloads=payloads).audience.startswith(audience)


@pytest.mark.parametrize("readers", ["body", "subject"])
def test_the_narrowest_payload_says_who_may_read(
    office: Office, out: Path, readers: Readers
) -> None:
    audience = export_record(office, out, payloads=["public", readers]).audience
    assert audience.startswith("nobody as a whole")


def test_nothing_else_is_written_over(office: Office, out: Path) -> None:
    out.mkdir()
    (out / "letter").write_text("dear Esi")
    with pytest.raises(ValueError, match="something else stands in it"):
        export_record(office, out)
    assert [path.name for path in out.iterdir()] == ["letter"]


def test_another_records_export_is_left_alone(office: Office, out: Path, tmp_path: Path) -> None:
    other = Hall(rule_book=small_preset() | {"record.readers": "public"})
    with keep(other, tmp_path / "other") as theirs:
        export_record(theirs, out)
    with pytest.raises(ValueError, match="not of another"):
        export_record(office, out)


def test_a_changed_entry_is_never_signed(office: Office, tmp_path: Path, out: Path) -> None:
    office.close()
    database = tmp_path / "own/record.sqlite"
    data = database.read_bytes()
    database.write_bytes(data.replace(b"V-one", b"V-two"))
    with open_office(tmp_path / "own") as reopened, pytest.raises(Damaged, match="backup"):
        export_record(reopened, out)
    assert not (tmp_path / "own/anchor").exists()


def test_progress_is_told(office: Office, out: Path) -> None:
    told: list[tuple[int, int]] = []
    size = export_record(office, out, tell=lambda done, of: told.append((done, of))).size
    assert told == [(0, size), (size, size)]
