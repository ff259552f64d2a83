"""What is shown of joint approvals: what waits, what was decided, with every reason.

Pure functions from the house to immutable data, for web pages, the API and `--json` alike.
They run under the read lock: no texts, no archive, at most 20 ms.
"""

from itertools import islice
from typing import Literal, Protocol, TypeAlias

from msgspec import Struct
from pyroaring import BitMap

from collegium.ids import ActId, ApprovalId, BodyId, Kind, MemberId, Moment
from collegium.parts.approvals.state import Answer, Approvals, Request
from collegium.parts.organisation.shown import (
    Absent,
    Person,
    Place,
    Sentence,
    Text,
    Visit,
    person,
    place,
)
from collegium.parts.organisation.shown import Rooms as OrganisationRooms

PAGE_LENGTH = 30
"""Decided requests on one page."""

Stage: TypeAlias = Literal["gathering", "waiting", "ready", "enacted", "withdrawn", "expired"]
"""Of a request: approvals are missing; enough, but the wait isn't over; it can be enacted; and
the three ways in which one ends."""

Yours: TypeAlias = Literal["may-answer", "approved", "refused", "subject", "key-missing", "nothing"]
"""How the visitor stands to a request; `key-missing`: they sit there, and have no key."""


class Rooms(OrganisationRooms, Protocol):
    """What the pages of this part look at."""

    approvals: Approvals

    def approvals_needed(self, body: BodyId, at: Moment) -> int:
        """How many of a body must approve at that moment."""

    def valid_approvals(self, request: Request, at: Moment) -> BitMap:
        """The numbers of those whose approval of an open request counts at that moment."""

    def sentence_of(self, request: Request) -> Sentence:
        """A request's deed in words."""


class RequestRow(Struct, frozen=True):
    """A request in the list of requests.

    Attributes:
        number: 7 is A-7.
        act: The act that asked.
        says: What is to be done.
        kind: The deed's kind.
        body: Whose members decide.
        asker: Who asked; the deed is done in their name.
        asked: When.
        approved: How many approvals count; of one that is over, how many stood then.
        needed: How many must.
        refused: How many refuse.
        opens: From when on it can be enacted.
        expires: From when on it can't any more.
        stage: How far it is.
        over: When it was enacted, withdrawn or expired; empty before.
        yours: How the visitor stands to it.
    """

    number: int
    act: ActId
    says: Sentence
    kind: Kind
    body: Place
    asker: Person
    asked: Moment
    approved: int
    needed: int
    refused: int
    opens: Moment
    expires: Moment
    stage: Stage
    over: str
    yours: Yours


class ApprovalsPage(Struct, frozen=True):
    """The requests for joint approval.

    Attributes:
        open: Those that can still be decided or enacted, the most urgent first.
        over: Those that were enacted, withdrawn or expired, the newest first.
        before: The number below which the next page goes on; None on the last one.
        dissent: How many of all requests somebody refused.
    """

    open: tuple[RequestRow, ...]
    over: tuple[RequestRow, ...]
    before: int | None
    dissent: int


class AnswerRow(Struct, frozen=True):
    """An approval or a refusal, with its reasons.

    Attributes:
        person: Whose.
        approves: Whether it is an approval.
        at: When it was given.
        act: The act; its entry has the signature.
        reasons: Why.
        revised: Whether the same person answered otherwise later.
        counts: Whether it counts now: an approval may not, for example if a seat was lost.
        dissent: Whether it is a refusal of something that was done nevertheless.
    """

    person: Person
    approves: bool
    at: Moment
    act: ActId
    reasons: Text
    revised: bool
    counts: bool
    dissent: bool


class RequestPage(Struct, frozen=True):
    """One request with everything that was said about it.

    Attributes:
        row: The request.
        reasons: Why it was asked.
        concerns: Whom it is about, and who else got notice.
        sat: How many sat in the body when it was asked.
        answers: What each of them said, in order.
        could: Who can still approve or refuse.
        deed: SHA-256 (base64) of the deed, which approvals name.
        ended_by: The act that enacted or withdrew it; it has no words of its own.
        may_approve: Whether the visitor may approve it now.
        may_refuse: Whether the visitor may refuse it now.
        may_enact: Whether the visitor may say that it is done.
        may_withdraw: Whether the visitor asked, and may ask no more.
    """

    row: RequestRow
    reasons: Text
    concerns: tuple[Person, ...]
    sat: int
    answers: tuple[AnswerRow, ...]
    could: tuple[Person, ...]
    deed: str
    ended_by: Text | None
    may_approve: bool
    may_refuse: bool
    may_enact: bool
    may_withdraw: bool


def approvals_page(
    house: Rooms, visit: Visit, before: int = 0, *, refused: bool = False
) -> ApprovalsPage:
    """What waits, and what was decided.

    Args:
        house: As it stands.
        visit: Who looks, and when.
        before: Of what was decided, those below this number; 0 for the newest.
        refused: Of what was decided, only what somebody refused.
    """
    requests = house.approvals.requests.values()
    waiting = [one for one in requests if is_open(one, visit.at)]
    over = (
        one
        for one in reversed(requests)
        if not is_open(one, visit.at)
        and (not before or one.number < before)
        and (one.refusals or not refused)
    )
    shown = list(islice(over, PAGE_LENGTH))
    further = len(shown) == PAGE_LENGTH and shown[-1].number > 1
    waiting.sort(key=lambda one: one.terms.expires)
    return ApprovalsPage(
        open=tuple(_row(house, visit, one) for one in waiting),
        over=tuple(_row(house, visit, one) for one in shown),
        before=shown[-1].number if further else None,
        dissent=sum(1 for one in requests if one.refusals),
    )


