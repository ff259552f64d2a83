"""Ballots and counts of votes that are closed, made once and kept: they never change.

All of it runs outside the read lock, and whatever may take long beside the request. An open
vote is never counted.
"""

from collections.abc import Mapping
from copy import copy
from functools import lru_cache
from itertools import islice
from typing import Any, Final, Literal, TypeAlias

from msgspec import Struct

from collegium.counting import DebianOutcome, Outcome
from collegium.counting.ballot import UNRANKED
from collegium.counting.margin import Margin, margin
from collegium.counting.margins import EFFORT, margin_of
from collegium.counting.margins import Margin as VotesMargin
from collegium.counting.outcomes import read_outcome
from collegium.counting.policy import ReadBallots
from collegium.counting.protocol import tied_ways
from collegium.ids import Moment, VoteId
from collegium.parts.decisions.pages import vote_numbered
from collegium.parts.decisions.shown import Concluded, Counted, conclusion, counted
from collegium.parts.decisions.state import Vote
from collegium.parts.decisions.tallying import (
    APPROVED,
    counted_by,
    kind_of,
    profile_of,
    read_weights,
    rule_of,
    weights_of,
    winners_of,
)
from collegium.parts.decisions.what_if import otherwise
from collegium.parts.organisation.shown import Absent, Person, Place, Visit, person, place
from collegium.secretariat.ballots import BallotBox, ballots_of
from collegium.secretariat.house import House
from collegium.server.desks import Desk
from collegium.server.web.shared.running import COUNTS, NotYet, Telling, Watched

MOST_READ: Final = 20_000
"""Ballots up to which a page reads them back from the record; beyond, there are downloads."""

PAGE_LENGTH: Final = 100
"""Ballots on one page."""

DIFFERS: Final = (
    "The ballot entries in this copy of the record don't come to the counted profile. Some went "
    "in past the rules, and none is shown as counted. Run collegium verify on a copy to name them."
)
"""What is said instead of ballots that aren't those that were counted."""

_SLICE: Final = 25_000
"""Different ballots that are grouped before it is told how far that is."""

_GROUPED: Final = 80
"""Per cent of a count that are done when its ballots are grouped: that takes the longest."""

Narrowness: TypeAlias = Literal["found", "never", "too-few", "too-many", "differs"]


class Narrow(Struct, frozen=True):
    """How narrow an outcome was.

    Attributes:
        kind: `found`; `never`: changed ballots couldn't have turned it; `too-few`: nor could
            they, for too few came in; `too-many`: there are too many to try it on a page;
            `differs`: the record has others than were counted.
        margin: How many would have turned it, where that is found.
    """

    kind: Narrowness
    margin: Margin | None


class ClosedVote(Struct, frozen=True):
    """A closed vote; its ballots change no more.

    Attributes:
        name: The act that opened it.
        vote: The vote as it was when it was looked at.
    """

    name: VoteId
    vote: Vote


class CountedVote(Struct, frozen=True):
    """A closed vote with what its ballots come to."""

    name: VoteId
    vote: Vote
    outcome: Outcome

    def counted(self) -> Counted | None:
        """The count against the default option as pages show it, where there is one."""
        found = self.outcome
        return counted(self.vote, found) if isinstance(found, DebianOutcome) else None

    def concluded(self) -> Concluded:
        """What the ballots came to, whichever the method."""
        return conclusion(self.vote, self.outcome)


class Unclear(Struct, frozen=True):
    """What isn't plain from a vote's count alone, but from its ballots.

    Attributes:
        margin: How few changed ballots would change it; None where it isn't known.
        read: What the ballot policy made of ranked ballots; None where it isn't known.
        ways: Who might have been elected had the ties fallen otherwise; empty likewise.
    """

    margin: VotesMargin | None
    read: ReadBallots | None
    ways: frozenset[tuple[int, ...]]


_NOTHING: Final = Unclear(None, None, frozenset())


class BallotRow(Struct, frozen=True):
    """A ballot with its voter; None where tellers counted it in.

    Attributes:
        seq: Its entry.
        voter: Whose it is.
        by: Who cast or entered it, where that was another.
        at: When it was cast.
        marks: What it says.
        count: How many ballots say it; 1 for a member's.
        last: Whether it counts: no later one took its place.
    """

    seq: int
    voter: Person | None
    by: Person | None
    at: Moment
    marks: str
    count: int
    last: bool


