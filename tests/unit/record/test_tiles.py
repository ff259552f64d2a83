import os
from pathlib import Path

import pytest

from collegium.record.tiles import (
    LONGEST,
    TileFolder,
    bundle_of,
    entries_in,
    tile_path,
    widths,
    write_checkpoint,
    write_tiles,
)
from collegium.record.tree import leaf_hash, root_of_leaves


@pytest.mark.parametrize(
    ("level", "index", "width", "path"),
    [
        (0, 0, 256, "tile/0/000"),
        (1, 67, 17, "tile/1/067.p/17"),
        (0, 999, 256, "tile/0/999"),
        (0, 1000, 256, "tile/0/x001/000"),
        (None, 1234067, 256, "tile/entries/x001/x234/067"),
        (None, 1234067, 1, "tile/entries/x001/x234/067.p/1"),
    ],
)
def test_paths_are_those_of_tlog_tiles(
    level: int | None, index: int, width: int, path: str
) -> None:
    assert tile_path(level, index, width) == path


# The example of the specification, section "Partial Tiles".
def test_a_tree_of_70000_has_the_tiles_that_the_specification_counts() -> None:
    tiles = {level: list(widths(70_000, level)) for level in range(4)}
    assert tiles[0][-1] == (273, 112)
    assert len(tiles[0]) == 274
    assert tiles[1] == [(0, 256), (1, 17)]
    assert tiles[2] == [(0, 1)]
    assert tiles[3] == []
    assert list(widths(256, 1)) == [(0, 1)]


def test_a_bundle_gives_back_its_entries() -> None:
    entries = [b"", b"one", b"x" * LONGEST]
    assert entries_in(bundle_of(entries)) == (entries, 0)


def test_an_entry_longer_than_its_length_can_say_is_refused() -> None:
    with pytest.raises(ValueError, match="expected an entry of at most 65535 bytes, not 65536"):
        bundle_of([b"x" * (LONGEST + 1)])


@pytest.mark.parametrize("cut", [1, 2, 3, 4])
def test_a_cut_bundle_gives_its_whole_entries_and_says_what_is_left(cut: int) -> None:
    assert entries_in(bundle_of([b"one", b"two"])[:-cut]) == ([b"one"], 5 - cut)


def test_what_was_written_is_read_again(tmp_path: Path) -> None:
    entries = [b"entry %d" % at for at in range(300)]
    tree = write_tiles(tmp_path, entries)
    leaves = [leaf_hash(entry) for entry in entries]
    folder = TileFolder(tmp_path)
    assert tree.root() == root_of_leaves(leaves)
    assert folder.bundle(1, 44) == bundle_of(entries[256:])
    assert folder.hash_tile(0, 0, 256) == b"".join(leaves[:256])
    assert folder.hash_tile(1, 0, 1) == root_of_leaves(leaves[:256])
    assert folder.size(gap=8) == 300


def test_a_folder_that_has_grown_still_offers_its_older_partial_tiles(tmp_path: Path) -> None:
    entries = [b"entry %d" % at for at in range(256)]
    write_tiles(tmp_path, entries)
    folder = TileFolder(tmp_path)
    assert folder.bundle(0, 3) == bundle_of(entries[:3])
    assert folder.hash_tile(0, 0, 3) == b"".join(leaf_hash(entry) for entry in entries[:3])


def test_checkpoint_and_key_stand_beside_the_tiles(tmp_path: Path) -> None:
    write_checkpoint(tmp_path, "a note\n", "example.com+01234567+key")
    folder = TileFolder(tmp_path)
    assert folder.checkpoint_note() == b"a note\n"
    assert folder.key() == b"example.com+01234567+key"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["checkpoint", "key"]


def test_what_is_no_file_is_as_good_as_missing(tmp_path: Path) -> None:
    (tmp_path / "checkpoint").mkdir()
    os.mkfifo(tmp_path / "key")
    folder = TileFolder(tmp_path)
    assert folder.checkpoint_note() is None
    assert folder.key() is None
    assert TileFolder(tmp_path / "nowhere").bundle(0, 256) is None
    assert TileFolder(tmp_path / "nowhere").size(gap=8) == 0


def test_no_file_is_read_beyond_what_it_may_hold(tmp_path: Path) -> None:
    (tmp_path / "tile/0").mkdir(parents=True)
    with (tmp_path / "tile/0/000").open("wb") as file:
        file.truncate(2**40)
    assert len(TileFolder(tmp_path).hash_tile(0, 0, 256) or b"") == 8193
