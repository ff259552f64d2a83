"""What can be done about votes and ballots.

A vote's title, its options' titles and a note are sealed payloads; what stands here is all
that counting needs.
"""

from typing import Annotated, Literal, TypeAlias

from msgspec import Meta, Struct

from collegium.record.fields import (
    ActName,
    BodyName,
    Happened,
    MemberName,
    MomentText,
    Reference,
    Sha256Hex,
    VoteName,
)

Method: TypeAlias = Annotated[str, Meta(pattern=r"^[a-z0-9-]{1,40}/[1-9][0-9]?\Z")]
"""A method of `collegium.counting.methods`, by name and version."""

Purpose: TypeAlias = Literal["resolution", "election", "reseat"]
"""`reseat` fills the posts of a body that has too few approvers left to act."""

Base: TypeAlias = Literal["", "votes", "ballots", "present", "entitled"]
"""What a majority is of: those who decide for an option, all ballots, those present, everybody
entitled; empty for methods that ask for no share."""

MOST_MARKS = 35
"""Options on one ballot, and characters of it."""

MOST_NAMED = 250
"""Members whom one act names; an entry has at most 16,384 bytes."""

MOST_CARDS = 120
"""Cards of one vote, with room beside them for as many options as there may be."""

Term: TypeAlias = Annotated[int, Meta(ge=1, le=100)]
OptionNumber: TypeAlias = Annotated[int, Meta(ge=1, le=MOST_MARKS)]
BallotCount: TypeAlias = Annotated[int, Meta(ge=1, le=10**9)]

Marks: TypeAlias = Annotated[str, Meta(min_length=2, max_length=MOST_MARKS)]
"""A ballot, one character an option: a rank as `collegium.counting.ballot` spells it, `x` for
an approval, a grade from `0` to `9`, then `a` to `z`; `-` for none of them."""


class Option(Struct, frozen=True, forbid_unknown_fields=True):
    """One option on the ballot.

    Attributes:
        majority: Votes for and against, compared with the default option, whose ratio must be
            exceeded: `[3, 1]` is more than three to one. Only Debian's method asks for it.
        members: In an election the member who stands; in a vote that re-seats a body, who
            would sit in it; otherwise empty.
        proposal: The proposal that the option would adopt, or empty.
        version: The proposal's version; 0 without a proposal.
    """

    majority: tuple[Term, Term]
    members: Annotated[tuple[MemberName, ...], Meta(max_length=15)]
    proposal: Annotated[str, Meta(max_length=26)]
    version: Annotated[int, Meta(ge=0, le=9999)]


class Electorate(Struct, frozen=True, forbid_unknown_fields=True):
    """Who is entitled to vote, frozen when the vote opens.

    Attributes:
        bodies: The branches whose members vote, for `branches`; otherwise empty.
        count: How many, where only that is known; 0 otherwise.
        joined_by: Only who was a member at this moment; empty for everybody.
        kind: `members`: the members in good standing of the body and its parts.
            `branches`: those of the named parts, counted branch by branch.
            `level`: whoever sits in a body of a level, within the body.
            `sitting`: whoever sits in the body.
            `present`: those of them who are present, by name.
            `count`: so many people, in a vote from before the record.
        level: The level, for `level`; otherwise 0.
        members: Who is present, for `present`; otherwise empty.
    """

    bodies: Annotated[tuple[BodyName, ...], Meta(max_length=MOST_NAMED)]
    count: Annotated[int, Meta(ge=0, le=10**9)]
    joined_by: Happened
    kind: Literal["members", "branches", "level", "sitting", "present", "count"]
    level: Annotated[int, Meta(ge=0, le=9)]
    members: Annotated[tuple[MemberName, ...], Meta(max_length=MOST_NAMED)]


