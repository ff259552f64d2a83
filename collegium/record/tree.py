"""The tree over the record's entries: one hash that stands for all of them.

A binary Merkle tree as in RFC 6962, section 2.1. `CompactRange` keeps only the roots of the
largest full subtrees (at most 64 hashes) and is all that a writer needs. `Tree` keeps besides
every node of level 8 and above, 64 bytes for 256 entries, so that roots and proofs of any
earlier size need at most the leaf hashes of two tiles.

Source: RFC 6962, section 2.1; compact ranges: transparency-dev/merkle, docs/compact_ranges.md.
"""

import struct
from collections.abc import Callable, Iterable, Sequence
from hashlib import sha256
from itertools import pairwise
from typing import Final, TypeAlias

HASH_LENGTH: Final = 32
"""Bytes of a SHA-256 hash."""

TILE_HEIGHT: Final = 8
"""Levels of the tree in one tile (C2SP tlog-tiles)."""

TILE_WIDTH: Final = 1 << TILE_HEIGHT
"""Hashes in a full tile."""

EMPTY_ROOT: Final = sha256(b"").digest()
"""The root of a tree without leaves."""

LeafHashes: TypeAlias = Callable[[int, int], Sequence[bytes]]
"""Stored leaf hashes of the entries `[start, stop)`, asked for within one tile at a time."""


def leaf_hash(data: bytes) -> bytes:
    """The 32-byte hash that stands for an entry in the tree."""
    return sha256(b"\x00" + data).digest()


def leaf_hashes(entries: Iterable[bytes]) -> list[bytes]:
    """The `leaf_hash` of each entry."""
    return [sha256(b"\x00" + data).digest() for data in entries]


def node_hash(left: bytes, right: bytes) -> bytes:
    """The 32-byte hash of an inner node over its two children."""
    return sha256(b"\x01" + left + right).digest()


def root_of(size: int, frontier: Sequence[bytes]) -> bytes:
    """The root of the tree of `size` leaves whose full subtrees have the roots `frontier`.

    Args:
        size: Number of leaves.
        frontier: One root for each one-bit of `size`, the largest subtree first.

    Raises:
        ValueError: Another number of roots than `size` has one-bits.
    """
    if len(frontier) != size.bit_count():
        raise ValueError(
            f"expected {size.bit_count()} subtree roots for {size} leaves, not {len(frontier)}"
        )
    if not size:
        return EMPTY_ROOT
    root = frontier[-1]
    for left in reversed(frontier[:-1]):
        root = node_hash(left, root)
    return root


def root_of_leaves(leaves: Sequence[bytes]) -> bytes:
    """The root over some leaf hashes, level by level."""
    if not leaves:
        return EMPTY_ROOT
    row = list(leaves)
    digest = sha256
    while len(row) > 1:
        pairs = iter(row)
        over = [digest(b"\x01" + a + b).digest() for a, b in zip(pairs, pairs, strict=False)]
        if len(row) % 2:
            over.append(row[-1])
        row = over
    return row[0]


def hashes_in(data: bytes) -> list[bytes]:
    """The 32-byte hashes that stand one after another in `data`.

    Raises:
        ValueError: The length is no multiple of 32.
    """
    if len(data) % HASH_LENGTH:
        raise ValueError(f"expected a multiple of {HASH_LENGTH} bytes, not {len(data)}")
    return [data[at : at + HASH_LENGTH] for at in range(0, len(data), HASH_LENGTH)]


class CompactRange:
    """The roots of the full subtrees of a growing tree: what a writer has to remember.

    Attributes:
        size: Number of leaves; read only.

    Args:
        size: Number of leaves so far.
        frontier: Their subtrees' roots, the largest first.

    Raises:
        ValueError: Another number of roots than `size` has one-bits.
    """

    __slots__ = ("_roots", "size")

    def __init__(self, size: int = 0, frontier: Iterable[bytes] = ()) -> None:
        self.size = size
        self._roots = list(frontier)
        if len(self._roots) != size.bit_count():
            raise ValueError(
                f"expected {size.bit_count()} subtree roots for {size} leaves, "
                f"not {len(self._roots)}"
            )

    def append(self, leaf: bytes) -> None:
        """Let the tree grow by one leaf hash."""
        # Binary addition of one: each one-bit at the end of the size is a full subtree that
        # this leaf completes.
        node, size = leaf, self.size
        while size & 1:
            node = sha256(b"\x01" + self._roots.pop() + node).digest()
            size >>= 1
        self._roots.append(node)
        self.size += 1

    def frontier(self) -> tuple[bytes, ...]:
        """The roots of the full subtrees, the largest first."""
        return tuple(self._roots)

    def root(self) -> bytes:
        """The root over all leaves."""
        return root_of(self.size, self._roots)


