"""What further the rules guarantee: more support, clones, parts that agree, larger committees.

What they don't guarantee is in `test_counting_counterexamples`.
"""

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Any, get_args

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from collegium.counting import (
    ONLY_LOT,
    Approvals,
    Claims,
    Divisors,
    Grades,
    Minimax,
    Outcome,
    Pav,
    Profile,
    RankedPairs,
    Remainders,
    Schulze,
    Ties,
    count,
)
from collegium.counting.ballot import ballot_of
from collegium.counting.methods import METHODS
from collegium.counting.pairwise import Measure
from tests.elections import approvals, claims, grades, strict_profiles

LOT = Ties(seed="guarantees")
FEW = settings(max_examples=40)
PROPORTIONAL = ("approval", "equal-shares", "pav", "sequential-pav", "sequential-phragmen")


def outcome_of(name: str, profile: Any, seats: int = 1) -> Outcome:
    rule: Any = METHODS[f"{name}/1"].make(profile.options, seats, getattr(profile, "levels", 0))
    outcome: Outcome = count(profile, rule, LOT) if hasattr(rule, "ties") else count(profile, rule)
    return outcome


def tied(*outcomes: Outcome) -> bool:
    """Whether a tie came up in any of the counts."""
    return any(getattr(one, "ties", ()) for one in outcomes)


def ranks_of(text: str) -> list[int]:
    """Option numbers in the order of a strict ballot, the first preference first."""
    return [number for _, number in sorted((r, n) for n, r in enumerate(text, 1) if r != "-")]


def ballot(order: Sequence[int], options: int) -> str:
    return ballot_of([order.index(n) + 1 if n in order else None for n in range(1, options + 1)])


def recast(profile: Profile, changed: Callable[[list[int]], list[int]], options: int) -> Profile:
    """The same ballots, each with another order."""
    weights: dict[str, int] = {}
    for text, weight in profile.weights.items():
        new = ballot(changed(ranks_of(text)), options)
        weights[new] = weights.get(new, 0) + weight
    return Profile(options, weights)


@pytest.mark.parametrize(
    "name",
    [
        *("plurality", "minimax", "minimax-margins", "schulze", "schulze-margins"),
        *("ranked-pairs", "ranked-pairs-margins"),
    ],
)
@FEW
@given(profile=strict_profiles(), data=st.data())
def test_more_support_never_harms(name: str, profile: Profile, data: st.DataObject) -> None:
    """A winner who is moved up on a ballot, all else as it was, still wins."""
    before = outcome_of(name, profile)
    winner = before.winners[0]
    text = data.draw(st.sampled_from(sorted(profile.weights)))
    order = [option for option in ranks_of(text) if option != winner]
    most = ranks_of(text).index(winner) if winner in ranks_of(text) else len(order)
    order.insert(data.draw(st.integers(0, most)), winner)
    weights = dict(profile.weights)
    weights[text] -= 1
    if not weights[text]:
        del weights[text]
    raised = ballot(order, profile.options)
    weights[raised] = weights.get(raised, 0) + 1
    after = outcome_of(name, Profile(profile.options, weights))
    assume(not tied(before, after))
    assert winner in after.winners


@FEW
@given(profile=approvals(), data=st.data())
def test_one_more_approval_never_harms(profile: Approvals, data: st.DataObject) -> None:
    winner = outcome_of("approval", profile).winners[0]
    lacking = [ballot for ballot in profile.weights if winner not in ballot]
    assume(lacking)
    cast = data.draw(st.sampled_from(lacking))
    weights = dict(profile.weights)
    many = weights.pop(cast)
    more = (*cast, winner)
    weights[more] = weights.get(more, 0) + many
    after = outcome_of("approval", Approvals(profile.options, weights))
    assume(not tied(outcome_of("approval", profile), after))
    assert after.winners == (winner,)


@pytest.mark.parametrize("name", ["majority-judgment", "score"])
@FEW
@given(cast=grades(), data=st.data())
def test_a_better_grade_never_harms(name: str, cast: Grades, data: st.DataObject) -> None:
    assume(cast.weights)
    before = outcome_of(name, cast)
    winner = before.winners[0]
    given_ = data.draw(st.sampled_from(sorted(cast.weights)))
    better = data.draw(st.integers(max(given_[winner - 1], 0), cast.levels - 1))
    weights = dict(cast.weights)
    many = weights.pop(given_)
    raised = (*given_[: winner - 1], better, *given_[winner:])
    weights[raised] = weights.get(raised, 0) + many
    after = outcome_of(name, Grades(cast.options, cast.levels, weights))
    assume(not tied(before, after))
    assert after.winners == (winner,)


