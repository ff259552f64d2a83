"""Checking proofs about the tree: that an entry is in it, that it only ever grew.

Whoever checks needs no copy of the record: two roots that they trust and some 20 hashes do.

Source: RFC 9162, sections 2.1.3.2 and 2.1.4.2.
"""

from collections.abc import Sequence

from collegium.record.tree import HASH_LENGTH, node_hash


class ProofError(ValueError):
    """A proof that doesn't prove what it was shown for."""


def verify_inclusion(
    leaf_hash: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes
) -> None:
    """Return silently if the leaf stands at `index` in the tree of `size` with that root.

    Raises:
        ProofError: It doesn't follow from the proof.
    """
    _check_hashes(leaf_hash, root, *proof)
    if not 0 <= index < size:
        raise ProofError(f"expected an entry below {size}, not {index}")
    inner = (index ^ (size - 1)).bit_length()
    if len(proof) != inner + (index >> inner).bit_count():
        raise ProofError(
            f"expected {inner + (index >> inner).bit_count()} hashes for entry {index} "
            f"of {size}, not {len(proof)}"
        )
    node = _climb(leaf_hash, index, proof[:inner])
    if _lean(node, proof[inner:]) != root:
        raise ProofError(f"the proof of entry {index} leads to another root of {size} entries")


def verify_consistency(
    size1: int, size2: int, root1: bytes, root2: bytes, proof: Sequence[bytes]
) -> None:
    """Return silently if the tree of `size2` leaves continues the one of `size1`.

    Every tree continues the empty one: callers treat size 0 themselves.

    Raises:
        ProofError: It doesn't follow from the proof, or `size1` is 0.
    """
    _check_hashes(root1, root2, *proof)
    if not 0 < size1 <= size2:
        raise ProofError(f"expected an older size from 1 to {size2}, not {size1}")
    if size1 == size2:
        if proof or root1 != root2:
            raise ProofError(f"expected equal roots and no hashes for equal sizes of {size1}")
        return
    # Where the old tree is one full subtree, its root is the first node, and isn't sent.
    whole = not size1 & (size1 - 1)
    nodes = [root1, *proof] if whole else list(proof)
    shared = (size1 & -size1).bit_length() - 1
    index = (size1 - 1) >> shared
    inner = (index ^ (size2 - 1) >> shared).bit_length()
    if len(nodes) != 1 + inner + (index >> inner).bit_count():
        raise ProofError(
            f"expected {inner + (index >> inner).bit_count() + (not whole)} hashes "
            f"for sizes {size1} and {size2}, not {len(proof)}"
        )
    seed, lower, upper = nodes[0], nodes[1 : 1 + inner], nodes[1 + inner :]
    old = [sibling for level, sibling in enumerate(lower) if index >> level & 1]
    if _lean(_lean(seed, old), upper) != root1:
        raise ProofError(f"the proof leads to another root of {size1} entries")
    if _lean(_climb(seed, index, lower), upper) != root2:
        raise ProofError(f"the proof leads to another root of {size2} entries")


def _climb(node: bytes, index: int, siblings: Sequence[bytes]) -> bytes:
    for level, sibling in enumerate(siblings):
        left = index >> level & 1
        node = node_hash(sibling, node) if left else node_hash(node, sibling)
    return node


def _lean(node: bytes, lefts: Sequence[bytes]) -> bytes:
    for left in lefts:
        node = node_hash(left, node)
    return node


def _check_hashes(*hashes: bytes) -> None:
    for item in hashes:
        if len(item) != HASH_LENGTH:
            raise ProofError(f"expected hashes of {HASH_LENGTH} bytes, not {len(item)}")
