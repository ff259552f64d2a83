"""What is shown of how a vote is taken and concluded: papers, cards, proxies, tellers, objections.

Pure functions from the house to immutable data, as in `pages`.
"""

from typing import Literal, Protocol, TypeAlias

from msgspec import Struct
from pyroaring import BitMap

from collegium.ids import ActId, MemberId, Moment
from collegium.parts.decisions.acts import CountedBallots
from collegium.parts.decisions.state import Decisions, Vote
from collegium.parts.decisions.tallying import (
    certified_until,
    is_refused,
    kind_of,
    objections_until,
)
from collegium.parts.deliberation.pages import Rooms as DeliberationRooms
from collegium.parts.organisation.shown import Person, Place, Text, Visit, person, place
from collegium.record.moments import after

PaperKind: TypeAlias = Literal["rank", "tick", "grade", "choose", "yes-no"]
"""What a ballot asks for: an order, ticks, grades, one of several, or yes or no."""

MannerKind: TypeAlias = Literal["ballots", "cards", "roll-call", "hands"]

_ONE_CHOICE = ("majority/1", "plurality/1")
_TWO = 2


class Rooms(DeliberationRooms, Protocol):
    """What the pages of this part look at."""

    decisions: Decisions


class BranchRow(Struct, frozen=True):
    """A branch that votes.

    Attributes:
        body: The branch.
        entitled: How many of it may vote.
        received: How many have, while the vote isn't declared.
    """

    body: Place
    entitled: int
    received: int


class CardRow(Struct, frozen=True):
    """The visitor's card.

    Attributes:
        votes: How many votes it carries.
        branches: For whom.
        cast: What it says so far.
    """

    votes: int
    branches: tuple[Place, ...]
    cast: tuple[CountedBallots, ...]


class Teller(Struct, frozen=True):
    """A teller, and whether they have entered something; never what."""

    person: Person
    entered: bool


class Telling(Struct, frozen=True):
    """What tellers have to do.

    Attributes:
        tellers: In the order of the act.
        yours: Whether the visitor is one.
        entered: Whether the visitor has entered something.
        agreed: Whether two have entered the same.
        early: Whether the close can be recorded before its time, for they meet.
        differ: Whether two have entered something, and none the same.
        present: How many were present, once two agree about hands.
        called: Whom a roll call names, in the order of admission; only for the tellers.
    """

    tellers: tuple[Teller, ...]
    yours: bool
    entered: bool
    agreed: bool
    early: bool
    differ: bool
    present: int
    called: tuple[Person, ...]


class Refusing(Struct, frozen=True):
    """Somebody of the commission who refuses to certify, with their reasons."""

    person: Person
    reasons: Text


class Certifying(Struct, frozen=True):
    """What the counting commission has to do.

    Attributes:
        members: Who is in it, with whether they have certified.
        needed: How many must.
        done: How many have.
        able: How many have or still can.
        refused: Who refuses, and why.
        void: Whether so many refuse that the vote has to be held again.
        until: From when on anybody declares what it doesn't certify; empty before the close.
        over: Whether anybody declares by now, since its time is over or too few are left of it.
        yours: Whether the visitor is in it and hasn't.
    """

    members: tuple[Teller, ...]
    needed: int
    done: int
    able: int
    refused: tuple[Refusing, ...]
    void: bool
    until: str
    over: bool
    yours: bool


class Proxies(Struct, frozen=True):
    """Who votes for whom.

    Attributes:
        most: For how many others one may vote; 0 where there are no proxies.
        given: Who votes for the visitor; None for nobody.
        held: For whom the visitor votes.
        spoken: For whom of them the visitor has voted.
        others: To whom the visitor may give theirs.
    """

    most: int
    given: Person | None
    held: tuple[Person, ...]
    spoken: tuple[int, ...]
    others: tuple[Person, ...]


class ContestRow(Struct, frozen=True):
    """An objection to an outcome.

    Attributes:
        number: Its place among them, from 1.
        text: Why.
        member: Whose it is.
        at: When.
        answer: What was answered; None before.
    """

    number: int
    text: Text
    member: Person
    at: Moment
    answer: Text | None


class Objections(Struct, frozen=True):
    """What was said against an outcome.

    Attributes:
        rows: In the order of the record.
        until: The first moment at which none is heard.
        open: Whether they are heard.
        may_contest: Whether the visitor may object.
        may_answer: Whether the visitor may answer them.
        may_annul: Whether it may be asked that the outcome be void.
        annulled: When it was made void, or empty.
        reseated: When a body was re-seated by it, or empty.
    """

    rows: tuple[ContestRow, ...]
    until: Moment
    open: bool
    may_contest: bool
    may_answer: bool
    may_annul: bool
    annulled: str
    reseated: str


MOST_OTHERS = 500
"""Members whom a form offers by name."""


def paper_of(vote: Vote) -> PaperKind:
    """What a ballot of the vote looks like."""
    kind = kind_of(vote.counting)
    if kind == "approvals":
        return "tick"
    if kind == "grades":
        return "grade"
    if vote.counting.method not in _ONE_CHOICE:
        return "rank"
    motion = len(vote.options) == vote.default == _TWO and not vote.options[0].members
    return "yes-no" if motion else "choose"


