import pytest
from msgspec.structs import replace

from collegium.ids import Moment, VoteId
from collegium.parts.decisions.acts import CastBallot, CloseVote
from collegium.parts.organisation.acts import CloseImport
from collegium.parts.organisation.clauses import small_preset
from collegium.record.moments import after
from tests.cast import AMARA, BO, CHIARA, ESI, FARID, GORO
from tests.refusing import refused
from tests.voting import REGISTER, Voting, so_many

THEN = Moment("2005-03-21T00:00:00Z")
DURING = Moment("2005-04-01T00:00:00Z")
AFTERWARDS = Moment("2005-04-11T00:00:00Z")


@pytest.fixture
def archive_hall() -> Voting:
    """An import is open, of a vote by two people of whom only the number is known."""
    return Voting(source=REGISTER)


@pytest.fixture
def old_vote(archive_hall: Voting) -> VoteId:
    opening = archive_hall.plain_vote(closes=AFTERWARDS, electorate=so_many(2), happened_at=THEN)
    return VoteId(archive_hall.bring(AMARA, opening))


def old_ballot(vote: VoteId, when: Moment = DURING, marks: str = "12") -> CastBallot:
    return CastBallot(happened_at=when, marks=marks, vote=vote)


def test_electors_cast_ballots(hall: Voting, vote: VoteId) -> None:
    hall.cast(ESI, vote, "12")
    hall.cast(FARID, vote, "-1")
    assert hall.vote(vote).ballots == {4: "12", 5: "-1"}


def test_the_last_ballot_of_a_member_counts(hall: Voting, vote: VoteId) -> None:
    hall.cast(ESI, vote, "12")
    hall.cast(ESI, vote, "21")
    assert hall.vote(vote).ballots == {4: "21"}


def test_nobody_votes_in_what_isnt_there(hall: Voting) -> None:
    with refused("vote-unknown"):
        hall.cast(ESI, VoteId("0" * 26), "12")


def test_the_last_second_is_in_time_and_the_next_isnt(hall: Voting, vote: VoteId) -> None:
    closes = hall.vote(vote).closes
    hall.now = Moment("2026-05-08T08:59:59Z")
    hall.cast(ESI, vote, "12")
    hall.now = closes
    with refused("vote-closed"):
        hall.cast(ESI, vote, "21")


def test_whoever_joins_later_doesnt_vote(hall: Voting, vote: VoteId) -> None:
    hall.admit(GORO)
    with refused("not-in-electorate"):
        hall.cast(GORO, vote, "12")


@pytest.mark.parametrize("marks", ["1-1", "1234", "1 ", "0-", "A1", "١٢"])
def test_a_ballot_has_a_rank_for_each_option(hall: Voting, vote: VoteId, marks: str) -> None:
    with refused("ballot-unreadable"):
        hall.cast(ESI, vote, marks)


@pytest.mark.parametrize("marks", ["11", "--", "9-", "az"])
def test_ties_gaps_and_blanks_are_readable(hall: Voting, vote: VoteId, marks: str) -> None:
    hall.cast(ESI, vote, marks)
    assert hall.vote(vote).ballots == {4: marks}


def test_a_secret_vote_takes_no_ballot_under_a_name(hall: Voting) -> None:
    vote = hall.open(ESI, hall.plain_vote(secret=True))
    with refused("ballot-secret"):
        hall.cast(ESI, vote, "12")
    hall.jointly(hall.paper(vote, r12=2))
    assert hall.vote(vote).received == 2


def test_tellers_count_ballots_in_together(hall: Voting, vote: VoteId) -> None:
    hall.cast(ESI, vote, "12")
    with refused("joint-approval-needed"):
        hall.do(AMARA, hall.paper(vote, r12=1))
    hall.jointly(hall.paper(vote, r12=1, r21=2))
    hall.jointly(hall.paper(vote, r12=1))
    assert hall.vote(vote).anonymous == {"12": 2, "21": 2}
    assert hall.vote(vote).received == 5


def test_no_more_are_counted_in_than_are_entitled(hall: Voting, vote: VoteId) -> None:
    hall.cast(ESI, vote, "12")
    hall.jointly(hall.paper(vote, r12=5))
    with refused("electorate-exceeded"):
        hall.jointly(hall.paper(vote, r12=1))


