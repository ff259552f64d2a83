"""Electing persons: in secret, on paper, certified by those who don't stand."""

import pytest
from msgspec.structs import replace

from collegium.counting import Profile, Ties, count
from collegium.counting.stv import scottish_stv
from collegium.ids import VoteId
from collegium.parts.decisions.acts import Commission, Manner, OpenVote
from collegium.parts.organisation.acts import ChangeStanding
from collegium.parts.organisation.clauses import small_preset
from tests.cast import AMARA, BO, CHIARA, DMITRI, ESI, FARID, GORO
from tests.refusing import refused
from tests.voting import PLAIN, REGISTER, Voting, by_method, candidates

TWO_SEATS = by_method("scottish-stv/1", seats=2)


def election(hall: Voting, **different: object) -> OpenVote:
    """An election of two out of three, in secret."""
    opening = hall.plain_vote(
        counting=TWO_SEATS,
        default=0,
        options=candidates(DMITRI, ESI, FARID),
        purpose="election",
        secret=True,
    )
    return replace(opening, **different)


def test_a_secret_election_on_paper_is_counted_and_declared(hall: Voting) -> None:
    vote = hall.open(AMARA, election(hall))
    with refused("ballot-secret"):
        hall.cast(ESI, vote, "123")
    hall.jointly(hall.paper(vote, 1, r123=2, r312=2, r113=1))
    hall.finish(ESI, vote)
    found = hall.vote(vote)
    profile = Profile(3, {"123": 2, "312": 2, "---": 1})
    direct = count(profile, scottish_stv(3, 2), Ties(seed=found.seed))
    assert (found.outcome, found.winners) == (direct.canonical().decode(), direct.winners)
    assert found.winners == (1, 2)


def test_the_default_rule_book_refuses_an_open_election(hall: Voting) -> None:
    with refused("election-open"):
        hall.open(AMARA, election(hall, secret=False))
    hands = Manner(cards=(), kind="hands", tellers=(BO.id, CHIARA.id))
    with refused("election-open"):
        hall.open(AMARA, election(hall, secret=False, manner=hands))


def test_a_rule_book_may_allow_an_open_election() -> None:
    hall = Voting(rule_book=small_preset() | {"decisions.open_elections": True})
    vote = hall.open(AMARA, election(hall, secret=False))
    for person in (AMARA, BO, CHIARA):
        hall.cast(person, vote, "321")
    hall.finish(ESI, vote)
    assert hall.vote(vote).winners == (2, 3)


@pytest.mark.parametrize(
    "options",
    [
        (*candidates(DMITRI), PLAIN),
        candidates(DMITRI, DMITRI),
        (replace(PLAIN, members=(DMITRI.id, ESI.id)), *candidates(FARID)),
    ],
)
def test_each_option_of_an_election_is_one_candidate(
    hall: Voting, options: tuple[object, ...]
) -> None:
    with refused("candidate-terms"):
        hall.open(AMARA, election(hall, options=options))


def test_an_election_may_offer_to_leave_the_place_vacant(hall: Voting) -> None:
    vote = hall.open(AMARA, election(hall, default=2, options=(*candidates(DMITRI), PLAIN)))
    hall.finish(ESI, vote)
    assert hall.vote(vote).winners == (2,)


def test_who_stands_is_a_member_in_good_standing(hall: Voting) -> None:
    with refused("candidate-eligible"):
        hall.open(AMARA, election(hall, options=candidates(DMITRI, GORO)))
    hall.jointly(ChangeStanding(happened_at="", member=ESI.id, standing="suspended"))
    with refused("candidate-eligible"):
        hall.open(AMARA, election(hall))


def test_an_election_in_which_nobody_votes_elects_nobody(hall: Voting) -> None:
    vote = hall.open(AMARA, election(hall))
    hall.finish(ESI, vote)
    assert hall.vote(vote).winners == ()


def test_blank_ballots_elect_nobody_by_lot(hall: Voting) -> None:
    vote = hall.open(AMARA, election(hall))
    blank = replace(hall.paper(vote, r123=3).ballots[0], marks="---")
    hall.jointly(replace(hall.paper(vote), ballots=(blank,)))
    hall.finish(ESI, vote)
    assert (hall.vote(vote).winners, hall.vote(vote).counted) == ((), 3)


def test_the_rule_book_may_ask_for_a_commission() -> None:
    hall = Voting(rule_book=small_preset() | {"decisions.commission_needed": 2})
    with refused("commission-small"):
        hall.open(AMARA, election(hall))
    hall.open(AMARA, hall.plain_vote())
    commission = Commission(members=(AMARA.id, BO.id, CHIARA.id), needed=2)
    hall.open(AMARA, election(hall, commission=commission))


def test_nobody_counts_an_election_in_which_they_stand() -> None:
    hall = Voting(keyed=True, rule_book=small_preset() | {"decisions.open_elections": True})
    commission = Commission(members=(AMARA.id, ESI.id), needed=2)
    with refused("commission-stands"):
        hall.open(AMARA, election(hall, commission=commission))
    hands = Manner(cards=(), kind="hands", tellers=(AMARA.id, ESI.id))
    with refused("commission-stands"):
        hall.open(AMARA, election(hall, manner=hands, secret=False))


def test_others_certify_where_those_stand_who_count_the_paper_in() -> None:
    hall = Voting(keyed=True)
    standing = election(hall, options=candidates(AMARA, ESI, FARID))
    with refused("commission-missing"):
        hall.open(AMARA, standing)
    commission = Commission(members=(BO.id, DMITRI.id), needed=2)
    assert hall.open(AMARA, replace(standing, commission=commission))


def test_an_imported_election_may_have_been_open() -> None:
    hall = Voting(source=REGISTER)
    opening = election(
        hall, happened_at="2005-01-01T00:00:00Z", options=(PLAIN, PLAIN), secret=False
    )
    vote = hall.bring(AMARA, opening)
    assert not hall.vote(VoteId(vote)).secret
