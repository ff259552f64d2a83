"""Signatures that members make outside the browser, with a key that nobody else has."""

from collegium.ids import Key, MemberId
from collegium.record.act import By, signed_text
from collegium.record.keys import verify_signature
from collegium.secretariat.door import Asked
from collegium.server.desks import Desk


def text_to_sign(desk: Desk, asked: Asked) -> bytes:
    """The exact bytes that the actor signs."""
    return signed_text(desk.office.door.house.origin, asked.act)


def signed_elsewhere(desk: Desk, asked: Asked, signature: str) -> Asked:
    """The act with a signature that came with its form, by whichever of the actor's keys fits.

    Where none fits, one is named all the same: the door refuses it and says by which rule.
    """
    text, keys = text_to_sign(desk, asked), keys_in_force(desk, asked.act.actor)
    fitting = [key for key in keys if verify_signature(key, signature, text)]
    named = (fitting or list(keys) or [Key("")])[0]
    return Asked(asked.act, By("key", named, signature), asked.payloads)


def keys_in_force(desk: Desk, member: MemberId) -> tuple[Key, ...]:
    """The member's keys that haven't ended."""
    with desk.office.door.reading() as house:
        book = house.organisation
        return tuple(key for key in book.members[member].keys if not book.keys[key].ended)
