"""Proofs against the reference vectors of transparency-dev/merkle: 96, valid and mutated."""

import json
from base64 import b64decode, b64encode
from pathlib import Path
from typing import Any

import pytest

from collegium.record.proofs import ProofError, verify_consistency, verify_inclusion

VECTORS = Path(__file__).parent / "record"
INCLUSION = json.loads((VECTORS / "rfc6962-inclusion.json").read_text())
CONSISTENCY = json.loads((VECTORS / "rfc6962-consistency.json").read_text())


def hashes(texts: list[str] | None) -> list[bytes]:
    return [b64decode(text) for text in texts or []]


def inclusion_holds(case: dict[str, Any]) -> bool:
    leaf, root = b64decode(case["leafHash"] or ""), b64decode(case["root"] or "")
    try:
        verify_inclusion(leaf, case["leafIdx"], case["treeSize"], hashes(case["proof"]), root)
    except ProofError:
        return False
    return True


def consistency_holds(case: dict[str, Any]) -> bool:
    root1, root2 = b64decode(case["root1"] or ""), b64decode(case["root2"] or "")
    try:
        verify_consistency(case["size1"], case["size2"], root1, root2, hashes(case["proof"]))
    except ProofError:
        return False
    return True


@pytest.mark.parametrize("case", INCLUSION, ids=lambda case: case["src"])
def test_inclusion_holds_exactly_where_the_reference_says(case: dict[str, Any]) -> None:
    assert inclusion_holds(case) is not case["wantErr"]


@pytest.mark.parametrize("case", CONSISTENCY, ids=lambda case: case["src"])
def test_consistency_holds_exactly_where_the_reference_says(case: dict[str, Any]) -> None:
    assert consistency_holds(case) is not case["wantErr"]


# The one vector that we refuse on purpose, additional/sizes-are-equal-one-and-proof-is-empty:
# the reference compares the roots as texts, and they are 12 bytes that say "don't care 2".
def test_sizes_are_equal_one_and_proof_is_empty_is_refused_for_its_12_byte_roots() -> None:
    root = b"don't care 2"
    case = {"size1": 1, "size2": 1, "root1": b64encode(root), "root2": b64encode(root)}
    assert not consistency_holds({**case, "proof": []})
    with pytest.raises(ProofError, match="expected hashes of 32 bytes, not 12"):
        verify_consistency(1, 1, root, root, [])