def branch_rows(house: Rooms, vote: Vote) -> tuple[BranchRow, ...]:
    """The branches that vote; empty where the vote isn't counted by branches."""
    branches = vote.electors.branches
    in_already = BitMap(vote.ballots) if branches else BitMap()
    return tuple(
        BranchRow(place(house, body), len(numbers), len(numbers & in_already))
        for body, numbers in branches.items()
    )


def card_row(house: Rooms, visit: Visit, vote: Vote) -> CardRow | None:
    """The visitor's card; None without one."""
    mine = [card for card in vote.manner.cards if card.member == visit.member]
    if not mine:
        return None
    return CardRow(
        votes=sum(card.votes for card in mine),
        branches=tuple(place(house, card.body) for card in mine),
        cast=vote.cards.get(visitor_number(house, visit), ()),
    )


def telling(house: Rooms, visit: Visit, vote: Vote) -> Telling | None:
    """What tellers have to do; None where nobody enters anything."""
    names = vote.manner.tellers
    if not names:
        return None
    organisation = house.organisation
    numbers = [organisation.members[name].number for name in names]
    yours = visit.member in names
    called: tuple[Person, ...] = ()
    if yours and vote.manner.kind == "roll-call" and not vote.closed:
        called = tuple(person(house, organisation.names[one]) for one in vote.electors.numbers)
    return Telling(
        tellers=tuple(
            Teller(person(house, name), number in vote.sheets)
            for name, number in zip(names, numbers, strict=True)
        ),
        yours=yours,
        entered=visitor_number(house, visit) in vote.sheets,
        agreed=vote.agreed,
        early=vote.agreed and vote.electors.meets,
        differ=len(vote.sheets) > 1 and not vote.agreed,
        present=vote.present if vote.agreed else 0,
        called=called,
    )


def certifying(house: Rooms, visit: Visit, vote: Vote) -> Certifying | None:
    """What the counting commission has to do; None without one."""
    commission = vote.commission
    if not commission.needed:
        return None
    organisation = house.organisation
    numbers = {name: organisation.members[name].number for name in commission.members}
    done = {name for name, number in numbers.items() if number in vote.certified}
    able = {
        name
        for name, number in numbers.items()
        if name in done or (number in organisation.active and organisation.has_key(name))
    }
    until = certified_until(vote) if vote.closed else ""
    return Certifying(
        members=tuple(Teller(person(house, name), name in done) for name in commission.members),
        needed=commission.needed,
        done=len(done),
        able=len(able),
        refused=tuple(
            Refusing(person(house, organisation.names[number]), Text(act, "text"))
            for number, act in vote.refused.items()
        ),
        void=is_refused(vote),
        until=until,
        over=len(able) < commission.needed or (bool(until) and visit.at >= until),
        yours=visit.member in numbers and visit.member not in done,
    )


def proxies(house: Rooms, visit: Visit, vote: Vote) -> Proxies:
    """Who votes for whom, as far as it is the visitor's matter."""
    most = vote.terms.most_proxies
    plain = vote.purpose == "resolution" and vote.manner.kind == "ballots" and not vote.secret
    number = visitor_number(house, visit)
    if not most or not plain or number < 0 or number not in vote.electors.numbers:
        return Proxies(0, None, (), (), ())
    names = house.organisation.names
    held = tuple(vote.holders.get(number, ()))
    others = [
        person(house, names[one])
        for one in vote.electors.numbers[:MOST_OTHERS]
        if one != number
        and len(vote.holders.get(one, ())) < most
        and one in house.organisation.active
    ]
    holder = vote.proxies.get(number)
    return Proxies(
        most=most,
        given=None if holder is None else person(house, names[holder]),
        held=tuple(person(house, names[one]) for one in held),
        spoken=tuple(one for one in held if one in vote.by_proxy),
        others=tuple(others),
    )


def objections(house: Rooms, visit: Visit, vote: Vote) -> Objections | None:
    """What was said against the outcome; None before it is declared."""
    if not vote.declared:
        return None
    until = objections_until(vote)
    heard = visit.at < until
    number = visitor_number(house, visit)
    known = number >= 0  # a bitmap asks for a number that is one
    active = known and number in house.organisation.active
    contested = any(one.member == visit.member for one in vote.contests.values())
    seated = known and number in house.organisation.sitting(vote.body, visit.at)
    annullable = bool(vote.contests) and not (vote.annulled or vote.reseated)
    return Objections(
        rows=tuple(
            ContestRow(
                number=place_,
                text=Text(name, "text"),
                member=person(house, one.member),
                at=one.at,
                answer=Text(ActId(one.answer), "text") if one.answer else None,
            )
            for place_, (name, one) in enumerate(vote.contests.items(), 1)
        ),
        until=until,
        open=heard,
        may_contest=heard and active and number in vote.electors.numbers and not contested,
        may_answer=active and (seated or visit.member in vote.commission.members),
        may_annul=annullable and active and visit.at < after(until, days=vote.terms.objection_days),
        annulled=vote.annulled,
        reseated=vote.reseated,
    )


def visitor_number(house: Rooms, visit: Visit) -> int:
    """The visitor's dense number; -1 for nobody."""
    member: MemberId | None = visit.member
    return house.organisation.members[member].number if member else -1
