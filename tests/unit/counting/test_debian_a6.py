from collections.abc import Callable

import pytest

from collegium.counting import DebianA6, DebianOutcome, Profile, Quorum, Ratio, count
from collegium.counting import developers_vote as rule

NO_QUORUM = Quorum(electorate=1, numerator=1, denominator=1000)


def outcome_of(weights: dict[str, int], document: DebianA6) -> DebianOutcome:
    return count(Profile(document.options, weights), document)


def dropped(outcome: DebianOutcome) -> list[tuple[int, str]]:
    return [(option.option, option.reason) for option in outcome.dropped]


def test_an_option_short_of_the_quorum_is_dropped() -> None:
    outcome = outcome_of({"12": 46}, rule(2, 965, {}))
    assert dropped(outcome) == [(1, "quorum")]
    assert outcome.winners == (2,)
    assert outcome.quorum[0].needed == 47


def test_exactly_the_quorum_is_enough_as_the_constitution_says() -> None:
    assert outcome_of({"12": 30}, rule(2, 400, {})).winners == (1,)
    assert outcome_of({"12": 29}, rule(2, 400, {})).winners == (2,)


def test_the_quorum_asks_for_votes_over_the_default_option_not_for_ballots() -> None:
    outcome = outcome_of({"12": 29, "11": 100}, rule(2, 400, {}))
    assert dropped(outcome) == [(1, "quorum")]


def test_the_quorum_is_asked_before_the_majority() -> None:
    outcome = outcome_of({"12": 2, "21": 5}, rule(2, 1000, {}))
    assert dropped(outcome) == [(1, "quorum")]
    assert not outcome.majority[0].passed


def test_an_option_that_only_draws_with_the_default_option_is_dropped() -> None:
    assert dropped(outcome_of({"12": 50, "21": 50}, rule(2, 1000, {}))) == [(1, "majority")]


@pytest.mark.parametrize(("above", "winner"), [(75, 2), (76, 1)])
def test_three_to_one_means_more_than_three_to_one(above: int, winner: int) -> None:
    assert outcome_of({"12": above, "21": 25}, rule(2, 1000, {1: 3})).winners == (winner,)


def test_a_dropped_option_beats_nobody() -> None:
    outcome = outcome_of({"123": 70, "312": 30}, rule(3, 1000, {1: 3}))
    assert dropped(outcome) == [(1, "majority")]
    assert outcome.winners == (2,)


def test_when_everything_is_dropped_the_default_option_wins() -> None:
    outcome = outcome_of({"321": 60, "123": 55}, rule(3, 1000, {}))
    assert dropped(outcome) == [(1, "majority"), (2, "majority")]
    assert outcome.winners == (3,)


def test_without_any_ballot_the_default_option_wins() -> None:
    assert outcome_of({}, rule(3, 1000, {})).winners == (3,)


def test_the_default_option_may_stand_anywhere() -> None:
    ones = (Ratio(1, 1),) * 3
    document = DebianA6(options=3, default=1, majorities=ones, quorum=None)
    outcome = outcome_of({"213": 2, "231": 1}, document)
    assert dropped(outcome) == [(3, "majority")]
    assert outcome.winners == (2,)
    assert outcome.quorum == ()


def test_options_that_nobody_can_part_win_together() -> None:
    outcome = outcome_of({"123": 50, "213": 50}, rule(3, 1000, {}))
    assert outcome.winners == outcome.schwartz == (1, 2)


def test_a_cycle_is_broken_at_its_weakest_defeat_and_the_round_is_told() -> None:
    outcome = outcome_of({"1234": 40, "3124": 35, "2314": 30}, rule(4, 1000, {}))
    assert outcome.winners == (1,)
    (only,) = outcome.rounds
    assert only.schwartz == (1, 2, 3)
    assert [(d.winner, d.loser, d.votes, d.opposed) for d in only.weakest] == [(3, 1, 65, 40)]


def test_a_quorum_needs_the_fewest_votes_that_reach_it() -> None:
    for electorate in (1, 399, 400, 401, 965, 2**53 - 1):
        quorum = Quorum(electorate=electorate, numerator=3, denominator=2)
        assert quorum.reached(quorum.needed())
        assert not quorum.reached(quorum.needed() - 1)


@pytest.mark.parametrize(
    ("build", "expected"),
    [
        (lambda: Ratio(2, 2), "expected a ratio in lowest terms, not 2:2"),
        (lambda: Ratio(1, 2), "expected a majority of at least 1:1, not 1:2"),
        (lambda: Ratio(0, 1), "expected terms of 1 to 1000, not 0:1"),
        (lambda: Ratio(1001, 1), "expected terms of 1 to 1000, not 1001:1"),
        (lambda: Quorum(electorate=0, numerator=3, denominator=2), "an electorate of 1 to 2"),
        (lambda: Quorum(electorate=9, numerator=3, denominator=3), "in lowest terms"),
        (lambda: rule(3, 9, {3: 3}), "expected ratios for options 1 to 2, not 3"),
        (lambda: rule(1001, 9, {}), "expected 1 to 1000 options, not 1001"),
        (lambda: document(default=4), "the default option's number, 1 to 3, not 4"),
        (lambda: document(ratios=2), "a majority ratio for each of the 3 options, not 2"),
        (lambda: document(default=1), "expected 1:1 as the default option's own"),
    ],
)
def test_parameters_that_do_not_fit_are_refused_in_a_sentence(
    build: Callable[[], object], expected: str
) -> None:
    with pytest.raises(ValueError, match=expected):
        build()


def document(default: int = 3, ratios: int = 3) -> DebianA6:
    majorities = (Ratio(3, 1), Ratio(1, 1), Ratio(1, 1))[:ratios]
    return DebianA6(options=3, default=default, majorities=majorities, quorum=NO_QUORUM)


def test_a_leader_is_elected_against_none_of_the_above_with_the_same_quorum() -> None:
    assert rule(3, 1000, {}).default == 3
    assert rule(3, 1000, {}).quorum == Quorum(electorate=1000, numerator=3, denominator=2)
