"""How narrow an outcome was, compared with trying every way to change ballots."""

from itertools import combinations_with_replacement, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from collegium.counting import DebianA6, Profile, Quorum, Ratio, count, dense_ballot
from collegium.counting.margin import Margin, margin

ORDERS = tuple(sorted({dense_ballot("".join(ranks)) for ranks in product("123", repeat=3)}))
"""All 13 weak orders of three options."""

EVEN, TWO, THREE = Ratio(1, 1), Ratio(2, 1), Ratio(3, 1)


def rule_of(*majorities: Ratio, quorum: Quorum | None = None) -> DebianA6:
    return DebianA6(
        options=len(majorities), default=len(majorities), majorities=majorities, quorum=quorum
    )


def found(weights: dict[str, int], rule: DebianA6) -> Margin | None:
    profile = Profile(rule.options, weights)
    return margin(profile, count(profile, rule))


def by_trying(ballots: list[str], rule: DebianA6, most: int) -> int | None:
    """The smallest number of changed ballots that turns it, up to `most`."""
    before = count(Profile.of(rule.options, ballots), rule).winners
    for changed in range(1, most + 1):
        for gone in {tuple(sorted(c)) for c in _choices(ballots, changed)}:
            kept = list(ballots)
            for ballot in gone:
                kept.remove(ballot)
            for new in combinations_with_replacement(ORDERS, changed):
                if count(Profile.of(rule.options, [*kept, *new]), rule).winners != before:
                    return changed
    return None


def _choices(ballots: list[str], changed: int) -> list[tuple[str, ...]]:
    return [
        tuple(ballots[place] for place in places)
        for places in product(range(len(ballots)), repeat=changed)
        if len(set(places)) == changed
    ]


def test_a_lead_of_six_is_turned_by_three_ballots() -> None:
    turned = found({"12": 10, "21": 4}, rule_of(EVEN, EVEN))
    assert turned == Margin(3, 3, 2, (1,), (2,))
    assert turned.exact


def test_three_to_one_is_narrower_than_the_lead_says() -> None:
    turned = found({"12": 31, "21": 10}, rule_of(THREE, EVEN))
    assert turned is not None
    assert (turned.ballots, turned.exact, turned.winners) == (1, True, (2,))


def test_what_failed_for_want_of_three_to_one_lacked_so_many_ballots() -> None:
    turned = found({"12": 20, "21": 12}, rule_of(THREE, EVEN))
    assert turned is not None
    # 24 : 8 is exactly three to one, which isn't more than it.
    assert (turned.ballots, turned.exact, turned.winners) == (5, True, (1,))


def test_a_quorum_just_reached_is_turned_by_one_ballot() -> None:
    quorum = Quorum(electorate=100, numerator=1, denominator=1)
    turned = found({"12": 10}, rule_of(EVEN, EVEN, quorum=quorum))
    assert turned is not None
    assert (turned.ballots, turned.exact) == (1, True)


def test_nothing_turns_where_too_few_took_part() -> None:
    quorum = Quorum(electorate=100, numerator=3, denominator=2)
    assert found({"12": 3, "21": 1}, rule_of(EVEN, EVEN, quorum=quorum)) is None


def test_without_ballots_nothing_can_be_changed() -> None:
    assert found({}, rule_of(EVEN, EVEN)) is None


def test_a_tie_is_turned_by_one_ballot() -> None:
    turned = found({"123": 3, "213": 3}, rule_of(EVEN, EVEN, EVEN))
    assert turned is not None
    assert turned.ballots == 1


def test_the_number_stays_a_bound_where_defeats_run_in_a_circle() -> None:
    turned = found({"1234": 8, "3124": 7, "2314": 6}, rule_of(EVEN, EVEN, EVEN, EVEN))
    assert turned is not None
    assert turned.least <= turned.ballots <= 8


def test_an_outcome_of_other_ballots_is_refused() -> None:
    rule = rule_of(EVEN, EVEN)
    with pytest.raises(ValueError, match="these very ballots"):
        margin(Profile(2, {"12": 1}), count(Profile(2, {"21": 1}), rule))


@settings(max_examples=40, deadline=None)
@given(
    ballots=st.lists(st.sampled_from(ORDERS), min_size=1, max_size=5),
    majorities=st.tuples(st.sampled_from((EVEN, TWO)), st.sampled_from((EVEN, THREE))),
    electorate=st.sampled_from((0, 4, 9)),
)
def test_trying_every_change_finds_nothing_outside_the_bounds(
    ballots: list[str], majorities: tuple[Ratio, Ratio], electorate: int
) -> None:
    quorum = Quorum(electorate=electorate, numerator=1, denominator=1) if electorate else None
    rule = rule_of(*majorities, EVEN, quorum=quorum)
    stated = found({ballot: ballots.count(ballot) for ballot in ballots}, rule)
    tried = by_trying(ballots, rule, most=2)
    if tried is None:
        assert stated is None or stated.ballots > 2
    else:
        assert stated is not None
        assert stated.least <= tried <= stated.ballots
