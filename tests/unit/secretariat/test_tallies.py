"""Counts of a vote are made outside the door, once, and kept for the acts that state them."""

import pytest

from collegium.counting import Outcome
from collegium.ids import VoteId
from collegium.parts.decisions.acts import Commission, DeclareOutcome
from collegium.parts.decisions.state import Vote
from collegium.parts.decisions.tallying import outcome_of
from collegium.secretariat import door, house
from tests.cast import AMARA, BO, CHIARA, DMITRI, ESI
from tests.refusing import refused
from tests.voting import Voting


class Counted:
    """Counts votes, and keeps how many."""

    def __init__(self) -> None:
        self.times = 0

    def __call__(self, vote: Vote) -> Outcome:
        self.times += 1
        return outcome_of(vote)


@pytest.fixture
def hall() -> Voting:
    return Voting()


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> Counted:
    made = Counted()
    for module in (door, house):
        monkeypatch.setattr(module, "outcome_of", made)
    return made


def closed(hall: Voting, **different: object) -> VoteId:
    vote = hall.open(ESI, hall.plain_vote(**different))
    hall.cast(DMITRI, vote, "12")
    hall.run_out(vote)
    return vote


def test_what_is_declared_is_counted_once(hall: Voting, counted: Counted) -> None:
    vote = closed(hall)
    hall.do(ESI, hall.counted(vote))
    assert counted.times == 1


def test_what_a_page_has_counted_isnt_counted_again(hall: Voting, counted: Counted) -> None:
    vote = closed(hall)
    hall.door.keep_tally(vote, outcome_of(hall.vote(vote)))
    hall.do(ESI, hall.counted(vote))
    assert (counted.times, hall.vote(vote).winners) == (0, (1,))


def test_votes_certified_side_by_side_are_counted_once_each(hall: Voting, counted: Counted) -> None:
    commission = Commission(members=(AMARA.id, BO.id, CHIARA.id), needed=3)
    votes = [closed(hall, commission=commission) for _ in range(4)]
    for person in (AMARA, BO, CHIARA):
        for vote in votes:
            hall.sign(person, hall.certificate(vote))
    assert all(hall.vote(vote).declared for vote in votes)
    assert counted.times == len(votes)


def test_nothing_is_kept_of_a_vote_that_is_open(hall: Voting, counted: Counted) -> None:
    vote = hall.open(ESI, hall.plain_vote())
    early = outcome_of(hall.vote(vote))
    hall.door.keep_tally(vote, early)
    hall.cast(DMITRI, vote, "12")
    hall.run_out(vote)
    with refused("outcome-differs"):
        hall.do(ESI, DeclareOutcome(0, "", early.digest(), early.profile, vote, (2,)))
    hall.do(ESI, hall.counted(vote))
    assert counted.times == 1


def test_only_so_many_tallies_are_kept(hall: Voting, counted: Counted) -> None:
    votes = [closed(hall) for _ in range(house.MOST_TALLIES + 2)]
    for vote in votes:
        hall.door.keep_tally(vote, outcome_of(hall.vote(vote)))
    kept = [hall.house.has_tally(vote) for vote in votes]
    assert kept == [False] + [True] * (house.MOST_TALLIES + 1)
    assert counted.times == 0
