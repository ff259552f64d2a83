import gzip
import stat
import tarfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from collegium.archive.backup import backup, restore
from collegium.archive.folder import Folder, Schema, found_folder, open_folder
from collegium.archive.protocol import Damaged, SealedPayload
from collegium.record.checkpoint import Checkpoint, sign_checkpoint
from collegium.record.keys import PrivateKey
from collegium.record.notes import Signer
from tests import archives
from tests.archives import act, append, assert_whole, entry, payload

KEY = PrivateKey.from_seed(bytes(range(32)))
SEALED = [payload(number, b"words " * number) for number in range(0, 40, 3)]


def fill(folder: Folder) -> None:
    with folder.archive.writing() as writing:
        for number in range(40):
            mine = [one for one in SEALED if one.act == act(number)]
            writing.append(act(number), entry(number), mine)
    head = folder.archive.head()
    signer = Signer("example.org/choir", KEY.seed)
    folder.keep_checkpoint(
        sign_checkpoint(Checkpoint("example.org/choir", head.size, head.root()), signer)
    )
    append(folder.archive, 40)


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Folder]:
    with found_folder(tmp_path / "choir", KEY) as made:
        fill(made)
        yield made


@pytest.fixture
def file(folder: Folder, tmp_path: Path) -> Path:
    backup(folder, tmp_path / "choir.backup")
    return tmp_path / "choir.backup"


def assert_same(folder: Folder, payloads: list[SealedPayload]) -> None:
    assert_whole(folder.archive, 41)
    assert list(folder.archive.entries(0)) == [entry(number) for number in range(41)]
    assert list(folder.archive.payloads()) == payloads
    assert folder.key().public == KEY.public
    anchor = (folder.path / "anchor").read_text()
    assert anchor == folder.archive.checkpoint()
    assert anchor.startswith("example.org/choir\n40\n")


def test_all_comes_back(file: Path, tmp_path: Path) -> None:
    manifest = restore(file, tmp_path / "again")
    with open_folder(tmp_path / "again") as again:
        assert_same(again, SEALED)
    assert manifest.size == 41


def test_a_backup_goes_to_postgres_and_back(file: Path, tmp_path: Path) -> None:
    with archives.schema() as (dsn, name):
        restore(file, tmp_path / "served", Schema(dsn, name))
        with open_folder(tmp_path / "served") as served:
            assert_same(served, SEALED)
            backup(served, tmp_path / "served.backup")
        with pytest.raises(ValueError, match="expected an empty schema"):
            restore(file, tmp_path / "twice", Schema(dsn, name))
    restore(tmp_path / "served.backup", tmp_path / "home")
    with open_folder(tmp_path / "home") as home:
        assert_same(home, SEALED)


def test_an_erased_payload_is_in_no_later_backup(folder: Folder, tmp_path: Path) -> None:
    folder.archive.erase(SEALED[3].commitment)
    backup(folder, tmp_path / "later")
    restore(tmp_path / "later", tmp_path / "again")
    with open_folder(tmp_path / "again") as again:
        assert_same(again, SEALED[:3] + SEALED[4:])


def test_only_its_owner_may_open_a_backup(file: Path) -> None:
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_nothing_is_written_over(file: Path, folder: Folder, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="expected a new file"):
        backup(folder, file)
    with pytest.raises(ValueError, match="to be empty or new"):
        restore(file, tmp_path / "choir")
    assert_same(folder, SEALED)


