"""The parts' states, written down: for a digest that copies compare, and for a snapshot."""

from hashlib import sha256
from typing import Any

import msgspec
from pyroaring import BitMap

from collegium.parts.approvals.state import Approvals
from collegium.parts.decisions.state import Decisions
from collegium.parts.deliberation.state import Deliberation
from collegium.parts.organisation.state import Organisation
from collegium.record.canonical import encode
from collegium.secretariat.house import House

PARTS: dict[str, Any] = {
    "organisation": Organisation,
    "approvals": Approvals,
    "deliberation": Deliberation,
    "decisions": Decisions,
}
"""The parts by their names in the house, each with its state's type."""

SHAPE = 1
"""The version of the states' shape, which goes into their digests."""


def digests_of(house: House) -> dict[str, str]:
    """For each part, the SHA-256 (64 hexadecimal digits) of its state.

    Hashed is `collegium-state/1`, the part's name and the state as canonical JSON, a line
    each; a set of members is the list of its numbers, ascending, since equal bitmaps can be
    packed differently, and a number that is a key is decimal text.
    """
    return {part: _digest(part, getattr(house, part)) for part in PARTS}


def digest_of(house: House) -> str:
    """One SHA-256 (64 hexadecimal digits) for all states: over `part digest` lines, sorted."""
    lines = (f"{part} {digest}\n" for part, digest in sorted(digests_of(house).items()))
    return sha256("".join(lines).encode()).hexdigest()


def pack(state: Any) -> bytes:
    """A part's state for a snapshot; `unpack` reads it."""
    return _snapshots.encode(state)


def unpack(part: str, data: bytes) -> Any:
    """The state that `pack` wrote.

    Raises:
        ValueError: The bytes are no state of this part.
    """
    return msgspec.msgpack.decode(data, type=PARTS[part], dec_hook=_unpacked)


def _digest(part: str, state: Any) -> str:
    head = f"collegium-state/{SHAPE}\n{part}\n".encode()
    plain = msgspec.to_builtins(state, str_keys=True, enc_hook=_numbers)
    return sha256(head + encode(plain)).hexdigest()


def _numbers(value: Any) -> list[int]:
    return list(_bitmap(value))


def _packed(value: Any) -> bytes:
    return _bitmap(value).serialize()


def _bitmap(value: Any) -> BitMap:
    if not isinstance(value, BitMap):
        raise TypeError(f"expected plain data in a state, not {type(value).__name__}")
    return value


def _unpacked(_kind: type, value: Any) -> BitMap:
    return BitMap.deserialize(value)


_snapshots = msgspec.msgpack.Encoder(enc_hook=_packed)
