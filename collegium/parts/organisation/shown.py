"""How pages name people, bodies and texts: immutable, and without the texts themselves.

Page data holds no title, name or word that anybody wrote. It holds `Text`: which act sealed
it, in which field. Whoever shows the page fetches all its texts at once, after the house has
been let go, and only those that the visitor may read (`collegium.secretariat.texts`).
"""

from itertools import islice
from typing import Literal, Protocol, TypeAlias

from msgspec import Struct

from collegium.ids import ActId, BodyId, MemberId, Moment, PostId
from collegium.parts.organisation.acts import BodyKind
from collegium.parts.organisation.state import Organisation

Standing: TypeAlias = Literal["good", "suspended", "former"]


class Rooms(Protocol):
    """What the pages of this part look at."""

    organisation: Organisation


class Absent(LookupError):  # noqa: N818 - an answer to a visitor (404), not a mistake of ours
    """A page was asked for something that isn't there."""


class Visit(Struct, frozen=True):
    """Who looks at a page, and when.

    Attributes:
        member: The member, or None for whoever isn't known.
        at: The present moment; pages read no clock.
    """

    member: MemberId | None
    at: Moment


class Text(Struct, frozen=True):
    """A sealed text, by where it was sealed.

    Attributes:
        act: The act that committed itself to it.
        field: The field of that act.
        line: Of a text with a line for each member, the member whose line is meant.
    """

    act: ActId
    field: str
    line: str = ""


class Person(Struct, frozen=True):
    """A member, as pages name them.

    Attributes:
        number: Their dense number, by which pages are addressed.
        name: The name under which they were admitted; it may be missing or erased.
        standing: Whether they are a member in good standing, suspended or a former member.
    """

    number: int
    name: Text
    standing: Standing


class Place(Struct, frozen=True):
    """A body, as pages name it.

    Attributes:
        number: For people, and in addresses.
        kind: Branch, region, committee, workplace or congress; the first body is a congress.
        name: Its name; the first body bears the organisation's.
        dissolved: Whether it is no more.
    """

    number: int
    kind: BodyKind
    name: Text
    dissolved: bool


Sentence: TypeAlias = tuple[str | Person | Place | Text, ...]
"""A sentence in pieces: plain words, members, bodies, and texts that somebody sealed."""


def person(house: Rooms, member: MemberId) -> Person:
    """A member or former member by their name in the record."""
    organisation = house.organisation
    found = organisation.members[member]
    founding = found.admitted == organisation.founded
    name = Text(found.admitted, "founders", member) if founding else Text(found.admitted, "name")
    standing: Standing = "former" if found.left else "suspended" if found.suspended else "good"
    return Person(found.number, name, standing)


def place(house: Rooms, body: BodyId) -> Place:
    """A body by its name in the record."""
    found = house.organisation.bodies[body]
    return Place(found.number, found.kind, Text(ActId(body), "name"), found.dissolved)


def post_title(post: PostId) -> Text | None:
    """A post's title; none for one that came with a founding or an election of a whole body."""
    return None if "." in post else Text(ActId(post), "title")


def member_numbered(house: Rooms, number: int) -> MemberId:
    """The member with that dense number.

    Raises:
        Absent: There is none.
    """
    names = house.organisation.names
    if not 0 <= number < len(names):
        raise Absent(f"There is no member number {number}.")
    return names[number]


def body_numbered(house: Rooms, number: int) -> BodyId:
    """The body that was made as the so-manieth, from 1.

    Raises:
        Absent: There is none.
    """
    found = next(islice(house.organisation.bodies, max(number - 1, 0), None), None)
    if found is None or number < 1:
        raise Absent(f"There is no body number {number}.")
    return found


class Waiting(Struct, frozen=True):
    """Something that waits for a member, as the page Today lists it.

    Attributes:
        what: Which kind of thing: `answer`, `vote`, `approval` …; the page has its sentence.
        number: The number of what it is about: of a proposal, a vote, a request.
        title: What that is called; None where `says` tells it.
        until: Until when; empty where nothing ends by itself.
        late: Whether that time is over.
        says: What it is about, of what has no title: the deed in a request.
    """

    what: str
    number: int
    title: Text | None
    until: str
    late: bool
    says: Sentence = ()
