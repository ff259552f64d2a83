"""Damage: one byte of a copy changed on purpose, to see whether checking finds it."""

from pathlib import Path
from typing import Final, Literal, TypeAlias

from msgspec import Struct

from collegium.record.tiles import tile_path, widths
from collegium.record.tree import HASH_LENGTH, TILE_WIDTH

Part: TypeAlias = Literal["entry", "hash", "signature"]
"""What of a copy is damaged: an entry's bytes, its hash in the tree, the log's signature."""

_PREFIX = 2  # bytes that tell an entry's length within its bundle
_AROUND: Final = 28
_LETTERS: Final = b"AB"


class Change(Struct, frozen=True):
    """One changed byte.

    Attributes:
        path: The file, within the copy.
        offset: The byte's place in it, from 0.
        was: The byte as it was.
        now: As it is.
        before: The text in front of it; empty where the file isn't text.
        behind: The text behind it.
    """

    path: str
    offset: int
    was: int
    now: int
    before: str = ""
    behind: str = ""

    @property
    def letters(self) -> tuple[str, str]:
        """The byte as text, before and after."""
        return chr(self.was), chr(self.now)


def damage(copy: Path, size: int, part: Part, entry: int) -> Change:
    """Change one byte of a copy; the same one for the same copy and question.

    Args:
        copy: A copy's folder.
        size: How many entries it has.
        part: What is damaged.
        entry: Which entry, or whose hash; from 0, below `size`.
    """
    if part == "signature":
        return _signature(copy)
    index = entry // TILE_WIDTH
    width = dict(widths(size, 0))[index]
    if part == "hash":
        offset = (entry % TILE_WIDTH) * HASH_LENGTH + HASH_LENGTH // 2
        return _changed(copy, tile_path(0, index, width), offset)
    path = tile_path(None, index, width)
    start, length = _place((copy / path).read_bytes(), entry % TILE_WIDTH)
    return _changed(copy, path, start + length // 2, (start, start + length))


def _place(bundle: bytes, number: int) -> tuple[int, int]:
    """Where in a bundle an entry begins, and how long it is."""
    start = _PREFIX
    length = int.from_bytes(bundle[:_PREFIX], "big")
    for _ in range(number):
        following = start + length
        start = following + _PREFIX
        length = int.from_bytes(bundle[following:start], "big")
    return start, length


def _signature(copy: Path) -> Change:
    note = (copy / "checkpoint").read_bytes()
    last = note.rstrip().rfind(b" ") + 1
    offset = last + (len(note) - last) // 2
    other = _LETTERS[0] if note[offset] != _LETTERS[0] else _LETTERS[1]
    return _changed(copy, "checkpoint", offset, (last, len(note.rstrip())), other)


def _changed(
    copy: Path, path: str, offset: int, text: tuple[int, int] | None = None, now: int = -1
) -> Change:
    """Change a byte of a file: its lowest bit, unless the new byte is given."""
    data = bytearray((copy / path).read_bytes())
    was = data[offset]
    data[offset] = now if now >= 0 else was ^ 1
    (copy / path).write_bytes(data)
    change = Change(path, offset, was, data[offset])
    if text is None:
        return change
    start, stop = max(text[0], offset - _AROUND), min(text[1], offset + 1 + _AROUND)
    return Change(
        path,
        offset,
        was,
        data[offset],
        data[start:offset].decode(errors="replace"),
        data[offset + 1 : stop].decode(errors="replace"),
    )