class BranchTally(Struct, frozen=True):
    """What the ballots of a branch say.

    Attributes:
        body: The branch.
        entitled: How many of it could vote.
        ballots: How many did.
        firsts: How many of those put each option first, or ticked it; empty for grades.
    """

    body: Place
    entitled: int
    ballots: int
    firsts: tuple[int, ...]


def closed_vote(desk: Desk, number: int) -> ClosedVote:
    """A closed vote.

    Raises:
        Absent: There is no such vote, or it isn't closed yet.
    """
    with desk.office.door.reading() as house:
        name = vote_numbered(house, number)
        vote = copy(house.decisions.votes[name])
    if not vote.closed:
        raise Absent(f"V-{number} isn't closed yet; its ballots are counted after that.")
    return ClosedVote(name, vote)


def final(desk: Desk, closed: ClosedVote) -> CountedVote | NotYet:
    """A closed vote with its count, or how far that is."""
    found = _outcome(desk, closed)
    return found if isinstance(found, NotYet) else CountedVote(closed.name, closed.vote, found)


def _outcome(desk: Desk, closed: ClosedVote) -> Outcome | NotYet:
    vote = closed.vote
    if vote.outcome:
        return _declared(vote.outcome)

    def work(telling: Telling) -> Outcome:
        profile = _grouped(vote, weights_of(vote), telling)
        telling.say("Counting them", _GROUPED, vote.received, vote.received)
        return counted_by(rule_of(vote), profile, vote.seed)

    return COUNTS.found((desk, closed.name, "outcome"), work)


def unclear(desk: Desk, found: CountedVote) -> Unclear | NotYet:
    """What isn't plain from a vote's count alone, or how far that is.

    Nothing is known of ballots that are too many for pages, or not those that were counted.
    """
    closed = ClosedVote(found.name, found.vote)
    if not is_readable(closed):
        return _NOTHING

    def work(telling: Telling) -> Unclear:
        weights: Mapping[str, int] = weights_of(found.vote)
        if not weights:  # declared: the record has them
            box = _read(desk, closed, telling, 50)
            weights = box.weights() if is_of_count(found, box) else {}
        telling.say("Looking at unclear marks, ties and how narrow it was", 60)
        return _unclear(found, weights)

    return COUNTS.found((desk, found.name, "unclear"), work)


def _unclear(found: CountedVote, weights: Mapping[str, int]) -> Unclear:
    counting, options = found.vote.counting, len(found.vote.options)
    if not weights:
        return _NOTHING
    ranked, profile = kind_of(counting) == "ranked", profile_of(counting, options, weights)
    return Unclear(
        margin=margin_of(found.outcome, profile, EFFORT),
        read=read_weights(counting, options, weights) if ranked else None,
        ways=tied_ways(found.outcome, profile),
    )


