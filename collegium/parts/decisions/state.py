"""What follows from the acts about votes and ballots."""

from msgspec import Struct, field
from pyroaring import BitMap

from collegium.counting import Outcome
from collegium.ids import ActId, BodyId, MemberId, Moment, VoteId
from collegium.parts.decisions.acts import (
    AnnulOutcome,
    AnswerContest,
    CastBallot,
    CastByProxy,
    CastCard,
    CertifyOutcome,
    CloseVote,
    Commission,
    ContestOutcome,
    CountedBallots,
    CountInBallots,
    Counting,
    DeclareOutcome,
    EnterHands,
    EnterRollCall,
    GiveProxy,
    Manner,
    OpenVote,
    Option,
    Purpose,
    Quorum,
    RefuseOutcome,
    ReseatBody,
)
from collegium.record.act import Entry, judged_at


class Electors(Struct, frozen=True):
    """Who is entitled to vote, as it was when the vote opened.

    Attributes:
        numbers: The numbers of the members.
        branches: Branch by branch, where the vote is counted so; otherwise empty.
        count: How many, where only that is known; 0 otherwise.
        meets: Whether they sit in one body, which meets and decides on the spot.
    """

    numbers: BitMap
    branches: dict[BodyId, BitMap] = field(default_factory=dict)
    count: int = 0
    meets: bool = False


class Terms(Struct, frozen=True):
    """What the rule book said about votes when this one opened.

    Attributes:
        certify_days: How long after the close the commission alone can conclude it.
        most_proxies: For how many others one may vote; 0 where there are no proxies.
        objection_days: How long its outcome may be objected to.
        paper_days: How long after its time ballots on paper are counted in.
    """

    certify_days: int
    most_proxies: int
    objection_days: int
    paper_days: int


class Sheet(Struct, frozen=True):
    """What a teller entered, in an order of its own so that equal sheets are equal.

    Attributes:
        present: How many were present, for a show of hands; 0 otherwise.
        anonymous: Ballot to how often, for a show of hands.
        answers: Member's number to ballot, for a roll call.
    """

    present: int = 0
    anonymous: dict[str, int] = field(default_factory=dict)
    answers: dict[int, str] = field(default_factory=dict)


class Contest(Struct):
    """An objection to an outcome.

    Attributes:
        member: Whose it is.
        at: When it was raised.
        answer: The act that answered it, or empty.
    """

    member: MemberId
    at: Moment
    answer: str = ""


