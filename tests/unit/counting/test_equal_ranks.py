"""Equal ranks where votes pass on: refused, split among equals, or the end of the ballot."""

from collections.abc import Iterator
from fractions import Fraction
from itertools import groupby, permutations, product
from math import factorial, lcm, prod

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from collegium.counting import (
    CondorcetIrv,
    Irv,
    Meek,
    Profile,
    Stv,
    Ties,
    count,
    exact_stv,
    irv,
    reference_meek,
    scottish_stv,
)
from collegium.counting.ballot import RANKS, UNRANKED
from collegium.counting.condorcet_irv import CondorcetIrv as Hybrid
from collegium.counting.meek import kept_of_equals
from collegium.counting.methods import METHODS, adjusted, refuses_equal_ranks
from collegium.counting.orders import EqualRanksError
from collegium.counting.ties import EARLIER_THEN_LOT
from tests.elections import ranked_profiles

SEED = Ties(seed="equals")
FEW = settings(max_examples=60, deadline=None)
SHARED = Profile(3, {"112": 2, "-1-": 1, "--1": 1})


def every_order(text: str) -> list[str]:
    """The strict ballots that say what this one says, once for each order of its equals."""
    ranked = sorted((rank, n) for n, rank in enumerate(text) if rank != UNRANKED)
    groups = [[n for _, n in group] for _, group in groupby(ranked, lambda pair: pair[0])]
    found = []
    for chosen in product(*(permutations(group) for group in groups)):
        ballot = [UNRANKED] * len(text)
        for rank, option in zip(RANKS, (n for group in chosen for n in group), strict=False):
            ballot[option] = rank
        found.append("".join(ballot))
    return found


def completed(profile: Profile) -> tuple[Profile, int]:
    """The profile with every order instead of equals, and how many times as many ballots."""
    times = lcm(*(len(every_order(text)) for text in profile.weights))
    cast: dict[str, int] = {}
    for text, weight in profile.weights.items():
        orders = every_order(text)
        for order in orders:
            cast[order] = cast.get(order, 0) + weight * times // len(orders)
    return Profile(profile.options, cast), times


def rules(options: int) -> Iterator[Stv | Irv | CondorcetIrv]:
    yield exact_stv(options, min(2, options))
    yield irv(options)
    yield Hybrid(equal_ranks="refuse", options=options, ties=EARLIER_THEN_LOT, variant="benham")


@FEW
@given(ranked_profiles(most=4), st.integers(0, 2))
def test_a_split_ballot_counts_as_every_order_in_equal_parts(profile: Profile, which: int) -> None:
    assume(profile.ballots)
    rule = list(rules(profile.options))[which]
    many, times = completed(profile)
    split = count(profile, adjusted(rule, {"equal_ranks": "split"}), SEED)
    strict = count(many, rule, SEED)
    assert split.elected == strict.elected
    for ours, theirs in zip(split.stages, strict.stages, strict=True):
        scaled = [str(Fraction(total) * times) for total in ours.totals]
        assert scaled == [str(Fraction(total)) for total in theirs.totals]
        assert Fraction(ours.exhausted) * times == Fraction(theirs.exhausted)


@FEW
@given(ranked_profiles(most=4))
def test_meek_elects_whom_every_order_in_equal_parts_elects(profile: Profile) -> None:
    assume(profile.ballots)
    rule = reference_meek(profile.options, min(2, profile.options))
    many, times = completed(profile)
    split = count(profile, adjusted(rule, {"equal_ranks": "split"}), SEED)
    strict = count(many, rule, SEED)
    assume(not split.ties and not strict.ties)
    first, first_strict = split.stages[0], strict.stages[0]
    for ours, theirs in zip(first.totals, first_strict.totals, strict=True):
        assert abs(Fraction(ours) * times - Fraction(theirs)) < Fraction(times * 200, 10**9)
    assert split.winners == strict.winners


@given(st.lists(st.fractions(0, 1, max_denominator=9), min_size=1, max_size=5))
def test_equals_keep_the_mean_over_all_their_orders(keep: list[Fraction]) -> None:
    kept = [Fraction(0)] * len(keep)
    for order in permutations(range(len(keep))):
        for place, one in enumerate(order):
            before = prod((1 - keep[other] for other in order[:place]), start=Fraction(1))
            kept[one] += before * keep[one]
    *shares, onward = kept_of_equals(keep)
    assert shares == [each / factorial(len(keep)) for each in kept]
    assert sum(shares) + onward == 1


def test_what_an_elected_equal_passes_on_goes_to_the_other_one() -> None:
    """Meek (1970), section 6: credited at 0.5 each, and from A to B, not to C."""
    profile = Profile(4, {"112-": 8, "1---": 4, "---1": 3, "--1-": 2})
    rule = adjusted(exact_stv(4, 2), {"equal_ranks": "split"})
    first, second, *_ = count(profile, rule, SEED).stages
    assert first.totals == ("8", "4", "2", "3")
    assert second.transfers[0].gains == ("0", "7/6", "0", "0")


def test_a_rule_that_rounds_cuts_the_parts_and_says_what_is_lost() -> None:
    profile = Profile(3, {"111": 1, "1--": 2})
    rule = adjusted(scottish_stv(3, 1), {"equal_ranks": "split"})
    stage = count(profile, rule, SEED).stages[0]
    assert stage.totals == ("2.33333", "0.33333", "0.33333")
    assert stage.lost == "0.00001"


def test_a_part_of_a_meek_ballot_that_rounding_cuts_is_told() -> None:
    rule = adjusted(reference_meek(3, 1), {"equal_ranks": "split"})
    stage = count(Profile(3, {"111": 1, "1--": 2}), rule, SEED).stages[0]
    assert stage.totals == ("2.333333333", "0.333333333", "0.333333333")
    assert stage.lost == "0.000000001"


def test_a_ballot_stops_where_several_equals_stand() -> None:
    rule = adjusted(irv(3), {"equal_ranks": "stop-if-several-stand"})
    assert count(SHARED, rule, SEED).stages[0].exhausted == "2"


def test_half_of_the_votes_is_to_be_exceeded_where_ballots_are_split() -> None:
    stage = count(Profile(2, {"11": 1, "1-": 2}), adjusted(irv(2), {"equal_ranks": "split"})).stages
    assert (stage[0].totals, stage[0].quota) == (("5/2", "1/2"), "3/2")


@pytest.mark.parametrize("name", ["scottish-stv/1", "meek/1", "irv/1", "benham/1", "plurality/1"])
def test_equal_ranks_are_refused_unless_the_rule_says_otherwise(name: str) -> None:
    rule = METHODS[name].make(3, 1, 0)
    assert refuses_equal_ranks(rule)
    with pytest.raises(EqualRanksError, match="expected no equal ranks under this rule"):
        rule.decide(SHARED, None)  # type: ignore[attr-defined]  # every one of these decides


def test_meek_has_no_end_at_equals() -> None:
    assert isinstance(reference_meek(3, 1), Meek)
    with pytest.raises(ValueError, match="Invalid enum value 'stop-if-several-stand'"):
        adjusted(reference_meek(3, 1), {"equal_ranks": "stop-if-several-stand"})