@pytest.mark.parametrize(
    "name",
    ["irv", "schulze", "schulze-margins", "ranked-pairs", "ranked-pairs-margins", "exact-stv"],
)
@FEW
@given(profile=strict_profiles(most=4), data=st.data())
def test_a_clone_takes_no_place_from_others(
    name: str, profile: Profile, data: st.DataObject
) -> None:
    """Somebody stands who is ranked next to one of the options on every ballot.

    Source: T. N. Tideman, Independence of clones as a criterion for voting rules (1987).
    """
    original = data.draw(st.integers(1, profile.options))
    clone = profile.options + 1
    first = data.draw(st.booleans())

    def beside(order: list[int]) -> list[int]:
        pair = [clone, original] if first else [original, clone]
        return [n for option in order for n in (pair if option == original else [option])]

    more = recast(profile, beside, profile.options + 1)
    before, after = outcome_of(name, profile), outcome_of(name, more)
    assume(not tied(before, after))
    assert {original if n == clone else n for n in after.winners} == set(before.winners)


@pytest.mark.parametrize("name", ["schulze", "schulze-margins", "ranked-pairs"])
@FEW
@given(profile=strict_profiles(most=4))
def test_whoever_wins_alone_loses_where_everybody_turns_round(name: str, profile: Profile) -> None:
    """Reversal symmetry, of ballots that rank everybody."""
    whole = {t: w for t, w in profile.weights.items() if "-" not in t}
    assume(whole and profile.options > 1)
    complete = Profile(profile.options, whole)
    turned = recast(complete, lambda order: order[::-1], profile.options)
    before, after = outcome_of(name, complete), outcome_of(name, turned)
    assume(not tied(before, after) and len(before.winners) == 1 < profile.options)
    assert before.winners != after.winners


@pytest.mark.parametrize("seats", [1, 2])
@FEW
@given(profile=strict_profiles(least=3), data=st.data())
def test_later_preferences_never_harm_earlier_ones_where_votes_pass_on(
    seats: int, profile: Profile, data: st.DataObject
) -> None:
    """Source: D. R. Woodall, Properties of preferential election rules (1994)."""
    before = outcome_of("exact-stv", profile, seats)
    option = data.draw(st.sampled_from(before.winners))
    texts = [text for text in sorted(profile.weights) if text[option - 1] != "-"]
    assume(texts)
    text = data.draw(st.sampled_from(texts))
    order = ranks_of(text)
    weights = dict(profile.weights)
    many = weights.pop(text)
    shorter = ballot(order[: order.index(option) + 1], profile.options)
    weights[shorter] = weights.get(shorter, 0) + many
    after = outcome_of("exact-stv", Profile(profile.options, weights), seats)
    assume(not tied(before, after))
    assert option in after.winners


@FEW
@given(profile=approvals(), other=approvals())
def test_committees_on_which_two_parts_agree_are_those_of_the_whole(
    profile: Approvals, other: Approvals
) -> None:
    """Consistency, which Thiele's rule has; with one seat it is approval.

    Source: M. Lackner and P. Skowron, Consistent approval-based multi-winner rules (2021).
    """
    assume(profile.options == other.options)
    for seats in range(1, profile.options + 1):
        rule = Pav(most_steps=9999, options=profile.options, seats=seats, ties=ONLY_LOT)
        mine, theirs, both = (
            set(count(one, rule, LOT).committees) for one in (profile, other, profile + other)
        )
        assert not mine & theirs or both == mine & theirs


@pytest.mark.parametrize("name", ["approval", "sequential-pav", "sequential-phragmen"])
@FEW
@given(profile=approvals())
def test_a_larger_committee_keeps_the_smaller_one(name: str, profile: Approvals) -> None:
    committees = [outcome_of(name, profile, n) for n in range(1, profile.options + 1)]
    assume(not tied(*committees[:-1]))
    for smaller, larger in pairwise(committees):
        assert set(smaller.winners) <= set(larger.winners)