class Vote(Struct):
    """A vote.

    Attributes:
        number: For people: 9 is V-9.
        body: Whose vote it is.
        opener: Who opened it.
        purpose: What its outcome does.
        question: What is voted on, or empty.
        reference: Its number in the organisation's own register, or empty.
        counting: How ballots are read and counted.
        manner: How ballots are given.
        commission: Who certifies the outcome, if anybody.
        options: In the order of the ballot.
        default: The number of the option that leaves everything as it is, or 0.
        quorum: How many must take part.
        secret: Whether no ballot is cast under a member's name.
        opened: When.
        closes: The first moment at which no ballot is taken any more.
        terms: What the rule book said then.
        electors: Who is entitled to vote.
        ballots: Member's number to ballot; empty again once the outcome is declared.
        cards: Card holder's number to the votes on the card that say what; empty likewise.
        anonymous: Ballot to how often it was counted in; empty again likewise.
        spoilt: Ballots counted in that say nothing readable.
        proxies: Elector's number to the number of who votes for them.
        holders: The same the other way: number of who votes for others to the numbers of these.
        by_proxy: The numbers of those whose ballot another cast; empty again likewise.
        sheets: Teller's number to what they entered.
        agreed: Whether two tellers entered the same.
        present: How many were present at a show of hands.
        closed: When its close was recorded, or empty.
        close: The act that recorded it.
        seed: What a lot is drawn from: the record's root before the close.
        certified: Number of a member of the commission to what they certify, as one digest.
        refused: Number of a member of the commission to the act by which they refuse to.
        declared: When its outcome was declared, or empty.
        declaration: The act that declared it.
        outcome: What was counted, as canonical JSON; empty until then.
        counted: How many ballots were counted; 0 until then.
        winners: The options that won, once declared.
        contests: Objections to the outcome, by the acts that raised them.
        annulled: When the outcome was made void, or empty.
        reseated: When its body was re-seated by it, or empty.
    """

    number: int
    body: BodyId
    opener: MemberId
    purpose: Purpose
    question: str
    reference: str
    counting: Counting
    manner: Manner
    commission: Commission
    options: tuple[Option, ...]
    default: int
    quorum: Quorum
    secret: bool
    opened: Moment
    closes: Moment
    terms: Terms
    electors: Electors
    ballots: dict[int, str] = field(default_factory=dict)
    cards: dict[int, tuple[CountedBallots, ...]] = field(default_factory=dict)
    anonymous: dict[str, int] = field(default_factory=dict)
    spoilt: int = 0
    proxies: dict[int, int] = field(default_factory=dict)
    holders: dict[int, BitMap] = field(default_factory=dict)
    by_proxy: BitMap = field(default_factory=BitMap)
    sheets: dict[int, Sheet] = field(default_factory=dict)
    agreed: bool = False
    present: int = 0
    closed: str = ""
    close: str = ""
    seed: str = ""
    certified: dict[int, str] = field(default_factory=dict)
    refused: dict[int, ActId] = field(default_factory=dict)
    declared: str = ""
    declaration: str = ""
    outcome: str = ""
    counted: int = 0
    winners: tuple[int, ...] = ()
    contests: dict[ActId, Contest] = field(default_factory=dict)
    annulled: str = ""
    reseated: str = ""

    @property
    def entitled(self) -> int:
        """How many votes there would be if everybody voted."""
        if self.manner.kind == "cards":
            return sum(card.votes for card in self.manner.cards)
        return self.electors.count or len(self.electors.numbers)

    @property
    def received(self) -> int:
        """How many votes are in, before the outcome is declared; spoilt ones are among them."""
        split = sum(part.count for parts in self.cards.values() for part in parts)
        return len(self.ballots) + sum(self.anonymous.values()) + split + self.spoilt


