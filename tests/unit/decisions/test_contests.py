"""Objections to an outcome: raised, answered, and the outcome made void."""

import pytest
from msgspec.structs import replace

from collegium.ids import ActId, VoteId
from collegium.parts.decisions.acts import (
    ALL_MEMBERS,
    AnnulOutcome,
    AnswerContest,
    Commission,
    ContestOutcome,
)
from collegium.parts.organisation.clauses import small_preset
from collegium.secretariat.door import Door
from tests.cast import AMARA, BO, CHIARA, DMITRI, ESI, FARID, GORO, Person
from tests.refusing import refused
from tests.voting import Voting, by_method, candidates, slate


@pytest.fixture
def declared(hall: Voting, vote: VoteId) -> VoteId:
    hall.cast(FARID, vote, "12")
    hall.finish(ESI, vote)
    return vote


def contest(hall: Voting, person: Person, vote: VoteId) -> ActId:
    return hall.do(person, ContestOutcome(happened_at="", vote=vote))


def answer(hall: Voting, person: Person, vote: VoteId, to: ActId) -> None:
    hall.do(person, AnswerContest(contest=to, happened_at="", vote=vote))


def annul(hall: Voting, vote: VoteId) -> None:
    hall.jointly(AnnulOutcome(happened_at="", vote=vote))


def test_an_elector_objects_and_the_body_answers(hall: Voting, declared: VoteId) -> None:
    raised = contest(hall, FARID, declared)
    answer(hall, AMARA, declared, raised)
    stands = hall.vote(declared).contests[raised]
    assert (stands.member, stands.at, bool(stands.answer)) == (FARID.id, hall.now, True)


def test_objections_are_heard_for_the_days_of_the_rule_book(hall: Voting, declared: VoteId) -> None:
    hall.later(days=2, hours=23)
    contest(hall, FARID, declared)
    hall.later(hours=1)
    with refused("objections-over"):
        contest(hall, ESI, declared)


def test_without_a_period_for_objections_none_is_heard() -> None:
    hall = Voting(rule_book=small_preset() | {"decisions.objection_days": 0})
    vote = hall.open(ESI, hall.plain_vote())
    hall.finish(ESI, vote)
    with refused("objections-over"):
        contest(hall, FARID, vote)


def test_there_is_nothing_to_object_to_before_the_outcome(hall: Voting, vote: VoteId) -> None:
    with refused("not-declared"):
        contest(hall, FARID, vote)
    with refused("not-declared"):
        annul(hall, vote)


def test_nobody_objects_twice(hall: Voting, declared: VoteId) -> None:
    contest(hall, FARID, declared)
    with refused("contested-already"):
        contest(hall, FARID, declared)
    contest(hall, ESI, declared)


def test_who_was_left_out_of_the_electorate_objects_too(hall: Voting) -> None:
    present = replace(ALL_MEMBERS, kind="present", members=(AMARA.id, BO.id))
    vote = hall.open(AMARA, hall.plain_vote(electorate=present))
    hall.finish(AMARA, vote)
    contest(hall, CHIARA, vote)
    contest(hall, ESI, vote)
    hall.admit(GORO)
    contest(hall, GORO, vote)
    assert len(hall.vote(vote).contests) == 3


def test_whose_vote_it_isnt_doesnt_object(hall: Voting) -> None:
    branch = hall.branch(DMITRI)
    vote = hall.open(DMITRI, hall.plain_vote(body=branch))
    hall.finish(DMITRI, vote)
    with refused("not-concerned"):
        contest(hall, ESI, vote)
    contest(hall, DMITRI, vote)


def test_only_the_body_or_the_commission_answers(hall: Voting) -> None:
    hall.admit(GORO, keyed=True)
    commission = Commission(members=(AMARA.id, GORO.id), needed=2)
    vote = hall.open(ESI, hall.plain_vote(commission=commission))
    hall.run_out(vote)
    for person in (AMARA, GORO):
        hall.sign(person, hall.certificate(vote))
    first, second = contest(hall, FARID, vote), contest(hall, ESI, vote)
    with refused("answerer"):
        answer(hall, DMITRI, vote, first)
    answer(hall, GORO, vote, first)
    answer(hall, BO, vote, second)


