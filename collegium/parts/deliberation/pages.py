"""What is shown of questions, proposals, signatures and objections.

Pure functions from the house to immutable data, for web pages, the API and `--json` alike.
They run under the read lock: no texts, no archive, at most 20 ms.
"""

from itertools import islice
from typing import Literal, Protocol, TypeAlias

from msgspec import Struct

from collegium.ids import ActId, MemberId, Moment, ObjectionId, ProposalId, QuestionId
from collegium.parts.deliberation.state import Deliberation, Objection, Proposal, Question, Version
from collegium.parts.organisation.shown import (
    Absent,
    Person,
    Place,
    Text,
    Visit,
    person,
    place,
)
from collegium.parts.organisation.shown import Rooms as OrganisationRooms

PAGE_LENGTH = 50
"""Questions on one page."""

MOST_SIGNATORIES = 300
"""Signatories named on one page; the count is always of all."""

Yours: TypeAlias = Literal["author", "signed", "signed-before", "may-sign", "nothing"]
"""How the visitor stands to a proposal; `signed-before`: an earlier version only."""


class Rooms(OrganisationRooms, Protocol):
    """What the pages of this part look at."""

    deliberation: Deliberation


class QuestionRow(Struct, frozen=True):
    """A question in the list of questions.

    Attributes:
        number: 3 is Q-3.
        text: The question itself.
        body: Whose question it is.
        opened: When.
        reference: Its number in the organisation's own register, or empty.
        proposals: How many compete under it, those withdrawn not counted.
        most: How many signed the proposal that most signed.
    """

    number: int
    text: Text
    body: Place
    opened: Moment
    reference: str
    proposals: int
    most: int


class QuestionsPage(Struct, frozen=True):
    """A page of the list of questions, the newest first.

    Attributes:
        total: How many there are.
        rows: Those on this page.
        before: The number below which the next page goes on; None on the last one.
    """

    total: int
    rows: tuple[QuestionRow, ...]
    before: int | None


class ProposalRow(Struct, frozen=True):
    """A proposal among those that compete under its question.

    Attributes:
        number: 118 is P-118.
        title: The current version's.
        text: The current version's.
        author: Who published it.
        published: When its current version was published.
        versions: How many versions it has had.
        support: How many members in good standing signed the current version.
        electors: How many members could.
        objections: How many objections were raised to it.
        unanswered: How many of them have no answer yet.
        withdrawn: When its author took it back, or empty.
        yours: How the visitor stands to it.
    """

    number: int
    title: Text
    text: Text
    author: Person
    published: Moment
    versions: int
    support: int
    electors: int
    objections: int
    unanswered: int
    withdrawn: str
    yours: Yours


class QuestionPage(Struct, frozen=True):
    """A question with the proposals that compete under it, the most signed first."""

    number: int
    name: QuestionId
    text: Text
    body: Place
    opener: Person
    opened: Moment
    reference: str
    proposals: tuple[ProposalRow, ...]
    may_publish: bool


class VersionRow(Struct, frozen=True):
    """One version of a proposal; `signatures` counts all that it ever got and still bears."""

    number: int
    act: ActId
    published: Moment
    title: Text
    text: Text
    language: str
    signatures: int


class ObjectionRow(Struct, frozen=True):
    """An objection and its answer.

    Attributes:
        name: The act that raised it.
        place: Its place among the proposal's objections, from 1.
        version: To which version.
        objector: Who objects.
        raised: When.
        text: What they say.
        due: Until when an answer is owed.
        answer: What was answered, or None.
        answered: When, or empty.
        overdue: Whether the time for an answer is over without one.
        may_answer: Whether the visitor may answer it.
    """

    name: ObjectionId
    place: int
    version: int
    objector: Person
    raised: Moment
    text: Text
    due: Moment
    answer: Text | None
    answered: str
    overdue: bool
    may_answer: bool


class ProposalPage(Struct, frozen=True):
    """A proposal in one of its versions.

    Attributes:
        row: The proposal as among its competitors.
        name: The act that published it.
        question: What it answers.
        shown: The version that is shown.
        previous: The version before it, to compare with; None before the first.
        versions: All versions, the newest first.
        signatories: Who signed the version that is shown, in the order of admission.
        objections: The oldest first.
        current: Whether the version shown is the current one.
    """

    row: ProposalRow
    name: ProposalId
    question: QuestionRow
    shown: VersionRow
    previous: VersionRow | None
    versions: tuple[VersionRow, ...]
    signatories: tuple[Person, ...]
    objections: tuple[ObjectionRow, ...]
    current: bool


def questions_page(house: Rooms, _visit: Visit, before: int = 0) -> QuestionsPage:
    """The newest questions, or the newest of those numbered below `before`."""
    questions = house.deliberation.questions
    top = min(before - 1, len(questions)) if before else len(questions)
    first = max(top - PAGE_LENGTH, 0)
    names = list(islice(questions, first, max(top, 0)))
    return QuestionsPage(
        total=len(questions),
        rows=tuple(_question_row(house, name) for name in reversed(names)),
        before=first + 1 if first else None,
    )


def question_page(house: Rooms, visit: Visit, number: int) -> QuestionPage:
    """One question.

    Raises:
        Absent: There is no such number.
    """
    name = question_numbered(house, number)
    question = house.deliberation.questions[name]
    rows = [_proposal_row(house, visit, proposal) for proposal in question.proposals]
    rows.sort(key=lambda row: (bool(row.withdrawn), -row.support, row.number))
    return QuestionPage(
        number=question.number,
        name=name,
        text=Text(ActId(name), "text"),
        body=place(house, question.body),
        opener=person(house, question.opener),
        opened=question.opened,
        reference=question.reference,
        proposals=tuple(rows),
        may_publish=_active(house, visit) is not None,
    )