class Decisions(Struct):
    """Votes with their ballots and outcomes."""

    votes: dict[VoteId, Vote] = field(default_factory=dict)
    references: dict[str, VoteId] = field(default_factory=dict)

    # Effects: of committed entries only, and none can fail.

    def open_vote(self, entry: Entry, body: OpenVote, electors: Electors, terms: Terms) -> None:
        """A vote more, named by its act, for these electors (`rules_opening.electors_of`)."""
        name = VoteId(entry.act.id)
        self.votes[name] = Vote(
            number=len(self.votes) + 1,
            body=body.body,
            opener=entry.act.actor,
            purpose=body.purpose,
            question=body.question,
            reference=body.reference,
            counting=body.counting,
            manner=body.manner,
            commission=body.commission,
            options=body.options,
            default=body.default,
            quorum=body.quorum,
            secret=body.secret,
            opened=judged_at(entry, body.happened_at),
            closes=body.closes,
            terms=terms,
            electors=electors,
        )
        if body.reference:
            self.references[body.reference] = name

    def cast_ballot(self, _entry: Entry, body: CastBallot, number: int) -> None:
        """The ballot of the member with this number is this one, whatever it was before."""
        vote = self.votes[body.vote]
        vote.ballots[number] = body.marks
        if vote.by_proxy:
            vote.by_proxy.discard(number)

    def cast_card(self, _entry: Entry, body: CastCard, number: int) -> None:
        """The card of the member with this number says this, whatever it said before."""
        self.votes[body.vote].cards[number] = body.parts

    def give_proxy(self, _entry: Entry, body: GiveProxy, giver: int, holder: int) -> None:
        """The one votes for the other; for themselves if both are the same."""
        vote = self.votes[body.vote]
        before = vote.proxies.pop(giver, giver)
        if before != giver:
            vote.holders[before].discard(giver)
            if not vote.holders[before]:
                del vote.holders[before]
        if giver in vote.by_proxy:
            vote.by_proxy.discard(giver)
            del vote.ballots[giver]
        if giver != holder:
            vote.proxies[giver] = holder
            vote.holders.setdefault(holder, BitMap()).add(giver)

    def cast_by_proxy(self, _entry: Entry, body: CastByProxy, number: int) -> None:
        """The ballot of the member with this number is this one, cast by another."""
        vote = self.votes[body.vote]
        vote.ballots[number] = body.marks
        vote.by_proxy.add(number)

    def count_in_ballots(self, _entry: Entry, body: CountInBallots) -> None:
        """The vote has so many ballots more."""
        vote = self.votes[body.vote]
        vote.spoilt += body.spoilt
        for line in body.ballots:
            vote.anonymous[line.marks] = vote.anonymous.get(line.marks, 0) + line.count

    def enter_hands(self, _entry: Entry, body: EnterHands, teller: int) -> None:
        """A teller's sheet; the votes are these once another teller's is the same."""
        hands = {line.marks: line.count for line in sorted(body.ballots, key=lambda one: one.marks)}
        self._enter(self.votes[body.vote], teller, Sheet(present=body.present, anonymous=hands))

    def enter_roll_call(
        self, _entry: Entry, body: EnterRollCall, teller: int, sheet: Sheet
    ) -> None:
        """A teller's sheet (`rules_tellers.sheet_of`); likewise."""
        self._enter(self.votes[body.vote], teller, sheet)

    @staticmethod
    def _enter(vote: Vote, teller: int, sheet: Sheet) -> None:
        vote.sheets[teller] = sheet
        others = (held for number, held in vote.sheets.items() if number != teller)
        vote.agreed = any(other == sheet for other in others)
        if vote.agreed:
            vote.present = sheet.present
            vote.anonymous = dict(sheet.anonymous)
            vote.ballots = dict(sheet.answers)

    def close_vote(self, entry: Entry, body: CloseVote, seed: str) -> None:
        """The vote's ballots are final; a lot would be drawn from this seed."""
        vote = self.votes[body.vote]
        vote.closed = judged_at(entry, body.happened_at)
        vote.close = entry.act.id
        vote.seed = seed

    def declare_outcome(self, entry: Entry, body: DeclareOutcome, outcome: Outcome) -> None:
        """The vote keeps what was counted, and no ballots."""
        self._declare(entry, body, outcome)

    def certify_outcome(
        self, entry: Entry, body: CertifyOutcome, number: int, outcome: Outcome
    ) -> None:
        """One certificate more; the last one needed declares the outcome."""
        vote = self.votes[body.vote]
        vote.certified[number] = body.outcome
        vote.refused.pop(number, None)
        if len(vote.certified) >= vote.commission.needed:
            self._declare(entry, body, outcome)

    def refuse_outcome(self, entry: Entry, body: RefuseOutcome, number: int) -> None:
        """One of the commission refuses, unless they certify after all."""
        self.votes[body.vote].refused[number] = ActId(entry.act.id)

    def _declare(
        self, entry: Entry, body: DeclareOutcome | CertifyOutcome, outcome: Outcome
    ) -> None:
        vote = self.votes[body.vote]
        vote.declared = judged_at(entry, body.happened_at)
        vote.declaration = entry.act.id
        vote.outcome = outcome.canonical().decode()
        vote.counted = outcome.ballots
        vote.winners = body.winners
        vote.ballots = {}
        vote.cards = {}
        vote.anonymous = {}
        vote.by_proxy = BitMap()
        vote.sheets = {}

    def contest_outcome(self, entry: Entry, body: ContestOutcome) -> None:
        """An objection to the outcome stands, named by its act."""
        contests = self.votes[body.vote].contests
        contests[ActId(entry.act.id)] = Contest(entry.act.actor, judged_at(entry, body.happened_at))

    def answer_contest(self, entry: Entry, body: AnswerContest) -> None:
        """The objection is answered."""
        self.votes[body.vote].contests[body.contest].answer = entry.act.id

    def annul_outcome(self, entry: Entry, body: AnnulOutcome) -> None:
        """The outcome is void."""
        self.votes[body.vote].annulled = judged_at(entry, body.happened_at)

    def reseat_body(self, entry: Entry, body: ReseatBody) -> None:
        """The vote has done its work: it re-seats no second time."""
        self.votes[body.vote].reseated = judged_at(entry, body.happened_at)
