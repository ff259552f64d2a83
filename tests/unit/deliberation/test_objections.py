from collegium.ids import ObjectionId, ProposalId
from collegium.parts.organisation.acts import AmendRuleBook
from collegium.record.moments import after
from tests.cast import AMARA, DMITRI, ESI, FARID
from tests.debating import Debate
from tests.refusing import refused


def test_an_objection_obliges_an_answer_in_time(debate: Debate, proposal: ProposalId) -> None:
    objection = debate.deliberation.objections[debate.object(FARID, proposal)]
    assert objection.due == after(debate.now, days=7)
    assert objection.objector == FARID.id


def test_an_answer_is_due_when_it_was_though_the_rule_book_changes(
    debate: Debate, proposal: ProposalId
) -> None:
    name = debate.object(FARID, proposal)
    due = debate.deliberation.objections[name].due
    debate.jointly(AmendRuleBook(changes={"deliberation.answer_days": 90}, happened_at=""))
    assert debate.deliberation.objections[name].due == due
    later = debate.deliberation.objections[debate.object(ESI, proposal)]
    assert later.due == after(debate.now, days=90)


def test_authors_object_to_themselves_if_they_like(debate: Debate, proposal: ProposalId) -> None:
    debate.object(DMITRI, proposal)
    assert len(debate.deliberation.proposals[proposal].objections) == 1


def test_only_the_current_version_is_objected_to(debate: Debate, proposal: ProposalId) -> None:
    debate.revise(DMITRI, proposal, 2)
    with refused("version-current"):
        debate.object(FARID, proposal, version=1)


def test_nobody_objects_to_a_withdrawn_proposal(debate: Debate, proposal: ProposalId) -> None:
    debate.take_back(DMITRI, proposal)
    with refused("proposal-withdrawn"):
        debate.object(FARID, proposal)


def test_nobody_objects_to_what_isnt_there(debate: Debate) -> None:
    with refused("proposal-unknown"):
        debate.object(FARID, ProposalId("0" * 26))


def test_the_author_answers(debate: Debate, proposal: ProposalId) -> None:
    name = debate.object(FARID, proposal)
    debate.answer(DMITRI, name)
    assert debate.deliberation.objections[name].answered == debate.now


def test_whoever_sits_in_the_questions_body_answers(debate: Debate, proposal: ProposalId) -> None:
    name = debate.object(FARID, proposal)
    debate.answer(AMARA, name)
    assert debate.deliberation.objections[name].answer


def test_nobody_else_answers(debate: Debate, proposal: ProposalId) -> None:
    name = debate.object(FARID, proposal)
    with refused("answer-not-yours"):
        debate.answer(ESI, name)


def test_whose_term_has_ended_answers_no_more(debate: Debate, proposal: ProposalId) -> None:
    name = debate.object(FARID, proposal)
    debate.later(days=365)
    with refused("answer-not-yours"):
        debate.answer(AMARA, name)


def test_an_objection_is_answered_once(debate: Debate, proposal: ProposalId) -> None:
    name = debate.object(FARID, proposal)
    debate.answer(DMITRI, name)
    with refused("answered-already"):
        debate.answer(AMARA, name)


def test_only_an_objection_that_exists_is_answered(debate: Debate) -> None:
    with refused("objection-unknown"):
        debate.answer(DMITRI, ObjectionId("0" * 26))


def test_answers_are_owed_from_the_day_they_are_due(debate: Debate, proposal: ProposalId) -> None:
    late, answered = debate.object(FARID, proposal), debate.object(ESI, proposal)
    debate.answer(DMITRI, answered)
    due = debate.deliberation.objections[late].due
    assert debate.deliberation.answers_owed(debate.now) == []
    assert debate.deliberation.answers_owed(due) == [late]
