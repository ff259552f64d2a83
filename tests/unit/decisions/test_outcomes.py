import pytest
from msgspec.structs import replace

from collegium.counting import DebianOutcome
from collegium.ids import Moment, VoteId
from collegium.parts.decisions.acts import DEBIAN, CloseVote, Quorum
from collegium.parts.decisions.tallying import (
    fewest_ballots,
    outcome_of,
    profile_of,
    rule_of,
    weights_of,
)
from collegium.secretariat.door import Door
from tests.cast import AMARA, BO, CHIARA, DMITRI, ESI, FARID
from tests.refusing import refused
from tests.voting import PLAIN, REGISTER, Voting


def test_any_member_records_the_close_once_its_time_has_come(hall: Voting, vote: VoteId) -> None:
    with refused("vote-open"):
        hall.close(DMITRI, vote)
    hall.now = hall.vote(vote).closes
    hall.close(DMITRI, vote)
    assert hall.vote(vote).closed == hall.now


def test_a_vote_is_closed_once(hall: Voting, vote: VoteId) -> None:
    hall.now = hall.vote(vote).closes
    hall.close(DMITRI, vote)
    with refused("closed-already"):
        hall.close(ESI, vote)


def test_only_a_vote_that_exists_is_closed_or_declared(hall: Voting, vote: VoteId) -> None:
    nothing = VoteId("0" * 26)
    with refused("vote-unknown"):
        hall.close(DMITRI, nothing)
    with refused("vote-unknown"):
        hall.do(DMITRI, replace(hall.counted(vote), vote=nothing))


def test_an_imported_vote_was_closed_when_its_time_had_come() -> None:
    hall = Voting(source=REGISTER)
    closes = Moment("2005-04-11T00:00:00Z")
    opening = hall.plain_vote(closes=closes, happened_at="2005-03-21T00:00:00Z")
    vote = VoteId(hall.bring(AMARA, opening))
    with refused("vote-open"):
        hall.bring(AMARA, CloseVote(happened_at="2005-04-10T23:59:59Z", vote=vote))
    hall.bring(AMARA, CloseVote(happened_at=closes, vote=vote))
    assert hall.vote(vote).closed == closes


def test_the_declared_outcome_is_kept_and_the_ballots_arent(hall: Voting, vote: VoteId) -> None:
    hall.cast(ESI, vote, "12")
    hall.cast(FARID, vote, "12")
    hall.jointly(hall.paper(vote, r21=1))
    hall.finish(DMITRI, vote)
    found = hall.vote(vote)
    outcome = outcome_of(found)
    assert isinstance(outcome, DebianOutcome)
    assert (found.winners, outcome.matrix) == ((1,), ((0, 2), (1, 0)))
    assert (found.ballots, found.anonymous, found.declared) == ({}, {}, hall.now)
    assert (outcome.canonical().decode(), outcome.ballots) == (found.outcome, found.counted)


def test_an_outcome_waits_for_the_recorded_close(hall: Voting, vote: VoteId) -> None:
    hall.now = hall.vote(vote).closes
    with refused("not-closed"):
        hall.do(DMITRI, hall.counted(vote))


def test_an_outcome_is_declared_once(hall: Voting, vote: VoteId) -> None:
    declaration = hall.counted(vote)
    hall.finish(DMITRI, vote)
    with refused("declared-already"):
        hall.do(DMITRI, declaration)


@pytest.mark.parametrize(
    "wrong",
    [{"winners": (2,)}, {"ballots": 3}, {"outcome": "0" * 64}, {"profile": "0" * 64}],
)
def test_only_what_was_counted_is_declared(
    hall: Voting, vote: VoteId, wrong: dict[str, object]
) -> None:
    for person in (DMITRI, ESI):
        hall.cast(person, vote, "12")
    hall.now = hall.vote(vote).closes
    hall.close(ESI, vote)
    right = hall.counted(vote)
    with refused("outcome-differs"):
        hall.do(ESI, replace(right, **wrong))
    hall.do(ESI, right)


def test_too_few_ballots_leave_everything_as_it_is(hall: Voting) -> None:
    half = Quorum(den=1, kind="percent", num=50)
    vote = hall.open(ESI, hall.plain_vote(quorum=half))
    for person in (ESI, FARID):
        hall.cast(person, vote, "12")
    hall.finish(ESI, vote)
    assert hall.vote(vote).winners == (2,)


def test_exactly_the_quorum_is_enough(hall: Voting) -> None:
    half = Quorum(den=1, kind="percent", num=50)
    vote = hall.open(ESI, hall.plain_vote(quorum=half))
    for person in (DMITRI, ESI, FARID):
        hall.cast(person, vote, "12")
    hall.finish(ESI, vote)
    assert hall.vote(vote).winners == (1,)


def test_a_quorum_by_root_asks_for_votes_over_the_default_option(hall: Voting) -> None:
    root = Quorum(den=1, kind="root", num=1)
    vote = hall.open(ESI, hall.plain_vote(quorum=root))
    for person in (ESI, FARID):
        hall.cast(person, vote, "12")
    for person in (AMARA, BO, CHIARA):
        hall.cast(person, vote, "11")
    hall.finish(ESI, vote)
    assert hall.vote(vote).winners == (2,)


def test_a_majority_is_the_options_own(hall: Voting) -> None:
    options = (replace(PLAIN, majority=(3, 1)), PLAIN, PLAIN)
    vote = hall.open(ESI, hall.plain_vote(default=3, options=options))
    for person in (DMITRI, ESI, FARID):
        hall.cast(person, vote, "123")
    hall.cast(AMARA, vote, "312")
    hall.finish(ESI, vote)
    assert hall.vote(vote).winners == (2,)


def test_ballots_that_say_the_same_are_counted_together(hall: Voting, vote: VoteId) -> None:
    hall.cast(ESI, vote, "12")
    hall.cast(FARID, vote, "29")
    hall.jointly(hall.paper(vote, r12=1))
    assert weights_of(hall.vote(vote)) == {"12": 2, "29": 1}
    assert dict(profile_of(DEBIAN, 2, weights_of(hall.vote(vote))).weights) == {"12": 3}


def test_the_rule_document_says_all_that_was_opened(hall: Voting) -> None:
    root = Quorum(den=2, kind="root", num=3)
    found = hall.vote(hall.open(ESI, hall.plain_vote(quorum=root)))
    assert rule_of(found).document() == (
        b'{"default":2,"majorities":[{"denominator":1,"numerator":1},'
        b'{"denominator":1,"numerator":1}],"options":2,'
        b'"quorum":{"denominator":2,"electorate":6,"numerator":3},"rule":"debian-a6/1"}'
    )


@pytest.mark.parametrize(
    ("quorum", "entitled", "fewest"),
    [
        (Quorum(den=1, kind="none", num=0), 1000, 0),
        (Quorum(den=1, kind="percent", num=10), 25, 3),
        (Quorum(den=3, kind="percent", num=100), 3, 1),
        (Quorum(den=3, kind="percent", num=200), 3, 2),
        (Quorum(den=2, kind="root", num=3), 1000, 48),
    ],
)
def test_the_fewest_ballots_of_a_quorum(quorum: Quorum, entitled: int, fewest: int) -> None:
    assert fewest_ballots(quorum, entitled) == fewest


def test_a_replay_comes_to_the_same_votes(hall: Voting, vote: VoteId) -> None:
    hall.cast(ESI, vote, "12")
    hall.finish(DMITRI, vote)
    again = Door(hall.archive)
    assert again.refusals == []
    assert again.house.decisions == hall.decisions
