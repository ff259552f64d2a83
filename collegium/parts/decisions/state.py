"""What follows from the acts about votes and ballots."""

from msgspec import Struct, field
from pyroaring import BitMap

from collegium.counting import DebianOutcome
from collegium.ids import BodyId, MemberId, Moment, VoteId
from collegium.parts.decisions.acts import (
    CastBallot,
    CloseVote,
    CountInBallots,
    DeclareOutcome,
    Method,
    OpenVote,
    Option,
    Purpose,
    Quorum,
    ReseatBody,
)
from collegium.record.act import Entry, judged_at


class Vote(Struct):
    """A vote.

    Attributes:
        number: For people: 9 is V-9.
        body: Whose vote it is.
        opener: Who opened it.
        purpose: What its outcome does.
        question: What is voted on, or empty.
        reference: Its number in the organisation's own register, or empty.
        method: The counting rule.
        options: In the order of the ballot.
        default: The number of the option that leaves everything as it is.
        quorum: How many must take part.
        secret: Whether no ballot is cast under a member's name.
        opened: When.
        closes: The first moment at which no ballot is taken any more.
        electors: The numbers of the members entitled to vote, as they were when it opened.
        count: How many are entitled, where only that is known; 0 otherwise.
        ballots: Member's number to ballot; empty again once the outcome is declared.
        anonymous: Ballot to how often it was counted in; empty again likewise.
        closed: When its close was recorded, or empty.
        declared: When its outcome was declared, or empty.
        outcome: What was counted.
        winners: The options that won, once declared.
        reseated: When its body was re-seated by it, or empty.
    """

    number: int
    body: BodyId
    opener: MemberId
    purpose: Purpose
    question: str
    reference: str
    method: Method
    options: tuple[Option, ...]
    default: int
    quorum: Quorum
    secret: bool
    opened: Moment
    closes: Moment
    electors: BitMap
    count: int
    ballots: dict[int, str] = field(default_factory=dict)
    anonymous: dict[str, int] = field(default_factory=dict)
    closed: str = ""
    declared: str = ""
    outcome: DebianOutcome | None = None
    winners: tuple[int, ...] = ()
    reseated: str = ""

    @property
    def entitled(self) -> int:
        """How many are entitled to vote."""
        return self.count or len(self.electors)

    @property
    def received(self) -> int:
        """How many ballots are in, before the outcome is declared."""
        return len(self.ballots) + sum(self.anonymous.values())


class Decisions(Struct):
    """Votes with their ballots and outcomes."""

    votes: dict[VoteId, Vote] = field(default_factory=dict)
    references: dict[str, VoteId] = field(default_factory=dict)

    # Effects: of committed entries only, and none can fail.

    def open_vote(self, entry: Entry, body: OpenVote, electors: BitMap) -> None:
        """A vote more, named by its act, for these electors (`rules.electors_of`)."""
        name = VoteId(entry.act.id)
        self.votes[name] = Vote(
            number=len(self.votes) + 1,
            body=body.body,
            opener=entry.act.actor,
            purpose=body.purpose,
            question=body.question,
            reference=body.reference,
            method=body.method,
            options=body.options,
            default=body.default,
            quorum=body.quorum,
            secret=body.secret,
            opened=judged_at(entry, body.happened_at),
            closes=body.closes,
            electors=electors,
            count=body.electorate.count,
        )
        if body.reference:
            self.references[body.reference] = name

    def cast_ballot(self, _entry: Entry, body: CastBallot, number: int) -> None:
        """The ballot of the member with this number is this one, whatever it was before."""
        self.votes[body.vote].ballots[number] = body.ranks

    def count_in_ballots(self, _entry: Entry, body: CountInBallots) -> None:
        """The vote has so many ballots more."""
        anonymous = self.votes[body.vote].anonymous
        for line in body.ballots:
            anonymous[line.ranks] = anonymous.get(line.ranks, 0) + line.count

    def close_vote(self, entry: Entry, body: CloseVote) -> None:
        """The vote's ballots are final."""
        self.votes[body.vote].closed = judged_at(entry, body.happened_at)

    def declare_outcome(self, entry: Entry, body: DeclareOutcome, outcome: DebianOutcome) -> None:
        """The vote keeps what was counted, and no ballots."""
        vote = self.votes[body.vote]
        vote.declared = judged_at(entry, body.happened_at)
        vote.outcome = outcome
        vote.winners = body.winners
        vote.ballots = {}
        vote.anonymous = {}

    def reseat_body(self, entry: Entry, body: ReseatBody) -> None:
        """The vote has done its work: it re-seats no second time."""
        self.votes[body.vote].reseated = judged_at(entry, body.happened_at)
