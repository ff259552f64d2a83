"""Slips: what makes a form, sent however often, one act.

A slip is drawn when a page with forms is shown: a seed by chance, the moment, and how far the
visitor had seen the record. Signed by the site, it travels in every form of that page. The
ids and salts of the page's acts follow from its seed and the form's name, so the same form
sent twice is the very same act, and the door gives the first receipt again.
"""

import hmac
from hashlib import sha256
from typing import Final

import msgspec
from django.core import signing
from msgspec import Struct

from collegium.ids import ActId, MemberId, Moment
from collegium.parts.organisation.shown import Visit
from collegium.secretariat import chance
from collegium.server.desks import Desk

FIELD: Final = "slip"
"""The name of the hidden field."""

_SALT: Final = "collegium.slip/1"


class Slip(Struct, frozen=True, array_like=True):
    """A slip, as it comes back with a form.

    Attributes:
        organisation: For which organisation it was drawn.
        member: For which member.
        at: When.
        base: How far the record went that the visitor saw.
        seed: 32 bytes by chance, known to this visitor alone.
    """

    organisation: str
    member: MemberId
    at: Moment
    base: tuple[int, str]
    seed: bytes

    def act_id(self, form: str) -> ActId:
        """The id of the act that the form of this name makes."""
        return chance.act_id_from(self.at, self._drawn(f"act\n{form}"))

    def salt(self, form: str, field: str) -> bytes:
        """The salt of a text that the form seals, 32 bytes."""
        return self._drawn(f"salt\n{form}\n{field}")

    def _drawn(self, purpose: str) -> bytes:
        return hmac.digest(self.seed, purpose.encode(), sha256)


class SlipError(ValueError):
    """A slip that isn't ours, or is somebody else's."""


def new_slip(desk: Desk, visit: Visit, base: tuple[int, str]) -> str:
    """A slip for the visitor, signed; empty for nobody, who can't act."""
    if visit.member is None:
        return ""
    slip = Slip(desk.slug, visit.member, visit.at, base, chance.salt())
    return _signer().sign_object(slip, serializer=_Plain)


def read_slip(text: str, desk: Desk, member: MemberId) -> Slip:
    """The slip that a form brought back.

    Raises:
        SlipError: It isn't ours, or was drawn for another member or organisation.
    """
    try:
        slip: Slip = _signer().unsign_object(text, serializer=_Plain)
    except (signing.BadSignature, msgspec.DecodeError, ValueError) as error:
        raise SlipError(
            "This form is incomplete or very old. Look through it once more, then send it again."
        ) from error
    if (slip.organisation, slip.member) != (desk.slug, member):
        raise SlipError(
            "This form was opened as somebody else. Send it again if you want to do it as yourself."
        )
    return slip


class _Plain:
    """How a slip is written down."""

    def dumps(self, obj: Slip) -> bytes:
        return msgspec.json.encode(obj)

    def loads(self, data: bytes) -> Slip:
        return msgspec.json.decode(data, type=Slip)


def _signer() -> signing.Signer:
    return signing.Signer(salt=_SALT)
