"""What is shown to whoever opens a vote: on a question, or to elect persons to a body.

Pure functions from the house to immutable data, as in `pages`.
"""

from itertools import islice

import msgspec
from msgspec import Struct

from collegium.ids import ActId, BodyId, ProposalId
from collegium.parts.decisions.pages_taking import Rooms, visitor_number
from collegium.parts.deliberation.pages import question_numbered
from collegium.parts.organisation.shown import (
    Absent,
    Person,
    Place,
    Text,
    Visit,
    body_numbered,
    person,
    place,
)

MOST_OFFERED = 250
"""Members whom the form offers by name; others are named by their number."""


class Choice(Struct, frozen=True):
    """A proposal that could be an option.

    Attributes:
        number: 118 is P-118.
        name: The act that published it.
        version: Its current version.
        title: That version's title.
        support: How many members signed it.
    """

    number: int
    name: ProposalId
    version: int
    title: Text
    support: int


class Branch(Struct, frozen=True):
    """A body within the one that votes.

    Attributes:
        body: The body.
        members: How many of its members could vote.
    """

    body: Place
    members: int


class OpeningPage(Struct, frozen=True):
    """What opening a vote needs.

    Attributes:
        question: The question's number; 0 where persons are elected to a body.
        text: The question, if there is one.
        body: Whose vote it will be.
        elects: The body to which persons are elected; None for a question.
        free: How many posts of that body are vacant, or their terms over.
        choices: Its proposals, those withdrawn left out, the most signed first.
        electors: How many members would be entitled to vote.
        known: How many numbers of members there are, from 0.
        sitting: Who sits in the body.
        members: Its members, as far as the form offers them by name.
        branches: The bodies within it that have members.
        quorum: The least quorum in per cent that the rule book asks for.
        days: The fewest days a vote is open.
        present: How many per cent of those who sit must be present.
        commission: How many of a commission must certify an election.
        secret: Whether persons are elected by secret ballot.
        openers: Who opens votes, as the rule book says.
        country: Whose law the rule book says applies; `none` where it is silent.
        may: Whether the visitor may.
    """

    question: int
    text: Text | None
    body: Place
    elects: Place | None
    free: int
    choices: tuple[Choice, ...]
    electors: int
    known: int
    sitting: tuple[Person, ...]
    members: tuple[Person, ...]
    branches: tuple[Branch, ...]
    quorum: int
    days: int
    present: int
    commission: int
    secret: bool
    openers: str
    country: str
    may: bool


def opening_page(house: Rooms, visit: Visit, number: int) -> OpeningPage:
    """What opening a vote on a question needs.

    Raises:
        Absent: There is no such question.
    """
    name = question_numbered(house, number)
    question = house.deliberation.questions[name]
    choices = [_choice(house, proposal) for proposal in question.proposals]
    found = [one for one in choices if one is not None]
    return msgspec.structs.replace(
        _page(house, visit, question.body),
        question=number,
        text=Text(ActId(name), "text"),
        choices=tuple(sorted(found, key=lambda one: (-one.support, one.number))),
    )


def electing_page(house: Rooms, visit: Visit, number: int) -> OpeningPage:
    """What opening an election to a body needs.

    A committee has no members of its own: those of the body that it belongs to elect it.

    Raises:
        Absent: There is no such body, or it is dissolved.
    """
    name = body_numbered(house, number)
    body = house.organisation.bodies[name]
    if body.dissolved:
        raise Absent("This body is dissolved; nobody is elected to it any more.")
    electing = BodyId(body.parent) if body.kind == "committee" and body.parent else name
    posts = [house.organisation.posts[post] for post in body.posts]
    return msgspec.structs.replace(
        _page(house, visit, electing),
        elects=place(house, name),
        free=sum(not post.holder or post.until <= visit.at for post in posts),
    )


def _page(house: Rooms, visit: Visit, body: BodyId) -> OpeningPage:
    """What every vote of the body needs, whatever it is about."""
    organisation = house.organisation
    electors = organisation.electors(body)
    names = organisation.names
    seated = organisation.sitting(body, visit.at) & organisation.active
    return OpeningPage(
        question=0,
        text=None,
        body=place(house, body),
        elects=None,
        free=0,
        choices=(),
        electors=len(electors),
        known=len(names),
        sitting=tuple(person(house, names[one]) for one in seated),
        members=tuple(person(house, names[one]) for one in electors[:MOST_OFFERED]),
        branches=_branches(house, body),
        quorum=organisation.number_clause("decisions.quorum_percent"),
        days=organisation.number_clause("decisions.shortest_days"),
        present=organisation.number_clause("decisions.present_percent"),
        commission=organisation.number_clause("decisions.commission_needed"),
        secret=not organisation.clause("decisions.open_elections"),
        openers=str(organisation.clause("decisions.openers")),
        country=str(organisation.clause("organisation.country")),
        may=may_open(house, visit, body),
    )


def may_open(house: Rooms, visit: Visit, body: BodyId) -> bool:
    """Whether the visitor may open a vote of the body; the rule `may_open_vote` decides."""
    organisation = house.organisation
    number = visitor_number(house, visit)
    if number < 0 or number not in organisation.active:
        return False
    if organisation.clause("decisions.openers") == "member":
        return number in organisation.electors(body)
    name: str = body
    while name:
        if number in organisation.sitting(BodyId(name), visit.at):
            return True
        name = organisation.bodies[BodyId(name)].parent
    return False


def _branches(house: Rooms, body: BodyId) -> tuple[Branch, ...]:
    organisation = house.organisation
    inside = (
        name
        for name, other in organisation.bodies.items()
        if name != body and not other.dissolved and organisation.contains(body, name)
    )
    counted = ((name, len(organisation.electors(name))) for name in inside)
    found = (Branch(place(house, name), members) for name, members in counted if members)
    return tuple(islice(found, MOST_OFFERED))


def _choice(house: Rooms, name: ProposalId) -> Choice | None:
    found = house.deliberation.proposals[name]
    if found.withdrawn:
        return None
    newest = found.versions[-1]
    support = len(newest.signatures & house.organisation.active)
    return Choice(found.number, name, len(found.versions), Text(newest.act, "title"), support)
