"""One question of Esi's, and one proposal of Dmitri's under it."""

import pytest

from collegium.ids import ProposalId, QuestionId
from tests.cast import DMITRI, ESI
from tests.debating import Debate


@pytest.fixture
def debate() -> Debate:
    return Debate()


@pytest.fixture
def question(debate: Debate) -> QuestionId:
    return debate.ask_question(ESI)


@pytest.fixture
def proposal(debate: Debate, question: QuestionId) -> ProposalId:
    return debate.publish(DMITRI, question)
