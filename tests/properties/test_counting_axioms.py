"""What each rule guarantees, and for what it doesn't, the known counterexample."""

from collections.abc import Sequence
from fractions import Fraction
from itertools import combinations
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from collegium.counting import (
    ONLY_LOT,
    Approvals,
    Claims,
    EqualShares,
    Grades,
    GroupedApproval,
    GroupedStv,
    GroupShare,
    Minimax,
    Outcome,
    Pav,
    Plurality,
    Profile,
    Remainders,
    SequentialPhragmen,
    Ties,
    TopSet,
    count,
    irv,
    pairwise_matrix,
    scottish_stv,
)
from collegium.counting.comparisons import condorcet_winner
from collegium.counting.methods import METHODS
from tests.elections import approvals, claims, grades, strict_profiles

LOT = Ties(seed="axioms")
RANKED = sorted(name for name, method in METHODS.items() if method.kind == "ranked")
COMPARING = ["benham", "condorcet-irv", "minimax", "ranked-pairs", "schulze", "tideman-alternative"]

FEW = settings(max_examples=30)
"""For tests that are repeated for many rules."""

each_ranked = pytest.mark.parametrize("name", RANKED)
each_comparing = pytest.mark.parametrize("name", COMPARING)


def outcome_of(name: str, profile: Any, seats: int = 1) -> Outcome:
    """By a method, with as many levels of grades as the ballots have."""
    full = name if "/" in name else f"{name}/1"
    rule: Any = METHODS[full].make(profile.options, seats, getattr(profile, "levels", 0))
    outcome: Outcome = count(profile, rule, LOT) if hasattr(rule, "ties") else count(profile, rule)
    return outcome


def ties_of(outcome: Outcome) -> tuple[Any, ...]:
    return getattr(outcome, "ties", ())


def in_parts(profile: Profile, boxes: Sequence[int]) -> Profile:
    """The same ballots, put together from boxes."""
    parts: dict[int, Profile] = {}
    for (text, weight), box in zip(profile.weights.items(), boxes, strict=False):
        part = Profile(profile.options, {text: weight})
        parts[box] = part + parts[box] if box in parts else part
    empty = Profile(profile.options, {})
    return sum(reversed(parts.values()), empty)


@each_ranked
@FEW
@given(profile=strict_profiles(), boxes=st.lists(st.integers(0, 3), min_size=8, max_size=8))
def test_no_order_or_partition_of_ballots_changes_a_byte(
    name: str, profile: Profile, boxes: list[int]
) -> None:
    again = in_parts(profile, boxes)
    assert outcome_of(name, again).canonical() == outcome_of(name, profile).canonical()


def renumbered(profile: Profile, order: Sequence[int]) -> Profile:
    """Option `order[n]` takes the place n."""
    texts = {"".join(t[n] for n in order): weight for t, weight in profile.weights.items()}
    return Profile(profile.options, texts)


@pytest.mark.parametrize("name", [name for name in RANKED if name != "debian-a6/1"])
@FEW
@given(profile=strict_profiles(), data=st.data())
def test_renumbering_the_options_renumbers_the_winners(
    name: str, profile: Profile, data: st.DataObject
) -> None:
    order = data.draw(st.permutations(range(profile.options)))
    plain, turned = outcome_of(name, profile), outcome_of(name, renumbered(profile, order))
    assume(not any(tie.step == "lot" for tie in ties_of(plain)))
    assert sorted(order[number - 1] + 1 for number in turned.winners) == list(plain.winners)


@given(approvals(), st.integers(1, 3))
def test_voters_of_approvals_are_all_alike(profile: Approvals, seats: int) -> None:
    assume(seats <= profile.options)
    again = sum(
        (Approvals(profile.options, {b: w}) for b, w in reversed(list(profile.weights.items()))),
        Approvals(profile.options, {}),
    )
    for name in ("approval", "equal-shares", "pav", "sequential-pav", "sequential-phragmen"):
        mine, other = outcome_of(name, profile, seats), outcome_of(name, again, seats)
        assert mine.canonical() == other.canonical()


@given(grades())
def test_voters_of_grades_are_all_alike(cast: Grades) -> None:
    parts = [Grades(cast.options, cast.levels, {g: w}) for g, w in cast.weights.items()]
    again = sum(reversed(parts), Grades(cast.options, cast.levels, {}))
    for name in ("majority-judgment", "score"):
        assert outcome_of(name, again).canonical() == outcome_of(name, cast).canonical()


