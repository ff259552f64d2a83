"""Receipts: an entry's place in the log, proved without the log."""

import pytest

from collegium.record.checkpoint import Checkpoint, sign_checkpoint
from collegium.record.notes import Signer
from collegium.record.receipts import LONGEST_PROOF, Receipt, ReceiptError, verify_receipt
from collegium.record.tree import Tree, leaf_hash

LOG = Signer("log.example/0123", b"l" * 32)
KEY = LOG.verifier_key
ENTRIES = [b"entry %d" % at for at in range(300)]
LEAVES = [leaf_hash(entry) for entry in ENTRIES]


def log() -> tuple[Tree, Checkpoint]:
    tree = Tree()
    for leaf in LEAVES:
        tree.append(leaf)
    return tree, Checkpoint(KEY.name, tree.size, tree.root())


TREE, STATED = log()
NOTE = sign_checkpoint(STATED, LOG)


def receipt(index: int, extra: bytes = b"") -> str:
    proof = TREE.inclusion(index, TREE.size, lambda start, stop: LEAVES[start:stop])
    return Receipt(index, tuple(proof), NOTE, extra).text()


@pytest.mark.parametrize("index", [0, 1, 255, 256, 298, 299])
def test_a_receipt_proves_its_entry(index: int) -> None:
    assert verify_receipt(receipt(index), ENTRIES[index], KEY) == STATED


def test_the_only_entry_needs_no_hashes() -> None:
    alone = sign_checkpoint(Checkpoint(KEY.name, 1, LEAVES[0]), LOG)
    text = Receipt(0, (), alone).text()
    assert text.startswith("c2sp.org/tlog-proof@v1\nindex 0\n\nlog.example/0123\n1\n")
    assert verify_receipt(text, ENTRIES[0], KEY).size == 1


def test_a_receipt_comes_back_from_its_text() -> None:
    for text in (receipt(7), receipt(7, b"for the branch's files")):
        assert Receipt.parse(text).text() == text
    assert Receipt.parse(receipt(7, b"x")).extra == b"x"


def test_another_entry_is_not_proved() -> None:
    with pytest.raises(ReceiptError, match="receipt of entry 7"):
        verify_receipt(receipt(7), ENTRIES[8], KEY)
    with pytest.raises(ReceiptError, match="receipt of entry 8"):
        verify_receipt(receipt(7).replace("index 7", "index 8"), ENTRIES[7], KEY)


def test_another_logs_key_proves_nothing() -> None:
    other = Signer(KEY.name, b"o" * 32).verifier_key
    with pytest.raises(ReceiptError, match="expected a signature of log"):
        verify_receipt(receipt(7), ENTRIES[7], other)


def test_an_index_beyond_the_checkpoint_is_refused() -> None:
    with pytest.raises(ReceiptError, match="below 300, not 300"):
        verify_receipt(receipt(7).replace("index 7", "index 300"), ENTRIES[7], KEY)


@pytest.mark.parametrize(
    ("old", "new", "match"),
    [
        ("@v1", "@v2", "begins with"),
        ("index 7\n", "", "index N"),
        ("index 7", "index 07", "index N"),
        ("index 7", "index -7", "index N"),
        ("index 7", "index 9999999999999999999", "index from 0"),
        ("index 7", "extra \nindex 7", "extra data"),
        ("index 7", "extra eA\nindex 7", "base64"),
        ("index 7", "index 7\nAAAA", "32 bytes"),
        ("index 7\n", "index 7\n\n", "expected a valid signature"),
        ("\n\nlog", "\nlog", "base64"),
        ("\n\nlog", "\n\n\nlog", "expected a valid signature"),
        ("\n", "\r\n", "begins with"),
    ],
)
def test_malformed_receipts_are_refused(old: str, new: str, match: str) -> None:
    assert old in receipt(7)
    with pytest.raises(ReceiptError, match=match):
        verify_receipt(receipt(7).replace(old, new), ENTRIES[7], KEY)


@pytest.mark.parametrize("text", ["", "c2sp.org/tlog-proof@v1", "c2sp.org/tlog-proof@v1\nindex 0"])
def test_a_receipt_cut_short_is_refused(text: str) -> None:
    with pytest.raises(ReceiptError, match="expected"):
        Receipt.parse(text)


@pytest.mark.parametrize(
    ("index", "proof"),
    [(-1, ()), (2**63 - 1, ()), (0, (b"short",)), (0, (bytes(32),) * (LONGEST_PROOF + 1))],
)
def test_what_no_log_proves_is_no_receipt(index: int, proof: tuple[bytes, ...]) -> None:
    with pytest.raises(ReceiptError, match="expected"):
        Receipt(index, proof, NOTE)
