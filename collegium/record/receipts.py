r"""Receipts: proof, to be kept by whoever acted, that an entry stands in the log.

    c2sp.org/tlog-proof@v1
    index 73894
    gSKyXoYZUgZ6jduWYrkDOARinOMGJveXjgMkBTcdPlQ=
    …one line for each hash, from the leaf's neighbour up to the root…

    example.com/fancylog
    109482
    sFodV/vSp5O8n9a8QpW6PRY97tfOSW5bsc2Xl/EQi08=

    — example.com/fancylog hI2DJw…

With the entry's bytes and the log's key, a receipt is checked by anybody, without the log.

Source: C2SP tlog-proof (https://c2sp.org/tlog-proof).
"""

import re
from dataclasses import dataclass

from collegium.record import notes
from collegium.record.base64_text import NotBase64Error, from_base64, to_base64
from collegium.record.checkpoint import LARGEST_SIZE, Checkpoint, open_checkpoint
from collegium.record.notes import NoteError, VerifierKey
from collegium.record.proofs import ProofError, verify_inclusion
from collegium.record.tree import HASH_LENGTH, leaf_hash

HEADER = "c2sp.org/tlog-proof@v1"
"""The first line of every receipt."""

LONGEST_PROOF = 63
"""Hashes: a log has fewer than 2^63 entries."""

_index = re.compile(r"index (0|[1-9][0-9]{0,18})")


class ReceiptError(ValueError):
    """A receipt that is malformed, or doesn't fit the entry and the log's key."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """Where an entry stands, and the proof of it.

    Args:
        index: The entry's number, from 0.
        proof: Hashes from the leaf's neighbour up to the root's child.
        checkpoint: The signed note, with its cosignatures if there are any.
        extra: Bytes for the application's own use, which nothing vouches for.

    Raises:
        ReceiptError: An index out of range, too many hashes or one that isn't 32 bytes.
    """

    index: int
    proof: tuple[bytes, ...]
    checkpoint: str
    extra: bytes = b""

    def __post_init__(self) -> None:
        if not 0 <= self.index < LARGEST_SIZE:
            raise ReceiptError(f"expected an index from 0 to 2^63 - 2, not {self.index}")
        if len(self.proof) > LONGEST_PROOF or any(len(node) != HASH_LENGTH for node in self.proof):
            raise ReceiptError(f"expected at most {LONGEST_PROOF} hashes of {HASH_LENGTH} bytes")

    def text(self) -> str:
        """What a `.tlog-proof` file contains."""
        extra = [f"extra {to_base64(self.extra)}"] if self.extra else []
        hashes = [to_base64(node) for node in self.proof]
        head = [HEADER, *extra, f"index {self.index}", *hashes, "", ""]
        return "\n".join(head) + self.checkpoint

    @classmethod
    def parse(cls, text: str) -> "Receipt":
        """The receipt that a `.tlog-proof` file contains; nothing in it is checked yet.

        Raises:
            ReceiptError: Another first line, no index, a hash that isn't 32 bytes in base64,
                or no checkpoint note.
        """
        head, gap, note = text.partition("\n\n")
        first, *lines = head.split("\n")
        if first != HEADER:
            raise ReceiptError(f"expected a receipt that begins with {HEADER}, not {first[:60]!r}")
        try:
            extra = _extra(lines)
            index = _index.fullmatch(lines.pop(0) if lines else "")
            if not index or not gap:
                raise ReceiptError("expected the line `index N`, a proof and a checkpoint")
            proof = tuple(from_base64(line, HASH_LENGTH) for line in lines)
            notes.split(note)
        except (NotBase64Error, NoteError) as error:
            raise ReceiptError(f"receipt: {error}") from error
        return cls(int(index[1]), proof, note, extra)


def _extra(lines: list[str]) -> bytes:
    """The extra data, whose line is taken off."""
    if not lines or not lines[0].startswith("extra "):
        return b""
    extra = from_base64(lines.pop(0).removeprefix("extra "))
    if not extra:
        raise ReceiptError("expected extra data after `extra`, or no such line")
    return extra


def verify_receipt(text: str, entry: bytes, key: VerifierKey) -> Checkpoint:
    """The checkpoint under which the entry stands in the log, once all of it is checked.

    Args:
        text: The receipt.
        entry: The entry's bytes, as the record has them.
        key: The log's key, from elsewhere than the receipt.

    Raises:
        ReceiptError: A malformed receipt, a checkpoint that the key didn't sign, or another
            entry than the one proved.
    """
    receipt = Receipt.parse(text)
    try:
        checkpoint = open_checkpoint(receipt.checkpoint, key)
        verify_inclusion(
            leaf_hash(entry), receipt.index, checkpoint.size, receipt.proof, checkpoint.root
        )
    except (NoteError, ProofError) as error:
        raise ReceiptError(f"receipt of entry {receipt.index}: {error}") from error
    return checkpoint
