"""The only place that draws by chance: names of acts and members, and salts.

Nothing that is drawn here decides anything; it tells things apart and hides guesses.
"""

import secrets
from base64 import urlsafe_b64encode
from datetime import datetime

from collegium.ids import CROCKFORD, ActId, MemberId, Moment
from collegium.record.sealed import SALT_SIZE

_ULID_LENGTH = 26
_CHANCE_BITS = 80
_MEMBER_BYTES = 16


def act_id(at: Moment) -> ActId:
    """A new ULID: 48 bits of milliseconds and 80 bits of chance.

    Source: the ULID specification (ulid/spec).
    """
    milliseconds = int(datetime.fromisoformat(at).timestamp() * 1000)
    number = max(milliseconds, 0) << _CHANCE_BITS | secrets.randbits(_CHANCE_BITS)
    return ActId(
        "".join(CROCKFORD[number >> 5 * place & 31] for place in reversed(range(_ULID_LENGTH)))
    )


def member_id() -> MemberId:
    """A new member's name: `m:` and 128 bits of chance."""
    return MemberId("m:" + urlsafe_b64encode(secrets.token_bytes(_MEMBER_BYTES)).decode()[:22])


def salt() -> bytes:
    """A new payload's salt, 32 bytes."""
    return secrets.token_bytes(SALT_SIZE)
