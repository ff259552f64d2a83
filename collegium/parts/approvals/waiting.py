"""What waits for a member in this part: requests to answer, to enact, or about themselves."""

from collegium.ids import Moment
from collegium.parts.approvals.pages import RequestRow, Rooms, approvals_page
from collegium.parts.organisation.shown import Visit, Waiting


def waiting(house: Rooms, visit: Visit) -> tuple[Waiting, ...]:
    """The requests that the visitor may answer or enact, and those that concern them."""
    if visit.member is None:
        return ()
    me = house.organisation.members[visit.member].number
    rows = approvals_page(house, visit).open
    told = ((row, _what(row, me)) for row in rows)
    return tuple(_waiting(row, what, visit.at) for row, what in told if what)


def _what(row: RequestRow, me: int) -> str:
    if row.yours == "may-answer":
        return "approval"
    if row.yours == "subject":
        return "notice"
    if row.asker.number == me and row.stage == "ready":
        return "enacting"
    return ""


def _waiting(row: RequestRow, what: str, at: Moment) -> Waiting:
    # What concerns oneself is urgent from when it can be enacted, not until it expires.
    until = row.opens if what == "notice" and row.opens > at else row.expires
    return Waiting(what, row.number, None, until, late=False, says=row.says)
