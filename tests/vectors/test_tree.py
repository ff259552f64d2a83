"""The tree against trees that others made: RFC 6962's reference vectors and Go's x/mod."""

import json
from base64 import b64decode
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from collegium.record.tree import Tree, leaf_hash

VECTORS = Path(__file__).parent / "record"
ROOTS = json.loads((VECTORS / "rfc6962-roots.json").read_text())
GO_TREES = json.loads((VECTORS / "xmod-trees.json").read_text())


def grown(leaves: Sequence[bytes]) -> Tree:
    tree = Tree()
    for leaf in leaves:
        tree.append(leaf)
    return tree


def go_leaves(case: dict[str, Any]) -> list[bytes]:
    return [leaf_hash(f"{case['tag']}/leaf{at}".encode()) for at in range(case["size"])]


@pytest.mark.parametrize("size", range(9))
def test_the_reference_trees_have_the_published_roots(size: int) -> None:
    leaves = [leaf_hash(bytes.fromhex(text)) for text in ROOTS["leaves_hex"]]
    assert grown(leaves[:size]).root().hex() == ROOTS["roots_hex"][size]
    assert grown(leaves).root_at(size, lambda a, b: leaves[a:b]).hex() == ROOTS["roots_hex"][size]


@pytest.mark.parametrize("case", GO_TREES, ids=lambda case: case["tag"])
def test_roots_and_inclusion_proofs_equal_those_that_go_made(case: dict[str, Any]) -> None:
    leaves = go_leaves(case)
    tree = grown(leaves)
    assert tree.root() == b64decode(case["root"])
    for told in case["inclusion"]:
        ours = tree.inclusion(told["leafIdx"], tree.size, lambda a, b: leaves[a:b])
        assert ours == [b64decode(text) for text in told["proof"]]


@pytest.mark.parametrize("case", GO_TREES, ids=lambda case: case["tag"])
def test_consistency_proofs_equal_those_that_go_made(case: dict[str, Any]) -> None:
    leaves = go_leaves(case)
    tree = grown(leaves)
    for told in case["consistency"]:
        old = told["size1"]
        assert tree.root_at(old, lambda a, b: leaves[a:b]) == b64decode(told["root1"])
        ours = tree.consistency(old, tree.size, lambda a, b: leaves[a:b])
        assert ours == [b64decode(text) for text in told["proof"]]
