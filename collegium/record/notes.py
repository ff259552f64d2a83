"""Signed notes: a text, an empty line, and a line for each signature.

    This is an example message.

    — example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYj…

The signature covers the text with its last newline. A line names the key and carries its
four-byte id, so that whoever doesn't know the key passes over the line, whatever its
algorithm; a line of a known key that doesn't verify spoils the note.

Source: C2SP signed-note (https://c2sp.org/signed-note) and, for cosignatures of witnesses
and mirrors, C2SP tlog-cosignature (https://c2sp.org/tlog-cosignature).
"""

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum
from typing import NamedTuple

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from collegium.record import ed25519
from collegium.record.base64_text import NotBase64Error, from_base64, to_base64

MOST_SIGNATURES = 16
"""Signature lines a note may have; the most that every verifier has to accept."""

LONGEST_NOTE = 1_000_000
"""Bytes; Go's golang.org/x/mod/sumdb/note draws the same line."""

LATEST_TIME = 2**63 - 1
"""POSIX seconds that a cosignature may state at most (C2SP tlog-cosignature)."""

_DASH = "\u2014 "
_ID_SIZE = 4
_TIME_SIZE = 8
_control = re.compile(r"[\x00-\x09\x0b-\x1f]")
_key_id = re.compile(r"[0-9a-f]{8}")


class NoteError(ValueError):
    """A note or verifier key that is malformed, or not signed as it should be."""


class Algorithm(IntEnum):
    """The signature types that we write and check; others have bytes of their own."""

    ED25519 = 0x01
    COSIGNATURE = 0x04


@dataclass(frozen=True, slots=True)
class VerifierKey:
    """The public key of a log, witness or mirror, under the name by which notes call it.

    Args:
        name: Non-empty, without spaces and plus signs; an origin or other schema-less URL.
        algorithm: What its signatures are.
        public: 32 bytes.

    Raises:
        NoteError: A malformed name, or bytes that `ed25519.check_point` refuses.
    """

    name: str
    algorithm: Algorithm
    public: bytes

    def __post_init__(self) -> None:
        _check_name(self.name)
        try:
            ed25519.check_point(self.public)
        except ed25519.WeakPointError as error:
            raise NoteError(f"verifier key of {self.name}: {error}") from error

    @classmethod
    def parse(cls, text: str) -> "VerifierKey":
        """The key that a text such as `example.com/log+530d903a+AekyeRrm…` spells.

        Raises:
            NoteError: Not three parts, an algorithm other than `Algorithm`'s, or an id that
                isn't the key's.
        """
        parts = text.split("+", 2)
        if len(parts) != 3 or not _key_id.fullmatch(parts[1]):  # noqa: PLR2004 - name, id, key
            raise NoteError(f"expected a verifier key NAME+ID+KEY, not {text[:100]!r}")
        name, key_id, material = parts
        try:
            data = from_base64(material)
            key = cls(name, _algorithm(data[:1]), data[1:])
        except NotBase64Error as error:
            raise NoteError(f"verifier key {text[:100]!r}: {error}") from error
        if key.key_id.hex() != key_id:
            raise NoteError(f"expected key id {key.key_id.hex()} for this key, not {key_id}")
        return key

    @property
    def key_id(self) -> bytes:
        """Four bytes that tell keys of one name apart."""
        data = self.name.encode() + b"\n" + bytes([self.algorithm]) + self.public
        return hashlib.sha256(data).digest()[:_ID_SIZE]

    def __str__(self) -> str:
        material = to_base64(bytes([self.algorithm]) + self.public)
        return f"{self.name}+{self.key_id.hex()}+{material}"


def _algorithm(byte: bytes) -> Algorithm:
    try:
        return Algorithm(int.from_bytes(byte, "big"))
    except ValueError as error:
        raise NoteError(
            f"expected a verifier key of type 01 (Ed25519) or 04 (cosignature), not {byte.hex()!r}"
        ) from error


class Verified(NamedTuple):
    """A signature that was checked; `time` in POSIX seconds, None unless a cosignature."""

    key: VerifierKey
    time: int | None


class _Named:
    """A private key with the name under which it signs."""

    _algorithm: Algorithm

    def __init__(self, name: str, seed: bytes) -> None:
        if len(seed) != ed25519.PUBLIC_SIZE:
            raise NoteError(f"expected a seed of {ed25519.PUBLIC_SIZE} bytes, not {len(seed)}")
        self._private = Ed25519PrivateKey.from_private_bytes(seed)
        public = self._private.public_key().public_bytes_raw()
        self.verifier_key = VerifierKey(name, self._algorithm, public)

    def __repr__(self) -> str:
        return f"{type(self).__name__}({str(self.verifier_key)!r})"

    def _line(self, signature: bytes) -> str:
        key = self.verifier_key
        return f"{_DASH}{key.name} {to_base64(key.key_id + signature)}\n"


class Signer(_Named):
    """Signs notes, as a log does its checkpoints; `verifier_key` is the public half.

    Args:
        name: The key's name in notes; for a log, its origin.
        seed: 32 secret bytes.

    Raises:
        NoteError: A malformed name, or a seed of another size.
    """

    _algorithm = Algorithm.ED25519

    def line(self, text: str) -> str:
        """The signature line for a note's text."""
        return self._line(self._private.sign(text.encode()))