def _grouped(vote: Vote, weights: Mapping[str, int], telling: Telling) -> Any:
    """The ballots grouped, slice by slice: the profiles of parts add up to that of the whole."""
    profile: Any = profile_of(vote.counting, len(vote.options), {})
    total, done, rest = sum(weights.values()), 0, iter(weights.items())
    while part := dict(islice(rest, _SLICE)):
        telling.say("Grouping the ballots", _GROUPED * done // total, done, total)
        profile += profile_of(vote.counting, len(vote.options), part)
        done += sum(part.values())
    return profile


@lru_cache(maxsize=256)
def _declared(outcome: str) -> Outcome:
    return read_outcome(outcome.encode())


def other_outcome(desk: Desk, closed: ClosedVote, choice: str) -> Outcome | NotYet:
    """What the ballots would come to by another method, or how far that is."""

    def work(telling: Telling) -> Outcome:
        box = _read(desk, closed, telling, 60)
        if not is_of_count(
            CountedVote(closed.name, closed.vote, _declared(closed.vote.outcome)), box
        ):
            raise Absent(DIFFERS)
        weights = box.weights()
        telling.say("Counting them", 70, sum(weights.values()), sum(weights.values()))
        return otherwise(closed.vote, weights, choice)

    return COUNTS.found((desk, closed.name, "what if", choice), work)


def narrow(desk: Desk, found: CountedVote) -> Narrow | NotYet:
    """How narrow the outcome of a closed `debian-a6/1` was."""
    outcome = found.outcome
    if winners_of(found.vote, outcome) != outcome.winners:
        return Narrow("too-few", None)
    if outcome.ballots > MOST_READ or not isinstance(outcome, DebianOutcome):
        return Narrow("too-many", None)
    against: DebianOutcome = outcome

    def work(telling: Telling) -> Narrow:
        box = _read(desk, ClosedVote(found.name, found.vote), telling, 50)
        if not is_of_count(found, box):
            return Narrow("differs", None)
        weights = box.weights()
        telling.say("Trying how few would have turned it", 60)
        profile = profile_of(found.vote.counting, len(found.vote.options), weights)
        turned = margin(profile, against)
        return Narrow("found" if turned else "never", turned)

    return COUNTS.found((desk, found.name, "margin"), work)


def box_of(desk: Desk, closed: ClosedVote) -> BallotBox:
    """All ballots of a closed vote, from the record."""
    if closed.vote.received > MOST_READ or closed.vote.counted > MOST_READ:
        return ballots_of(desk.office.folder.archive, closed.name)
    return _box(desk, closed.name)


def is_of_count(found: CountedVote, box: BallotBox) -> bool:
    """Whether the ballots read from the record are those that were counted.

    Entries that a rule refused are no ballots; whoever holds the database can put some in. The
    counted profile tells.
    """
    vote = found.vote
    try:
        profile = profile_of(vote.counting, len(vote.options), box.weights())
    except (ValueError, LookupError):  # a ballot that no rule would have let in
        return False
    return bool(profile.digest() == found.outcome.profile)


def counted_box(desk: Desk, found: CountedVote) -> BallotBox:
    """The ballots of a vote that was counted, from the record.

    Raises:
        Absent: The record has others than were counted.
    """
    box = box_of(desk, ClosedVote(found.name, found.vote))
    if not is_of_count(found, box):
        raise Absent(DIFFERS)
    return box


def is_readable(closed: ClosedVote) -> bool:
    """Whether its ballots are few enough for pages."""
    return max(closed.vote.received, closed.vote.counted) <= MOST_READ


def ballot_rows(house: House, _visit: Visit, box: BallotBox, start: int) -> tuple[BallotRow, ...]:
    """The ballots of one page, in the order of the record."""
    cast = [
        BallotRow(
            seq=one.seq,
            voter=person(house, one.member),
            by=person(house, one.by) if one.by != one.member else None,
            at=one.at,
            marks=one.marks,
            count=one.count,
            last=one.last,
        )
        for one in box.cast[start : start + PAGE_LENGTH]
    ]
    after = max(start - len(box.cast), 0)
    room = PAGE_LENGTH - len(cast)
    counted_in = [
        BallotRow(one.seq, None, None, one.at, one.marks, one.count, last=True)
        for one in box.counted_in[after : after + room]
    ]
    return (*cast, *counted_in)


def branch_tallies(house: House, vote: Vote, box: BallotBox) -> tuple[BranchTally, ...]:
    """What the ballots of each branch say; empty where the vote isn't counted by branches."""
    members = house.organisation.members
    said: dict[int, str] = {members[one.member].number: one.marks for one in box.cast if one.last}
    tallies = []
    for body, numbers in vote.electors.branches.items():
        marks = [said[number] for number in numbers if number in said]
        firsts = tuple(
            sum(_is_first(vote, one, place_) for one in marks)
            for place_ in range(len(vote.options))
        )
        kept = firsts if kind_of(vote.counting) != "grades" else ()
        tallies.append(BranchTally(place(house, body), len(numbers), len(marks), kept))
    return tuple(tallies)


def _is_first(vote: Vote, marks: str, place_: int) -> bool:
    """Whether a ballot puts the option at this place first, or ticks it."""
    mark = marks[place_]
    if mark == UNRANKED or kind_of(vote.counting) == "approvals":
        return mark == APPROVED
    return mark == min(one for one in marks if one != UNRANKED)


def _read(desk: Desk, closed: ClosedVote, telling: Telling, most: int) -> BallotBox:
    """The ballots from the record, telling how far that is."""
    if is_readable(closed):
        return _box(desk, closed.name)
    return ballots_of(Watched(desk.office.folder.archive, telling, most), closed.name)


@lru_cache(maxsize=64)
def _box(desk: Desk, name: VoteId) -> BallotBox:
    return ballots_of(desk.office.folder.archive, name)
