"""A checkpoint: a log's name, size and root, signed by the log as a note.

    example.com/behind-the-sofa
    20852163
    CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=

    — example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe…

A log never signs a checkpoint that isn't an extension of all that it signed before, and none
of a size that a power cut could still take back: a signed checkpoint can't be recalled.

Source: C2SP tlog-checkpoint (https://c2sp.org/tlog-checkpoint).
"""

import re
from dataclasses import dataclass

from collegium.record import notes
from collegium.record.base64_text import NotBase64Error, from_base64, to_base64
from collegium.record.notes import Algorithm, Cosigner, NoteError, Signer, VerifierKey

ROOT_SIZE = 32
"""Bytes of a SHA-256 root."""

LARGEST_SIZE = 2**63 - 1
"""Entries; what other people's programs hold in a signed 64-bit integer."""

_decimal = re.compile(r"0|[1-9][0-9]{0,18}")


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """What a log states.

    Args:
        origin: The log's name.
        size: Entries in the log.
        root: 32 bytes, of the tree over these entries.

    Raises:
        NoteError: An origin that is empty or more than a line, a size out of range, or a root
            of another size.
    """

    origin: str
    size: int
    root: bytes

    def __post_init__(self) -> None:
        if not self.origin or "\n" in self.origin:
            raise NoteError("expected a checkpoint's origin in one line")
        if not 0 <= self.size <= LARGEST_SIZE:
            raise NoteError(f"expected a size from 0 to 2^63 - 1, not {self.size}")
        if len(self.root) != ROOT_SIZE:
            raise NoteError(f"expected a root of {ROOT_SIZE} bytes, not {len(self.root)}")

    def text(self) -> str:
        """The note text: three lines and never an extension, which no checker could audit."""
        return f"{self.origin}\n{self.size}\n{to_base64(self.root)}\n"

    @classmethod
    def parse(cls, text: str) -> "Checkpoint":
        """What a note text states; extension lines of other people's logs are passed over.

        Raises:
            NoteError: Fewer than three lines, an empty one, a size with leading zeros, or a
                root that isn't 32 bytes in base64.
        """
        lines = text.split("\n")
        if len(lines) < 4 or lines.pop() or not all(lines):  # noqa: PLR2004 - three, newline
            raise NoteError("expected a checkpoint: origin, size and root, each on its line")
        origin, size, root = lines[:3]
        if not _decimal.fullmatch(size):
            raise NoteError(f"expected a size in decimal without leading zeros, not {size[:60]!r}")
        try:
            return cls(origin, int(size), from_base64(root, ROOT_SIZE))
        except NotBase64Error as error:
            raise NoteError(f"checkpoint's root: {error}") from error


def sign_checkpoint(checkpoint: Checkpoint, signer: Signer) -> str:
    """The checkpoint as a note signed by the log.

    Raises:
        NoteError: The signer's name isn't the checkpoint's origin.
    """
    _check_name(checkpoint, signer.verifier_key)
    return notes.sign(checkpoint.text(), signer)


def open_checkpoint(note: str | bytes, key: VerifierKey) -> Checkpoint:
    """What the log states, once its signature is checked.

    Raises:
        NoteError: A malformed note or checkpoint, no valid signature by the key, a witness's
            key, or an origin other than the key's name.
    """
    if key.algorithm is not Algorithm.ED25519:
        raise NoteError(f"expected the key of a log, not {key.name}'s for cosignatures")
    text, _ = notes.open_note(note, [key])
    checkpoint = Checkpoint.parse(text)
    _check_name(checkpoint, key)
    return checkpoint


def cosign_checkpoint(note: str, log: VerifierKey, cosigner: Cosigner, time: int) -> str:
    """The checkpoint with the cosigner's line added, as seen at `time` (POSIX seconds).

    The cosigner must have checked before that the checkpoint extends the last one it signed.

    Raises:
        NoteError: Not a checkpoint signed by the log, or cosigned already.
    """
    open_checkpoint(note, log)
    text, _ = notes.split(note)
    cosigned = note + cosigner.line(text, time)
    notes.open_note(cosigned, [cosigner.verifier_key])
    return cosigned


def _check_name(checkpoint: Checkpoint, key: VerifierKey) -> None:
    if checkpoint.origin != key.name:
        raise NoteError(f"expected a checkpoint of {key.name}, not of {checkpoint.origin[:60]!r}")