def test_an_empty_folder_is_filled(file: Path, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    restore(file, tmp_path / "empty")
    with open_folder(tmp_path / "empty") as again:
        assert_same(again, SEALED)


def test_nothing_is_left_lying_about(file: Path, tmp_path: Path) -> None:
    restore(file, tmp_path / "again")
    assert {path.name for path in tmp_path.iterdir()} == {"choir", "choir.backup", "again"}


def test_progress_is_told(folder: Folder, file: Path, tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    backup(folder, tmp_path / "told", lambda done, of: told.append((done, of)))
    restore(file, tmp_path / "again", tell=lambda done, of: told.append((done, of)))
    assert told == [(41, 41), (41, 41)]


def rewritten(file: Path, name: str, change: bytes | None) -> Path:
    """A backup in which one part is another, or missing."""
    other = file.with_name("other.backup")
    with tarfile.open(file) as old, tarfile.open(other, "w:gz") as new:
        for member in old:
            if member.name == name and change is None:
                continue
            part = old.extractfile(member)
            assert part is not None
            data = part.read()
            place = file.with_name("part")
            place.write_bytes(change if member.name == name and change is not None else data)
            new.add(place, member.name)
    return other


@pytest.mark.parametrize("part", ["entries", "payloads.jsonl", "key"])
def test_a_part_that_was_changed_is_refused(file: Path, tmp_path: Path, part: str) -> None:
    with pytest.raises(Damaged, match=f"{part} in .* isn't as it was written"):
        restore(rewritten(file, part, b"changed"), tmp_path / "again")
    assert not (tmp_path / "again").exists()


@pytest.mark.parametrize("part", ["entries", "payloads.jsonl", "key", "manifest.json"])
def test_a_part_that_is_missing_is_refused(file: Path, tmp_path: Path, part: str) -> None:
    with pytest.raises(Damaged, match="to be a whole backup"):
        restore(rewritten(file, part, None), tmp_path / "again")


def test_a_backup_that_was_cut_off_is_refused(file: Path, tmp_path: Path) -> None:
    file.write_bytes(file.read_bytes()[:-200])
    with pytest.raises(Damaged, match="to be a whole backup"):
        restore(file, tmp_path / "again")


def test_a_manifest_that_was_changed_is_refused(file: Path, tmp_path: Path) -> None:
    data = gzip.decompress(file.read_bytes())
    trailer = file.read_bytes()[-8:]  # checksum and length of what it was
    changed = gzip.compress(data.replace(b"example.org/choir", b"example.org/chair", 1))
    file.write_bytes(changed[:-8] + trailer)
    with pytest.raises(Damaged, match="to be a whole backup"):
        restore(file, tmp_path / "again")


def test_another_file_is_no_backup(tmp_path: Path) -> None:
    (tmp_path / "letter").write_text("Dear members")
    with pytest.raises(Damaged, match="to be a whole backup"):
        restore(tmp_path / "letter", tmp_path / "again")


@pytest.mark.parametrize("kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.DIRTYPE])
def test_a_part_that_is_no_file_is_refused(file: Path, tmp_path: Path, kind: bytes) -> None:
    with tarfile.open(file) as old, tarfile.open(tmp_path / "other", "w:gz") as new:
        new.addfile(old.getmember("manifest.json"), old.extractfile("manifest.json"))
        link = tarfile.TarInfo("key")
        link.type, link.linkname = kind, "/etc/passwd"
        new.addfile(link)
    with pytest.raises(Damaged, match="key is missing"):
        restore(tmp_path / "other", tmp_path / "again")


def test_a_file_without_end_is_refused_at_its_beginning(tmp_path: Path) -> None:
    with pytest.raises(Damaged, match="to be a whole backup"):
        restore(Path("/dev/zero"), tmp_path / "again")


def test_a_backup_goes_into_a_folder_that_is_there(folder: Folder, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="there is no folder"):
        backup(folder, tmp_path / "nowhere" / "choir.backup")


def test_a_manifest_that_says_another_root_is_refused(file: Path, tmp_path: Path) -> None:
    with tarfile.open(file) as tar:
        told = tar.extractfile("manifest.json")
        assert told is not None
        manifest = told.read()
    changed = manifest.replace(b'"size": 41', b'"size": 42')
    assert changed != manifest
    with pytest.raises(Damaged, match="the root that its manifest says"):
        restore(rewritten(file, "manifest.json", changed), tmp_path / "again")
    assert not (tmp_path / "again").exists()
