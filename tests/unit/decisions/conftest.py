"""A hall in which the cast votes, and a plain vote that Esi has opened."""

import pytest

from collegium.ids import VoteId
from tests.cast import ESI
from tests.voting import Voting


@pytest.fixture
def hall() -> Voting:
    return Voting()


@pytest.fixture
def vote(hall: Voting) -> VoteId:
    return hall.open(ESI, hall.plain_vote())
