"""What a joint approval would ask for, before anybody has asked: who, how many, until when."""

from typing import Any

from msgspec import Struct

from collegium.ids import ActId, BodyId, MemberId, Moment
from collegium.parts.organisation.shown import Person, Place, Sentence, Visit, person, place
from collegium.record.moments import after
from collegium.secretariat.deeds import deciding_body, joint_of, waiting_hours
from collegium.secretariat.drafting import kind_of
from collegium.secretariat.house import House
from collegium.secretariat.registry import BY_KIND
from collegium.secretariat.wording import deed_in_words


class Prospect(Struct, frozen=True):
    """What would be asked of whom, if somebody asked now.

    Attributes:
        says: What is to be done.
        about: The body that it is about.
        decides: The body that would be asked: that one, or the nearest around it in which
            enough can approve.
        needed: How many of it must approve.
        seated: How many sit in it.
        could: Who of them could: in good standing, with a key, and not concerned themselves.
        concerns: Who would get notice.
        opens: From when on it could be enacted, if it were asked now.
        expires: Until when.
        yours: Whether it is about the visitor.
    """

    says: Sentence
    about: Place
    decides: Place
    needed: int
    seated: int
    could: tuple[Person, ...]
    concerns: tuple[Person, ...]
    opens: Moment
    expires: Moment
    yours: bool


def prospect_of(house: House, visit: Visit, deed: Struct, says: Sentence = ()) -> Prospect:
    """What a deed would ask for.

    Args:
        house: As it stands.
        visit: Who looks, and when.
        deed: What would be done; whom it names may still be open.
        says: It in words, where `deed` isn't complete yet.
    """
    organisation, at = house.organisation, visit.at
    joint = joint_of(BY_KIND[kind_of(deed)])
    subjects = tuple(MemberId(name) for name in joint.subjects(house, deed))
    known = [name for name in subjects if name in organisation.members]
    about = joint.body(house, deed)
    decides = deciding_body(house, about, at)
    hours = waiting_hours(house, joint)
    concerned = {organisation.members[name].number for name in known}
    return Prospect(
        says=says or deed_in_words(house, ActId(""), deed, subjects),
        about=place(house, about),
        decides=place(house, decides),
        needed=house.approvals_needed(decides, at),
        seated=len(organisation.sitting(decides, at)),
        could=_others(house, decides, at, concerned),
        concerns=tuple(person(house, name) for name in known),
        opens=after(at, hours=hours),
        expires=after(at, days=organisation.number_clause("approvals.open_days"), hours=hours),
        yours=visit.member in subjects,
    )


def _others(house: House, body: BodyId, at: Moment, besides: Any) -> tuple[Person, ...]:
    able = house.organisation.approvers(body, at)
    names = house.organisation.names
    return tuple(person(house, names[number]) for number in able if number not in besides)