class Tree:
    """A growing tree that can also prove: it keeps every node of level 8 and above.

    Of the tile that grows and the one before it, it keeps the nodes below as well: members
    act on pages that are a little old, and each such base is a root to be told.

    Attributes:
        size: Number of leaves; read only.
    """

    __slots__ = ("_before", "_last", "_rows", "size")

    def __init__(self) -> None:
        self.size = 0
        self._last = _Tile()  # the last tile, which isn't full
        self._before = _Tile()  # the full one before it, or one without hashes
        self._rows: list[bytearray] = []  # _rows[k]: all full nodes of level 8 + k, joined

    @classmethod
    def from_tiles(cls, nodes: Iterable[bytes], last: Sequence[bytes]) -> "Tree":
        """The tree whose full tiles have these nodes, and these leaf hashes behind them."""
        tree = cls()
        for node in nodes:
            tree._keep(node)
            tree.size += TILE_WIDTH
        tree.extend(last)
        return tree

    def append(self, leaf: bytes) -> None:
        """Let the tree grow by one leaf hash."""
        leaves = self._last.leaves
        leaves.append(leaf)
        self.size += 1
        if len(leaves) == TILE_WIDTH:
            self._before, self._last = self._last, _Tile()
            self._keep(self._before.roots(TILE_WIDTH)[0])

    def extend(self, leaves: Iterable[bytes]) -> None:
        """Let the tree grow by many leaf hashes."""
        for leaf in leaves:
            self.append(leaf)

    def frontier(self) -> tuple[bytes, ...]:
        """The roots of the full subtrees, the largest first."""
        return (*self._upper(self.size), *self._last.roots(self.size & TILE_WIDTH - 1))

    def root(self) -> bytes:
        """The root over all leaves."""
        return root_of(self.size, self.frontier())

    def row(self, level: int) -> bytes:
        """All full nodes of a level from 8 on, 32 bytes each, from left to right."""
        above = level - TILE_HEIGHT
        return bytes(self._rows[above]) if 0 <= above < len(self._rows) else b""

    def root_at(self, size: int, leaves: LeafHashes) -> bytes:
        """The root when the tree had `size` leaves.

        Raises:
            ValueError: The tree never had that size.
        """
        self._check(size)
        below = self._below(size)
        if _UNKNOWN in below:
            return _Span(self._rows, size, leaves).root(0, size)
        return root_of(size, (*self._upper(size), *below))

    def inclusion(self, index: int, size: int, leaves: LeafHashes) -> list[bytes]:
        """The proof that leaf `index` stands in the tree of `size`, lowest sibling first.

        Raises:
            ValueError: The tree never had that size or leaf.

        Source: RFC 6962, section 2.1.1.
        """
        self._check(size)
        if not 0 <= index < size:
            raise ValueError(f"expected a leaf below {size}, not {index}")
        return _Span(self._rows, size, leaves).path(index)

    def consistency(self, old: int, new: int, leaves: LeafHashes) -> list[bytes]:
        """The proof that the tree of `new` leaves continues the one of `old`.

        Raises:
            ValueError: The tree never had that size, `old` exceeds `new` or is 0: every tree
                continues the empty one, and there is nothing to prove.

        Source: RFC 6962, section 2.1.2.
        """
        self._check(new)
        if not 0 < old <= new:
            raise ValueError(f"expected an older size from 1 to {new}, not {old}")
        return _Span(self._rows, new, leaves).growth(old)

    def packed(self) -> bytes:
        """The tree as bytes for a snapshot: 32 for each 256 leaves; `unpack` reads them."""
        row = bytes(self._rows[0]) if self._rows else b""
        last = self._last.roots(self.size & TILE_WIDTH - 1)
        return struct.pack(">Q", self.size) + row + b"".join(last)

    @classmethod
    def unpack(cls, data: bytes) -> "Tree":
        """The tree that `packed` wrote.

        Raises:
            ValueError: The bytes don't have the length that their size demands.
        """
        (size,) = struct.unpack(">Q", data[:8].rjust(8, b"\xff"))
        tiles, rest = divmod(size, TILE_WIDTH)
        if len(data) != 8 + HASH_LENGTH * (tiles + rest.bit_count()):
            raise ValueError(f"expected a packed tree of {size} leaves, not {len(data)} bytes")
        hashes = hashes_in(data[8:])
        tree = cls()
        for node in hashes[:tiles]:
            tree._keep(node)
        tree._last = _Tile.of_roots(rest, hashes[tiles:])
        tree.size = size
        return tree

    def _upper(self, size: int) -> list[bytes]:
        """The roots of the subtrees of whole tiles, when the tree had `size` leaves."""
        tiles = size >> TILE_HEIGHT
        found = []
        for level in range(tiles.bit_length() - 1, -1, -1):
            if tiles >> level & 1:
                stop = (tiles >> level) * HASH_LENGTH
                found.append(bytes(self._rows[level][stop - HASH_LENGTH : stop]))
        return found

    def _below(self, size: int) -> list[bytes]:
        """The roots of the subtrees behind the whole tiles, or unknown ones."""
        behind = (self.size >> TILE_HEIGHT) - (size >> TILE_HEIGHT)
        rest = size & TILE_WIDTH - 1
        tile = self._before if behind else self._last
        if rest and (behind > 1 or not tile.leaves):
            return [_UNKNOWN]
        return tile.roots(rest)

    def _keep(self, node: bytes) -> None:
        for row in self._rows:
            row.extend(node)
            if len(row) & HASH_LENGTH:
                return
            node = node_hash(bytes(row[-2 * HASH_LENGTH : -HASH_LENGTH]), node)
        self._rows.append(bytearray(node))

    def _check(self, size: int) -> None:
        if not 0 <= size <= self.size:
            raise ValueError(f"expected a size from 0 to {self.size}, not {size}")


