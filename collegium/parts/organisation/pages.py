"""What is shown of members, bodies, posts and the rule book.

Pure functions from the house to immutable data, for web pages, the API and `--json` alike.
They run under the read lock: no texts, no archive, at most 20 ms.
"""

from collections.abc import Iterator
from itertools import islice
from typing import Literal

from msgspec import Struct

from collegium.ids import BodyId, MemberId, Moment, PostId
from collegium.parts.organisation.acts import Basis
from collegium.parts.organisation.clauses import CLAUSES, Clause, ClauseValue
from collegium.parts.organisation.shown import (
    Person,
    Place,
    Rooms,
    Text,
    Visit,
    body_numbered,
    member_numbered,
    person,
    place,
    post_title,
)

PAGE_LENGTH = 100
"""Members on one page."""

_CHOICES = {
    "au": "Australia",
    "ca": "Canada",
    "committee": "whoever sits in the committee",
    "de": "Germany",
    "fr": "France",
    "gb": "the United Kingdom",
    "ie": "Ireland",
    "member": "any member",
    "none": "no country",
    "public": "anybody",
    "us": "the United States",
}
"""What the rule book's choices are called, where their code is no word for people."""


class Seat(Struct, frozen=True):
    """A post of a body and who holds it.

    Attributes:
        title: The post's title, or None where it has none of its own.
        number: Its place among the body's posts, from 1.
        body: The body.
        holder: Who holds it; None while it is vacant.
        basis: How they came to hold it; empty while vacant.
        since: From when.
        until: Until when; empty while vacant.
        over: Whether the term is over, so that the holder sits no more.
    """

    title: Text | None
    number: int
    body: Place
    holder: Person | None
    basis: Basis | Literal[""]
    since: str
    until: str
    over: bool


class MemberRow(Struct, frozen=True):
    """A member in the list of members."""

    person: Person
    branch: Place
    joined: Moment
    posts: int


class MembersPage(Struct, frozen=True):
    """A page of the list of members.

    Attributes:
        members: How many are members in good standing.
        former: How many were.
        start: The first number that is shown.
        following: The first number of the next page; None on the last one.
        rows: The members, in the order of admission.
    """

    members: int
    former: int
    start: int
    following: int | None
    rows: tuple[MemberRow, ...]


class MemberPage(Struct, frozen=True):
    """A member.

    Attributes:
        person: Who.
        branch: Their branch, or the last one before they left.
        joined: When.
        left: When the membership ended, or empty.
        has_key: Whether they can sign with a key of their own.
        seats: The posts that they hold.
        yours: Whether the visitor is this member.
    """

    person: Person
    branch: Place
    joined: Moment
    left: str
    has_key: bool
    seats: tuple[Seat, ...]
    yours: bool


class BodyRow(Struct, frozen=True):
    """A body in the tree of bodies; `depth` is 0 for the first one."""

    place: Place
    depth: int
    members: int
    seated: int
    seats: int


class BodiesPage(Struct, frozen=True):
    """All bodies as a tree, each before its parts."""

    rows: tuple[BodyRow, ...]


class BodyPage(Struct, frozen=True):
    """A body.

    Attributes:
        place: Which.
        outer: The body that it is part of; None for the first.
        members: How many members in good standing belong to it and its parts.
        parts: The bodies directly under it.
        seats: Its posts and their holders.
        people: The first members of its own roll.
        others: How many more are on it.
        sits: Whether the visitor sits in it.
    """

    place: Place
    outer: Place | None
    members: int
    parts: tuple[BodyRow, ...]
    seats: tuple[Seat, ...]
    people: tuple[Person, ...]
    others: int
    sits: bool


class ClauseRow(Struct, frozen=True):
    """A clause of the rule book.

    Attributes:
        name: Its name, as refusals and acts quote it.
        before: What it says, up to its value.
        value: The value in force, in words.
        behind: What it says after the value.
        bounds: Between what it may lie.
        silent: The value where a book is silent, in words; None where that one is in force.
    """

    name: str
    before: str
    value: str
    behind: str
    bounds: str
    silent: str | None


class Chapter(Struct, frozen=True):
    """The clauses about one thing."""

    name: str
    clauses: tuple[ClauseRow, ...]


class RuleBookPage(Struct, frozen=True):
    """The rule book, chapter by chapter."""

    chapters: tuple[Chapter, ...]


