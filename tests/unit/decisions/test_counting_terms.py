"""How ballots are to be counted: what fits together, and what is refused."""

import pytest
from msgspec.structs import replace

from collegium.counting import Majority, Rule
from collegium.counting.approvals import ApprovalRule
from collegium.counting.graded import GradeRule
from collegium.parts.decisions.acts import ALL_MEMBERS, DEBIAN, Counting, Manner
from collegium.parts.decisions.tallying import rule_of
from collegium.refusals import Refused
from tests.cast import AMARA, BO, CHIARA, ESI, FARID
from tests.refusing import refused
from tests.voting import MAJORITY, PLAIN, Voting, by_method


@pytest.mark.parametrize(
    "counting",
    [
        by_method("coin-toss/1"),
        by_method("debian-a6/2"),
        by_method("pav/1"),
        by_method("rctab/1"),
        by_method("dhondt/1"),
        replace(DEBIAN, seats=2),
        replace(MAJORITY, seats=2),
        by_method("irv/1", seats=2),
        by_method("schulze/1", seats=2),
        by_method("score/1"),
        by_method("score/1", levels=1),
        replace(DEBIAN, levels=5),
        by_method("approval/1", levels=2),
        replace(MAJORITY, base=""),
        replace(DEBIAN, base="votes", share=(1, 2)),
        replace(DEBIAN, share=(1, 2)),
        replace(DEBIAN, equal="skip"),
        by_method("irv/1", equal="equal"),
        by_method("approval/1", equal="equal"),
        replace(MAJORITY, share=(3, 2)),
    ],
)
def test_what_doesnt_fit_together_isnt_voted_on(hall: Voting, counting: Counting) -> None:
    with refused("count-impossible"):
        hall.open(ESI, hall.plain_vote(counting=counting))


@pytest.mark.parametrize(
    "counting",
    [
        MAJORITY,
        replace(MAJORITY, base="ballots", share=(2, 3)),
        replace(MAJORITY, base="entitled"),
        by_method("irv/1", equal="skip", skips=1),
        by_method("scottish-stv/1", seats=2),
        by_method("schulze-margins/1"),
        by_method("approval/1", seats=2),
        by_method("majority-judgment/1", levels=7),
        by_method("score/1", levels=36),
    ],
)
def test_what_fits_together_is_voted_on(hall: Voting, counting: Counting) -> None:
    vote = hall.vote(hall.open(ESI, hall.plain_vote(counting=counting)))
    rule = rule_of(vote)
    assert isinstance(rule, Rule | ApprovalRule | GradeRule)
    assert rule.options == 2
    assert vote.counting == counting


def test_a_method_that_may_find_no_end_names_another(hall: Voting) -> None:
    with pytest.raises(Refused, match="take sequential-pav/1"):
        hall.open(ESI, hall.plain_vote(counting=by_method("pav/1")))


@pytest.mark.parametrize("default", [0, 3])
def test_the_option_that_stands_is_on_the_ballot(hall: Voting, default: int) -> None:
    with refused("default-option"):
        hall.open(ESI, hall.plain_vote(default=default))


def test_an_option_has_a_majority_of_its_own_in_debians_method_alone(hall: Voting) -> None:
    options = (replace(PLAIN, majority=(3, 1)), PLAIN)
    hall.open(ESI, hall.plain_vote(options=options))
    with refused("count-impossible"):
        hall.open(ESI, hall.plain_vote(counting=MAJORITY, options=options))


def test_a_majority_of_those_entitled_knows_how_many_they_are(hall: Voting) -> None:
    counting = replace(MAJORITY, base="entitled")
    rule = rule_of(hall.vote(hall.open(ESI, hall.plain_vote(counting=counting))))
    assert isinstance(rule, Majority)
    assert rule.members == 6


def test_a_majority_of_those_present_asks_who_is(hall: Voting) -> None:
    counting = replace(MAJORITY, base="present")
    with refused("present-unknown"):
        hall.open(ESI, hall.plain_vote(counting=counting))
    named = replace(ALL_MEMBERS, kind="present", members=(AMARA.id, BO.id))
    vote = hall.open(AMARA, hall.plain_vote(counting=counting, electorate=named))
    rule = rule_of(hall.vote(vote))
    assert isinstance(rule, Majority)
    assert rule.members == 2
    hands = Manner(cards=(), kind="hands", tellers=(BO.id, CHIARA.id))
    hall.open(AMARA, hall.plain_vote(counting=counting, manner=hands))


@pytest.mark.parametrize(
    ("counting", "marks"),
    [
        (by_method("approval/1"), "12"),
        (by_method("approval/1"), "xx-"),
        (by_method("approval/1"), "xX"),
        (by_method("score/1", levels=5), "05"),
        (by_method("score/1", levels=5), "x-"),
        (MAJORITY, "100"),
    ],
)
def test_a_ballot_has_the_marks_of_its_method(hall: Voting, counting: Counting, marks: str) -> None:
    vote = hall.open(ESI, hall.plain_vote(counting=counting))
    with refused("ballot-unreadable"):
        hall.cast(FARID, vote, marks)


@pytest.mark.parametrize(
    ("counting", "marks"),
    [
        (by_method("approval/1"), "x-"),
        (by_method("approval/1"), "--"),
        (by_method("score/1", levels=36), "z0"),
        (by_method("score/1", levels=5), "4-"),
        (MAJORITY, "1-"),
    ],
)
def test_such_marks_are_read(hall: Voting, counting: Counting, marks: str) -> None:
    vote = hall.open(ESI, hall.plain_vote(counting=counting))
    hall.cast(FARID, vote, marks)
    assert list(hall.vote(vote).ballots.values()) == [marks]


def test_a_member_is_asked_to_choose_where_equal_ranks_say_nothing(hall: Voting) -> None:
    vote = hall.open(ESI, hall.plain_vote(counting=by_method("irv/1")))
    with refused("ballot-equal"):
        hall.cast(FARID, vote, "11")
    hall.jointly(hall.paper(vote, r11=1))
    assert hall.vote(vote).anonymous == {"11": 1}


def test_equal_ranks_are_cast_where_options_are_compared_in_pairs(hall: Voting) -> None:
    vote = hall.open(ESI, hall.plain_vote(counting=by_method("schulze/1")))
    hall.cast(FARID, vote, "11")
    assert list(hall.vote(vote).ballots.values()) == ["11"]
