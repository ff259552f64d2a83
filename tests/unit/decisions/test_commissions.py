"""The counting commission: k of n certify with their keys what anybody can count again."""

import pytest
from msgspec.structs import replace

from collegium.ids import Moment, VoteId
from collegium.parts.decisions.acts import Commission, ContestOutcome, RefuseOutcome
from collegium.parts.organisation.acts import (
    AmendRuleBook,
    ChangeStanding,
    LeaveOrganisation,
    RevokeKey,
)
from collegium.record.moments import after
from collegium.secretariat.door import Door
from tests.cast import AMARA, BO, CHIARA, DMITRI, ESI, FARID, GORO, Person
from tests.refusing import refused
from tests.voting import Voting


def of(needed: int, *people: Person) -> Commission:
    return Commission(members=tuple(person.id for person in people), needed=needed)


TWO_OF_THREE = of(2, AMARA, BO, CHIARA)


@pytest.fixture
def vote(hall: Voting) -> VoteId:
    """A vote whose outcome two of three certify; its ballots are in, and it is closed."""
    vote = hall.open(ESI, hall.plain_vote(commission=TWO_OF_THREE))
    for person in (DMITRI, ESI, FARID):
        hall.cast(person, vote, "12")
    hall.run_out(vote)
    return vote


def test_the_last_certificate_that_is_needed_declares_the_outcome(
    hall: Voting, vote: VoteId
) -> None:
    hall.sign(AMARA, hall.certificate(vote))
    assert not hall.vote(vote).declared
    hall.sign(CHIARA, hall.certificate(vote))
    found = hall.vote(vote)
    assert (found.declared, found.winners, found.counted) == (hall.now, (1,), 3)
    assert (found.ballots, len(found.certified)) == ({}, 2)


def test_a_replay_knows_who_certified(hall: Voting, vote: VoteId) -> None:
    for person in (AMARA, BO):
        hall.sign(person, hall.certificate(vote))
    again = Door(hall.archive)
    assert again.refusals == []
    assert again.house.decisions == hall.decisions


def test_a_certificate_is_signed(hall: Voting, vote: VoteId) -> None:
    with refused("key-needed"):
        hall.do(AMARA, hall.certificate(vote))


def test_only_the_commission_certifies(hall: Voting) -> None:
    keyed = Voting(keyed=True)
    vote = keyed.open(ESI, keyed.plain_vote(commission=TWO_OF_THREE))
    keyed.run_out(vote)
    with refused("commission"):
        keyed.sign(ESI, keyed.certificate(vote))
    plain = hall.open(ESI, hall.plain_vote())
    hall.run_out(plain)
    with refused("commission"):
        hall.sign(AMARA, hall.certificate(plain))


def test_nobody_certifies_twice(hall: Voting, vote: VoteId) -> None:
    hall.sign(AMARA, hall.certificate(vote))
    with refused("certified-already"):
        hall.sign(AMARA, hall.certificate(vote))


@pytest.mark.parametrize("wrong", [{"winners": (2,)}, {"ballots": 4}, {"outcome": "0" * 64}])
def test_only_what_was_counted_is_certified(
    hall: Voting, vote: VoteId, wrong: dict[str, object]
) -> None:
    with refused("outcome-differs"):
        hall.sign(AMARA, replace(hall.certificate(vote), **wrong))


def test_a_certificate_waits_for_the_close_and_comes_before_the_outcome(hall: Voting) -> None:
    vote = hall.open(ESI, hall.plain_vote(commission=TWO_OF_THREE))
    with refused("not-closed"):
        hall.sign(AMARA, hall.certificate(vote))
    hall.run_out(vote)
    certificate = hall.certificate(vote)
    for person in (AMARA, BO):
        hall.sign(person, certificate)
    with refused("declared-already"):
        hall.sign(CHIARA, certificate)


def test_nobody_declares_past_the_commission(hall: Voting, vote: VoteId) -> None:
    with refused("commission-certifies"):
        hall.do(DMITRI, hall.counted(vote))


def test_anybody_declares_what_a_silent_commission_doesnt_certify(
    hall: Voting, vote: VoteId
) -> None:
    hall.sign(AMARA, hall.certificate(vote))
    hall.later(days=6, hours=23)
    with refused("commission-certifies"):
        hall.do(DMITRI, hall.counted(vote))
    hall.later(hours=1)
    with refused("outcome-differs"):
        hall.do(DMITRI, replace(hall.counted(vote), winners=(2,)))
    hall.do(DMITRI, hall.counted(vote))
    found = hall.vote(vote)
    assert (found.winners, len(found.certified)) == ((1,), 1)