def request_page(house: Rooms, visit: Visit, number: int) -> RequestPage:
    """One request.

    Raises:
        Absent: There is no such number.
    """
    request = house.approvals.requests[request_numbered(house, number)]
    row = _row(house, visit, request)
    mine = _number_of(house, visit)
    active = mine is not None and mine in house.organisation.active
    able = able_to_answer(house, request, visit.at)
    return RequestPage(
        row=row,
        reasons=Text(row.act, "reasons"),
        concerns=tuple(person(house, name) for name in _known(house, request.concerns)),
        sat=len(request.terms.sitting),
        answers=tuple(_answer(house, visit, request, one) for one in request.answers),
        could=_people(house, able - _answered(request)),
        deed=request.deed_hash,
        ended_by=Text(ActId(request.over_by), "") if request.over_by else None,
        may_approve=mine is not None and mine in able - _approving(request),
        may_refuse=mine is not None and mine in able - request.refusals,
        may_enact=active and row.stage == "ready",
        may_withdraw=active and visit.member == request.asker and not row.over,
    )


def request_numbered(house: Rooms, number: int) -> ApprovalId:
    """The request with that number.

    Raises:
        Absent: There is none.
    """
    found = next(islice(house.approvals.requests, max(number - 1, 0), None), None)
    if found is None or number < 1:
        raise Absent(f"There is no request A-{number}.")
    return found


def is_open(request: Request, at: Moment) -> bool:
    """Whether a request can still be decided or enacted at that moment."""
    return request.fate == "open" and at < request.terms.expires


def able_to_answer(house: Rooms, request: Request, at: Moment) -> BitMap:
    """The numbers of those who can approve or refuse at that moment; nobody once it is over.

    They sat in the body when it was asked and still do, are in good standing, aren't whom it
    is about, and have a key.
    """
    if not is_open(request, at):
        return BitMap()
    able = request.terms.sitting & house.organisation.approvers(request.body, at)
    return able - _subjects(house, request)


def _row(house: Rooms, visit: Visit, request: Request) -> RequestRow:
    going_on = is_open(request, visit.at)
    needed, approved = request.terms.needed, len(request.approvals)
    if going_on:
        needed = max(needed, house.approvals_needed(request.body, visit.at))
        approved = len(house.valid_approvals(request, visit.at))
    return RequestRow(
        number=request.number,
        act=ActId(request.name),
        says=house.sentence_of(request),
        kind=request.kind,
        body=place(house, request.body),
        asker=person(house, request.asker),
        asked=request.asked,
        approved=approved,
        needed=needed,
        refused=len(request.refusals),
        opens=request.terms.opens,
        expires=request.terms.expires,
        stage=_stage(request, visit.at, enough=approved >= needed),
        over="" if going_on else request.over or request.terms.expires,
        yours=_yours(house, visit, request),
    )


def _stage(request: Request, at: Moment, *, enough: bool) -> Stage:
    if request.fate != "open":
        return request.fate
    if at >= request.terms.expires:
        return "expired"
    if not enough:
        return "gathering"
    return "waiting" if at < request.terms.opens else "ready"


def _yours(house: Rooms, visit: Visit, request: Request) -> Yours:
    mine = _number_of(house, visit)
    if mine is None:
        return "nothing"
    if visit.member in request.subjects:
        return "subject"
    if mine in request.refusals:
        return "refused"
    if mine in _approving(request):
        return "approved"
    if mine in able_to_answer(house, request, visit.at):
        return "may-answer"
    seated = request.terms.sitting & house.organisation.sitting(request.body, visit.at)
    here = mine in seated and mine in house.organisation.active
    return "key-missing" if here and is_open(request, visit.at) else "nothing"


def _answer(house: Rooms, visit: Visit, request: Request, answer: Answer) -> AnswerRow:
    later = [one for one in request.answers if one.number == answer.number][-1]
    counted = _approving(request)
    if is_open(request, visit.at):
        counted = house.valid_approvals(request, visit.at)
    revised = later is not answer
    return AnswerRow(
        person=person(house, house.organisation.names[answer.number]),
        approves=answer.approves,
        at=answer.at,
        act=answer.act,
        reasons=Text(answer.act, "reasons"),
        revised=revised,
        counts=answer.approves and not revised and answer.number in counted,
        dissent=not answer.approves and not revised and request.fate == "enacted",
    )


def _answered(request: Request) -> BitMap:
    return request.refusals | _approving(request)


def _approving(request: Request) -> BitMap:
    return BitMap(one.number for one in request.approvals)


def _subjects(house: Rooms, request: Request) -> BitMap:
    known = _known(house, request.subjects)
    return BitMap(house.organisation.members[name].number for name in known)


def _known(house: Rooms, names: tuple[MemberId, ...]) -> tuple[MemberId, ...]:
    """Those who are members; whoever is to be admitted isn't one yet."""
    return tuple(name for name in names if name in house.organisation.members)


def _people(house: Rooms, numbers: BitMap) -> tuple[Person, ...]:
    return tuple(person(house, house.organisation.names[number]) for number in numbers)


def _number_of(house: Rooms, visit: Visit) -> int | None:
    member = house.organisation.members.get(visit.member) if visit.member else None
    return member.number if member else None
