import stat
from pathlib import Path

import pytest

from collegium.archive.folder import Folder, Schema, found_folder, open_folder
from collegium.archive.protocol import Damaged
from collegium.record.checkpoint import Checkpoint, sign_checkpoint
from collegium.record.keys import PrivateKey
from collegium.record.notes import Signer
from tests import archives
from tests.archives import assert_whole, grow

KEY = PrivateKey.from_seed(bytes(range(32)))
SIGNER = Signer("example.org/choir", KEY.seed)


def publish(folder: Folder, size: int) -> str:
    grow(folder.archive, size)
    head = folder.archive.head()
    note = sign_checkpoint(Checkpoint("example.org/choir", head.size, head.root()), SIGNER)
    folder.keep_checkpoint(note)
    return note


@pytest.fixture
def founded(tmp_path: Path) -> Path:
    found_folder(tmp_path / "choir", KEY).close()
    return tmp_path / "choir"


def test_a_founded_folder_can_be_opened(founded: Path) -> None:
    with open_folder(founded) as folder:
        assert folder.archive.size() == 0
        assert folder.key().public == KEY.public
        assert folder.snapshot == founded / "snapshot"


def test_only_its_owner_may_open_a_folder_and_its_key(founded: Path) -> None:
    assert stat.S_IMODE(founded.stat().st_mode) == 0o700
    assert stat.S_IMODE((founded / "key").stat().st_mode) == 0o600


def test_nothing_is_founded_where_something_is(founded: Path) -> None:
    with pytest.raises(ValueError, match="to be empty or new"):
        found_folder(founded, KEY)


def test_a_folder_without_a_record_is_none(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="collegium init"):
        open_folder(tmp_path)


def test_a_checkpoint_is_kept_inside_and_outside_the_database(founded: Path) -> None:
    with open_folder(founded) as folder:
        note = publish(folder, 5)
        assert folder.archive.checkpoint() == note
    assert (founded / "anchor").read_text() == note
    assert {path.name for path in founded.iterdir()} >= {"anchor", "key", "record.sqlite"}


def test_the_anchor_never_goes_back(founded: Path) -> None:
    with open_folder(founded) as folder:
        older = publish(folder, 5)
        newer = publish(folder, 9)
        folder.keep_checkpoint(older)
    assert (founded / "anchor").read_text() == newer


def test_a_record_that_grew_after_its_anchor_is_opened(founded: Path) -> None:
    with open_folder(founded) as folder:
        publish(folder, 5)
        grow(folder.archive, 8)
    with open_folder(founded) as folder:
        assert_whole(folder.archive, 8)


def test_a_stop_between_archive_and_anchor_is_no_damage(founded: Path) -> None:
    with open_folder(founded) as folder:
        older = publish(folder, 5)
        publish(folder, 9)
    (founded / "anchor").write_text(older)
    with open_folder(founded) as folder:
        assert_whole(folder.archive, 9)


def test_another_organisations_database_is_refused(founded: Path, tmp_path: Path) -> None:
    with open_folder(founded) as folder:
        publish(folder, 5)
    with found_folder(tmp_path / "orchestra", KEY) as other, other.archive.writing() as writing:
        for number in range(6):
            writing.append(archives.act(number), b"other")
    (tmp_path / "orchestra" / "record.sqlite").replace(founded / "record.sqlite")
    with pytest.raises(Damaged, match="another root than the anchor proves"):
        open_folder(founded)


def test_a_lost_database_is_named_as_such(founded: Path) -> None:
    with open_folder(founded) as folder:
        publish(folder, 5)
    (founded / "record.sqlite").unlink()
    with pytest.raises(Damaged, match=r"an anchor but no record\.sqlite"):
        open_folder(founded)


def test_an_anchor_that_cannot_be_read_is_damage(founded: Path) -> None:
    with open_folder(founded) as folder:
        publish(folder, 5)
    (founded / "anchor").write_bytes(b"\xff")
    with pytest.raises(Damaged, match="the anchor can't be read"):
        open_folder(founded)


def test_a_folder_may_keep_its_entries_in_postgres(tmp_path: Path) -> None:
    with archives.schema() as (dsn, name):
        with found_folder(tmp_path / "choir", KEY, Schema(dsn, name)) as folder:
            publish(folder, 5)
        with open_folder(tmp_path / "choir") as folder:
            assert_whole(folder.archive, 5)
        with pytest.raises(ValueError, match="expected an empty schema"):
            found_folder(tmp_path / "orchestra", KEY, Schema(dsn, name))


def test_a_folder_that_does_not_say_where_is_damaged(founded: Path) -> None:
    (founded / "record.sqlite").unlink()
    (founded / "record.postgres").write_text("in the other cupboard")
    with pytest.raises(Damaged, match="to name dsn and schema"):
        open_folder(founded)
