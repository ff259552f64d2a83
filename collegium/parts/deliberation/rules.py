"""When an act about questions, proposals, signatures or objections is refused.

Nobody's consent is ever asked for a question, a proposal, a signature or an objection.
"""

from typing import Protocol

from collegium.ids import Moment, ProposalId, QuestionId
from collegium.parts.deliberation.acts import (
    AnswerObjection,
    OpenQuestion,
    PublishProposal,
    RaiseObjection,
    ReviseProposal,
    SignProposal,
    WithdrawProposal,
    WithdrawSignature,
)
from collegium.parts.deliberation.state import Deliberation, Proposal, Question
from collegium.parts.organisation.rules import Rooms as OrganisationRooms
from collegium.parts.organisation.rules import body_of
from collegium.record.act import Entry, judged_at
from collegium.record.moments import after
from collegium.refusals import Refused


class Rooms(OrganisationRooms, Protocol):
    """What the rules of this part look at."""

    deliberation: Deliberation


def may_open_question(house: Rooms, _entry: Entry, body: OpenQuestion) -> None:
    """Of a body that exists."""
    body_of(house, body.body)


def may_publish(house: Rooms, _entry: Entry, body: PublishProposal) -> None:
    """Under a question that exists."""
    question_of(house, body.question)


def may_revise(house: Rooms, entry: Entry, body: ReviseProposal) -> None:
    """One's own proposal, not withdrawn, in its next version."""
    proposal = standing_proposal(house, body.proposal)
    _author(proposal, entry)
    following = len(proposal.versions) + 1
    if body.version != following:
        raise Refused("version-next", f"The next version of this proposal is {following}.")


def may_withdraw_proposal(house: Rooms, entry: Entry, body: WithdrawProposal) -> None:
    """One's own proposal, not withdrawn yet."""
    _author(standing_proposal(house, body.proposal), entry)


def may_sign(house: Rooms, entry: Entry, body: SignProposal) -> None:
    """Somebody else's proposal, in its current version, once."""
    # Nothing is done more often: where all is well, nothing is called.
    proposal = house.deliberation.proposals.get(body.proposal)
    if proposal is None or proposal.withdrawn or body.version != len(proposal.versions):
        proposal = current_version(house, body.proposal, body.version)
    actor = entry.act.actor
    if proposal.author == actor:
        raise Refused(
            "author-signs-not", "You are its author and stand by it already; others sign."
        )
    if house.organisation.members[actor].number in proposal.versions[-1].signatures:
        raise Refused("one-signature", "You have signed this version already; once is enough.")


def may_withdraw_signature(house: Rooms, entry: Entry, body: WithdrawSignature) -> None:
    """One's own signature, to whichever version, even of a withdrawn proposal."""
    number = house.organisation.members[entry.act.actor].number
    proposal = proposal_of(house, body.proposal)
    if not any(number in version.signatures for version in proposal.versions):
        raise Refused("signature-missing", "You haven't signed this proposal.")


def may_object(house: Rooms, _entry: Entry, body: RaiseObjection) -> None:
    """To the current version of a proposal that isn't withdrawn."""
    current_version(house, body.proposal, body.version)


def may_answer(house: Rooms, entry: Entry, body: AnswerObjection) -> None:
    """Once, by the proposal's author or somebody who sits in the body of its question."""
    objection = house.deliberation.objections.get(body.objection)
    if objection is None:
        raise Refused("objection-unknown", "There is no objection of that name.")
    if objection.answer:
        raise Refused("answered-already", "This objection has its answer.")
    proposal = house.deliberation.proposals[objection.proposal]
    actor = entry.act.actor
    if actor == proposal.author:
        return
    asked = house.deliberation.questions[proposal.question].body
    seated = house.organisation.sitting(asked, judged_at(entry, body.happened_at))
    if house.organisation.members[actor].number not in seated:
        raise Refused(
            "answer-not-yours",
            "The proposal's author answers, or somebody who sits in the body of its question.",
        )


def answer_due(house: Rooms, entry: Entry, body: RaiseObjection) -> Moment:
    """Until when an objection raised by this act is to be answered."""
    days = house.organisation.number_clause("deliberation.answer_days")
    return after(judged_at(entry, body.happened_at), days=days)


def question_of(house: Rooms, name: QuestionId) -> Question:
    """The question of that name.

    Raises:
        Refused: `question-unknown`.
    """
    question = house.deliberation.questions.get(name)
    if question is None:
        raise Refused("question-unknown", "There is no question of that name.")
    return question


def proposal_of(house: Rooms, name: ProposalId) -> Proposal:
    """The proposal of that name, withdrawn or not.

    Raises:
        Refused: `proposal-unknown`.
    """
    proposal = house.deliberation.proposals.get(name)
    if proposal is None:
        raise Refused("proposal-unknown", "There is no proposal of that name.")
    return proposal


def standing_proposal(house: Rooms, name: ProposalId) -> Proposal:
    """The proposal of that name, which its author hasn't taken back.

    Raises:
        Refused: `proposal-unknown`, `proposal-withdrawn`.
    """
    proposal = proposal_of(house, name)
    if proposal.withdrawn:
        raise Refused("proposal-withdrawn", "Its author has withdrawn this proposal.")
    return proposal


def current_version(house: Rooms, name: ProposalId, version: int) -> Proposal:
    """The proposal of that name, if it stands and this is its current version.

    Raises:
        Refused: `proposal-unknown`, `proposal-withdrawn`, `version-current`.
    """
    proposal = standing_proposal(house, name)
    current = len(proposal.versions)
    if version != current:
        raise Refused("version-current", f"The current version is {current}; read that one.")
    return proposal


def _author(proposal: Proposal, entry: Entry) -> None:
    if proposal.author != entry.act.actor:
        raise Refused("author-only", "Only its author changes a proposal; publish your own.")
