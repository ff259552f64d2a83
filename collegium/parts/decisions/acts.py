"""What can be done about votes and ballots.

A vote's title, its options' titles and a note are sealed payloads; what stands here is all
that counting needs.
"""

from typing import Annotated, Literal, TypeAlias

from msgspec import Meta, Struct

from collegium.record.fields import (
    BodyName,
    Happened,
    MemberName,
    MomentText,
    Reference,
    Sha256Hex,
    VoteName,
)

Method: TypeAlias = Literal["debian-a6/1"]
"""A counting rule of `collegium.counting`, by name and version."""

Purpose: TypeAlias = Literal["resolution", "election", "reseat"]
"""`reseat` fills the posts of a body that has too few approvers left to act."""

Term: TypeAlias = Annotated[int, Meta(ge=1, le=100)]
OptionNumber: TypeAlias = Annotated[int, Meta(ge=1, le=35)]
BallotCount: TypeAlias = Annotated[int, Meta(ge=1, le=10**9)]

Ranks: TypeAlias = Annotated[str, Meta(min_length=2, max_length=35)]
"""A ballot as `collegium.counting.ballot` spells it: one character an option."""


class Option(Struct, frozen=True, forbid_unknown_fields=True):
    """One option on the ballot.

    Attributes:
        majority: Votes for and against, compared with the default option, whose ratio must be
            exceeded: `[3, 1]` is more than three to one.
        members: In a vote that re-seats a body, who would sit in it; otherwise empty.
        proposal: The proposal that the option would adopt, or empty.
        version: The proposal's version; 0 without a proposal.
    """

    majority: tuple[Term, Term]
    members: Annotated[tuple[MemberName, ...], Meta(max_length=15)]
    proposal: Annotated[str, Meta(max_length=26)]
    version: Annotated[int, Meta(ge=0, le=9999)]


class Electorate(Struct, frozen=True, forbid_unknown_fields=True):
    """Who is entitled to vote.

    Attributes:
        count: How many, where only that is known; 0 otherwise.
        kind: `members`: the members in good standing of the body when the vote opens.
            `count`: so many people, in a vote from before the record.
    """

    count: Annotated[int, Meta(ge=0, le=10**9)]
    kind: Literal["members", "count"]


class Quorum(Struct, frozen=True, forbid_unknown_fields=True):
    """How many must take part.

    Attributes:
        den: The figure's denominator; 1 where there is no quorum.
        kind: `percent`: ballots of at least num/den per cent of the electorate. `root`: an
            option needs votes over the default option of at least num/den times the square
            root of the electorate. `none`: no quorum.
        num: The figure's numerator; 0 where there is no quorum.
    """

    den: Annotated[int, Meta(ge=1, le=1000)]
    kind: Literal["none", "percent", "root"]
    num: Annotated[int, Meta(ge=0, le=1000)]


class OpenVote(Struct, frozen=True, forbid_unknown_fields=True):
    """A vote opens at once, and is open until it closes by time.

    Attributes:
        body: Whose vote it is; the posts of this body are filled if it is to be re-seated.
        closes: The first moment at which no ballot is taken any more.
        default: The number of the option that leaves everything as it is.
        options: In the order of the ballot, numbered from 1.
        question: What is voted on, or empty.
        secret: Whether no ballot may be cast under a member's name.
    """

    body: BodyName
    closes: MomentText
    default: OptionNumber
    electorate: Electorate
    happened_at: Happened
    method: Method
    options: Annotated[tuple[Option, ...], Meta(min_length=2, max_length=35)]
    purpose: Purpose
    question: Annotated[str, Meta(max_length=26)]
    quorum: Quorum
    reference: Reference
    secret: bool


class CastBallot(Struct, frozen=True, forbid_unknown_fields=True, gc=False):
    """A member casts an open ballot, or casts it anew: the last one counts."""

    happened_at: Happened
    ranks: Ranks
    vote: VoteName


class CountedBallots(Struct, frozen=True, forbid_unknown_fields=True):
    """So many ballots that say the same."""

    count: BallotCount
    ranks: Ranks


class CountInBallots(Struct, frozen=True, forbid_unknown_fields=True):
    """Tellers enter ballots whose voters are unknown, for example from paper."""

    ballots: Annotated[tuple[CountedBallots, ...], Meta(min_length=1, max_length=200)]
    happened_at: Happened
    vote: VoteName


class CloseVote(Struct, frozen=True, forbid_unknown_fields=True):
    """It is put on record that a vote's time is over: its ballots are final."""

    happened_at: Happened
    vote: VoteName


class DeclareOutcome(Struct, frozen=True, forbid_unknown_fields=True):
    """What the ballots decided; every replay must count the same.

    Attributes:
        ballots: How many were counted.
        outcome: The digest of the counting rule's outcome, with all its figures.
        profile: The digest of the ballots counted, grouped and sorted.
        winners: Option numbers, ascending; the default option alone if too few took part.
    """

    ballots: Annotated[int, Meta(ge=0, le=2**53 - 1)]
    happened_at: Happened
    outcome: Sha256Hex
    profile: Sha256Hex
    vote: VoteName
    winners: Annotated[tuple[OptionNumber, ...], Meta(min_length=1, max_length=35)]


class ReseatBody(Struct, frozen=True, forbid_unknown_fields=True):
    """The members whom a vote named take the posts of a body with too few approvers."""

    happened_at: Happened
    vote: VoteName
