import tracemalloc
from collections.abc import Sequence
from hashlib import sha256

import pytest

from collegium.record.tree import (
    EMPTY_ROOT,
    CompactRange,
    Tree,
    hashes_in,
    leaf_hash,
    node_hash,
    root_of,
    root_of_leaves,
)

LEAVES = [leaf_hash(b"entry %d" % at) for at in range(1030)]


def grown(size: int) -> Tree:
    tree = Tree()
    for leaf in LEAVES[:size]:
        tree.append(leaf)
    return tree


def test_the_empty_tree_has_the_root_of_nothing() -> None:
    assert Tree().root() == CompactRange().root() == EMPTY_ROOT == sha256(b"").digest()


def test_leaves_and_nodes_are_hashed_apart() -> None:
    assert leaf_hash(LEAVES[0] + LEAVES[1]) != node_hash(LEAVES[0], LEAVES[1])


def test_a_compact_range_goes_on_where_another_stopped() -> None:
    first = CompactRange()
    for leaf in LEAVES[:300]:
        first.append(leaf)
    second = CompactRange(first.size, first.frontier())
    second.append(LEAVES[300])
    assert second.root() == grown(301).root()


def test_a_compact_range_needs_one_root_for_each_bit_of_its_size() -> None:
    with pytest.raises(ValueError, match="expected 2 subtree roots for 3 leaves, not 1"):
        CompactRange(3, [LEAVES[0]])
    with pytest.raises(ValueError, match="expected 1 subtree roots for 1 leaves, not 0"):
        root_of(1, [])


@pytest.mark.parametrize("size", [0, 1, 255, 256, 257, 511, 512, 767, 1024, 1029])
def test_the_frontier_leads_to_the_root(size: int) -> None:
    tree = grown(size)
    assert root_of(size, tree.frontier()) == tree.root() == root_of_leaves(LEAVES[:size])


def test_extend_grows_as_append_does() -> None:
    tree = grown(10)
    tree.extend(LEAVES[10:1029])
    assert tree.packed() == grown(1029).packed()


@pytest.mark.parametrize("size", [0, 1, 255, 256, 1029])
def test_a_packed_tree_grows_on_and_proves_the_same(size: int) -> None:
    tree = Tree.unpack(grown(size).packed())
    tree.append(LEAVES[size])
    assert tree.root() == root_of_leaves(LEAVES[: size + 1])
    assert tree.packed() == grown(size + 1).packed()
    assert tree.inclusion(0, size + 1, span) == grown(size + 1).inclusion(0, size + 1, span)


@pytest.mark.parametrize("data", [b"", b"\x00" * 7, grown(300).packed()[:-1], b"\x00" * 40])
def test_unpack_refuses_bytes_of_another_length(data: bytes) -> None:
    with pytest.raises(ValueError, match="expected a packed tree of"):
        Tree.unpack(data)


def span(start: int, stop: int) -> Sequence[bytes]:
    return LEAVES[start:stop]


def test_a_proof_asks_for_the_leaves_of_two_tiles_at_most() -> None:
    asked: list[tuple[int, int]] = []

    def noted(start: int, stop: int) -> Sequence[bytes]:
        asked.append((start, stop))
        return span(start, stop)

    grown(1029).inclusion(300, 1000, noted)
    assert sorted(asked) == [(256, 512), (768, 1000)]


def never(start: int, stop: int) -> Sequence[bytes]:
    raise AssertionError((start, stop))


def test_a_root_at_a_tile_border_asks_for_no_leaves() -> None:
    assert grown(1029).root_at(512, never) == root_of_leaves(LEAVES[:512])


def test_a_root_in_the_last_two_tiles_asks_for_no_leaves() -> None:
    tree = grown(1029)
    roots = [tree.root_at(size, never) for size in range(768, 1030)]
    assert roots == [root_of_leaves(LEAVES[:size]) for size in range(768, 1030)]


def test_a_root_from_before_a_tree_was_unpacked_asks_for_leaves_again() -> None:
    tree = Tree.unpack(grown(1028).packed())
    tree.extend(LEAVES[1028:])
    assert tree.root_at(1030, never) == root_of_leaves(LEAVES[:1030])
    assert tree.root_at(1026, span) == root_of_leaves(LEAVES[:1026])
    with pytest.raises(AssertionError):
        tree.root_at(1026, never)


def test_a_tree_refuses_sizes_and_leaves_that_it_never_had() -> None:
    tree = grown(5)
    with pytest.raises(ValueError, match="expected a size from 0 to 5, not 6"):
        tree.root_at(6, span)
    with pytest.raises(ValueError, match="expected a leaf below 4, not 4"):
        tree.inclusion(4, 4, span)
    with pytest.raises(ValueError, match="expected an older size from 1 to 5, not 0"):
        tree.consistency(0, 5, span)


def test_hashes_have_32_bytes() -> None:
    assert hashes_in(LEAVES[0] + LEAVES[1]) == LEAVES[:2]
    with pytest.raises(ValueError, match="expected a multiple of 32 bytes, not 31"):
        hashes_in(LEAVES[0][:31])


def test_a_tree_keeps_less_than_a_byte_for_each_leaf() -> None:
    tracemalloc.start()
    tree = Tree()
    for _ in range(64):
        tree.extend(LEAVES[:1024])
    kept, _peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert kept < tree.size