def members_page(house: Rooms, _visit: Visit, start: int = 0) -> MembersPage:
    """The members from number `start` on, former ones among them."""
    organisation = house.organisation
    total = len(organisation.names)
    first = min(max(start, 0), total)
    shown = organisation.names[first : first + PAGE_LENGTH]
    following = first + PAGE_LENGTH
    posts = _posts_held(house)
    return MembersPage(
        members=len(organisation.active),
        former=sum(1 for member in organisation.members.values() if member.left),
        start=first,
        following=following if following < total else None,
        rows=tuple(_member_row(house, name, posts.get(name, 0)) for name in shown),
    )


def member_page(house: Rooms, visit: Visit, number: int) -> MemberPage:
    """One member or former member.

    Raises:
        Absent: There is no such number.
    """
    name = member_numbered(house, number)
    member = house.organisation.members[name]
    held = (post for post, found in house.organisation.posts.items() if found.holder == name)
    return MemberPage(
        person=person(house, name),
        branch=place(house, member.body),
        joined=member.joined,
        left=member.left,
        has_key=house.organisation.has_key(name),
        seats=tuple(_seat(house, visit, post) for post in held),
        yours=visit.member == name,
    )


def bodies_page(house: Rooms, visit: Visit) -> BodiesPage:
    """All bodies that aren't dissolved."""
    return BodiesPage(tuple(_rows_under(house, visit, house.organisation.root, 0)))


def body_page(house: Rooms, visit: Visit, number: int) -> BodyPage:
    """One body.

    Raises:
        Absent: There is no such number.
    """
    name = body_numbered(house, number)
    organisation = house.organisation
    body = organisation.bodies[name]
    me = organisation.members.get(visit.member) if visit.member else None
    return BodyPage(
        place=place(house, name),
        outer=place(house, BodyId(body.parent)) if body.parent else None,
        members=len(organisation.electors(name)),
        parts=tuple(_body_row(house, visit, part, 0) for part in body.parts),
        seats=tuple(_seat(house, visit, post) for post in body.posts),
        people=tuple(
            person(house, organisation.names[number]) for number in islice(body.roll, PAGE_LENGTH)
        ),
        others=max(len(body.roll) - PAGE_LENGTH, 0),
        sits=me is not None and me.number in organisation.sitting(name, visit.at),
    )


def rule_book_page(house: Rooms, _visit: Visit) -> RuleBookPage:
    """Every clause with its value in force."""
    chapters: dict[str, list[ClauseRow]] = {}
    for name, clause in CLAUSES.items():
        row = _clause_row(name, clause, house.organisation.clause(name))
        chapters.setdefault(name.partition(".")[0], []).append(row)
    return RuleBookPage(tuple(Chapter(name, tuple(rows)) for name, rows in chapters.items()))


def value_in_words(value: ClauseValue) -> str:
    """A clause's value as a page prints it."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return _CHOICES.get(str(value), str(value))


def _posts_held(house: Rooms) -> dict[str, int]:
    held: dict[str, int] = {}
    for post in house.organisation.posts.values():
        if post.holder:
            held[post.holder] = held.get(post.holder, 0) + 1
    return held


def _member_row(house: Rooms, name: MemberId, posts: int) -> MemberRow:
    member = house.organisation.members[name]
    return MemberRow(person(house, name), place(house, member.body), member.joined, posts)


def _seat(house: Rooms, visit: Visit, name: PostId) -> Seat:
    post = house.organisation.posts[name]
    among = house.organisation.bodies[post.body].posts
    return Seat(
        title=post_title(name),
        number=1 + among.index(name),
        body=place(house, post.body),
        holder=person(house, MemberId(post.holder)) if post.holder else None,
        basis=post.basis,
        since=post.since,
        until=post.until,
        over=bool(post.holder) and post.until <= visit.at,
    )


def _rows_under(house: Rooms, visit: Visit, name: BodyId, depth: int) -> Iterator[BodyRow]:
    yield _body_row(house, visit, name, depth)
    for part in house.organisation.bodies[name].parts:
        yield from _rows_under(house, visit, part, depth + 1)


def _body_row(house: Rooms, visit: Visit, name: BodyId, depth: int) -> BodyRow:
    organisation = house.organisation
    return BodyRow(
        place=place(house, name),
        depth=depth,
        members=len(organisation.electors(name)),
        seated=len(organisation.sitting(name, visit.at)),
        seats=len(organisation.bodies[name].posts),
    )


def _clause_row(name: str, clause: Clause, value: ClauseValue) -> ClauseRow:
    before, _, behind = clause.says.partition("{}")
    silent = None if value == clause.silent else value_in_words(clause.silent)
    bounds = ", ".join(map(value_in_words, clause.choices)) or clause.bounds()
    return ClauseRow(name, before, value_in_words(value), behind, bounds, silent)