@pytest.mark.parametrize("name", PROPORTIONAL)
@FEW
@given(profile=approvals(), data=st.data())
def test_renumbering_the_approved_renumbers_the_elected(
    name: str, profile: Approvals, data: st.DataObject
) -> None:
    new = data.draw(st.permutations(range(1, profile.options + 1)))
    turned = Approvals(
        profile.options, {tuple(new[n - 1] for n in b): w for b, w in profile.weights.items()}
    )
    before, after = outcome_of(name, profile), outcome_of(name, turned)
    assume(not tied(before))
    assert after.winners == tuple(sorted(new[n - 1] for n in before.winners))


@pytest.mark.parametrize("name", ["majority-judgment", "score"])
@FEW
@given(cast=grades(), data=st.data())
def test_renumbering_the_graded_renumbers_the_places(
    name: str, cast: Grades, data: st.DataObject
) -> None:
    old = data.draw(st.permutations(range(cast.options)))
    turned = Grades(
        cast.options, cast.levels, {tuple(g[o] for o in old): w for g, w in cast.weights.items()}
    )
    before, after = outcome_of(name, cast), outcome_of(name, turned)
    named = [sorted(old[n - 1] + 1 for n in place) for place in getattr(after, "ranking", ())]
    assert named == [sorted(place) for place in getattr(before, "ranking", ())]


LIMITED = st.lists(
    st.tuples(st.integers(1, 999), st.integers(0, 3), st.integers(0, 9)), min_size=1, max_size=6
)
"""Of each claimant: votes, the fewest seats, and how many more at most."""
DIVISORS = get_args(Divisors.__annotations__["divisor"])
QUOTAS = get_args(Remainders.__annotations__["quota"])


@given(LIMITED, st.sampled_from([*DIVISORS, *QUOTAS]), st.data())
def test_nobody_has_fewer_or_more_seats_than_the_limits(
    limited: list[tuple[int, int, int]], how: str, data: st.DataObject
) -> None:
    votes, least, more = zip(*limited, strict=True)
    largest = tuple(low + room for low, room in zip(least, more, strict=True))
    assume(sum(largest) > 0)
    seats = data.draw(st.integers(max(sum(least), 1), sum(largest)))
    limits: Any = {"largest": largest, "least": least, "options": len(votes), "seats": seats}
    rule = (
        Divisors(divisor=how, ties=ONLY_LOT, **limits)  # type: ignore[arg-type]  # drawn from the words that it may be
        if how in DIVISORS
        else Remainders(quota=how, ties=ONLY_LOT, **limits)  # type: ignore[arg-type]  # drawn from the words that it may be
    )
    held = count(Claims(votes), rule, LOT).seats
    assert sum(held) == seats
    assert all(low <= has <= high for low, has, high in zip(least, held, largest, strict=True))
    if isinstance(rule, Divisors):
        for taker, giver in ((a, b) for a in range(len(votes)) for b in range(len(votes))):
            if taker != giver and held[taker] < largest[taker] and held[giver] > least[giver]:
                last = rule.quotient(votes[giver], held[giver] - 1)
                assert rule.quotient(votes[taker], held[taker]) <= last


@given(claims(), st.integers(1, 30), st.sampled_from([*DIVISORS, *QUOTAS]))
def test_nobody_with_fewer_votes_has_more_seats(votes: Claims, seats: int, how: str) -> None:
    plain: Any = {"largest": (), "least": (), "options": votes.options, "seats": seats}
    rule = (
        Divisors(divisor=how, ties=ONLY_LOT, **plain)  # type: ignore[arg-type]  # drawn from the words that it may be
        if how in DIVISORS
        else Remainders(quota=how, ties=ONLY_LOT, **plain)  # type: ignore[arg-type]  # drawn from the words that it may be
    )
    held = count(votes, rule, LOT).seats
    for mine, has in zip(votes.votes, held, strict=True):
        for other, theirs in zip(votes.votes, held, strict=True):
            assert mine <= other or has >= theirs


@FEW
@given(strict_profiles(most=4))
def test_every_strength_elects_whoever_defeats_all_others(profile: Profile) -> None:
    smith = outcome_of("smith", profile).winners
    assume(len(smith) == 1)
    for strength in get_args(Measure):
        options = profile.options
        assert count(profile, Schulze(options=options, strength=strength)).winners == smith
        assert count(profile, Minimax(options=options, strength=strength)).winners == smith
        pairs = RankedPairs(options=options, strength=strength, ties=ONLY_LOT)
        assert count(profile, pairs, LOT).winners == smith