class Counting(Struct, frozen=True, forbid_unknown_fields=True):
    """How ballots are read and counted.

    Attributes:
        base: What a majority is of.
        equal: What options marked equally on a ranked ballot are: `equal`, for methods that
            compare in pairs; `skip` passes over them; `stop` ends the ballot there.
        levels: How many grades there are; 0 for ballots without grades.
        method: The counting method.
        seats: How many are elected; 1 for methods with one winner.
        share: The share of the base that must be exceeded, as numerator and denominator;
            `[1, 1]` where there is no base.
        skips: Ranks one after the other that may be left out before a ballot ends; 35 for any.
    """

    base: Base
    equal: Literal["equal", "skip", "stop"]
    levels: Annotated[int, Meta(ge=0, le=36)]
    method: Method
    seats: Annotated[int, Meta(ge=1, le=MOST_MARKS)]
    share: tuple[Term, Term]
    skips: Annotated[int, Meta(ge=0, le=MOST_MARKS)]


class Card(Struct, frozen=True, forbid_unknown_fields=True):
    """A delegate's card: votes for the members of a branch.

    Attributes:
        body: The branch.
        member: The delegate.
        votes: How many votes the card carries; a branch's cards carry at most its membership.
    """

    body: BodyName
    member: MemberName
    votes: Annotated[int, Meta(ge=1, le=10**6)]


class Manner(Struct, frozen=True, forbid_unknown_fields=True):
    """How ballots are given.

    Attributes:
        cards: The cards, for `cards`; otherwise empty.
        kind: `ballots`: each elector casts one. `cards`: delegates cast their cards, whole or
            split. `roll-call`: tellers enter what each said when called. `hands`: tellers enter
            how many hands there were.
        tellers: Who enters a roll call or hands, at least two, who must enter the same;
            otherwise empty.
    """

    cards: Annotated[tuple[Card, ...], Meta(max_length=MOST_CARDS)]
    kind: Literal["ballots", "cards", "roll-call", "hands"]
    tellers: Annotated[tuple[MemberName, ...], Meta(max_length=15)]


class Commission(Struct, frozen=True, forbid_unknown_fields=True):
    """The counting commission, of which so many must certify the same outcome.

    Attributes:
        members: Who is in it; nobody where anybody may declare what the ballots come to.
        needed: How many of them must certify; 0 without a commission.
    """

    members: Annotated[tuple[MemberName, ...], Meta(max_length=15)]
    needed: Annotated[int, Meta(ge=0, le=15)]


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
        default: The number of the option that leaves everything as it is, and stands if no
            other wins; 0 in an election, where a place may stay vacant.
        options: In the order of the ballot, numbered from 1.
        question: What is voted on, or empty.
        secret: Whether no ballot may be cast under a member's name.
    """

    body: BodyName
    closes: MomentText
    commission: Commission
    counting: Counting
    default: Annotated[int, Meta(ge=0, le=MOST_MARKS)]
    electorate: Electorate
    happened_at: Happened
    manner: Manner
    options: Annotated[tuple[Option, ...], Meta(min_length=2, max_length=MOST_MARKS)]
    purpose: Purpose
    question: Annotated[str, Meta(max_length=26)]
    quorum: Quorum
    reference: Reference
    secret: bool


class CastBallot(Struct, frozen=True, forbid_unknown_fields=True, gc=False):
    """A member casts an open ballot, or casts it anew: the last one counts."""

    happened_at: Happened
    marks: Marks
    vote: VoteName


class CountedBallots(Struct, frozen=True, forbid_unknown_fields=True):
    """So many ballots that say the same."""

    count: BallotCount
    marks: Marks


class CastCard(Struct, frozen=True, forbid_unknown_fields=True):
    """A delegate casts their card, or casts it anew; its votes may be split.

    Attributes:
        parts: How many of the card's votes say what; together at most all of them.
    """

    happened_at: Happened
    parts: Annotated[tuple[CountedBallots, ...], Meta(min_length=1, max_length=50)]
    vote: VoteName


class GiveProxy(Struct, frozen=True, forbid_unknown_fields=True):
    """An elector lets another one vote for them, until they cast a ballot of their own.

    Attributes:
        member: Who votes for them; the actor takes the proxy back by naming themselves.
    """

    happened_at: Happened
    member: MemberName
    vote: VoteName


class CastByProxy(Struct, frozen=True, forbid_unknown_fields=True):
    """A member casts the ballot of another who gave them their proxy.

    Attributes:
        member: Whose ballot it is.
    """

    happened_at: Happened
    marks: Marks
    member: MemberName
    vote: VoteName


class CountInBallots(Struct, frozen=True, forbid_unknown_fields=True):
    """Tellers enter ballots whose voters are unknown, for example from paper.

    Attributes:
        spoilt: Ballots that say nothing readable; they count for the quorum alone.
    """

    ballots: Annotated[tuple[CountedBallots, ...], Meta(max_length=200)]
    happened_at: Happened
    spoilt: Annotated[int, Meta(ge=0, le=10**9)]
    vote: VoteName


class EnterHands(Struct, frozen=True, forbid_unknown_fields=True):
    """A teller enters a show of hands; it counts once two tellers have entered the same.

    Attributes:
        ballots: How many hands there were for what; blank ballots are abstentions.
        present: How many of the electorate were present.
    """

    ballots: Annotated[tuple[CountedBallots, ...], Meta(max_length=MOST_MARKS + 1)]
    happened_at: Happened
    present: BallotCount
    vote: VoteName


class Answer(Struct, frozen=True, forbid_unknown_fields=True):
    """What a member said when called."""

    marks: Marks
    member: MemberName


class EnterRollCall(Struct, frozen=True, forbid_unknown_fields=True):
    """A teller enters a roll call; it counts once two tellers have entered the same.

    Attributes:
        answers: In any order; who was called and didn't answer isn't among them.
    """

    answers: Annotated[tuple[Answer, ...], Meta(min_length=1, max_length=MOST_NAMED)]
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
        winners: Option numbers, ascending; the default option alone if no other won.
    """

    ballots: Annotated[int, Meta(ge=0, le=2**53 - 1)]
    happened_at: Happened
    outcome: Sha256Hex
    profile: Sha256Hex
    vote: VoteName
    winners: Annotated[tuple[OptionNumber, ...], Meta(max_length=MOST_MARKS)]