_UNKNOWN = b""
"""Stands for a node that isn't kept."""


class _Tile:
    """The leaf hashes of a tile and the nodes over them, which are hashed when asked for."""

    __slots__ = ("_rows", "leaves")

    def __init__(self) -> None:
        self._rows: list[list[bytes]] = [[] for _ in range(TILE_HEIGHT + 1)]
        self.leaves = self._rows[0]

    @classmethod
    def of_roots(cls, size: int, roots: Iterable[bytes]) -> "_Tile":
        """The tile of so many leaves of which only the subtrees' roots are known."""
        tile, known = cls(), iter(roots)
        for level in range(TILE_HEIGHT, -1, -1):
            count = size >> level
            tile._rows[level] += [_UNKNOWN] * count
            if count & 1:
                tile._rows[level][-1] = next(known)
        return tile

    def roots(self, size: int) -> list[bytes]:
        """The roots of the full subtrees over the first `size` leaves, the largest first."""
        digest = sha256
        for row, over in pairwise(self._rows):
            known = len(over)
            pairs = iter(row[2 * known :])
            # By place, not at the end: of two threads that read at once, both may get here.
            over[known:] = [
                digest(b"\x01" + a + b).digest() for a, b in zip(pairs, pairs, strict=False)
            ]
        return [
            self._rows[level][(size >> level) - 1]
            for level in range(TILE_HEIGHT, -1, -1)
            if size >> level & 1
        ]


class _Span:
    """The first `size` leaves of a tree: their nodes, each tile of leaf hashes asked once."""

    def __init__(self, rows: Sequence[bytearray], size: int, leaves: LeafHashes) -> None:
        self._rows = rows
        self._size = size
        self._leaves = leaves
        self._tiles: dict[int, Sequence[bytes]] = {}

    def root(self, start: int, stop: int) -> bytes:
        """The root over the leaves `[start, stop)`, a subtree as the tree splits them."""
        width = stop - start
        if width >= TILE_WIDTH and not width & (width - 1):
            level = width.bit_length() - 1
            at = (start >> level) * HASH_LENGTH
            return bytes(self._rows[level - TILE_HEIGHT][at : at + HASH_LENGTH])
        if width < TILE_WIDTH:
            first = start & -TILE_WIDTH
            return root_of_leaves(self._tile(first)[start - first : stop - first])
        middle = start + _split(width)
        return node_hash(self.root(start, middle), self.root(middle, stop))

    def path(self, index: int) -> list[bytes]:
        """The siblings from the leaf to the root."""
        start, stop = 0, self._size
        siblings = []
        while stop - start > 1:
            middle = start + _split(stop - start)
            if index < middle:
                siblings.append(self.root(middle, stop))
                stop = middle
            else:
                siblings.append(self.root(start, middle))
                start = middle
        return siblings[::-1]

    def growth(self, old: int) -> list[bytes]:
        """The nodes from which the roots of both sizes follow."""
        start, stop = 0, self._size
        nodes = []
        while old < stop:
            middle = start + _split(stop - start)
            if old <= middle:
                nodes.append(self.root(middle, stop))
                stop = middle
            else:
                nodes.append(self.root(start, middle))
                start = middle
        # The verifier knows the old root already where it is itself a subtree's.
        if start:
            nodes.append(self.root(start, stop))
        return nodes[::-1]

    def _tile(self, first: int) -> Sequence[bytes]:
        if first not in self._tiles:
            stop = min(first + TILE_WIDTH, self._size)
            found = self._leaves(first, stop)
            if len(found) != stop - first:  # fewer would come to some other, older root
                raise ValueError(f"expected {stop - first} leaf hashes, not {len(found)}")
            self._tiles[first] = found
        return self._tiles[first]


def _split(width: int) -> int:
    # The largest power of two below the width (RFC 6962: k < n <= 2k).
    return 1 << (width - 1).bit_length() - 1
