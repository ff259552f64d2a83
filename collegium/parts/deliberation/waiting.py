"""What waits for a member in this part: objections that they may answer."""

from collegium.parts.deliberation.pages import Rooms, may_answer
from collegium.parts.organisation.shown import Text, Visit, Waiting


def waiting(house: Rooms, visit: Visit) -> tuple[Waiting, ...]:
    """The unanswered objections that the visitor may answer, the most urgent first."""
    deliberation = house.deliberation
    owed = [
        (objection.due, deliberation.proposals[objection.proposal])
        for objection in deliberation.objections.values()
        if not objection.answer and may_answer(house, visit, objection)
    ]
    owed.sort(key=lambda one: one[0])
    return tuple(
        Waiting(
            "answer",
            proposal.number,
            Text(proposal.versions[-1].act, "title"),
            due,
            due <= visit.at,
        )
        for due, proposal in owed
        if not proposal.withdrawn
    )