class Cosigner(_Named):
    """Signs what others have signed, with the time, as a witness or mirror does.

    Its key must serve nothing else: what it signs doesn't contain its name.

    Args:
        name: The key's name in notes, other than the log's.
        seed: 32 secret bytes.

    Raises:
        NoteError: A malformed name, or a seed of another size.
    """

    _algorithm = Algorithm.COSIGNATURE

    def line(self, text: str, time: int) -> str:
        """The signature line for a checkpoint's text, seen at `time` (POSIX seconds).

        Raises:
            NoteError: A time before 1970 or beyond 63 bits.
        """
        if not 0 <= time <= LATEST_TIME:
            raise NoteError(f"expected a time in POSIX seconds, not {time}")
        stamp = time.to_bytes(_TIME_SIZE, "big")
        return self._line(stamp + self._private.sign(_cosigned(text, time)))


def sign(text: str, *signers: Signer) -> str:
    """The note of a text with the signers' lines, in their order.

    Raises:
        NoteError: No signer, too many, one key twice, or a text that is too long, doesn't end
            in a newline or has a control character other than newline.
    """
    note = text + "\n" + "".join(signer.line(text) for signer in signers)
    open_note(note, [signer.verifier_key for signer in signers])
    return note


def open_note(note: str | bytes, keys: Iterable[VerifierKey]) -> tuple[str, list[VerifierKey]]:
    """The note's text and those of the keys that have signed it, in the note's order.

    Raises:
        NoteError: See `verified`.
    """
    text, signatures = verified(note, keys)
    return text, [signature.key for signature in signatures]


def verified(note: str | bytes, keys: Iterable[VerifierKey]) -> tuple[str, list[Verified]]:
    """The note's text and its checked signatures, at least one, in the note's order.

    Lines of unknown keys are passed over, whatever their algorithm.

    Raises:
        NoteError: A malformed note; a known key's signature that doesn't verify, or that
            stands there twice; no signature of a known key.
    """
    known = {(key.name, key.key_id): key for key in keys}
    text, lines = split(note)
    found: dict[tuple[str, bytes], Verified] = {}
    for name, data in lines:
        place = (name, data[:_ID_SIZE])
        if (key := known.get(place)) is None:
            continue
        if place in found:
            raise NoteError(f"expected one signature of {name}, not two")
        found[place] = _checked(text, key, data[_ID_SIZE:])
    if not found:
        names = ", ".join(sorted(name for name, _ in known)) or "any key"
        raise NoteError(f"expected a signature of {names}: the note has none")
    return text, list(found.values())


def split(note: str | bytes) -> tuple[str, list[tuple[str, bytes]]]:
    """The note's text, and name and data (key id, signature) of each line, all unchecked.

    Raises:
        NoteError: Not UTF-8, too long, a control character, no empty line before the
            signatures, none or too many of them, or a malformed one.
    """
    content = _content(note)
    text, gap, tail = content.rpartition("\n\n")
    if not gap or not tail.endswith("\n"):
        raise NoteError("expected a signed note: text, an empty line, then signature lines")
    lines = tail[:-1].split("\n")
    if len(lines) > MOST_SIGNATURES:
        raise NoteError(f"expected at most {MOST_SIGNATURES} signatures, not {len(lines)}")
    return text + "\n", [_signature(line) for line in lines]


def _content(note: str | bytes) -> str:
    try:
        data = note.encode() if isinstance(note, str) else note
        content = data.decode()
    except UnicodeError as error:
        raise NoteError("expected a note in UTF-8") from error
    if len(data) > LONGEST_NOTE:
        raise NoteError(f"expected a note of at most {LONGEST_NOTE} bytes, not {len(data)}")
    if found := _control.search(content):
        raise NoteError(f"expected no control character but newline, not {found.group()!r}")
    return content


def _signature(line: str) -> tuple[str, bytes]:
    if not line.startswith(_DASH):
        raise NoteError(f"expected a signature line that begins with a dash, not {line[:60]!r}")
    name, _, spelled = line.removeprefix(_DASH).partition(" ")
    _check_name(name)
    try:
        data = from_base64(spelled)
    except NotBase64Error as error:
        raise NoteError(f"signature of {name}: {error}") from error
    if len(data) <= _ID_SIZE:
        raise NoteError(f"expected a key id and a signature of {name}, not {len(data)} bytes")
    return name, data


def _checked(text: str, key: VerifierKey, signature: bytes) -> Verified:
    message, time = text.encode(), None
    if key.algorithm is Algorithm.COSIGNATURE:
        time = int.from_bytes(signature[:_TIME_SIZE], "big")
        message, signature = _cosigned(text, time), signature[_TIME_SIZE:]
        if time > LATEST_TIME:
            raise NoteError(f"expected a time below 2^63 in the cosignature of {key.name}")
    if not ed25519.verify(key.public, signature, message):
        raise NoteError(f"expected a valid signature of {key.name}: text or line was changed")
    return Verified(key, time)


def _cosigned(text: str, time: int) -> bytes:
    return f"cosignature/v1\ntime {time}\n{text}".encode()


def _check_name(name: str) -> None:
    if not name or "+" in name or any(character.isspace() for character in name):
        raise NoteError(f"expected a key name without spaces and plus signs, not {name[:60]!r}")
    if _control.search(name) or not _encodable(name):
        raise NoteError(f"expected a key name without control characters, not {name[:60]!r}")


def _encodable(name: str) -> bool:
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True