class CertifyOutcome(Struct, frozen=True, forbid_unknown_fields=True):
    """A member of the counting commission certifies what the ballots decided.

    The outcome is declared when as many as the vote asks for have certified it.

    Attributes:
        ballots: As in `DeclareOutcome`, likewise what follows.
    """

    ballots: Annotated[int, Meta(ge=0, le=2**53 - 1)]
    happened_at: Happened
    outcome: Sha256Hex
    profile: Sha256Hex
    vote: VoteName
    winners: Annotated[tuple[OptionNumber, ...], Meta(max_length=MOST_MARKS)]


class RefuseOutcome(Struct, frozen=True, forbid_unknown_fields=True):
    """A member of the counting commission refuses to certify an outcome; the reasons are sealed."""

    happened_at: Happened
    vote: VoteName


class ContestOutcome(Struct, frozen=True, forbid_unknown_fields=True):
    """A member objects to how a vote was held or counted; the reasons are sealed."""

    happened_at: Happened
    vote: VoteName


class AnswerContest(Struct, frozen=True, forbid_unknown_fields=True):
    """Whoever sits in the vote's body, or counted it, answers an objection to its outcome.

    Attributes:
        contest: The act that objected.
    """

    contest: ActName
    happened_at: Happened
    vote: VoteName


class AnnulOutcome(Struct, frozen=True, forbid_unknown_fields=True):
    """A declared outcome that was objected to is void; the vote has to be held again."""

    happened_at: Happened
    vote: VoteName


class ReseatBody(Struct, frozen=True, forbid_unknown_fields=True):
    """The members whom a vote named take the posts of a body with too few approvers."""

    happened_at: Happened
    vote: VoteName


NO_COMMISSION = Commission(members=(), needed=0)
"""Anybody may declare what the ballots come to."""

BY_BALLOT = Manner(cards=(), kind="ballots", tellers=())
"""Each elector casts a ballot of their own."""

ALL_MEMBERS = Electorate(bodies=(), count=0, joined_by="", kind="members", level=0, members=())
"""The members in good standing of the vote's body."""

DEBIAN = Counting(
    base="", equal="equal", levels=0, method="debian-a6/1", seats=1, share=(1, 1), skips=35
)
"""Options ranked against leaving everything as it is; quorum and majorities asked first."""
