"""The database alone is put back from an older copy: refused, with why and what to do."""

import shutil
from pathlib import Path

import pytest

from collegium.archive.folder import Folder, found_folder, open_folder
from collegium.archive.protocol import Damaged
from collegium.ids import ActId
from collegium.record.checkpoint import Checkpoint, sign_checkpoint
from collegium.record.keys import PrivateKey
from collegium.record.notes import Signer
from tests.archives import assert_whole, grow

KEY = PrivateKey.from_seed(bytes(range(32)))


def publish(folder: Folder, size: int) -> None:
    grow(folder.archive, size)
    head = folder.archive.head()
    signer = Signer("example.org/choir", KEY.seed)
    checkpoint = Checkpoint("example.org/choir", head.size, head.root())
    folder.keep_checkpoint(sign_checkpoint(checkpoint, signer))


@pytest.fixture
def grown(tmp_path: Path) -> Path:
    """A folder of 900 entries, and beside it a copy of it from when it had 812."""
    path = tmp_path / "choir"
    with found_folder(path, KEY) as folder:
        publish(folder, 812)
    shutil.copytree(path, tmp_path / "copy")
    with open_folder(path) as folder:
        publish(folder, 900)
    return path


def test_the_database_alone_put_back_from_an_older_copy_is_refused(
    grown: Path, tmp_path: Path
) -> None:
    shutil.copy(tmp_path / "copy" / "record.sqlite", grown / "record.sqlite")
    with pytest.raises(Damaged) as refused:
        open_folder(grown)
    assert str(refused.value) == (
        "the database holds 812 entries, the anchor proves 900: it was put back from an older "
        "copy; put back the newest backup with `collegium restore`, and if that is older too, look "
        "in copies for the lost entries before anybody goes on"
    )


def test_an_older_copy_that_went_on_differently_is_refused(grown: Path, tmp_path: Path) -> None:
    with open_folder(tmp_path / "copy") as folder, folder.archive.writing() as writing:
        for number in range(812, 950):
            writing.append(ActId(f"another {number}"), b"another")
    shutil.copy(tmp_path / "copy" / "record.sqlite", grown / "record.sqlite")
    with pytest.raises(Damaged, match="first 900 entries of the database have another root"):
        open_folder(grown)


def test_the_whole_folder_put_back_cannot_be_told_from_inside(tmp_path: Path, grown: Path) -> None:
    shutil.rmtree(grown)
    shutil.move(tmp_path / "copy", grown)
    with open_folder(grown) as folder:
        assert_whole(folder.archive, 812)
