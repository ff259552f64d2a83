"""What is shown of votes, their ballots and outcomes.

Pure functions from the house to immutable data, for web pages, the API and `--json` alike.
They run under the read lock: no texts, no archive, at most 20 ms. Ballots of a vote that is
closed are read back from the record outside it.
"""

from itertools import islice
from typing import Literal, TypeAlias

from msgspec import Struct
from pyroaring import BitMap

from collegium.counting import DebianOutcome
from collegium.ids import ActId, MemberId, Moment, ProposalId, QuestionId, VoteId
from collegium.parts.decisions.acts import Counting, Purpose, Quorum
from collegium.parts.decisions.needs import needed
from collegium.parts.decisions.pages_taking import (
    BranchRow,
    CardRow,
    Certifying,
    MannerKind,
    Objections,
    PaperKind,
    Proxies,
    Rooms,
    Telling,
    branch_rows,
    card_row,
    certifying,
    objections,
    paper_of,
    proxies,
    telling,
    visitor_number,
)
from collegium.parts.decisions.shown import Concluded, Counted, concluded, counted
from collegium.parts.decisions.state import Vote
from collegium.parts.decisions.tallying import fewest_ballots, outcome_of, paper_until
from collegium.parts.organisation.shown import (
    Absent,
    Person,
    Place,
    Text,
    Visit,
    person,
    place,
)

PAGE_LENGTH = 30
"""Decided votes on one page."""

MOST_VOTERS = 500
"""Voters named on the page of an open vote; the count is always of all."""

State: TypeAlias = Literal["open", "over", "closed", "declared"]
"""`over`: its time is over and no close is recorded; `closed`: no outcome is declared yet."""

Yours: TypeAlias = Literal["voted", "may-vote", "not-elector", "secret", "called", "nobody"]
"""How the visitor stands to a vote; `secret`: no ballot is cast under a name; `called`: hands are
raised or names called, and tellers enter it."""


class VoteRow(Struct, frozen=True):
    """A vote in the list of votes.

    Attributes:
        number: 9 is V-9.
        name: The act that opened it.
        title: What is voted on.
        option_titles: The options' titles, as one list in JSON.
        body: Whose vote it is.
        reference: Its number in the organisation's own register, or empty.
        state: Whether it is open, over, closed or declared.
        opened: When.
        closes: The first moment at which no ballot is taken.
        entitled: How many may vote.
        received: How many votes are in.
        winners: The options that won, once declared.
        level: Whether more won than there are places.
        elects: Whether it is an election.
        motion: Whether its ballots say yes or no to one proposal.
        annulled: Whether the outcome was made void.
        yours: How the visitor stands to it.
    """

    number: int
    name: VoteId
    title: Text
    option_titles: Text
    body: Place
    reference: str
    state: State
    opened: Moment
    closes: Moment
    entitled: int
    received: int
    winners: tuple[int, ...]
    level: bool
    elects: bool
    motion: bool
    annulled: bool
    yours: Yours


class VotesPage(Struct, frozen=True):
    """The list of votes, the newest first but those that end first on top.

    Attributes:
        total: How many there are.
        open: Those that take ballots, the one that closes first on top.
        ending: Those whose time is over, without an outcome.
        decided: Those decided that stand on this page.
        before: The number below which the next page goes on; None on the last one.
    """

    total: int
    open: tuple[VoteRow, ...]
    ending: tuple[VoteRow, ...]
    decided: tuple[VoteRow, ...]
    before: int | None


class OptionRow(Struct, frozen=True):
    """An option on the ballot.

    Attributes:
        number: Its place on the ballot, from 1.
        proposal: The proposal that it would adopt: 118 is P-118; 0 without one.
        version: That proposal's version.
        newer: Whether the proposal has had newer versions since.
        ratio: The votes for and against whose ratio it must exceed.
        members: Who stands, or would sit in the body where the vote re-seats one.
        default: Whether it leaves everything as it is.
    """

    number: int
    proposal: int
    version: int
    newer: bool
    ratio: tuple[int, int]
    members: tuple[Person, ...]
    default: bool


