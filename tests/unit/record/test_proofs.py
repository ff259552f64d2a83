import pytest

from collegium.record.proofs import ProofError, verify_consistency, verify_inclusion
from collegium.record.tree import Tree, leaf_hash

LEAVES = [leaf_hash(b"entry %d" % at) for at in range(7)]


def root_and_tree() -> tuple[bytes, Tree]:
    tree = Tree()
    tree.extend(LEAVES)
    return tree.root(), tree


def test_an_entry_is_proved_in_its_own_place_only() -> None:
    root, tree = root_and_tree()
    proof = tree.inclusion(3, 7, lambda a, b: LEAVES[a:b])
    verify_inclusion(LEAVES[3], 3, 7, proof, root)
    with pytest.raises(ProofError, match="the proof of entry 2 leads to another root"):
        verify_inclusion(LEAVES[3], 2, 7, proof, root)


@pytest.mark.parametrize("index", [-1, 7])
def test_an_entry_outside_the_tree_is_refused(index: int) -> None:
    root, _ = root_and_tree()
    with pytest.raises(ProofError, match="expected an entry below 7"):
        verify_inclusion(LEAVES[0], index, 7, [], root)


def test_a_proof_has_no_hash_too_many() -> None:
    root, tree = root_and_tree()
    proof = tree.inclusion(6, 7, lambda a, b: LEAVES[a:b])
    with pytest.raises(ProofError, match="expected 2 hashes for entry 6 of 7, not 3"):
        verify_inclusion(LEAVES[6], 6, 7, [*proof, root], root)


@pytest.mark.parametrize("old", range(1, 8))
def test_growth_is_proved_and_another_past_is_not(old: int) -> None:
    root, tree = root_and_tree()
    proof = tree.consistency(old, 7, lambda a, b: LEAVES[a:b])
    past = tree.root_at(old, lambda a, b: LEAVES[a:b])
    verify_consistency(old, 7, past, root, proof)
    with pytest.raises(ProofError):
        verify_consistency(old, 7, leaf_hash(b"another past"), root, proof)
    with pytest.raises(ProofError):
        verify_consistency(old, 7, past, leaf_hash(b"another present"), proof)


def test_nothing_is_proved_from_the_empty_log_or_backwards() -> None:
    root, _ = root_and_tree()
    with pytest.raises(ProofError, match="expected an older size from 1 to 7, not 0"):
        verify_consistency(0, 7, root, root, [])
    with pytest.raises(ProofError, match="expected an older size from 1 to 6, not 7"):
        verify_consistency(7, 6, root, root, [])
