"""A line of the registry: all that the house knows about a kind of act."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

import msgspec
from msgspec import Struct

from collegium.ids import BodyId, Kind, MemberId
from collegium.record.act import Entry, Proof

if TYPE_CHECKING:
    from collegium.secretariat.house import House

Readers: TypeAlias = Literal["public", "members", "body", "subject"]
"""Who may read: anybody; members; who sits in the body concerned; whom it is about."""

Rule: TypeAlias = Callable[[Any, Entry, Any], None]
Effect: TypeAlias = Callable[["House", Entry, Any], None]


class Joint(Struct, frozen=True):
    """What joint approval a kind needs.

    Attributes:
        body: The body that a deed is about.
        subjects: Whom it is about: they get notice, and don't decide.
        wait: The clause that says how long it waits after the notice; empty for not at all.
    """

    body: Callable[["House", Any], BodyId]
    subjects: Callable[["House", Any], tuple[MemberId, ...]]
    wait: str = "approvals.wait_hours"


class Sealed(Struct, frozen=True):
    """A payload of a kind.

    Attributes:
        readers: Who may read it.
        needed: Whether the act is refused without it.
        opened_by: The clause that opens to the public what members read.
    """

    readers: Readers
    needed: bool = True
    opened_by: str = "record.readers"


class Line(Struct, frozen=True):
    """What the house knows about a kind of act.

    Attributes:
        kind: `part.deed/version`.
        struct: The act's fields.
        rule: When it is refused.
        effect: What follows.
        joint: The joint approval that it needs, or None where a member acts alone.
        proof: The least proof of identity.
        readers: Who may read the entry.
        sealed: The payloads, by field.
        decoder: Reads a body.
        importable: Whether acts of this kind can be part of an import.
    """

    kind: Kind
    struct: Any
    rule: Rule
    effect: Effect
    joint: Joint | None
    proof: Proof
    readers: Readers
    sealed: dict[str, Sealed]
    decoder: msgspec.json.Decoder[Any]
    importable: bool

    @property
    def part(self) -> str:
        """The part of the house that the kind belongs to."""
        return self.kind.partition(".")[0]