class VotePage(Struct, frozen=True):
    """One vote.

    Attributes:
        row: The vote as in the list.
        note: What its opener wrote beside it; few votes have one.
        opener: Who opened it.
        question: The number of the question it is about; 0 without one.
        question_text: That question.
        purpose: What its outcome does.
        options: In the order of the ballot.
        default: The number of the option that leaves everything as it is, or 0.
        counting: How ballots are read and counted.
        paper: What a ballot looks like.
        manner: How ballots are given.
        electorate: Branch by branch, where the vote is counted so.
        needed: What it takes to win, in sentences.
        quorum: How many must take part, as the act says it.
        fewest: How many ballots that is, or votes over the default option.
        secret: Whether no ballot may be cast under a member's name.
        paper_days: For how many days after its time ballots on paper are counted in.
        paper_until: Until when paper is still counted in though the vote's time is over, or empty.
        closed: When its close was recorded, or empty.
        declared: When its outcome was declared, or empty.
        yours: The visitor's ballot while the vote is open, or empty.
        voters: Who has voted while the vote is open, in the order of admission.
        card: The visitor's card, while cards vote; None without one.
        telling: What tellers have to do; None where nobody enters anything.
        certifying: What the counting commission has to do; None without one.
        proxies: Who votes for whom, as far as it is the visitor's matter.
        objections: What was said against the outcome, once it is declared.
        spoilt: Ballots that say nothing readable.
        counted: What the ballots came to, once the outcome of a `debian-a6/1` is declared.
        concluded: What the ballots came to, under whichever method, once that is declared.
        proofs: The acts that closed it and declared its outcome, as texts to look them up by.
    """

    row: VoteRow
    note: Text
    opener: Person
    question: int
    question_text: Text | None
    purpose: Purpose
    options: tuple[OptionRow, ...]
    default: int
    counting: Counting
    paper: PaperKind
    manner: MannerKind
    electorate: tuple[BranchRow, ...]
    needed: tuple[str, ...]
    quorum: Quorum
    fewest: int
    secret: bool
    paper_days: int
    paper_until: str
    closed: str
    declared: str
    yours: str
    voters: tuple[Person, ...]
    card: CardRow | None
    telling: Telling | None
    certifying: Certifying | None
    proxies: Proxies
    objections: Objections | None
    spoilt: int
    counted: Counted | None
    concluded: Concluded | None
    proofs: tuple[Text, ...]


def votes_page(house: Rooms, visit: Visit, before: int = 0) -> VotesPage:
    """Every vote that isn't decided, and the newest that are, or those numbered below `before`."""
    votes = house.decisions.votes
    open_: list[VoteRow] = []
    ending: list[VoteRow] = []
    for name in reversed(votes):
        if not votes[name].declared and not before:
            row = vote_row(house, visit, name)
            (open_ if row.state == "open" else ending).append(row)
    top = min(before - 1, len(votes)) if before else len(votes)
    below = islice(reversed(votes), len(votes) - max(top, 0), None)
    decided = list(islice((name for name in below if votes[name].declared), PAGE_LENGTH + 1))
    rows = [vote_row(house, visit, name) for name in decided]
    return VotesPage(
        total=len(votes),
        open=tuple(sorted(open_, key=lambda row: row.closes)),
        ending=tuple(ending),
        decided=tuple(rows[:PAGE_LENGTH]),
        before=rows[PAGE_LENGTH].number + 1 if len(rows) > PAGE_LENGTH else None,
    )


def votes_about(house: Rooms, visit: Visit, question: QuestionId) -> tuple[VoteRow, ...]:
    """The votes on a question, the newest first."""
    votes = house.decisions.votes
    names = [name for name in reversed(votes) if votes[name].question == question]
    return tuple(vote_row(house, visit, name) for name in names)


