"""The ballots of a vote, read back from the record."""

import pytest

from collegium.ids import VoteId
from collegium.parts.decisions.acts import DEBIAN
from collegium.parts.decisions.tallying import outcome_of, profile_of
from collegium.secretariat.ballots import ballots_of
from tests.cast import BO, ESI, FARID
from tests.chronicle import told
from tests.voting import Voting


@pytest.fixture
def hall() -> Voting:
    return Voting()


@pytest.fixture
def vote(hall: Voting) -> VoteId:
    return hall.open(ESI, hall.plain_vote())


def test_ballots_on_record_come_to_the_outcome_that_was_declared(
    hall: Voting, vote: VoteId
) -> None:
    hall.cast(ESI, vote, "12")
    hall.cast(FARID, vote, "21")
    hall.jointly(hall.paper(vote, r21=2))
    hall.finish(ESI, vote)
    box = ballots_of(hall.archive, vote)
    counted = outcome_of(hall.vote(vote))
    assert profile_of(DEBIAN, 2, box.weights()).digest() == counted.profile
    assert [(one.marks, one.count) for one in box.counted_in] == [("21", 2)]


def test_a_ballot_cast_anew_leaves_the_first_to_be_seen(hall: Voting, vote: VoteId) -> None:
    hall.cast(ESI, vote, "12")
    hall.cast(BO, vote, "12")
    hall.cast(ESI, vote, "21")
    hall.finish(ESI, vote)
    box = ballots_of(hall.archive, vote)
    assert [(one.member, one.marks, one.last) for one in box.cast] == [
        (ESI.id, "12", False),
        (BO.id, "12", True),
        (ESI.id, "21", True),
    ]


def test_ballots_of_another_vote_are_left_out(hall: Voting, vote: VoteId) -> None:
    other = hall.open(ESI, hall.plain_vote())
    hall.cast(ESI, other, "12")
    hall.cast(FARID, vote, "21")
    assert [one.member for one in ballots_of(hall.archive, vote).cast] == [FARID.id]


def test_what_was_asked_but_never_enacted_isnt_counted_in(hall: Voting, vote: VoteId) -> None:
    hall.ask(BO, hall.paper(vote, r12=3))
    hall.finish(ESI, vote)
    assert ballots_of(hall.archive, vote).counted_in == ()


def test_a_vote_that_isnt_there_has_no_ballots(hall: Voting) -> None:
    with pytest.raises(LookupError, match="expected a vote"):
        ballots_of(hall.archive, VoteId("0" * 26))


def test_ballots_in_every_manner_are_read_back_as_they_were_counted() -> None:
    """Proxies, cards, hands, roll calls and paper: the chronicle has a vote of each."""
    chronicle = told()
    manners = set()
    for name, vote in chronicle.decisions.votes.items():
        weights = ballots_of(chronicle.archive, name).weights()
        profile = profile_of(vote.counting, len(vote.options), weights)
        assert profile.digest() == outcome_of(vote).profile
        manners.add(vote.manner.kind)
    assert manners == {"ballots", "cards", "hands", "roll-call"}
