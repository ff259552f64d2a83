"""The tree against RFC 6962's definitions, written out as recursion."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collegium.record.proofs import ProofError, verify_consistency, verify_inclusion
from collegium.record.tree import EMPTY_ROOT, CompactRange, Tree, leaf_hash, node_hash

LEAVES = [leaf_hash(b"entry %d" % at) for at in range(1100)]
sizes = st.one_of(st.integers(0, 40), st.integers(0, 1100), st.sampled_from([255, 256, 257, 512]))


def tree_hash(leaves: Sequence[bytes]) -> bytes:
    if len(leaves) < 2:
        return leaves[0] if leaves else EMPTY_ROOT
    half = largest_power_below(len(leaves))
    return node_hash(tree_hash(leaves[:half]), tree_hash(leaves[half:]))


def largest_power_below(number: int) -> int:
    power = 1
    while power * 2 < number:
        power *= 2
    return power


def path(index: int, leaves: Sequence[bytes]) -> list[bytes]:
    if len(leaves) == 1:
        return []
    half = largest_power_below(len(leaves))
    if index < half:
        return [*path(index, leaves[:half]), tree_hash(leaves[half:])]
    return [*path(index - half, leaves[half:]), tree_hash(leaves[:half])]


def growth(old: int, leaves: Sequence[bytes], *, whole: bool = True) -> list[bytes]:
    if old == len(leaves):
        return [] if whole else [tree_hash(leaves)]
    half = largest_power_below(len(leaves))
    if old <= half:
        return [*growth(old, leaves[:half], whole=whole), tree_hash(leaves[half:])]
    return [*growth(old - half, leaves[half:], whole=False), tree_hash(leaves[:half])]


def span(start: int, stop: int) -> Sequence[bytes]:
    assert stop - start <= 256
    assert start // 256 == (stop - 1) // 256
    return LEAVES[start:stop]


def grown(size: int) -> Tree:
    tree = Tree()
    tree.extend(LEAVES[:size])
    return tree


@given(sizes)
def test_every_size_has_the_root_that_the_definition_gives(size: int) -> None:
    narrow = CompactRange()
    for leaf in LEAVES[:size]:
        narrow.append(leaf)
    assert grown(size).root() == narrow.root() == tree_hash(LEAVES[:size])
    assert grown(size).frontier() == narrow.frontier()
    assert grown(1100).root_at(size, span) == narrow.root()


@given(st.data(), sizes.filter(bool))
def test_every_entry_has_the_path_that_the_definition_gives(data: st.DataObject, size: int) -> None:
    index = data.draw(st.integers(0, size - 1))
    proof = grown(1100).inclusion(index, size, span)
    assert proof == path(index, LEAVES[:size])
    verify_inclusion(LEAVES[index], index, size, proof, tree_hash(LEAVES[:size]))


@given(st.data(), sizes.filter(bool))
def test_every_growth_has_the_proof_that_the_definition_gives(
    data: st.DataObject, new: int
) -> None:
    old = data.draw(st.integers(1, new))
    proof = grown(1100).consistency(old, new, span)
    assert proof == growth(old, LEAVES[:new])
    verify_consistency(old, new, tree_hash(LEAVES[:old]), tree_hash(LEAVES[:new]), proof)


@given(st.data(), sizes.filter(bool))
def test_a_proof_with_one_bit_changed_is_refused(data: st.DataObject, size: int) -> None:
    index = data.draw(st.integers(0, size - 1))
    proof = grown(size).inclusion(index, size, span)
    parts = [LEAVES[index], *proof]
    at = data.draw(st.integers(0, len(parts) - 1))
    bit = data.draw(st.integers(0, 255))
    parts[at] = (int.from_bytes(parts[at]) ^ 1 << bit).to_bytes(32)
    with pytest.raises(ProofError):
        verify_inclusion(parts[0], index, size, parts[1:], tree_hash(LEAVES[:size]))


@given(sizes, sizes)
def test_packing_changes_nothing(size: int, more: int) -> None:
    tree = Tree.unpack(grown(size).packed())
    tree.extend(LEAVES[size:more])
    assert tree.packed() == grown(max(size, more)).packed()
