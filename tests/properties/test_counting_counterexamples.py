"""What no rule of a kind can guarantee: for each rule, a small election that shows it.

The elections were searched for; the theorems that promise them are cited.
"""

from typing import Any

import pytest

from collegium.counting import (
    Approvals,
    Claims,
    Grades,
    Outcome,
    Profile,
    Ties,
    count,
    pairwise_matrix,
)
from collegium.counting.methods import METHODS

LOT = Ties(seed="counterexamples")
Weights = dict[str, int]


def outcome_of(name: str, profile: Any, seats: int = 1) -> Outcome:
    """By a method; nothing here hangs on a tie."""
    rule: Any = METHODS[f"{name}/1"].make(profile.options, seats, getattr(profile, "levels", 0))
    outcome: Outcome = count(profile, rule, LOT) if hasattr(rule, "ties") else count(profile, rule)
    assert not any(tie.step == "lot" for tie in getattr(outcome, "ties", ()))
    return outcome


def winner(name: str, weights: Weights) -> int:
    (found,) = outcome_of(name, Profile(len(next(iter(weights))), weights)).winners
    return found


def without(weights: Weights, ballot: str, many: int) -> Weights:
    return {b: w - many * (b == ballot) for b, w in weights.items() if w > many * (b == ballot)}


@pytest.mark.parametrize(
    ("name", "weights", "stays_away", "many"),
    [
        ("irv", {"123": 6, "312": 1, "231": 7, "213": 7}, "231", 2),
        ("schulze", {"1324": 2, "2341": 3, "3412": 3, "3241": 1, "3124": 4}, "3124", 2),
        ("schulze-margins", {"3142": 7, "1243": 4, "2314": 6, "1342": 4, "3421": 9}, "3142", 3),
        ("ranked-pairs", {"2314": 9, "4132": 8, "1243": 2, "4321": 2}, "4321", 2),
        ("minimax", {"2431": 7, "4132": 4, "2134": 4, "4213": 6}, "4132", 4),
        ("minimax-margins", {"2413": 9, "4132": 9, "1234": 4, "2341": 8, "2314": 7}, "2413", 6),
        ("benham", {"1324": 9, "2431": 9, "4213": 8, "4123": 5, "1342": 5}, "4213", 5),
        ("condorcet-irv", {"1243": 8, "2413": 7, "1324": 4, "3421": 2, "4231": 8}, "4231", 4),
        ("tideman-alternative", {"4213": 8, "2134": 7, "4132": 5, "3421": 8, "1432": 4}, "3421", 3),
    ],
)
def test_some_may_do_better_by_staying_away(
    name: str, weights: Weights, stays_away: str, many: int
) -> None:
    """The no-show paradox.

    Source: P. C. Fishburn and S. J. Brams, Paradoxes of preferential voting, Mathematics
    Magazine 56 (1983), for runoffs; H. Moulin, Condorcet's principle implies the no-show
    paradox, Journal of Economic Theory 45 (1988), for every rule that elects whoever defeats
    all others, with four options or more.
    """
    before = winner(name, weights)
    after = winner(name, without(weights, stays_away, many))
    assert stays_away[after - 1] < stays_away[before - 1]


@pytest.mark.parametrize(
    ("name", "weights", "ballot", "becomes", "many"),
    [
        ("benham", {"231": 11, "312": 10, "123": 11}, "123", "231", 2),
        ("condorcet-irv", {"4132": 7, "1243": 7, "2134": 2, "2431": 8}, "2431", "3142", 2),
        ("tideman-alternative", {"2143": 12, "1423": 9, "3214": 10, "1234": 6}, "1234", "2134", 6),
        ("scottish-stv", {"321": 8, "123": 12, "231": 5, "213": 11}, "231", "132", 3),
        ("meek", {"213": 10, "231": 12, "132": 9}, "213", "321", 2),
    ],
)
def test_more_support_may_lose(
    name: str, weights: Weights, ballot: str, becomes: str, many: int
) -> None:
    """The winner is moved to the first place on some ballots, and loses.

    Source: G. Doron and R. Kronick, Single transferable vote: an example of a perverse social
    choice function, American Journal of Political Science 21 (1977); J. Green-Armytage, Four
    Condorcet-Hare hybrid methods, Voting matters 29 (2011), for the hybrids.
    """
    before = winner(name, weights)
    assert becomes[before - 1] == "1" < ballot[before - 1]
    turned = without(weights, ballot, many)
    turned[becomes] = turned.get(becomes, 0) + many
    assert winner(name, turned) != before


@pytest.mark.parametrize(
    ("name", "weights"),
    [
        ("scottish-stv", {"3241": 7, "4321": 7, "1432": 1, "2134": 9, "1324": 9}),
        ("meek", {"3241": 4, "2143": 4, "2413": 7, "3124": 1}),
    ],
)
def test_one_seat_more_may_take_one_away_by_transferable_votes(name: str, weights: Weights) -> None:
    """Source: D. R. Woodall, Properties of preferential election rules, Voting matters 3 (1994)."""
    ballots = Profile(4, weights)
    one, two = outcome_of(name, ballots, 1).winners, outcome_of(name, ballots, 2).winners
    assert not set(one) <= set(two)


