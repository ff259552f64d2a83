"""Playing the story: questions, proposals with their versions, signatures, objections."""

from functools import partial

from collegium.datasets.cooperative.stage import Stage
from collegium.datasets.cooperative.story import ObjectionSpec, ProposalSpec, QuestionSpec
from collegium.ids import ActId, ObjectionId, ProposalId, QuestionId
from collegium.parts.deliberation.acts import (
    AnswerObjection,
    OpenQuestion,
    PublishProposal,
    RaiseObjection,
    ReviseProposal,
    SignProposal,
)
from collegium.parts.deliberation.state import Proposal
from collegium.secretariat import chance

_SIGNING_DAYS = 4.0
"""Signatures come within so many days, most of them at first."""

_YESTERDAY = 1.75


def plan_debates(stage: Stage) -> None:
    """Every question with what came of it."""
    for place, question in enumerate(stage.story.questions):
        stage.chronicle.plan(question.asked, partial(_ask, stage, question))
        for proposal in question.proposals:
            _plan_proposal(stage, place, proposal)


def _ask(stage: Stage, question: QuestionSpec) -> None:
    body = OpenQuestion(body=stage.root, happened_at="", reference="")
    asked = stage.chronicle.act(question.by, body, {"text": question.text})
    stage.questions.append(QuestionId(asked))


def _plan_proposal(stage: Stage, question: int, proposal: ProposalSpec) -> None:
    plan = stage.chronicle.plan
    plan(proposal.published, partial(_publish, stage, question, proposal))
    _plan_signatures(stage, proposal, proposal.published, 1, proposal.signed)
    for number, version in enumerate(proposal.versions, 2):
        texts = {"title": version.title, "text": version.text.strip()}
        plan(version.published, partial(_revise, stage, proposal, number, texts))
        _plan_signatures(stage, proposal, version.published, number, version.signed)
    for objection in proposal.objections:
        name = ObjectionId(chance.act_id(stage.chronicle.moment(objection.at)))
        plan(objection.at, partial(_object, stage, proposal, objection, name))
        if objection.answered:
            plan(objection.answered, partial(_answer, stage, proposal, objection, name))


def _publish(stage: Stage, question: int, proposal: ProposalSpec) -> None:
    body = PublishProposal(
        happened_at="", language="en", question=stage.questions[question], reference=""
    )
    texts = {"title": proposal.title, "text": proposal.text.strip()}
    stage.proposals[proposal.key] = ProposalId(stage.chronicle.act(proposal.by, body, texts))


def _revise(stage: Stage, proposal: ProposalSpec, number: int, texts: dict[str, str]) -> None:
    name = stage.proposals[proposal.key]
    body = ReviseProposal(happened_at="", language="en", proposal=name, version=number)
    stage.chronicle.act(proposal.by, body, texts)


def _plan_signatures(
    stage: Stage, proposal: ProposalSpec, since: float, version: int, many: int
) -> None:
    within = min(_SIGNING_DAYS, stage.chronicle.days_between(since, _YESTERDAY))
    for place in range(many):
        later = 0.02 + within * (place / many) ** 2
        stage.chronicle.plan(since, partial(_sign, stage, proposal, version), later=later)


def _sign(stage: Stage, proposal: ProposalSpec, version: int) -> None:
    """The next who comes forward signs, unless a newer version was quicker."""
    found = _proposal(stage, proposal.key)
    if len(found.versions) != version:
        return
    members = stage.chronicle.door.house.organisation.members
    signed = found.versions[-1].signatures
    willing = (
        player
        for player in stage.in_turn(f"{proposal.key} {version}")
        if player.member != found.author and members[player.member].number not in signed
    )
    body = SignProposal(happened_at="", proposal=stage.proposals[proposal.key], version=version)
    stage.chronicle.act(next(willing).name, body)


def _object(
    stage: Stage, proposal: ProposalSpec, objection: ObjectionSpec, name: ObjectionId
) -> None:
    version = len(_proposal(stage, proposal.key).versions)
    body = RaiseObjection(happened_at="", proposal=stage.proposals[proposal.key], version=version)
    stage.chronicle.act(objection.by, body, {"text": objection.text}, name=ActId(name))


def _answer(
    stage: Stage, proposal: ProposalSpec, objection: ObjectionSpec, name: ObjectionId
) -> None:
    body = AnswerObjection(happened_at="", objection=name)
    stage.chronicle.act(proposal.by, body, {"text": objection.answer})


def _proposal(stage: Stage, key: str) -> Proposal:
    return stage.chronicle.door.house.deliberation.proposals[stage.proposals[key]]
