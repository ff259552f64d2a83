"""What the Debian record can honestly say in figures: participation, proposers, margins.

Nothing is estimated. What the record doesn't hold isn't counted here, and the page says so.
"""

from collections import Counter
from typing import Final

from msgspec import Struct

from collegium.counting import DebianOutcome
from collegium.datasets.debian.comparing import declared_outcome
from collegium.datasets.debian.tour import Sheets, Words, titles_in
from collegium.ids import ActId, MemberId, ProposalId, VoteId
from collegium.parts.decisions.state import Vote
from collegium.parts.deliberation.state import Proposal
from collegium.parts.organisation.shown import Text
from collegium.secretariat.house import House

VOTES_HELD: Final = 38
"""The votes of 2003 to 2018; see ORIGIN.md, *What is left out*."""

_STEPS: Final = (1, 2, 5, 10)
"""Where the groups of voters begin, by how often they voted."""


class Support(Struct, frozen=True):
    """Who stood behind a vote's proposals: how many, each counted once.

    Attributes:
        proposals: Proposals on the ballot.
        proposers: Members who published one.
        signatories: Members who signed one.
    """

    proposals: int
    proposers: int
    signatories: int


class Closest(Struct, frozen=True):
    """The winner's closest comparison with another option that was not dropped."""

    winner: int
    rival: int
    votes: int
    against: int


class VoteRow(Struct, frozen=True):
    """One vote in figures.

    Attributes:
        name: Which.
        number: For people: 9 is V-9.
        reference: Its number in Debian's own register.
        year: When it opened.
        secret: Whether the ballots were secret.
        ballots: How many were counted.
        entitled: How many could have voted.
        support: Who proposed and signed; nobody in an election.
        unchanged: Whether the option won that leaves everything as it is.
        closest: How close it was.
        title: Of the vote.
        option_titles: Of its options.
    """

    name: VoteId
    number: int
    reference: str
    year: int
    secret: bool
    ballots: int
    entitled: int
    support: Support
    unchanged: bool
    closest: Closest
    title: Text
    option_titles: Text


class FiguresFound(Struct, frozen=True):
    """Every vote in figures, and all of them together, in the order of time."""

    rows: tuple[VoteRow, ...]
    support: Support


class RowTold(Struct, frozen=True):
    """A vote in figures with its words."""

    found: VoteRow
    title: str
    winner: str
    rival: str

    @property
    def share(self) -> str:
        """Ballots of a hundred who could have voted, with one decimal."""
        return f"{100 * self.found.ballots / self.found.entitled:.1f}"


class Frequency(Struct, frozen=True):
    """How many voters cast from `fewest` to `most` open ballots."""

    fewest: int
    most: int
    voters: int


class FiguresTold(Struct, frozen=True):
    """The page of figures.

    Attributes:
        rows: Every vote, in the order of time.
        open_rows: Those with open ballots: the resolutions.
        support: Who stood behind all proposals together.
        frequencies: How often the same name stands on an open ballot.
        voters: How many names stand on an open ballot.
        secret: How many votes were secret.
        unchanged: How many resolutions left everything as it was.
        held: How many votes there were in all.
        absent: How many of them aren't in the record.
    """

    rows: tuple[RowTold, ...]
    open_rows: tuple[RowTold, ...]
    support: Support
    frequencies: tuple[Frequency, ...]
    voters: int
    secret: int
    unchanged: int
    held: int
    absent: int

    @property
    def lowest(self) -> RowTold:
        """The resolution in which the smallest share voted."""
        return min(self.open_rows, key=lambda row: float(row.share))

    @property
    def highest(self) -> RowTold:
        """The vote in which the largest share voted."""
        return max(self.rows, key=lambda row: float(row.share))


def find_figures(house: House) -> FiguresFound:
    """The figures of every vote in a house whose votes are all declared."""
    votes = house.decisions.votes
    rows = tuple(_row(house, name, vote) for name, vote in votes.items())
    everything = [one for vote in votes.values() for one in _proposals(house, vote)]
    return FiguresFound(rows, _support(everything))


def tell_figures(found: FiguresFound, words: Words, sheets: Sheets) -> FiguresTold:
    """The page of figures in words."""
    rows = tuple(_told(row, words) for row in found.rows)
    times = _times_voted(found, sheets)
    return FiguresTold(
        rows=rows,
        open_rows=tuple(row for row in rows if not row.found.secret),
        support=found.support,
        frequencies=_frequencies(times, sum(not row.secret for row in found.rows)),
        voters=len(times),
        secret=sum(row.secret for row in found.rows),
        unchanged=sum(row.unchanged and not row.secret for row in found.rows),
        held=VOTES_HELD,
        absent=VOTES_HELD - len(rows),
    )


def _row(house: House, name: VoteId, vote: Vote) -> VoteRow:
    outcome = declared_outcome(vote)
    return VoteRow(
        name=name,
        number=vote.number,
        reference=vote.reference,
        year=int(vote.opened[:4]),
        secret=vote.secret,
        ballots=outcome.ballots,
        entitled=vote.entitled,
        support=_support(_proposals(house, vote)),
        unchanged=vote.default in vote.winners,
        closest=_closest(vote, outcome),
        title=Text(ActId(name), "title"),
        option_titles=Text(ActId(name), "option_titles"),
    )


def _proposals(house: House, vote: Vote) -> list[Proposal]:
    proposals = house.deliberation.proposals
    return [proposals[ProposalId(one.proposal)] for one in vote.options if one.proposal]


def _support(proposals: list[Proposal]) -> Support:
    signatories: set[int] = set()
    for proposal in proposals:
        signatories.update(*(version.signatures for version in proposal.versions))
    authors = {proposal.author for proposal in proposals}
    return Support(len(proposals), len(authors), len(signatories))


def _closest(vote: Vote, outcome: DebianOutcome) -> Closest:
    winner = vote.winners[0]
    dropped = {one.option for one in outcome.dropped}
    rivals = [one for one in range(1, len(vote.options) + 1) if one != winner]
    standing = [one for one in rivals if one not in dropped] or rivals
    matrix = outcome.matrix

    def lead(rival: int) -> int:
        return matrix[winner - 1][rival - 1] - matrix[rival - 1][winner - 1]

    rival = min(standing, key=lead)
    return Closest(winner, rival, matrix[winner - 1][rival - 1], matrix[rival - 1][winner - 1])


def _told(row: VoteRow, words: Words) -> RowTold:
    needed = max(row.closest.winner, row.closest.rival)
    titles = titles_in(words(row.option_titles), needed)
    return RowTold(
        found=row,
        title=" ".join(words(row.title).split()).removeprefix("General Resolution: "),
        winner=titles[row.closest.winner - 1],
        rival=titles[row.closest.rival - 1],
    )


def _times_voted(found: FiguresFound, sheets: Sheets) -> Counter[MemberId]:
    times: Counter[MemberId] = Counter()
    for row in found.rows:
        if not row.secret and row.name in sheets:
            times.update(sheets[row.name].named.keys())
    return times


def _frequencies(times: Counter[MemberId], most: int) -> tuple[Frequency, ...]:
    ends = [*(step - 1 for step in _STEPS[1:]), most]
    return tuple(
        Frequency(fewest, last, sum(fewest <= one <= last for one in times.values()))
        for fewest, last in zip(_STEPS, ends, strict=True)
    )
