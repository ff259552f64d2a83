"""What is shown of ballots from paper before they count: to those who are asked to approve them.

Pure functions from the house to immutable data, as in `pages`.
"""

from typing import Final, Protocol

import msgspec
from msgspec import Struct

from collegium.ids import Kind, VoteId
from collegium.parts.approvals.pages import Rooms as ApprovalsRooms
from collegium.parts.approvals.pages import request_numbered
from collegium.parts.decisions.acts import CountedBallots, CountInBallots
from collegium.parts.decisions.pages import VotePage, vote_page
from collegium.parts.decisions.pages_taking import Rooms as DecisionsRooms
from collegium.parts.decisions.pages_taking import visitor_number
from collegium.parts.organisation.shown import Absent, Visit

KIND: Final = Kind("decisions.count-in-ballots/1")


class Rooms(DecisionsRooms, ApprovalsRooms, Protocol):
    """What these pages look at."""


class AskedBallots(Struct, frozen=True):
    """Ballots that a request asks to count in.

    Attributes:
        request: 7 is A-7.
        vote: Into which vote.
        rows: What they say and how many say it, the most frequent first; empty where the
            visitor doesn't read them.
        total: How many they are, the spoilt ones left out.
        spoilt: How many say nothing readable.
        read: Whether the visitor reads them: who decides does, and everybody once the vote is
            closed, so that nobody votes with an eye on the count.
    """

    request: int
    vote: VotePage
    rows: tuple[CountedBallots, ...]
    total: int
    spoilt: int
    read: bool


def asked_ballots(house: Rooms, visit: Visit, number: int) -> AskedBallots:
    """The ballots of a request.

    Raises:
        Absent: There is no such request, or it asks for something else.
    """
    request = house.approvals.requests[request_numbered(house, number)]
    if request.kind != KIND:
        raise Absent(f"The request A-{number} doesn't ask that ballots be counted in.")
    deed = msgspec.json.decode(request.deed, type=CountInBallots)
    vote = house.decisions.votes[VoteId(deed.vote)]
    visitor = visitor_number(house, visit)
    sits = visitor >= 0 and visitor in house.organisation.sitting(request.body, visit.at)
    read = sits or visit.member == request.asker or bool(vote.closed)
    rows = sorted(deed.ballots, key=lambda one: (-one.count, one.marks))
    return AskedBallots(
        request=number,
        vote=vote_page(house, visit, vote.number),
        rows=tuple(rows) if read else (),
        total=sum(one.count for one in deed.ballots),
        spoilt=deed.spoilt,
        read=read,
    )
