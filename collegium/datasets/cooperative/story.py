"""The story as it is written in `story.toml`, and what its words mean.

Days count backwards from the day on which the demonstration is made; a fraction is the time
of that day. Whoever isn't named (most signatories and voters) is chosen by a hash of title
and name: by nobody, and the same each time.
"""

import tomllib
from importlib import resources
from typing import Any, Literal

import msgspec
from msgspec import Struct

from collegium.parts.decisions.acts import Base, Purpose
from collegium.parts.organisation.acts import Basis


class Spec(Struct, frozen=True, forbid_unknown_fields=True):
    """A table of the story."""


class Place(Spec, frozen=True, forbid_unknown_fields=True):
    """A workplace."""

    name: str
    made: float


class Somebody(Spec, frozen=True, forbid_unknown_fields=True):
    """A founder."""

    name: str
    about: str


class Admission(Spec, frozen=True, forbid_unknown_fields=True):
    """People admitted on one day: name and what they do."""

    joined: float
    place: str
    people: tuple[tuple[str, str], ...]


class PostSpec(Spec, frozen=True, forbid_unknown_fields=True):
    """A post, and perhaps who got it."""

    place: str
    title: str
    made: float
    holder: str = ""
    basis: Basis = "appointed"
    filled: float = 0
    days: int = 0


class ObjectionSpec(Spec, frozen=True, forbid_unknown_fields=True):
    """An objection, and perhaps its answer by the proposal's author."""

    at: float
    by: str
    text: str
    answered: float = 0
    answer: str = ""


class VersionSpec(Spec, frozen=True, forbid_unknown_fields=True):
    """A later version of a proposal."""

    published: float
    title: str
    text: str
    signed: int = 0


class ProposalSpec(Spec, frozen=True, forbid_unknown_fields=True):
    """A proposal with everything that became of it."""

    key: str
    published: float
    by: str
    title: str
    text: str
    signed: int = 0
    objections: tuple[ObjectionSpec, ...] = ()
    versions: tuple[VersionSpec, ...] = ()


class QuestionSpec(Spec, frozen=True, forbid_unknown_fields=True):
    """A question."""

    asked: float
    by: str
    text: str
    proposals: tuple[ProposalSpec, ...] = ()


class OptionSpec(Spec, frozen=True, forbid_unknown_fields=True):
    """An option: a proposal by its key, or words; the last of a vote is the default."""

    proposal: str = ""
    title: str = ""
    majority: tuple[int, int] = (1, 1)


class VoteSpec(Spec, frozen=True, forbid_unknown_fields=True):
    """A vote; open still where `closes` is negative."""

    question: int
    title: str
    by: str
    opened: float
    closes: float
    options: tuple[OptionSpec, ...]
    ballots: dict[str, int]
    note: str = ""


class ContestSpec(Spec, frozen=True, forbid_unknown_fields=True):
    """An objection to an outcome, and its answer."""

    at: float
    by: str
    text: str
    answered: float
    answerer: str
    answer: str


class CountSpec(Spec, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A vote that is counted by another rule than the first ones, or taken in another manner.

    Attributes:
        paper: Ballots counted in from the box, and how often each was there.
        hands: What both tellers enter, and how often.
    """

    title: str
    note: str = ""
    by: str
    opened: float
    closes: float
    method: str
    purpose: Purpose = "resolution"
    seats: int = 1
    base: Base = ""
    share: tuple[int, int] = (1, 1)
    electorate: Literal["members", "sitting"] = "members"
    options: tuple[str, ...]
    default: int = 0
    ballots: dict[str, int] = {}
    paper: dict[str, int] = {}
    spoilt: int = 0
    hands: dict[str, int] = {}
    tellers: tuple[str, ...] = ()
    commission: tuple[str, ...] = ()
    certified: tuple[str, ...] = ()
    contest: ContestSpec | None = None


class ReseatSpec(Spec, frozen=True, forbid_unknown_fields=True):
    """The vote that elects a new committee."""

    opened: float
    closes: float
    enacted: float
    by: str
    title: str
    slates: tuple[tuple[str, ...], ...]
    ballots: dict[str, int]


class JointSpec(Spec, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What was asked for jointly: approved and refused by whom, when, with which reasons."""

    asked: float
    by: str
    reasons: str
    approved: tuple[tuple[str, float, str], ...] = ()
    refused: tuple[tuple[str, float, str], ...] = ()
    enacted: float = 0


class AmendmentSpec(JointSpec, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A change of the rule book."""

    changes: dict[str, int]


class EndingSpec(JointSpec, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The end of a membership, asked for."""

    member: str


class FillingSpec(JointSpec, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A post to be filled, asked for."""

    post: str
    member: str
    basis: Basis
    days: int


class Story(Spec, frozen=True, forbid_unknown_fields=True):
    """All of it."""

    name: str
    domain: str
    founded: float
    newcomers: int
    places: tuple[Place, ...]
    founders: tuple[Somebody, ...]
    admissions: tuple[Admission, ...]
    posts: tuple[PostSpec, ...]
    questions: tuple[QuestionSpec, ...]
    votes: tuple[VoteSpec, ...]
    counts: tuple[CountSpec, ...]
    reseat: ReseatSpec
    amendment: AmendmentSpec
    endings: tuple[EndingSpec, ...]
    fillings: tuple[FillingSpec, ...]


def read_story() -> Story:
    """The story that comes with Collegium.

    Raises:
        ValueError: It isn't written as `Story` says.
    """
    text = resources.files("collegium.datasets.cooperative").joinpath("story.toml").read_text()
    tables: dict[str, Any] = tomllib.loads(text)
    return msgspec.convert(tables, Story)
