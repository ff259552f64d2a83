"""The record as static files that any web server can offer and any program can check.

    checkpoint              the signed note with size and root
    key                     the log's verifier key, for readers who have it from nowhere else
    tile/0/x001/x234/067    256 leaf hashes, 8,192 bytes; tile/1/… the nodes over such tiles
    tile/0/002.p/188        a partial tile of 188 hashes, at the right border only
    tile/entries/000        256 entries, each after its length in two bytes, big-endian

Source: C2SP tlog-tiles (https://c2sp.org/tlog-tiles). The file `key` is our addition.
"""

import stat
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Final

from collegium.record.tree import HASH_LENGTH, TILE_HEIGHT, TILE_WIDTH, Tree, leaf_hashes

LONGEST: Final = 0xFFFF
"""Bytes of an entry that a bundle's length prefix can tell; ours are shorter."""

_PREFIX = 2
_LARGEST_BUNDLE = TILE_WIDTH * (_PREFIX + LONGEST)
_LARGEST_NOTE = 1_000_000


def tile_path(level: int | None, index: int, width: int = TILE_WIDTH) -> str:
    """A tile's path within the folder; a bundle's where `level` is None."""
    digits = f"{index:03d}"
    digits = digits.zfill(-(-len(digits) // 3) * 3)
    groups = [digits[at : at + 3] for at in range(0, len(digits), 3)]
    number = "/".join([f"x{group}" for group in groups[:-1]] + groups[-1:])
    part = "" if width == TILE_WIDTH else f".p/{width}"
    return f"tile/{'entries' if level is None else level}/{number}{part}"


def widths(size: int, level: int) -> Iterator[tuple[int, int]]:
    """Index and width of each tile of a level in a tree of `size` leaves, left to right."""
    full, rest = divmod(size >> TILE_HEIGHT * level, TILE_WIDTH)
    for index in range(full):
        yield index, TILE_WIDTH
    if rest:
        yield full, rest


def bundle_of(entries: Iterable[bytes]) -> bytes:
    """The bundle that holds these entries.

    Raises:
        ValueError: An entry is longer than `LONGEST`.
    """
    parts: list[bytes] = []
    for entry in entries:
        if len(entry) > LONGEST:
            raise ValueError(f"expected an entry of at most {LONGEST} bytes, not {len(entry)}")
        parts += (len(entry).to_bytes(_PREFIX, "big"), entry)
    return b"".join(parts)


def entries_in(bundle: bytes) -> tuple[list[bytes], int]:
    """The whole entries of a bundle, and how many bytes are left over behind them."""
    entries = []
    at, end = 0, len(bundle)
    while at + _PREFIX <= end:
        start = at + _PREFIX
        stop = start + (bundle[at] << 8 | bundle[at + 1])
        if stop > end:
            break
        entries.append(bundle[start:stop])
        at = stop
    return entries, end - at


def write_tiles(folder: Path, entries: Iterable[bytes]) -> Tree:
    """Write all bundles and hash tiles of a record; the tree over its entries.

    Older partial tiles in the folder stay: tlog-tiles allows it. Write the checkpoint after
    this (`write_checkpoint`), so that a reader never meets one whose tiles aren't there.

    Args:
        folder: Made if need be.
        entries: All of them in order; they are read 256 at a time.

    Raises:
        OSError: The disk doesn't take the files.
        ValueError: An entry is longer than `LONGEST`.
    """
    tree = Tree()
    rest = iter(entries)
    while bundle := list(islice(rest, TILE_WIDTH)):
        index = tree.size >> TILE_HEIGHT
        leaves = leaf_hashes(bundle)
        _write(folder / tile_path(None, index, len(bundle)), bundle_of(bundle))
        _write(folder / tile_path(0, index, len(bundle)), b"".join(leaves))
        tree.extend(leaves)
    level = 1
    while row := tree.row(TILE_HEIGHT * level):
        for index, width in widths(tree.size, level):
            start = index * TILE_WIDTH * HASH_LENGTH
            tile = row[start : start + width * HASH_LENGTH]
            _write(folder / tile_path(level, index, width), tile)
        level += 1
    return tree


def write_checkpoint(folder: Path, note: str, key: str) -> None:
    """Put the checkpoint and the log's verifier key beside the tiles, each in one step.

    Raises:
        OSError: The disk doesn't take the files.
    """
    for name, text in (("key", key + "\n"), ("checkpoint", note)):
        fresh = folder / f".{name}.new"
        _write(fresh, text.encode())
        fresh.replace(folder / name)


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


class TileFolder:
    """Somebody's copy of a record; nothing that is read here has been checked.

    Args:
        path: The folder with `checkpoint` and `tile`.
    """

    def __init__(self, path: Path) -> None:
        self.path = path

    def checkpoint_note(self) -> bytes | None:
        """The signed note; None where there is no such file."""
        return self._read("checkpoint", _LARGEST_NOTE)

    def key(self) -> bytes | None:
        """The text of the log's verifier key; None where there is no such file."""
        data = self._read("key", _LARGEST_NOTE)
        return None if data is None else data.removesuffix(b"\n")

    def bundle(self, index: int, width: int) -> bytes | None:
        """A bundle of entries; None where there is no such file."""
        data = self._read(tile_path(None, index, width), _LARGEST_BUNDLE)
        if data is None and width < TILE_WIDTH:
            # The log has grown past this checkpoint, and the partial bundle may be gone.
            data = self._read(tile_path(None, index), _LARGEST_BUNDLE)
            return None if data is None else bundle_of(entries_in(data)[0][:width])
        return data

    def hash_tile(self, level: int, index: int, width: int) -> bytes | None:
        """The hashes of a tile, joined; None where there is no such file."""
        largest = TILE_WIDTH * HASH_LENGTH
        data = self._read(tile_path(level, index, width), largest)
        if data is None and width < TILE_WIDTH:
            data = self._read(tile_path(level, index), largest)
            return None if data is None else data[: width * HASH_LENGTH]
        return data

    def size(self, gap: int) -> int:
        """How many entries the bundles' names promise, where no checkpoint says it.

        Args:
            gap: Bundles in a row that may be missing before the search ends.
        """
        found, index = 0, 0
        while index <= found // TILE_WIDTH + gap:
            if self._is_file(tile_path(None, index)):
                found = (index + 1) * TILE_WIDTH
            elif width := max(self._partial_widths(index), default=0):
                found = index * TILE_WIDTH + width
            index += 1
        return found

    def _partial_widths(self, index: int) -> Sequence[int]:
        try:
            folder = self.path / f"{tile_path(None, index)}.p"
            names = [path.name for path in folder.iterdir()]
        except OSError:
            return []
        numbers = [int(name) for name in names if name.isascii() and name.isdigit()]
        return [width for width in numbers if 0 < width < TILE_WIDTH]

    def _is_file(self, name: str) -> bool:
        try:
            return stat.S_ISREG((self.path / name).stat().st_mode)
        except (OSError, ValueError):
            return False

    def _read(self, name: str, most: int) -> bytes | None:
        # A pipe in a file's place would wait for ever, and an endless file fill the memory.
        if not self._is_file(name):
            return None
        try:
            with (self.path / name).open("rb") as file:
                return file.read(most + 1)
        except OSError:
            return None