def test_a_later_preference_may_harm_an_earlier_one_where_options_are_compared() -> None:
    """Source: D. R. Woodall, Properties of preferential election rules, Voting matters 3 (1994)."""
    full = {"312": 6, "321": 9, "123": 9}
    assert winner("benham", full) == 2
    assert winner("benham", without(full, "321", 9) | {"--1": 9}) == 3


@pytest.mark.parametrize(
    ("name", "ballots", "seats"),
    [
        ("pav", {(3,): 3, (2, 3): 3, (1, 2, 4): 5, (4,): 2}, 1),
        ("equal-shares", {(2, 4): 2, (1, 3, 4): 5, (1, 2): 1, (1, 2, 3): 3}, 2),
    ],
)
def test_a_larger_committee_may_leave_out_a_member_of_the_smaller(
    name: str, ballots: dict[tuple[int, ...], int], seats: int
) -> None:
    """Committee monotonicity fails.

    Source: M. Lackner and P. Skowron, Multi-winner voting with approval preferences (2023).
    """
    profile = Approvals(4, ballots)
    small, large = outcome_of(name, profile, seats), outcome_of(name, profile, seats + 1)
    assert not set(small.winners) <= set(large.winners)


def test_savings_may_leave_nobody_two_of_the_two_seats_that_a_group_deserves() -> None:
    """Phragmén's rule fails extended justified representation.

    A sixth of the voters agree on two options, and twelve are elected; none of them has two.

    Source: M. Brill, R. Freeman, S. Janson and M. Lackner, Phragmén's voting methods and
    justified representation (2017).
    """
    others = [tuple(range(first, 15)) for first in (3, 4, 5)]
    ballots = {(1, 2, 3): 2, (1, 2, 4): 2, **dict(zip(others, (6, 5, 9), strict=True))}
    rule: Any = METHODS["sequential-phragmen/1"].make(14, 12, 0)
    elected = set(count(Approvals(14, ballots), rule, LOT).winners)
    group = [ballot for ballot in ballots if {1, 2} <= set(ballot)]
    assert sum(ballots[ballot] for ballot in group) * 12 >= 2 * 24
    assert all(len(elected & set(ballot)) < 2 for ballot in group)


def test_approvals_alone_may_give_everything_to_the_larger_group() -> None:
    """Source: M. Lackner and P. Skowron (2023): not proportional at all."""
    ballots = Approvals(6, {(1, 2, 3): 51, (4, 5, 6): 49})
    assert outcome_of("approval", ballots, 3).winners == (1, 2, 3)


def test_whom_most_voters_grade_highest_may_lose() -> None:
    """Most prefer the first option; sums and medians elect the second.

    Source: D. S. Felsenthal and M. Machover, The majority judgement voting procedure: a critical
    evaluation, Homo Oeconomicus 25 (2008).
    """
    sums = Grades(2, 6, {(5, 4): 3, (0, 5): 2})
    assert outcome_of("score", sums).winners == (2,)
    medians = Grades(2, 6, {(5, 4): 1, (3, 2): 1, (1, 0): 1, (2, 4): 2})
    assert outcome_of("majority-judgment", medians).winners == (2,)


def test_more_voters_who_prefer_the_winner_may_make_it_lose_by_medians() -> None:
    """Source: Felsenthal and Machover (2008): the no-show paradox."""
    before: dict[tuple[int, ...], int] = {(1, 0): 3, (1, 3): 1, (2, 2): 1}
    assert outcome_of("majority-judgment", Grades(2, 4, before)).winners == (1,)
    assert outcome_of("majority-judgment", Grades(2, 4, before | {(3, 2): 2})).winners == (2,)


def test_divisors_may_leave_the_share_rounded_down_or_up() -> None:
    """No divisor method keeps to it.

    Source: M. L. Balinski and H. P. Young, Fair representation (2001).
    """
    larger: Any = outcome_of("dhondt", Claims([60, 14, 13, 13]), 10)
    smaller: Any = outcome_of("sainte-lague", Claims([6, 6, 28, 60]), 10)
    assert larger.seats[0] == 7 > 60 * 10 // 100
    assert smaller.seats[3] == 5 < 60 * 10 // 100


def test_a_clone_may_decide_by_minimax_and_none_by_schulze() -> None:
    """Three clones in a circle defeat each other more than all of them defeat the fourth.

    Source: T. N. Tideman, Independence of clones as a criterion for voting rules, Social Choice
    and Welfare 4 (1987).
    """
    ballots = Profile(4, {"1234": 3, "3124": 3, "2314": 3, "2341": 3, "4231": 3, "3421": 2})
    matrix = pairwise_matrix(ballots)
    assert all(matrix[clone][3] > matrix[3][clone] for clone in (0, 1, 2))
    assert outcome_of("minimax-margins", ballots).winners == (4,)
    assert set(outcome_of("schulze-margins", ballots).winners) <= {1, 2, 3}
