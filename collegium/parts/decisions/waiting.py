"""What waits for a member in this part: votes that they may still cast a ballot in."""

from collegium.parts.decisions.pages import stands
from collegium.parts.decisions.pages_taking import Rooms
from collegium.parts.organisation.shown import Text, Visit, Waiting


def waiting(house: Rooms, visit: Visit) -> tuple[Waiting, ...]:
    """The open votes in which the visitor hasn't voted, the one that closes first on top."""
    decisions = house.decisions
    owed = [
        (vote.closes, vote.number, Text(name, "title"))  # type: ignore[arg-type] # named by its act
        for name, vote in decisions.votes.items()
        if not vote.closed and visit.at < vote.closes and stands(house, visit, vote) == "may-vote"
    ]
    return tuple(
        Waiting("vote", number, title, closes, late=False)
        for closes, number, title in sorted(owed, key=lambda one: one[:2])
    )