def proposal_page(
    house: Rooms, visit: Visit, number: int, version: int | None = None
) -> ProposalPage:
    """One proposal in the version asked for, or in its current one.

    Raises:
        Absent: There is no such proposal or version.
    """
    name = proposal_numbered(house, number)
    proposal = house.deliberation.proposals[name]
    last = len(proposal.versions)
    shown = last if version is None else version
    if not 1 <= shown <= last:
        raise Absent(f"P-{number} has no version {shown}.")
    rows = tuple(_version_row(at, one) for at, one in enumerate(proposal.versions, 1))
    return ProposalPage(
        row=_proposal_row(house, visit, name),
        name=name,
        question=_question_row(house, proposal.question),
        shown=rows[shown - 1],
        previous=rows[shown - 2] if shown > 1 else None,
        versions=rows[::-1],
        signatories=_signatories(house, proposal.versions[shown - 1]),
        objections=tuple(
            _objection_row(house, visit, one, at) for at, one in enumerate(proposal.objections, 1)
        ),
        current=shown == last,
    )


def question_numbered(house: Rooms, number: int) -> QuestionId:
    """The question Q-`number`.

    Raises:
        Absent: There is none.
    """
    found = next(islice(house.deliberation.questions, max(number - 1, 0), None), None)
    if found is None or number < 1:
        raise Absent(f"There is no question Q-{number}.")
    return found


def proposal_numbered(house: Rooms, number: int) -> ProposalId:
    """The proposal P-`number`.

    Raises:
        Absent: There is none.
    """
    found = next(islice(house.deliberation.proposals, max(number - 1, 0), None), None)
    if found is None or number < 1:
        raise Absent(f"There is no proposal P-{number}.")
    return found


def _question_row(house: Rooms, name: QuestionId) -> QuestionRow:
    question: Question = house.deliberation.questions[name]
    proposals = house.deliberation.proposals
    active = house.organisation.active
    standing = [one for one in question.proposals if not proposals[one].withdrawn]
    return QuestionRow(
        number=question.number,
        text=Text(ActId(name), "text"),
        body=place(house, question.body),
        opened=question.opened,
        reference=question.reference,
        proposals=len(standing),
        most=max((house.deliberation.support(one, active) for one in standing), default=0),
    )


def _proposal_row(house: Rooms, visit: Visit, name: ProposalId) -> ProposalRow:
    proposal = house.deliberation.proposals[name]
    current = proposal.versions[-1]
    objections = [house.deliberation.objections[one] for one in proposal.objections]
    return ProposalRow(
        number=proposal.number,
        title=Text(current.act, "title"),
        text=Text(current.act, "text"),
        author=person(house, proposal.author),
        published=current.published,
        versions=len(proposal.versions),
        support=house.deliberation.support(name, house.organisation.active),
        electors=len(house.organisation.active),
        objections=len(objections),
        unanswered=sum(1 for one in objections if not one.answer),
        withdrawn=proposal.withdrawn,
        yours=_yours(house, visit, proposal),
    )


def _version_row(number: int, version: Version) -> VersionRow:
    return VersionRow(
        number=number,
        act=version.act,
        published=version.published,
        title=Text(version.act, "title"),
        text=Text(version.act, "text"),
        language=version.language,
        signatures=len(version.signatures),
    )


def _signatories(house: Rooms, version: Version) -> tuple[Person, ...]:
    names = house.organisation.names
    first = islice(version.signatures, MOST_SIGNATORIES)
    return tuple(person(house, names[number]) for number in first)


def _objection_row(house: Rooms, visit: Visit, name: ObjectionId, at: int) -> ObjectionRow:
    objection = house.deliberation.objections[name]
    return ObjectionRow(
        name=name,
        place=at,
        version=objection.version,
        objector=person(house, objection.objector),
        raised=objection.raised,
        text=Text(ActId(name), "text"),
        due=objection.due,
        answer=Text(ActId(objection.answer), "text") if objection.answer else None,
        answered=objection.answered,
        overdue=not objection.answer and objection.due <= visit.at,
        may_answer=may_answer(house, visit, objection),
    )


def may_answer(house: Rooms, visit: Visit, objection: Objection) -> bool:
    """Whether the visitor is one of those who may give an objection its answer."""
    number = _active(house, visit)
    if objection.answer or number is None:
        return False
    proposal = house.deliberation.proposals[objection.proposal]
    asked = house.deliberation.questions[proposal.question].body
    seated = house.organisation.sitting(asked, visit.at)
    return proposal.author == visit.member or number in seated


def _yours(house: Rooms, visit: Visit, proposal: Proposal) -> Yours:
    if visit.member is None:
        return "nothing"
    if proposal.author == visit.member:
        return "author"
    member = house.organisation.members[MemberId(visit.member)]
    if member.number in proposal.versions[-1].signatures:
        return "signed"
    if _active(house, visit) is None or proposal.withdrawn:
        return "nothing"
    earlier = any(member.number in version.signatures for version in proposal.versions)
    return "signed-before" if earlier else "may-sign"


def _active(house: Rooms, visit: Visit) -> int | None:
    """The visitor's number if they are a member in good standing."""
    member = house.organisation.members.get(visit.member) if visit.member else None
    if member is None or member.number not in house.organisation.active:
        return None
    return member.number
