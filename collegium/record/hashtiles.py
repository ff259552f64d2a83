"""Which hashes of a damaged copy are the true ones: found out from the root downwards.

Every hash above the leaves can be had in up to three ways: from the entries, from the tile
below it, and from the tile that holds it. Where they disagree, the majority is a guess, and
the guess is right if it leads to the root. So a fault is pinned on the tile that has it, as
long as what stands above and below it isn't damaged in the very same place.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product

from collegium.record.findings import Finding
from collegium.record.tiles import TileFolder, tile_path, widths
from collegium.record.tree import (
    EMPTY_ROOT,
    HASH_LENGTH,
    TILE_HEIGHT,
    TILE_WIDTH,
    hashes_in,
    root_of_leaves,
)

Hashes = list[bytes]

_MOST_MIXED = 6
"""Places at which a tile and its bundle may differ and still be mixed; 64 mixtures then."""


@dataclass
class Leaves:
    """What a copy says about its leaf hashes.

    Attributes:
        size: Entries that the tree has.
        nodes: Of each full bundle, the node over its entries; None where it isn't whole.
        odd: Of each full tile that disagrees with its bundle, the node over the tile; None
            where it isn't whole.
        last: The leaf hashes behind the last full tile as they may be read: of the entries
            and of the tile, or more if they can be mixed (`mixed`).
    """

    size: int
    nodes: Sequence[bytes | None]
    odd: Mapping[int, bytes | None]
    last: Sequence[Hashes]


@dataclass
class Resolution:
    """What could be found out.

    Attributes:
        nodes: The node that each full tile of leaf hashes must have; None where unknown.
        last: The leaf hashes behind the last full tile; None where unknown.
        rooted: Whether all of it leads to the root.
        findings: Faults of the hash tiles of level 1 and above.
    """

    nodes: list[bytes | None]
    last: Hashes | None
    rooted: bool
    findings: list[Finding] = field(default_factory=list)


@dataclass
class _Level:
    """One level of tiles: as stored, and as guessed from below."""

    stored: list[Hashes | None]
    absent: set[int]
    guess: list[bytes | None]

    def stored_hash(self, at: int) -> bytes | None:
        tile = self.stored[at // TILE_WIDTH]
        return None if tile is None else tile[at % TILE_WIDTH]

    def readings(self, index: int) -> Iterator[Hashes]:
        """What tile `index` may be: the guess, and what is stored."""
        guess = self.guess[index * TILE_WIDTH : (index + 1) * TILE_WIDTH]
        whole = [node for node in guess if node is not None]
        if len(whole) == len(guess):
            yield whole
        if (stored := self.stored[index]) is not None and stored != whole:
            yield stored


def resolve(folder: TileFolder, leaves: Leaves, root: bytes | None) -> Resolution:
    """The true hashes of a copy, and the tiles that don't have them.

    Args:
        folder: The copy.
        leaves: What its bundles and tiles say about the leaves.
        root: Where they must lead; None where no checkpoint says it.
    """
    levels = _guesses(folder, leaves)
    border = _border(leaves, levels, root)
    rooted = border is not None
    if border is None:
        border = [next(iter(options), None) for options in _options(leaves, levels)]
        if len(leaves.last) > 1:
            border[0] = None  # nothing tells which of them is right
    findings: list[Finding] = []
    above: list[bytes | None] = []
    for number in range(len(levels), 0, -1):
        above = _descend(levels[number - 1], above, border[number])
        rooted = rooted and None not in above
        findings += _tile_faults(number, levels[number - 1], above, leaves.size)
    return Resolution(above, border[0], rooted, findings)


def _guesses(folder: TileFolder, leaves: Leaves) -> list[_Level]:
    levels: list[_Level] = []
    number = 1
    while leaves.size >> TILE_HEIGHT * number:
        level = _Level([], set(), [])
        for index, width in widths(leaves.size, number):
            tile = folder.hash_tile(number, index, width)
            level.stored.append(whole(tile, width))
            if tile is None:
                level.absent.add(index)
        for at in range(leaves.size >> TILE_HEIGHT * number):
            below = _nodes_below(levels, leaves, at)
            level.guess.append(_majority(*below, level.stored_hash(at)))
        levels.append(level)
        number += 1
    return levels


def _nodes_below(
    levels: Sequence[_Level], leaves: Leaves, at: int
) -> tuple[bytes | None, bytes | None]:
    if not levels:
        return leaves.nodes[at], leaves.odd.get(at, leaves.nodes[at])
    readings = [root_of_leaves(tile) for tile in levels[-1].readings(at)]
    return (readings[0], readings[-1]) if readings else (None, None)


def _majority(first: bytes | None, second: bytes | None, stored: bytes | None) -> bytes | None:
    if first is not None and first in (second, stored):
        return first
    # Where all three differ: what is stored is a reading of its own, besides the guess.
    return second or stored or first


def _options(leaves: Leaves, levels: Sequence[_Level]) -> list[Sequence[Hashes]]:
    # The readings of each level's partial tile; [] stands for "there is none to read".
    options: list[Sequence[Hashes]] = [leaves.last if leaves.size % TILE_WIDTH else [[]]]
    for number, level in enumerate(levels, 1):
        full, rest = divmod(leaves.size >> TILE_HEIGHT * number, TILE_WIDTH)
        options.append(list(level.readings(full)) if rest else [[]])
    return options


def _border(
    leaves: Leaves, levels: Sequence[_Level], root: bytes | None
) -> list[Hashes | None] | None:
    for choice in product(*_options(leaves, levels)):
        right: Hashes = []
        for hashes in choice:
            # What lies right of a partial tile is smaller than one of its hashes, so that
            # the tree splits as if it were one more of them.
            items = [*hashes, *right]
            right = [root_of_leaves(items)] if items else []
        if (right[0] if right else EMPTY_ROOT) == root:
            return list(choice)
    return None


def _descend(
    level: _Level, above: Sequence[bytes | None], border: Hashes | None
) -> list[bytes | None]:
    # Where the node above is unknown, the guess has to do; the copy isn't rooted then.
    known: list[bytes | None] = []
    for index, node in enumerate(above):
        found = (
            tile for tile in level.readings(index) if node is None or root_of_leaves(tile) == node
        )
        known += next(found, [None] * TILE_WIDTH)
    rest = len(level.guess) - len(known)
    return known + (list(border) if border else [None] * rest)


def _tile_faults(
    number: int, level: _Level, known: Sequence[bytes | None], size: int
) -> Iterator[Finding]:
    for index, width in widths(size, number):
        start = index * TILE_WIDTH
        if level.stored[index] != known[start : start + width]:
            yield tile_fault(number, index, width, missing=index in level.absent)


def mixed(entries: Hashes | None, stored: Hashes | None) -> list[Hashes]:
    """What a tile of leaf hashes may be: what its entries say, what is stored, or some of both.

    Args:
        entries: The hashes of a bundle's entries; None where it isn't whole.
        stored: The tile; None where it isn't whole.
    """
    if entries is None or stored is None or entries == stored:
        return [hashes for hashes in (entries or stored,) if hashes is not None]
    places = [at for at, leaf in enumerate(entries) if leaf != stored[at]]
    if len(places) > _MOST_MIXED:
        return [entries, stored]
    readings = []
    for choice in product((False, True), repeat=len(places)):
        hashes = list(entries)
        for at, from_tile in zip(places, choice, strict=True):
            hashes[at] = stored[at] if from_tile else entries[at]
        readings.append(hashes)
    return readings


def tile_fault(level: int, index: int, width: int, *, missing: bool) -> Finding:
    """The finding that a tile isn't there, or isn't the tree's."""
    path = tile_path(level, index, width)
    if missing:
        return Finding("tile-missing", None, f"{path}: expected {width} hashes")
    return Finding("tile-altered", None, f"{path}: its hashes aren't those of the tree")


def whole(data: bytes | None, width: int) -> Hashes | None:
    """The hashes of a tile that has its full length; None otherwise."""
    if data is None or len(data) != width * HASH_LENGTH:
        return None
    return hashes_in(data)