def test_a_commission_has_the_time_of_the_rule_book_at_the_opening(
    hall: Voting, vote: VoteId
) -> None:
    hall.jointly(AmendRuleBook(changes={"decisions.certify_days": 1}, happened_at=""))
    hall.now = after(Moment(hall.vote(vote).closed), days=6)
    with refused("commission-certifies"):
        hall.do(DMITRI, hall.counted(vote))


def refuse(hall: Voting, person: Person, vote: VoteId) -> None:
    hall.sign(person, RefuseOutcome(happened_at="", vote=vote))


def test_what_too_many_of_the_commission_refuse_has_no_outcome(hall: Voting, vote: VoteId) -> None:
    refuse(hall, AMARA, vote)
    hall.sign(BO, hall.certificate(vote))
    refuse(hall, CHIARA, vote)
    hall.later(days=90)
    with refused("commission-refuses"):
        hall.do(DMITRI, hall.counted(vote))


def test_one_who_refuses_holds_up_nothing(hall: Voting, vote: VoteId) -> None:
    refuse(hall, AMARA, vote)
    hall.later(days=7)
    hall.do(DMITRI, hall.counted(vote))
    assert hall.vote(vote).winners == (1,)


def test_who_refused_may_certify_after_all(hall: Voting, vote: VoteId) -> None:
    for person in (AMARA, BO):
        refuse(hall, person, vote)
    for person in (AMARA, CHIARA):
        hall.sign(person, hall.certificate(vote))
    found = hall.vote(vote)
    assert (bool(found.declared), list(found.refused)) == (True, [1])


def test_a_refusal_is_signed_given_once_and_by_the_commission(hall: Voting, vote: VoteId) -> None:
    with refused("key-needed"):
        hall.do(AMARA, RefuseOutcome(happened_at="", vote=vote))
    refuse(hall, AMARA, vote)
    with refused("refused-already"):
        refuse(hall, AMARA, vote)
    hall.sign(BO, hall.certificate(vote))
    with refused("certified-already"):
        refuse(hall, BO, vote)
    hall.sign(CHIARA, hall.certificate(vote))
    with refused("declared-already"):
        refuse(hall, AMARA, vote)


def test_only_the_commission_refuses_and_after_the_close() -> None:
    hall = Voting(keyed=True)
    vote = hall.open(ESI, hall.plain_vote(commission=TWO_OF_THREE))
    with refused("not-closed"):
        refuse(hall, AMARA, vote)
    hall.run_out(vote)
    with refused("commission"):
        refuse(hall, ESI, vote)


def test_the_commission_objects_to_what_it_didnt_certify() -> None:
    hall = Voting(keyed=True)
    branch = hall.branch(DMITRI, ESI)
    vote = hall.open(DMITRI, hall.plain_vote(body=branch, commission=of(2, CHIARA, FARID)))
    hall.run_out(vote)
    hall.later(days=7)
    hall.do(DMITRI, hall.counted(vote))
    with refused("not-concerned"):
        hall.do(BO, ContestOutcome(happened_at="", vote=vote))
    hall.do(CHIARA, ContestOutcome(happened_at="", vote=vote))
    assert [one.member for one in hall.vote(vote).contests.values()] == [CHIARA.id]


def test_anybody_declares_when_too_few_of_the_commission_are_left(
    hall: Voting, vote: VoteId
) -> None:
    hall.sign(AMARA, hall.certificate(vote))
    hall.sign(BO, RevokeKey(happened_at="", key=BO.key.public))
    with refused("commission-certifies"):
        hall.do(DMITRI, hall.counted(vote))
    hall.sign(CHIARA, LeaveOrganisation(happened_at=""))
    hall.do(DMITRI, hall.counted(vote))
    assert hall.vote(vote).winners == (1,)


@pytest.mark.parametrize(
    "commission",
    [of(1, AMARA), of(1, AMARA, BO), of(3, AMARA, BO), of(2, AMARA, AMARA), of(0, AMARA, BO)],
)
def test_at_least_two_of_a_commission_certify(hall: Voting, commission: Commission) -> None:
    with refused("commission-terms"):
        hall.open(ESI, hall.plain_vote(commission=commission))


def test_a_commission_needs_members(hall: Voting) -> None:
    with refused("commission-terms"):
        hall.open(ESI, hall.plain_vote(commission=Commission(members=(), needed=2)))


@pytest.mark.parametrize("stranger", [DMITRI, GORO])
def test_who_is_in_the_commission_has_a_key(hall: Voting, stranger: Person) -> None:
    with refused("commission-eligible"):
        hall.open(ESI, hall.plain_vote(commission=of(2, AMARA, BO, stranger)))


def test_who_is_in_the_commission_is_in_good_standing(hall: Voting) -> None:
    hall.jointly(ChangeStanding(happened_at="", member=CHIARA.id, standing="suspended"))
    with refused("commission-eligible"):
        hall.open(ESI, hall.plain_vote(commission=TWO_OF_THREE))
