"""Drafting: from a deed and its texts to an act that the door takes."""

from collections.abc import Callable, Mapping
from typing import Any

from msgspec import Raw, Struct

from collegium.archive.protocol import SealedPayload
from collegium.ids import ActId, Kind, MemberId, Moment, Origin
from collegium.parts.approvals.acts import AskApproval
from collegium.record.act import EMPTY_ROOT_TEXT, Act, By, signed_text
from collegium.record.base64_text import to_base64
from collegium.record.canonical import encode
from collegium.record.keys import PrivateKey
from collegium.record.sealed import seal
from collegium.secretariat import chance
from collegium.secretariat.door import Asked
from collegium.secretariat.house import House
from collegium.secretariat.registry import DEED_TYPES, LINES

KIND_OF: dict[type, Kind] = {
    line.struct: line.kind for line in LINES if isinstance(line.struct, type)
}
"""The newest kind of each act's struct."""

NOTHING_SEEN = (0, EMPTY_ROOT_TEXT)
"""The base of an act whose actor has seen no record."""

SESSION = By("session", "", "")
IMPORT = By("import", "", "")
DEMO = By("demo", "", "")


def kind_of(body: Struct) -> Kind:
    """The kind of act that has this body.

    Raises:
        ValueError: No kind has it.
    """
    kind = Kind("approvals.ask-approval/1") if isinstance(body, AskApproval) else None
    kind = kind or KIND_OF.get(type(body))
    if kind is None:
        raise ValueError(f"expected the body of an act, not {type(body).__name__}")
    return kind


def as_deed(body: Struct) -> Any:
    """A body as it stands in a request for joint approval.

    Raises:
        ValueError: Its kind needs none.
    """
    deed = DEED_TYPES.get(kind_of(body))
    if deed is None:
        raise ValueError(f"expected a deed that needs joint approval, not {kind_of(body)}")
    return deed(body=body)


def seen(house: House) -> tuple[int, str]:
    """The base of an act whose actor has seen the whole record so far."""
    return (house.size, to_base64(house.tree.root()))


def draft(  # noqa: PLR0913 - what an act is made of, by name
    actor: MemberId,
    body: Struct,
    *,
    at: Moment,
    base: tuple[int, str] = NOTHING_SEEN,
    texts: Mapping[str, str] | None = None,
    name: ActId | None = None,
    salt_of: Callable[[str], bytes] | None = None,
) -> Asked:
    """An act with its sealed texts, not signed yet.

    Args:
        actor: Who acts.
        body: What they do.
        at: About when; it only goes into the act's id.
        base: What they have seen of the record.
        texts: The texts to seal, by field.
        name: The act's id, where it was drawn before.
        salt_of: Gives the salt of a field, where salts were drawn before.
    """
    name = name or chance.act_id(at)
    payloads = tuple(
        _payload(name, field, text.encode(), salt_of(field) if salt_of else chance.salt())
        for field, text in sorted((texts or {}).items())
    )
    sealed = {payload.field: payload.commitment for payload in payloads}
    act = Act(actor, base, Raw(encode(body)), name, kind_of(body), sealed)
    return Asked(act, SESSION, payloads)


def signed(asked: Asked, origin: Origin, key: PrivateKey) -> Asked:
    """The same act, signed with its actor's key."""
    text = signed_text(origin, asked.act)
    return Asked(asked.act, By("key", key.public, key.sign(text)), asked.payloads)


def imported(asked: Asked) -> Asked:
    """The same act, as one of an import."""
    return Asked(asked.act, IMPORT, asked.payloads)


def _payload(act: ActId, field: str, content: bytes, salt: bytes) -> SealedPayload:
    sealed = seal(act, field, content, salt)
    return SealedPayload(sealed.commitment, act, field, sealed.payload.salt, content)