def test_nobody_casts_beyond_what_was_counted_in(hall: Voting, vote: VoteId) -> None:
    hall.cast(ESI, vote, "12")
    hall.jointly(hall.paper(vote, r12=5))
    hall.cast(ESI, vote, "21")
    with refused("electorate-exceeded"):
        hall.cast(AMARA, vote, "12")


def test_ballots_counted_in_are_readable(hall: Voting, vote: VoteId) -> None:
    with refused("ballot-unreadable"):
        hall.jointly(hall.paper(vote, r12=1, r123=1))


def test_ballots_are_counted_in_until_the_close_is_recorded(hall: Voting, vote: VoteId) -> None:
    hall.now = hall.vote(vote).closes
    hall.jointly(hall.paper(vote, r12=1))
    hall.run_out(vote)
    with refused("vote-closed"):
        hall.jointly(hall.paper(vote, r12=1))


def test_nobody_closes_a_vote_on_paper_before_it_is_counted_in(hall: Voting) -> None:
    vote = hall.open(AMARA, hall.plain_vote(secret=True))
    hall.now = hall.vote(vote).closes
    with refused("paper-awaited"):
        hall.close(ESI, vote)
    hall.jointly(hall.paper(vote, r12=1))
    hall.now = after(hall.vote(vote).closes, days=1)
    hall.close(ESI, vote)
    assert hall.counted(vote).ballots == 1


def test_a_vote_with_some_ballots_on_paper_waits_for_the_others(hall: Voting, vote: VoteId) -> None:
    hall.jointly(hall.paper(vote, spoilt=1))
    hall.now = hall.vote(vote).closes
    with refused("paper-awaited"):
        hall.close(ESI, vote)


def test_the_rule_book_says_how_long_paper_is_counted_in() -> None:
    hall = Voting(rule_book=small_preset() | {"decisions.paper_days": 0})
    vote = hall.open(AMARA, hall.plain_vote(secret=True))
    hall.now = hall.vote(vote).closes
    hall.close(ESI, vote)
    assert hall.vote(vote).closed == hall.now


def test_imported_ballots_on_paper_wait_for_nothing(archive_hall: Voting, old_vote: VoteId) -> None:
    archive_hall.bring(AMARA, replace(archive_hall.paper(old_vote, r12=1), happened_at=AFTERWARDS))
    archive_hall.bring(BO, CloseVote(happened_at=AFTERWARDS, vote=old_vote))
    assert archive_hall.vote(old_vote).closed == AFTERWARDS


def test_ballots_are_counted_into_a_vote_that_exists(hall: Voting) -> None:
    with refused("vote-unknown"):
        hall.jointly(hall.paper(VoteId("0" * 26), r12=1))


def test_imported_ballots_fill_an_electorate_that_is_a_count(
    archive_hall: Voting, old_vote: VoteId
) -> None:
    archive_hall.bring(AMARA, old_ballot(old_vote))
    archive_hall.bring(BO, old_ballot(old_vote))
    archive_hall.bring(BO, old_ballot(old_vote, marks="21"))
    with refused("electorate-exceeded"):
        archive_hall.bring(CHIARA, old_ballot(old_vote))


@pytest.mark.parametrize("when", ["2005-03-20T23:59:59Z", AFTERWARDS])
def test_an_imported_ballot_was_cast_while_the_vote_was_open(
    archive_hall: Voting, old_vote: VoteId, when: Moment
) -> None:
    with refused("vote-closed"):
        archive_hall.bring(AMARA, old_ballot(old_vote, when))


def test_imported_ballots_arent_counted_in_before_the_opening(
    archive_hall: Voting, old_vote: VoteId
) -> None:
    paper = archive_hall.paper(old_vote, r12=1)
    with refused("vote-closed"):
        archive_hall.bring(AMARA, replace(paper, happened_at="2005-03-20T00:00:00Z"))
    archive_hall.bring(AMARA, replace(paper, happened_at=AFTERWARDS))
    assert archive_hall.vote(old_vote).anonymous == {"12": 1}


def test_nobody_votes_now_where_only_a_number_was_entitled(archive_hall: Voting) -> None:
    opening = archive_hall.plain_vote(electorate=so_many(3), happened_at=THEN)
    vote = VoteId(archive_hall.bring(AMARA, opening))
    archive_hall.jointly(CloseImport(acts=1, happened_at=""))
    with refused("not-in-electorate"):
        archive_hall.cast(AMARA, vote, "12")
