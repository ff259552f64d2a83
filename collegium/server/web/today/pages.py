"""Today: what waits for a member, until when, and what happens otherwise.

The only page that looks into every part at once; what it needs of each stands there.
"""

from msgspec import Struct

from collegium.parts.approvals.waiting import waiting as waiting_in_approvals
from collegium.parts.decisions.waiting import waiting as waiting_in_decisions
from collegium.parts.deliberation import pages as deliberating
from collegium.parts.deliberation.waiting import waiting as waiting_in_deliberation
from collegium.parts.organisation.shown import Visit, Waiting
from collegium.secretariat.house import House
from collegium.server.web.today.guide import Guide, guide_of

_WAITING = (waiting_in_decisions, waiting_in_approvals, waiting_in_deliberation)
"""Each part's way to say what waits for a member."""

_LATEST = 5
"""Questions shown to whoever has just come in."""


class TodayPage(Struct, frozen=True):
    """The first page inside.

    Attributes:
        waiting: What waits for the visitor, the most urgent first.
        questions: The newest questions.
        members: How many are members in good standing.
        guide: What there is to try, for a newcomer to a demonstration.
    """

    waiting: tuple[Waiting, ...]
    questions: tuple[deliberating.QuestionRow, ...]
    members: int
    guide: Guide | None


def today_page(house: House, visit: Visit, *, guided: bool = False) -> TodayPage:
    """What waits for the visitor, and what is new.

    Args:
        house: The house.
        visit: Who looks, and when.
        guided: Whether it is a newcomer, who is told what there is to try.
    """
    found = [one for waiting in _WAITING for one in waiting(house, visit)]
    return TodayPage(
        waiting=tuple(sorted(found, key=lambda one: one.until or "9")),
        questions=deliberating.questions_page(house, visit).rows[:_LATEST],
        members=len(house.organisation.active),
        guide=guide_of(house, visit, visit.member) if guided and visit.member else None,
    )