def vote_page(house: Rooms, visit: Visit, number: int) -> VotePage:
    """One vote.

    Raises:
        Absent: There is no such number.
    """
    name = vote_numbered(house, number)
    vote = house.decisions.votes[name]
    asked = house.deliberation.questions[QuestionId(vote.question)] if vote.question else None
    names = house.organisation.names
    voters = () if vote.closed else BitMap(vote.ballots)[:MOST_VOTERS]
    mine = "" if vote.closed else vote.ballots.get(visitor_number(house, visit), "")
    return VotePage(
        row=vote_row(house, visit, name),
        note=Text(ActId(name), "note"),
        opener=person(house, vote.opener),
        question=asked.number if asked else 0,
        question_text=Text(ActId(vote.question), "text") if asked else None,
        purpose=vote.purpose,
        options=tuple(_option_row(house, vote, place) for place in range(len(vote.options))),
        default=vote.default,
        counting=vote.counting,
        paper=paper_of(vote),
        manner=vote.manner.kind,
        electorate=branch_rows(house, vote),
        needed=needed(vote.counting, vote.quorum, vote.entitled, _present(vote)),
        quorum=vote.quorum,
        fewest=fewest_ballots(vote.quorum, vote.entitled),
        secret=vote.secret,
        paper_days=vote.terms.paper_days,
        paper_until=_paper_until(vote, visit.at),
        closed=vote.closed,
        declared=vote.declared,
        yours=mine,
        voters=tuple(person(house, names[one]) for one in voters),
        card=card_row(house, visit, vote),
        telling=telling(house, visit, vote),
        certifying=certifying(house, visit, vote),
        proxies=proxies(house, visit, vote),
        objections=objections(house, visit, vote),
        spoilt=vote.spoilt,
        counted=_counted(vote),
        concluded=concluded(vote),
        proofs=tuple(Text(ActId(act), "note") for act in (vote.close, vote.declaration) if act),
    )


def vote_row(house: Rooms, visit: Visit, name: VoteId) -> VoteRow:
    """A vote as in the list."""
    vote = house.decisions.votes[name]
    return VoteRow(
        number=vote.number,
        name=name,
        title=Text(ActId(name), "title"),
        option_titles=Text(ActId(name), "option_titles"),
        body=place(house, vote.body),
        reference=vote.reference,
        state=_state(vote, visit.at),
        opened=vote.opened,
        closes=vote.closes,
        entitled=vote.entitled,
        received=vote.counted if vote.declared else vote.received,
        winners=vote.winners,
        level=len(vote.winners) > vote.counting.seats,
        elects=vote.purpose == "election",
        motion=paper_of(vote) == "yes-no",
        annulled=bool(vote.annulled),
        yours=stands(house, visit, vote),
    )


def stands(house: Rooms, visit: Visit, vote: Vote) -> Yours:
    """How the visitor stands to a vote while it is open."""
    number = visitor_number(house, visit)
    if number < 0:
        return "nobody"
    if vote.secret:
        return "secret"
    if vote.manner.kind in {"hands", "roll-call"}:
        return "called"
    if number in vote.ballots or number in vote.cards:
        return "voted"
    entitled = number in vote.electors.numbers and number in house.organisation.active
    return "may-vote" if entitled else "not-elector"


def vote_numbered(house: Rooms, number: int) -> VoteId:
    """The vote with that number for people.

    Raises:
        Absent: There is none.
    """
    votes = house.decisions.votes
    found = next(islice(votes, max(number - 1, 0), None), None)
    if found is None or number < 1:
        raise Absent(f"There is no vote V-{number}.")
    return found


def _counted(vote: Vote) -> Counted | None:
    outcome = outcome_of(vote) if vote.declared else None
    return counted(vote, outcome) if isinstance(outcome, DebianOutcome) else None


def _present(vote: Vote) -> int:
    """How many are present, where that is known."""
    return vote.present or (vote.entitled if vote.counting.base == "present" else 0)


def _paper_until(vote: Vote, at: Moment) -> str:
    """Until when paper is counted in, where it is and nothing else is."""
    if vote.closed or at < vote.closes:
        return ""
    until = paper_until(vote)
    return until if at < until else ""


def _state(vote: Vote, at: Moment) -> State:
    if vote.declared:
        return "declared"
    if vote.closed:
        return "closed"
    return "open" if at < vote.closes else "over"


def _option_row(house: Rooms, vote: Vote, at: int) -> OptionRow:
    option = vote.options[at]
    found = house.deliberation.proposals.get(ProposalId(option.proposal))
    return OptionRow(
        number=at + 1,
        proposal=found.number if found else 0,
        version=option.version,
        newer=found is not None and len(found.versions) > option.version,
        ratio=option.majority,
        members=tuple(person(house, MemberId(member)) for member in option.members),
        default=at + 1 == vote.default,
    )
