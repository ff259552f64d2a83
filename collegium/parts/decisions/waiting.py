"""What waits for a member in this part: to vote, to enter what was counted, to certify it."""

from collections.abc import Iterator

from collegium.ids import ActId
from collegium.parts.decisions.pages import stands
from collegium.parts.decisions.pages_taking import Rooms, visitor_number
from collegium.parts.decisions.state import Vote
from collegium.parts.organisation.shown import Text, Visit, Waiting


def waiting(house: Rooms, visit: Visit) -> tuple[Waiting, ...]:
    """What is owed to votes, the one that closes first on top; certificates after them."""
    owed = [
        Waiting(what, vote.number, Text(ActId(name), "title"), until, late=False)
        for name, vote in house.decisions.votes.items()
        for what, until in _owed(house, visit, vote)
    ]
    return tuple(sorted(owed, key=lambda one: (not one.until, one.until, one.number)))


def _owed(house: Rooms, visit: Visit, vote: Vote) -> Iterator[tuple[str, str]]:
    """What a vote asks of the visitor now, and until when."""
    if vote.declared or visit.member is None:
        return
    if vote.closed:
        number = visitor_number(house, visit)
        said = number in vote.certified or number in vote.refused
        if visit.member in vote.commission.members and not said:
            yield "certifying", ""
    elif visit.at < vote.closes:
        if visit.member in vote.manner.tellers and not vote.agreed:
            yield "telling", vote.closes
        elif stands(house, visit, vote) == "may-vote":
            yield "vote", vote.closes
