"""Notes, checkpoints, cosignatures and receipts that others signed.

C2SP's and Go's own examples, a log by Tessera, 30 logs by Go's x/mod; the demo log is our
format's prototype. `ed25519-speccheck.json`: messages, keys and signatures by K. Chalkias,
F. Garillot and V. Nikolaenko (novifinancial/ed25519-speccheck 336651b, cases.json,
Apache-2.0); names and the verdict that the record demands (no cofactor, S below the order,
no key of small order) are added.
"""

import json
from base64 import b64decode
from pathlib import Path
from typing import Any

import pytest

from collegium.record import ed25519
from collegium.record.checkpoint import open_checkpoint
from collegium.record.notes import NoteError, VerifierKey, open_note, verified
from collegium.record.receipts import Receipt, ReceiptError, verify_receipt

VECTORS = Path(__file__).parent / "record"
DEMO = VECTORS / "demo-log"
TESSERA = VECTORS / "tessera-log"
NOTES = json.loads((VECTORS / "notes.json").read_text())
GO_LOGS = json.loads((VECTORS / "xmod-trees.json").read_text())
EDGE_CASES = json.loads((VECTORS / "ed25519-speccheck.json").read_text())
DEMO_KEYS = [VerifierKey.parse(line) for line in (DEMO / "vkeys").read_text().split()]


def demo_entry(index: int) -> bytes:
    bundle, at = divmod(index, 256)
    whole = DEMO / f"tile/entries/{bundle:03}"
    data = (whole if whole.exists() else next(whole.with_suffix(".p").iterdir())).read_bytes()
    start = 0
    for _ in range(at):
        start += 2 + int.from_bytes(data[start : start + 2], "big")
    return data[start + 2 : start + 2 + int.from_bytes(data[start : start + 2], "big")]


def ours(case: dict[str, Any], *fields: str) -> list[VerifierKey]:
    return [VerifierKey.parse(case[field]) for field in fields]


@pytest.mark.parametrize("case", NOTES, ids=lambda case: case["src"])
def test_the_published_notes_open(case: dict[str, Any]) -> None:
    (key,) = ours(case, "vkey")
    assert str(key) == case["vkey"]
    assert case["ok"] is True
    assert open_note(case["note"], [key])[1] == [key]
    with pytest.raises(NoteError, match="expected a valid signature"):
        open_note("No! " + case["note"], [key])


@pytest.mark.parametrize("case", GO_LOGS, ids=lambda case: case["tag"])
def test_checkpoints_and_cosignatures_by_go_verify(case: dict[str, Any]) -> None:
    log, witness = ours(case, "vkey", "witness_vkey")
    assert [str(log), str(witness)] == [case["vkey"], case["witness_vkey"]]
    stated = open_checkpoint(case["checkpoint"], log)
    assert (stated.size, stated.root) == (case["size"], b64decode(case["root"]))
    _, signatures = verified(case["checkpoint"] + case["cosignature"], [log, witness])
    assert [found.key for found in signatures] == [log, witness]


def test_all_sixteen_checkpoints_of_a_tessera_log_verify() -> None:
    key = VerifierKey.parse((TESSERA / "vkey").read_text().strip())
    notes = [(TESSERA / f"checkpoint.{size}").read_bytes() for size in range(16)]
    assert [open_checkpoint(note, key).size for note in notes] == list(range(16))
    assert open_checkpoint((TESSERA / "checkpoint").read_bytes(), key).size == 15


def test_the_demo_logs_checkpoints_bear_three_cosignatures() -> None:
    for path in DEMO.glob("checkpoint*"):
        _, signatures = verified(path.read_bytes(), DEMO_KEYS)
        assert [found.key for found in signatures] == DEMO_KEYS
        assert [found.time is None for found in signatures] == [True, False, False, False]
    assert len(list(DEMO.glob("checkpoint*"))) == 7


@pytest.mark.parametrize("index", [0, 1, 233, 350, 698, 699])
def test_the_demo_logs_receipts_prove_their_entries(index: int) -> None:
    text = (DEMO / f"{index}.tlog-proof").read_text()
    assert Receipt.parse(text).text() == text
    assert verify_receipt(text, demo_entry(index), DEMO_KEYS[0]).size == 700
    with pytest.raises(ReceiptError, match=f"receipt of entry {index}"):
        verify_receipt(text, demo_entry(index) + b" ", DEMO_KEYS[0])


@pytest.mark.parametrize("case", EDGE_CASES, ids=lambda case: case["name"])
def test_edge_cases_of_ed25519_have_one_verdict(case: dict[str, Any]) -> None:
    given = [bytes.fromhex(case[field]) for field in ("pub_key", "signature", "message")]
    assert ed25519.verify(*given) is case["valid"]
