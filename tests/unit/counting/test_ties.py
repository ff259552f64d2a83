"""Ties: which step decides, what is named, and every other way they might have fallen."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from collegium.counting import (
    EARLIER_THEN_LOT,
    ONLY_LOT,
    Approval,
    Approvals,
    Plurality,
    Profile,
    Ties,
    UndecidedError,
    count,
    irv,
    tied_outcomes,
)
from collegium.counting.ties import History, TieBreaker, lot_ticket

LEVEL = Profile(3, {"1--": 2, "-1-": 2, "--1": 1})
RULE = Plurality(options=3, seats=1, ties=ONLY_LOT)


def chosen(purpose: str, history: list[list[int]], *chain: str) -> int:
    breaker = TieBreaker(chain or ("latest-difference", "first-difference"), Ties())  # type: ignore[arg-type]  # parametrized texts
    return breaker.choose([1, 2], purpose, 3, History(history))  # type: ignore[arg-type]  # the purpose is parametrized too


def test_the_most_recent_difference_decides() -> None:
    assert chosen("exclude", [[5, 1], [2, 3], [4, 4]], "latest-difference") == 1
    assert chosen("elect", [[5, 1], [2, 3], [4, 4]], "latest-difference") == 2


def test_the_earliest_difference_decides() -> None:
    assert chosen("exclude", [[5, 1], [2, 3], [4, 4]], "first-difference") == 2


def test_the_ballot_order_favours_the_earlier_option() -> None:
    assert chosen("elect", [], "ballot-order") == 1
    assert chosen("exclude", [], "ballot-order") == 2


def test_a_tie_that_nothing_decides_is_refused() -> None:
    with pytest.raises(UndecidedError, match="options 1, 2 are tied at stage 1: expected a"):
        count(LEVEL, RULE)


def test_the_officer_decides_before_the_lot() -> None:
    outcome = count(LEVEL, RULE, Ties(officer=(3, 2, 1), seed="any"))
    assert outcome.winners == (2,)
    assert [(tie.among, tie.step) for tie in outcome.ties] == [((1, 2), "officer")]


def test_an_officer_who_names_only_some_decides_nothing() -> None:
    assert count(LEVEL, RULE, Ties(officer=(2,), seed="any")).ties[0].step == "lot"


def test_the_lot_can_be_drawn_again_by_anybody() -> None:
    outcome = count(LEVEL, RULE, Ties(seed="2026-11-22 dice 4 1 6"))
    tickets = {n: lot_ticket("2026-11-22 dice 4 1 6", "elect", 1, n) for n in (1, 2)}
    assert outcome.winners == (min(tickets, key=lambda n: tickets[n]),)


def test_another_seed_may_decide_otherwise() -> None:
    seeds = [str(number) for number in range(20)]
    assert {count(LEVEL, RULE, Ties(seed=seed)).winners for seed in seeds} == {(1,), (2,)}


def test_all_tied_outcomes_are_listed() -> None:
    assert tied_outcomes(LEVEL, RULE) == {(1,), (2,)}
    everyone = Approval(options=4, seats=2, ties=ONLY_LOT)
    level = Approvals(4, {(1, 2, 3, 4): 1})
    assert len(tied_outcomes(level, everyone)) == 6


def test_too_many_ways_are_refused() -> None:
    everyone = Approval(options=9, seats=4, ties=ONLY_LOT)
    with pytest.raises(ValueError, match="in at most 50 ways"):
        tied_outcomes(Approvals(9, {}), everyone, most=50)


def test_a_tie_settled_by_an_earlier_stage_has_one_outcome() -> None:
    ballots = Profile(4, {"1234": 5, "2134": 4, "3412": 2, "-21-": 2, "--12": 0 + 1})
    rule = replace(irv(4), ties=EARLIER_THEN_LOT)
    assert len(tied_outcomes(ballots, rule)) == 1


@given(
    st.lists(st.lists(st.integers(0, 2), min_size=5, max_size=5), max_size=6),
    st.sets(st.integers(1, 5), min_size=2),
    st.sampled_from(["elect", "exclude"]),
    st.sampled_from(["latest-difference", "first-difference"]),
)
def test_the_stage_that_counts_is_the_one_that_looking_back_finds(
    stages: list[list[int]], among: set[int], purpose: Any, step: Any
) -> None:
    left = sorted(among)
    for totals in stages if step == "first-difference" else reversed(stages):
        figures = [totals[option - 1] for option in left]
        wanted = min(figures) if purpose == "exclude" else max(figures)
        left = [option for option in left if totals[option - 1] == wanted]
    history = History(stages[:2])
    settled(history, among, purpose, step)
    for totals in stages[2:]:
        history.append(totals)
    assert settled(history, among, purpose, step) == (left if len(left) == 1 else [])


def settled(history: History, among: set[int], purpose: Any, step: Any) -> list[int]:
    try:
        return [TieBreaker((step,), Ties()).choose(sorted(among), purpose, 9, history)]
    except UndecidedError:
        return []
