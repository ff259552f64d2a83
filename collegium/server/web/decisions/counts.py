"""Ballots and counts of votes that are closed, made once and kept: they never change.

All of it runs outside the read lock. An open vote is never counted.
"""

from copy import copy
from functools import lru_cache
from typing import Final, Literal, TypeAlias

from msgspec import Struct

from collegium.counting import DebianOutcome, Outcome
from collegium.counting.margin import Margin, margin
from collegium.ids import Moment, VoteId
from collegium.parts.decisions.pages import vote_numbered
from collegium.parts.decisions.shown import Counted, counted
from collegium.parts.decisions.state import Vote
from collegium.parts.decisions.tallying import outcome_of, profile_of, winners_of
from collegium.parts.organisation.shown import Absent, Person, Visit, person
from collegium.secretariat.ballots import BallotBox, ballots_of
from collegium.secretariat.house import House
from collegium.server.desks import Desk

MOST_READ: Final = 20_000
"""Ballots up to which a page reads them back from the record; beyond, there are downloads."""

PAGE_LENGTH: Final = 100
"""Ballots on one page."""

Narrowness: TypeAlias = Literal["found", "never", "too-few", "too-many"]


class Narrow(Struct, frozen=True):
    """How narrow an outcome was.

    Attributes:
        kind: `found`; `never`: changed ballots couldn't have turned it; `too-few`: nor could
            they, for too few came in; `too-many`: there are too many to try it on a page.
        margin: How many would have turned it, where that is found.
    """

    kind: Narrowness
    margin: Margin | None


class ClosedVote(Struct, frozen=True):
    """A closed vote with its count; its ballots change no more.

    Attributes:
        name: The act that opened it.
        vote: The vote as it was when it was looked at.
        outcome: What its ballots come to.
    """

    name: VoteId
    vote: Vote
    outcome: Outcome

    def counted(self) -> Counted | None:
        """The count against the default option as pages show it, where there is one."""
        found = self.outcome
        return counted(self.vote, found) if isinstance(found, DebianOutcome) else None


class BallotRow(Struct, frozen=True):
    """A ballot with its voter; None where tellers counted it in.

    Attributes:
        seq: Its entry.
        voter: Whose it is.
        at: When it was cast.
        marks: What it says.
        count: How many ballots say it; 1 for a member's.
        last: Whether it counts: no later one took its place.
    """

    seq: int
    voter: Person | None
    at: Moment
    marks: str
    count: int
    last: bool


def final(desk: Desk, number: int) -> ClosedVote:
    """A closed vote with its count.

    Raises:
        Absent: There is no such vote, or it isn't closed yet.
    """
    with desk.office.door.reading() as house:
        name = vote_numbered(house, number)
        vote = copy(house.decisions.votes[name])
    if not vote.closed:
        raise Absent(f"V-{number} isn't closed yet; its ballots are counted after that.")
    return ClosedVote(name, vote, _counted(desk, name))


def narrow(desk: Desk, closed: ClosedVote) -> Narrow:
    """How narrow the outcome of a closed vote was."""
    if winners_of(closed.vote, closed.outcome) != closed.outcome.winners:
        return Narrow("too-few", None)
    if closed.outcome.ballots > MOST_READ:
        return Narrow("too-many", None)
    found = _margin(desk, closed.name)
    return Narrow("found" if found else "never", found)


def box_of(desk: Desk, closed: ClosedVote) -> BallotBox:
    """All ballots of a closed vote, from the record."""
    if closed.outcome.ballots > MOST_READ:
        return ballots_of(desk.office.folder.archive, closed.name)
    return _box(desk, closed.name)


def ballot_rows(house: House, _visit: Visit, box: BallotBox, start: int) -> tuple[BallotRow, ...]:
    """The ballots of one page, in the order of the record."""
    cast = [
        BallotRow(one.seq, person(house, one.member), one.at, one.marks, one.count, one.last)
        for one in box.cast[start : start + PAGE_LENGTH]
    ]
    after = max(start - len(box.cast), 0)
    room = PAGE_LENGTH - len(cast)
    counted_in = [
        BallotRow(one.seq, None, one.at, one.marks, one.count, last=True)
        for one in box.counted_in[after : after + room]
    ]
    return (*cast, *counted_in)


@lru_cache(maxsize=64)
def _box(desk: Desk, name: VoteId) -> BallotBox:
    return ballots_of(desk.office.folder.archive, name)


@lru_cache(maxsize=256)
def _margin(desk: Desk, name: VoteId) -> Margin | None:
    with desk.office.door.reading() as house:
        vote = copy(house.decisions.votes[name])
    outcome = _counted(desk, name)
    if not isinstance(outcome, DebianOutcome):
        return None
    profile = profile_of(vote.counting, len(vote.options), _box(desk, name).weights())
    return margin(profile, outcome)


@lru_cache(maxsize=16)
def _counted(desk: Desk, name: VoteId) -> Outcome:
    """The count of a vote that was closed when this was asked first."""
    with desk.office.door.reading() as house:
        vote = copy(house.decisions.votes[name])
    return outcome_of(vote)
