"""When a request, an approval, a refusal or an enactment is refused.

Counted are distinct members and distinct keys, never signatures: TUF's implementations got
this wrong one after another (GHSA-pwqf-9h7j-7mv8, GHSA-5q2r-92f9-4m49).
"""

from typing import Any, Protocol

from pyroaring import BitMap

from collegium.ids import ApprovalId, BodyId, Moment, Origin
from collegium.parts.approvals.acts import (
    ApproveDeed,
    AskApproval,
    EnactDeed,
    RefuseDeed,
    WithdrawRequest,
)
from collegium.parts.approvals.state import Approvals, Request, Terms, Warrant
from collegium.parts.organisation.rules import body_of
from collegium.parts.organisation.state import Organisation
from collegium.record.act import Entry
from collegium.record.moments import after
from collegium.refusals import Refused


class Rooms(Protocol):
    """What the rules of this part look at."""

    origin: Origin
    organisation: Organisation
    approvals: Approvals

    def warrant_of(self, entry: Entry, body: AskApproval[Any]) -> Warrant:
        """What the requested deed asks of its approval.

        Raises:
            Refused: The deed's own rule refuses it as things stand.
        """

    def ask_again(self, request: Request, entry: Entry) -> None:
        """Ask the requested deed's own rule as things stand now.

        Raises:
            Refused: It is refused now.
        """


def approvals_needed(house: Rooms, body: BodyId, at: Moment) -> int:
    """How many of a body must approve: the rule book's number, and more than a third."""
    seats = len(house.organisation.sitting(body, at))
    return max(house.organisation.number_clause("approvals.needed"), seats // 3 + 1, 2)


def too_few_approvers(house: Rooms, body: BodyId, at: Moment) -> bool:
    """Whether the body can't approve anything: fewer hold a seat and a key than are needed."""
    return len(house.organisation.approvers(body, at)) < approvals_needed(house, body, at)


def terms_of(house: Rooms, entry: Entry, body: AskApproval[Any], warrant: Warrant) -> Terms:
    """What the rule book asks of a request that is made now."""
    book = house.organisation
    return Terms(
        needed=approvals_needed(house, body.body, entry.at),
        opens=after(entry.at, hours=warrant.wait_hours),
        expires=after(
            entry.at, days=book.number_clause("approvals.open_days"), hours=warrant.wait_hours
        ),
        sitting=book.sitting(body.body, entry.at),
    )


def may_ask(house: Rooms, entry: Entry, body: AskApproval[Any]) -> None:
    """A deed that its own rule allows, of a body that may decide it, with notice to all."""
    body_of(house, body.body)
    warrant = house.warrant_of(entry, body)
    if not house.organisation.contains(body.body, warrant.body):
        raise Refused("wrong-body", "That body doesn't decide about this; the body itself does.")
    if not set(warrant.subjects) <= set(body.concerns):
        raise Refused("notice-owed", "Whoever the deed is about must be given notice.")
    for name in body.concerns:
        if name not in warrant.subjects and name not in house.organisation.members:
            raise Refused("member-unknown", "Notice is given to members and to no other name.")


def may_approve(house: Rooms, entry: Entry, body: ApproveDeed) -> None:
    """Somebody who sat and sits in the body, signs for the first time, and saw the request."""
    request = _decidable(house, entry, body.approval, body.deed)
    number = house.organisation.members[entry.act.actor].number
    if any(one.number == number for one in request.approvals):
        raise Refused("one-approval", "You have approved this already.")
    if any(one.key == entry.by.key for one in request.approvals):
        raise Refused("one-key-once", "This key has approved already.")


def may_refuse(house: Rooms, entry: Entry, body: RefuseDeed) -> None:
    """Somebody who sat and sits in the body, and saw the request."""
    request = _decidable(house, entry, body.approval, body.deed)
    if house.organisation.members[entry.act.actor].number in request.refusals:
        raise Refused("one-refusal", "You have refused this already.")


def may_withdraw(house: Rooms, entry: Entry, body: WithdrawRequest) -> None:
    """An open request of one's own."""
    request = _open(house, entry, body.approval)
    if request.asker != entry.act.actor:
        raise Refused("not-your-request", "Only whoever asked withdraws a request.")


def may_enact(house: Rooms, entry: Entry, body: EnactDeed) -> None:
    """Enough valid approvals, after the wait, of a deed that its rule still allows."""
    request = _open(house, entry, body.approval)
    if entry.at < request.terms.opens:
        raise Refused("still-waiting", f"This waits until {request.terms.opens}.")
    valid = valid_approvals(house, request, entry.at)
    needed = max(request.terms.needed, approvals_needed(house, request.body, entry.at))
    if len(valid) < needed:
        raise Refused(
            "approvals-missing",
            f"{len(valid)} of {needed} approvals; the body decides until {request.terms.expires}.",
        )
    house.ask_again(request, entry)


def valid_approvals(house: Rooms, request: Request, at: Moment) -> BitMap:
    """The numbers of those whose approval counts at that moment.

    They sat in the body when it was asked and still do, are in good standing, aren't
    concerned, and their key hasn't ended.
    """
    book = house.organisation
    keyed = BitMap(one.number for one in request.approvals if not book.keys[one.key].ended)
    return (
        keyed
        & request.terms.sitting
        & book.sitting(request.body, at)
        & book.active - _subjects(house, request)
    )


def _subjects(house: Rooms, request: Request) -> BitMap:
    known = (house.organisation.members.get(name) for name in request.subjects)
    return BitMap(member.number for member in known if member is not None)


def _open(house: Rooms, entry: Entry, name: ApprovalId) -> Request:
    request = house.approvals.requests.get(name)
    if request is None:
        raise Refused("request-unknown", "There is no request of that name.")
    if request.fate != "open":
        raise Refused("request-over", f"That request is {request.fate} already.")
    if entry.at >= request.terms.expires:
        raise Refused("request-expired", f"That request expired at {request.terms.expires}.")
    return request


def _decidable(house: Rooms, entry: Entry, name: ApprovalId, deed: str) -> Request:
    request = _open(house, entry, name)
    number = house.organisation.members[entry.act.actor].number
    sitting = house.organisation.sitting(request.body, entry.at)
    if number not in sitting or number not in request.terms.sitting:
        raise Refused(
            "not-sitting", "Only who sat in the body when it was asked and still does decides."
        )
    if number in _subjects(house, request):
        raise Refused("own-case", "Nobody decides about themselves.")
    if deed != request.deed_hash:
        raise Refused("another-deed", "What was signed isn't what this request asks for.")
    if entry.act.base[0] <= request.seq:
        raise Refused("not-seen", "The approval must be based on a record that has the request.")
    return request