@pytest.mark.parametrize("name", [*COMPARING, "irv", "plurality", "exact-stv", "meek"])
@FEW
@given(strict_profiles())
def test_whom_most_voters_put_first_is_elected(name: str, profile: Profile) -> None:
    first = [
        sum(weight for text, weight in profile.weights.items() if text[option] == "1")
        for option in range(profile.options)
    ]
    leader = max(range(profile.options), key=lambda option: first[option])
    assume(2 * first[leader] > profile.ballots)
    assert outcome_of(name, profile).winners == (leader + 1,)


@each_comparing
@FEW
@given(strict_profiles())
def test_whoever_defeats_all_others_is_elected(name: str, profile: Profile) -> None:
    winner = condorcet_winner(pairwise_matrix(profile), range(1, profile.options + 1))
    assume(winner is not None)
    assert outcome_of(name, profile).winners == (winner,)


@pytest.mark.parametrize("name", [name for name in COMPARING if name != "minimax"])
@FEW
@given(strict_profiles())
def test_nobody_outside_the_smith_set_is_elected(name: str, profile: Profile) -> None:
    smith = count(profile, TopSet(options=profile.options, which="smith")).winners
    assert set(outcome_of(name, profile).winners) <= set(smith)


def test_minimax_may_elect_whom_everybody_else_defeats() -> None:
    profile = Profile(4, {"2134": 1, "3241": 7, "4312": 6, "3124": 9, "1432": 9, "4321": 1})
    matrix = pairwise_matrix(profile)
    assert all(matrix[other][2] > matrix[2][other] for other in (0, 1, 3))
    assert count(profile, Minimax(options=4, strength="margins")).winners == (3,)


def test_the_runoff_may_pass_over_whoever_defeats_all_others() -> None:
    """Two voters put B first, whom all others put second; B goes out first."""
    profile = Profile(3, {"123": 8, "321": 7, "213": 2})
    assert condorcet_winner(pairwise_matrix(profile), (1, 2, 3)) == 2
    assert count(profile, irv(3)).winners == (1,)


@given(strict_profiles())
def test_batches_and_going_on_to_two_change_no_winner_of_a_runoff(profile: Profile) -> None:
    plain = outcome_of("irv", profile)
    quick = outcome_of("minneapolis-irv", profile)
    assume(not ties_of(plain) and not ties_of(quick))
    assert plain.winners == quick.winners


def test_more_support_may_lose_a_runoff() -> None:
    """Three voters move C from the last place to the first, and C, who had won, loses."""
    before = Profile(3, {"231": 9, "312": 8, "123": 10, "321": 1})
    after = Profile(3, {"231": 12, "312": 8, "123": 7, "321": 1})
    assert count(before, irv(3)).winners == (3,)
    assert count(after, irv(3)).winners == (2,)


def test_a_third_candidate_may_decide_between_two_by_plurality() -> None:
    rule = Plurality(options=3, seats=1, ties=())
    assert count(Profile(3, {"12-": 6, "21-": 5}), rule).winners == (1,)
    assert count(Profile(3, {"12-": 4, "231": 2, "21-": 5}), rule).winners == (2,)


@given(strict_profiles(least=3), st.data())
def test_later_preferences_never_harm_earlier_ones_in_a_runoff(
    profile: Profile, data: st.DataObject
) -> None:
    outcome = outcome_of("irv", profile)
    winner = outcome.winners[0]
    texts = [t for t in sorted(profile.weights) if t[winner - 1] != "-"]
    assume(texts)
    text = data.draw(st.sampled_from(texts))
    shorter = "".join(r if r != "-" and r <= text[winner - 1] else "-" for r in text)
    weights = dict(profile.weights)
    weight = weights.pop(text)
    weights[shorter] = weights.get(shorter, 0) + weight
    changed = outcome_of("irv", Profile(profile.options, weights))
    assume(not ties_of(outcome) and not ties_of(changed))
    assert changed.winners == (winner,)


@given(strict_profiles(least=3), st.integers(1, 3), st.data())
def test_a_solid_group_gets_the_seats_that_its_quotas_deserve(
    profile: Profile, seats: int, data: st.DataObject
) -> None:
    """Dummett's proportionality for solid coalitions."""
    assume(seats < profile.options)
    group = data.draw(st.sets(st.integers(1, profile.options), min_size=1))
    solid = sum(
        weight
        for text, weight in profile.weights.items()
        if {n for n, rank in enumerate(text, 1) if rank <= str(len(group)) and rank != "-"} == group
    )
    valid = sum(weight for text, weight in profile.weights.items() if set(text) != {"-"})
    deserved = max(k for k in range(seats + 1) if k == 0 or solid > k * Fraction(valid, seats + 1))
    for name in ("exact-stv", "meek"):
        elected = outcome_of(name, profile, seats).winners
        assert len(group & set(elected)) >= min(deserved, len(group))


