"""The only place that draws by chance: names of acts and members, and salts.

Nothing that is drawn here decides anything; it tells things apart and hides guesses.
"""

import secrets
from base64 import urlsafe_b64encode
from datetime import datetime

from collegium.ids import CROCKFORD, ActId, MemberId, Moment
from collegium.record.sealed import SALT_SIZE

_CHANCE_BITS = 80
_PAIRS = tuple(first + second for first in CROCKFORD for second in CROCKFORD)
_PLACES = tuple(range(120, -10, -10))  # 13 pairs of 10 bits spell the 128
_MEMBER_BYTES = 16


def act_id(at: Moment) -> ActId:
    """A new ULID: 48 bits of milliseconds and 80 bits of chance.

    Source: the ULID specification (ulid/spec).
    """
    return act_id_from(at, secrets.token_bytes(_CHANCE_BITS // 8))


def act_id_from(at: Moment, drawn: bytes) -> ActId:
    """The ULID of a moment and the first 10 of bytes that were drawn before."""
    milliseconds = int(datetime.fromisoformat(at).timestamp() * 1000)
    chance = int.from_bytes(drawn[: _CHANCE_BITS // 8])
    number = max(milliseconds, 0) << _CHANCE_BITS | chance
    return ActId("".join([_PAIRS[number >> place & 1023] for place in _PLACES]))


def member_id() -> MemberId:
    """A new member's name: `m:` and 128 bits of chance."""
    return member_id_from(secrets.token_bytes(_MEMBER_BYTES))


def member_id_from(drawn: bytes) -> MemberId:
    """The member's name of the first 16 of bytes that were drawn before."""
    return MemberId("m:" + urlsafe_b64encode(drawn[:_MEMBER_BYTES]).decode()[:22])


def salt() -> bytes:
    """A new payload's salt, 32 bytes."""
    return secrets.token_bytes(SALT_SIZE)