def test_an_objection_is_answered_once(hall: Voting, declared: VoteId) -> None:
    raised = contest(hall, FARID, declared)
    answer(hall, AMARA, declared, raised)
    with refused("answered-already"):
        answer(hall, BO, declared, raised)


def test_only_an_objection_to_that_outcome_is_answered(hall: Voting, declared: VoteId) -> None:
    with refused("contest-unknown"):
        answer(hall, AMARA, declared, ActId("0" * 26))


def test_an_outcome_that_was_objected_to_is_made_void_jointly(
    hall: Voting, declared: VoteId
) -> None:
    contest(hall, FARID, declared)
    with refused("joint-approval-needed"):
        hall.do(AMARA, AnnulOutcome(happened_at="", vote=declared))
    annul(hall, declared)
    assert hall.vote(declared).annulled == hall.now
    assert Door(hall.archive).house.decisions == hall.decisions


def test_who_stood_doesnt_make_the_outcome_void() -> None:
    hall = Voting(keyed=True)
    opening = hall.plain_vote(
        commission=Commission(members=(CHIARA.id, DMITRI.id), needed=2),
        counting=by_method("plurality/1"),
        default=0,
        options=candidates(AMARA, ESI),
        purpose="election",
        secret=True,
    )
    vote = hall.open(AMARA, opening)
    hall.jointly(hall.paper(vote, r12=1, r21=2))
    hall.run_out(vote)
    for person in (CHIARA, DMITRI):
        hall.sign(person, hall.certificate(vote))
    contest(hall, FARID, vote)
    with refused("own-case"):
        annul(hall, vote)
    hall.jointly(AnnulOutcome(happened_at="", vote=vote), BO, CHIARA)
    assert hall.vote(vote).annulled


def test_what_nobody_objected_to_stands(hall: Voting, declared: VoteId) -> None:
    with refused("not-contested"):
        annul(hall, declared)


def test_an_outcome_is_made_void_once(hall: Voting, declared: VoteId) -> None:
    contest(hall, FARID, declared)
    annul(hall, declared)
    with refused("annulled-already"):
        annul(hall, declared)
    with refused("annulled-already"):
        contest(hall, ESI, declared)


def test_an_old_outcome_stands(hall: Voting, declared: VoteId) -> None:
    contest(hall, FARID, declared)
    hall.later(days=6)
    with refused("objections-over"):
        annul(hall, declared)


def test_a_void_outcome_re_seats_nobody() -> None:
    hall = Voting(keyed=True)
    branch = hall.branch(DMITRI, ESI, FARID)
    for person in (DMITRI, ESI):
        hall.seat(person, branch)
    hall.later(days=101)
    vote = hall.open(FARID, hall.reseating(slate(DMITRI, ESI), body=branch))
    for person in (DMITRI, ESI, FARID):
        hall.cast_signed(person, vote, "12")
    hall.finish(FARID, vote)
    contest(hall, FARID, vote)
    annul(hall, vote)
    hall.later(days=3)
    with refused("annulled-already"):
        hall.reseat(FARID, vote)


def test_what_has_re_seated_its_body_isnt_made_void() -> None:
    hall = Voting(keyed=True)
    hall.later(days=365)
    vote = hall.open(FARID, hall.reseating(slate(DMITRI, ESI)))
    for person in (DMITRI, ESI, FARID):
        hall.cast_signed(person, vote, "12")
    hall.finish(ESI, vote)
    contest(hall, FARID, vote)
    hall.later(days=3)
    hall.reseat(FARID, vote)
    with refused("reseated-already"):
        hall.jointly(AnnulOutcome(happened_at="", vote=vote), DMITRI, ESI)