def deserving(profile: Approvals, seats: int, common: int) -> list[list[tuple[int, ...]]]:
    """Groups of ballots that agree on so many options and are that many times a seat's worth."""
    return [
        [ballot for ballot in profile.weights if set(options) <= set(ballot)]
        for options in combinations(range(1, profile.options + 1), common)
        if sum(w for b, w in profile.weights.items() if set(options) <= set(b)) * seats
        >= common * profile.ballots
    ]


@given(approvals(), st.integers(1, 3))
def test_an_agreeing_group_has_somebody_whom_it_approves(profile: Approvals, seats: int) -> None:
    """Justified representation, of a group that agrees on one option."""
    assume(seats <= profile.options)
    rules: list[Any] = [
        EqualShares(completion="none", options=profile.options, seats=seats, ties=ONLY_LOT),
        Pav(most_steps=9999, options=profile.options, seats=seats, ties=ONLY_LOT),
        SequentialPhragmen(options=profile.options, seats=seats, ties=ONLY_LOT),
    ]
    for rule in rules:
        elected = set(count(profile, rule, LOT).winners)
        for group in deserving(profile, seats, 1):
            assert any(elected & set(ballot) for ballot in group)


@given(approvals(), st.integers(2, 3))
def test_a_group_of_two_seats_has_a_member_with_two_by_equal_shares(
    profile: Approvals, seats: int
) -> None:
    """Extended justified representation, of groups that agree on two options."""
    assume(seats <= profile.options)
    rule = EqualShares(completion="none", options=profile.options, seats=seats, ties=ONLY_LOT)
    elected = set(count(profile, rule, LOT).winners)
    for group in deserving(profile, seats, 2):
        assert any(len(elected & set(ballot)) > 1 for ballot in group)


@pytest.mark.parametrize("name", ["dhondt", "sainte-lague", "huntington-hill"])
@given(claims(), st.integers(1, 20))
def test_one_seat_more_takes_none_away(name: str, votes: Claims, seats: int) -> None:
    assume(seats >= votes.options)
    fewer, more = (getattr(outcome_of(name, votes, n), "seats", ()) for n in (seats, seats + 1))
    assert all(mine <= then for mine, then in zip(fewer, more, strict=True))


def test_one_seat_more_may_take_one_away_by_largest_remainders() -> None:
    """The Alabama paradox: votes of 6, 6 and 2, ten seats and eleven."""
    votes = Claims([6, 6, 2])

    def seats(number: int) -> tuple[int, ...]:
        rule = Remainders(
            largest=(), least=(), options=3, quota="hare", seats=number, ties=ONLY_LOT
        )
        return count(votes, rule).seats

    assert (seats(10), seats(11)) == ((4, 4, 2), (5, 5, 1))


@given(claims(), st.integers(1, 30))
def test_dhondt_gives_nobody_less_than_the_share_rounded_down(votes: Claims, seats: int) -> None:
    held = getattr(outcome_of("dhondt", votes, seats), "seats", ())
    for mine, has in zip(votes.votes, held, strict=True):
        assert has >= mine * seats // votes.ballots


@given(strict_profiles(least=3), st.data())
def test_minimum_shares_are_always_met(profile: Profile, data: st.DataObject) -> None:
    seats = data.draw(st.integers(1, profile.options))
    members = data.draw(st.sets(st.integers(1, profile.options), min_size=1))
    least = data.draw(st.integers(1, min(seats, len(members))))
    share = GroupShare(least=least, members=tuple(sorted(members)), name="women")
    stv = scottish_stv(profile.options, seats)
    rule = GroupedStv(groups=(share,), options=profile.options, stv=stv, ties=stv.ties)
    outcome: Any = count(profile, rule, LOT)
    assert len(outcome.winners) == seats
    assert len(members & set(outcome.winners)) >= least
    assert outcome.otherwise == count(profile, stv, LOT).winners


@given(approvals(), st.data())
def test_minimum_shares_are_met_among_the_approved(profile: Approvals, data: st.DataObject) -> None:
    seats = data.draw(st.integers(1, profile.options))
    groups = []
    for name in ("women", "the north"):
        members = data.draw(st.sets(st.integers(1, profile.options), min_size=1))
        groups.append(GroupShare(least=1, members=tuple(sorted(members)), name=name))
    apart = not set(groups[0].members) & set(groups[1].members)
    assume(seats > 1 or not apart)
    rule = GroupedApproval(
        groups=tuple(groups), options=profile.options, score="approvals", seats=seats, ties=ONLY_LOT
    )
    elected = set(count(profile, rule, LOT).winners)
    assert len(elected) == seats
    assert all(elected & set(group.members) for group in groups)
