"""Who may read an entry or a payload: one function decides, for every page and export.

Every kind names the readers of its entries and of each payload (`collegium.secretariat.line`);
members read unless it says otherwise, and a rule book can open to the public what members
read.
"""

from typing import Any

from msgspec import Struct

from collegium.ids import BodyId, Kind, MemberId
from collegium.parts.approvals.acts import AskApproval
from collegium.record.act import Entry
from collegium.secretariat.deeds import joint_of
from collegium.secretariat.entering import read
from collegium.secretariat.house import House
from collegium.secretariat.line import Line, Readers, Sealed
from collegium.secretariat.registry import BY_KIND


class Matter(Struct, frozen=True):
    """What an entry or payload is about, as far as reading goes.

    Attributes:
        readers: The class of readers.
        actor: Who acted; they read what they wrote.
        body: The body concerned, or empty.
        subjects: The members concerned.
        opened_by: The clause that opens to the public what members read.
    """

    readers: Readers
    actor: MemberId
    body: str
    subjects: tuple[MemberId, ...]
    opened_by: str


def may_read(house: House, reader: MemberId | None, matter: Matter) -> bool:
    """Whether somebody may read it; `reader` is None for whoever isn't known."""
    opened = house.organisation.clause(matter.opened_by) == "public"
    if matter.readers == "public" or (opened and matter.readers == "members"):
        return True
    member = house.organisation.members.get(reader) if reader else None
    if member is None:
        return False
    if reader == matter.actor or reader in matter.subjects:
        return True
    if matter.readers == "body":
        return _sits(house, member.number, matter.body)
    return matter.readers == "members" and not member.left


def _sits(house: House, number: int, body: str) -> bool:
    known = BodyId(body) in house.organisation.bodies
    return known and number in house.organisation.sitting(BodyId(body), house.at)


def matter_of(house: House, data: bytes, field: str = "") -> Matter:
    """What an entry is about, or one of its payloads.

    Args:
        house: Where bodies and posts are looked up.
        data: The entry's bytes, of a kind that this release knows.
        field: The payload's field; empty for the entry itself.
    """
    return matter_read(house, read(data), field)


def matter_read(house: House, opened: tuple[Entry, Line, Any], field: str = "") -> Matter:
    """The same of an entry that has been read (`entering.read`), for whoever keeps it."""
    entry, line, body = opened
    if isinstance(body, AskApproval):
        inner = BY_KIND[Kind(type(body.deed).__struct_config__.tag)]
        sealed = _sealed(line, inner, field)
        named, subjects = str(body.body), body.concerns
    else:
        sealed = _sealed(line, line, field)
        named, subjects = "", ()
        if line.joint is not None:
            joint = joint_of(line)
            named, subjects = joint.body(house, body), joint.subjects(house, body)
    return Matter(sealed.readers, entry.act.actor, named, subjects, sealed.opened_by)


def audience(house: House, *, names: bool = False) -> str:
    """Who may read a whole record, every entry of it, in words; `names` with members' names."""
    clauses = ("record.readers", "names.readers") if names else ("record.readers",)
    if all(house.organisation.clause(clause) == "public" for clause in clauses):
        return "anybody"
    return "the members of the organisation and nobody else"


def _sealed(line: Line, inner: Line, field: str) -> Sealed:
    if not field:
        return Sealed(line.readers)
    return line.sealed.get(field) or inner.sealed.get(field) or Sealed("subject")
