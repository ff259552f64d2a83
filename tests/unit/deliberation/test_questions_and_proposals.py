import pytest
from msgspec import ValidationError, json

from collegium.ids import BodyId, ProposalId, QuestionId
from collegium.parts.deliberation.acts import PublishProposal
from tests.cast import DMITRI, ESI, FARID, GORO
from tests.debating import Debate
from tests.refusing import refused

NOTHING = "0" * 26


def test_any_member_opens_a_question_of_a_body(debate: Debate) -> None:
    question = debate.ask_question(ESI)
    opened = debate.deliberation.questions[question]
    assert (opened.number, opened.body, opened.opener) == (1, debate.root, ESI.id)
    assert opened.opened == debate.now


def test_a_question_needs_a_body_that_exists(debate: Debate) -> None:
    with refused("body-unknown"):
        debate.ask_question(ESI, of=BodyId(NOTHING))


def test_nobody_asks_who_isnt_a_member(debate: Debate) -> None:
    with refused("member-unknown"):
        debate.ask_question(GORO)


def test_anybody_publishes_without_consent(debate: Debate, question: QuestionId) -> None:
    proposal = debate.publish(DMITRI, question)
    published = debate.deliberation.proposals[proposal]
    assert (published.number, published.author, len(published.versions)) == (1, DMITRI.id, 1)
    assert str(published.versions[0].act) == proposal


def test_a_proposal_needs_a_question_that_exists(debate: Debate) -> None:
    with refused("question-unknown"):
        debate.publish(DMITRI, QuestionId(NOTHING))


def test_proposals_compete_under_one_question(debate: Debate, question: QuestionId) -> None:
    rivals = [debate.publish(DMITRI, question), debate.publish(FARID, question)]
    assert debate.deliberation.questions[question].proposals == rivals
    assert [debate.deliberation.proposals[one].number for one in rivals] == [1, 2]


def test_an_author_revises(debate: Debate, proposal: ProposalId) -> None:
    debate.revise(DMITRI, proposal, 2)
    assert len(debate.deliberation.proposals[proposal].versions) == 2


def test_nobody_revises_anothers_proposal(debate: Debate, proposal: ProposalId) -> None:
    with refused("author-only"):
        debate.revise(ESI, proposal, 2)


@pytest.mark.parametrize("version", [1, 3])
def test_versions_follow_one_another(debate: Debate, proposal: ProposalId, version: int) -> None:
    with refused("version-next"):
        debate.revise(DMITRI, proposal, version)


def test_an_author_withdraws(debate: Debate, proposal: ProposalId) -> None:
    debate.take_back(DMITRI, proposal)
    assert debate.deliberation.proposals[proposal].withdrawn == debate.now


def test_nobody_withdraws_anothers_proposal(debate: Debate, proposal: ProposalId) -> None:
    with refused("author-only"):
        debate.take_back(ESI, proposal)


def test_a_withdrawn_proposal_stays_as_it_is(debate: Debate, proposal: ProposalId) -> None:
    debate.take_back(DMITRI, proposal)
    with refused("proposal-withdrawn"):
        debate.take_back(DMITRI, proposal)
    with refused("proposal-withdrawn"):
        debate.revise(DMITRI, proposal, 2)


def test_only_a_proposal_that_exists_is_revised_or_withdrawn(debate: Debate) -> None:
    with refused("proposal-unknown"):
        debate.revise(DMITRI, ProposalId(NOTHING), 2)
    with refused("proposal-unknown"):
        debate.take_back(DMITRI, ProposalId(NOTHING))


@pytest.mark.parametrize("language", ["pl", "pt-BR", "sr-Latn", "hsb"])
def test_languages_are_named_as_usual(language: str) -> None:
    body = PublishProposal(
        happened_at="", language=language, question=QuestionId(NOTHING), reference=""
    )
    assert json.decode(json.encode(body), type=PublishProposal) == body


@pytest.mark.parametrize("language", ["", "P", "polish", "pt_BR", "en\n", "sr-Latnx"])
def test_nothing_else_is_a_language(language: str) -> None:
    body = PublishProposal(
        happened_at="", language=language, question=QuestionId(NOTHING), reference=""
    )
    with pytest.raises(ValidationError, match="language"):
        json.decode(json.encode(body), type=PublishProposal)
