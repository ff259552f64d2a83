"""Sealed payloads: names and free text, kept beside the record and bound to it.

The record holds a commitment, the SHA-256 of five parts, each after its length in four bytes
(big-endian): `collegium.sealed/1`, the act's id, the field's name, the salt, and the content
padded with 0x80 and zeros to 256 · 2^k bytes. The salt is kept with the content and erased
with it; then nobody can tell any more whether a guess at the content is right. Padding hides
all of the length but the bucket.
"""

import dataclasses
import hashlib
from dataclasses import dataclass

from collegium.ids import ActId, Commitment
from collegium.record.base64_text import to_base64

DOMAIN = b"collegium.sealed/1"
"""The first part: no other hash in the record begins like this."""

SALT_SIZE = 32
"""Bytes from the operating system's source of chance, new for every payload."""

LONGEST_CONTENT = 1024 * 1024
"""Bytes, 1 MiB: a long motion has 100 kB; a scan belongs elsewhere."""

SMALLEST_BUCKET = 256
"""Bytes: a name and a sentence look alike."""


class SealedError(ValueError):
    """A salt or content of a size that no payload has."""


@dataclass(frozen=True, slots=True)
class Payload:
    """What is kept beside the record and may be erased.

    Args:
        salt: 32 secret bytes.
        content: At most 1 MiB.

    Raises:
        SealedError: Another size.
    """

    salt: bytes = dataclasses.field(repr=False)
    content: bytes = dataclasses.field(repr=False)

    def __post_init__(self) -> None:
        if len(self.salt) != SALT_SIZE:
            raise SealedError(f"expected a salt of {SALT_SIZE} bytes, not {len(self.salt)}")
        if len(self.content) > LONGEST_CONTENT:
            raise SealedError(
                f"expected a text of at most {LONGEST_CONTENT} bytes, not {len(self.content)}"
            )


@dataclass(frozen=True, slots=True)
class Sealed:
    """A payload with the commitment that the act carries."""

    commitment: Commitment
    payload: Payload


def seal(act_id: ActId, field: str, content: bytes, salt: bytes) -> Sealed:
    """The payload of an act's field and the commitment to it.

    Raises:
        SealedError: See `Payload`.
    """
    payload = Payload(salt, content)
    return Sealed(commitment(act_id, field, payload), payload)


def opens(commitment_text: Commitment, act_id: ActId, field: str, payload: Payload) -> bool:
    """Whether the payload is the one that the act committed itself to under this field."""
    return commitment(act_id, field, payload) == commitment_text


def commitment(act_id: ActId, field: str, payload: Payload) -> Commitment:
    """Base64 of the SHA-256 over `preimage`."""
    return Commitment(to_base64(hashlib.sha256(preimage(act_id, field, payload)).digest()))


def preimage(act_id: ActId, field: str, payload: Payload) -> bytes:
    """The bytes that are hashed; no other act, field, salt or content has the same.

    Each part can be cut off by its length, and the padding by its last 0x80.
    """
    parts = (DOMAIN, act_id.encode(), field.encode(), payload.salt, _padded(payload.content))
    return b"".join(len(part).to_bytes(4, "big") + part for part in parts)


def _padded(content: bytes) -> bytes:
    bucket = SMALLEST_BUCKET
    while bucket <= len(content):
        bucket *= 2
    return (content + b"\x80").ljust(bucket, b"\0")
