"""With the database, the log key and one key of the commission no outcome is certified."""

import pytest
from msgspec.structs import replace

from collegium.ids import VoteId
from collegium.parts.decisions.acts import AnnulOutcome, Commission, ContestOutcome
from collegium.secretariat.door import Door
from tests.cast import AMARA, BO, CHIARA, DMITRI, ESI, FARID, LOG_KEY
from tests.forging import another_key, self_signed, smuggle
from tests.voting import Voting

CAUGHT = BO.key
"""The one member's key that the intruder has."""


@pytest.fixture
def hall() -> Voting:
    return Voting()


@pytest.fixture
def vote(hall: Voting) -> VoteId:
    """A closed vote whose outcome two of three are to certify."""
    commission = Commission(members=(AMARA.id, BO.id, CHIARA.id), needed=2)
    vote = hall.open(ESI, hall.plain_vote(commission=commission))
    for person in (DMITRI, ESI, FARID):
        hall.cast(person, vote, "12")
    hall.run_out(vote)
    return vote


def test_one_key_certifies_nothing(hall: Voting, vote: VoteId) -> None:
    right = hall.certificate(vote)
    assert [
        smuggle(hall, hall.draft(AMARA, right)),
        smuggle(hall, self_signed(hall, AMARA, right, LOG_KEY)),
        smuggle(hall, self_signed(hall, AMARA, right, CAUGHT)),
        smuggle(hall, self_signed(hall, CHIARA, right, another_key(CHIARA))),
        smuggle(hall, self_signed(hall, BO, right, CAUGHT)),
        smuggle(hall, self_signed(hall, BO, right, CAUGHT)),
        smuggle(hall, hall.draft(AMARA, hall.counted(vote))),
    ] == [
        "key-needed",
        "key-unknown",
        "key-unknown",
        "key-unknown",
        "",
        "certified-already",
        "commission-certifies",
    ]
    assert not Door(hall.archive).house.decisions.votes[vote].declared


def test_not_even_the_whole_commission_certifies_what_wasnt_counted(
    hall: Voting, vote: VoteId
) -> None:
    wrong = replace(hall.certificate(vote), winners=(2,))
    assert [smuggle(hall, self_signed(hall, one, wrong, one.key)) for one in (AMARA, BO)] == [
        "outcome-differs",
        "outcome-differs",
    ]


def test_one_key_makes_no_outcome_void(hall: Voting, vote: VoteId) -> None:
    for person in (AMARA, CHIARA):
        hall.sign(person, hall.certificate(vote))
    hall.do(FARID, ContestOutcome(happened_at="", vote=vote))
    void = AnnulOutcome(happened_at="", vote=vote)
    assert smuggle(hall, self_signed(hall, BO, void, CAUGHT)) == "joint-approval-needed"
    hall.approve(BO, hall.ask(AMARA, void))
    assert not Door(hall.archive).house.decisions.votes[vote].annulled
