"""Every method: its document, its outcome, and what may be changed about it."""

import json
from pathlib import Path
from typing import Any

import pytest

from collegium.counting import (
    Approvals,
    Claims,
    Divisors,
    Grades,
    GroupedApproval,
    GroupedStv,
    GroupShare,
    Profile,
    Ties,
    count,
    read_rule,
    scottish_stv,
    tied_outcomes,
)
from collegium.counting.equal_shares_budget import EqualSharesBudget
from collegium.counting.methods import METHODS, MethodError, adjusted, method_named
from collegium.counting.outcome import Outcome, RuleDocument
from collegium.counting.reference import counting_page
from collegium.counting.ties import ONLY_LOT

OPTIONS, SEATS, LEVELS = 4, 2, 6
BALLOTS: dict[str, Any] = {
    "approvals": Approvals(OPTIONS, {(1, 2): 5, (3,): 4, (2, 4): 3, (): 1}),
    "claims": Claims([50, 30, 15, 5]),
    "grades": Grades(OPTIONS, LEVELS, {(5, 3, 0, -1): 4, (1, 4, 2, 2): 3}),
    "ranked": Profile(OPTIONS, {"1234": 9, "2143": 6, "4312": 5, "--1-": 2}),
}
WOMEN = GroupShare(least=1, members=(3, 4), name="women")
OTHERS: list[tuple[str, RuleDocument]] = [
    (
        "approvals",
        EqualSharesBudget(
            add=1, budget=9, costs=(3, 4, 5, 2), options=4, stop="overspent", ties=ONLY_LOT
        ),
    ),
    (
        "approvals",
        GroupedApproval(groups=(WOMEN,), options=4, score="content", seats=2, ties=ONLY_LOT),
    ),
    (
        "ranked",
        GroupedStv(
            groups=(WOMEN,), options=4, stv=scottish_stv(4, 2), ties=scottish_stv(4, 2).ties
        ),
    ),
]
EVERY = [(m.kind, m.make(OPTIONS, SEATS, LEVELS)) for m in METHODS.values()] + OTHERS

each = pytest.mark.parametrize(("kind", "rule"), EVERY, ids=lambda value: type(value).__name__)


def outcome_of(kind: str, rule: Any) -> Outcome:
    ties = (Ties(seed="any"),) if hasattr(rule, "ties") else ()
    outcome: Outcome = count(BALLOTS[kind], rule, *ties)
    return outcome


@each
def test_the_document_reads_back_as_the_same_rule(kind: str, rule: RuleDocument) -> None:
    assert kind in BALLOTS
    assert read_rule(rule.document()) == rule


@each
def test_the_outcome_reads_back_as_the_same_outcome(kind: str, rule: RuleDocument) -> None:
    outcome = outcome_of(kind, rule)
    assert type(outcome).read(outcome.canonical()) == outcome


@each
def test_the_outcome_names_its_ballots_and_its_rule(kind: str, rule: RuleDocument) -> None:
    outcome = outcome_of(kind, rule)
    assert (outcome.profile, outcome.rule) == (BALLOTS[kind].digest(), rule)


@each
def test_no_outcome_holds_a_float(kind: str, rule: RuleDocument) -> None:
    def floats(value: Any) -> bool:
        if isinstance(value, dict):
            return any(map(floats, value.values()))
        return any(map(floats, value)) if isinstance(value, list) else isinstance(value, float)

    assert not floats(json.loads(outcome_of(kind, rule).canonical()))


def test_the_page_about_methods_is_not_stale() -> None:
    page = Path(__file__).parents[3] / "docs" / "reference" / "counting.md"
    assert page.read_text(encoding="utf-8") == counting_page()


def test_a_method_is_found_with_and_without_its_version() -> None:
    assert method_named("scottish-stv") is method_named("scottish-stv/1")


def test_an_unknown_method_is_refused() -> None:
    with pytest.raises(MethodError, match="not 'borda'"):
        method_named("borda")


def test_a_parameter_may_be_changed() -> None:
    rule: Any = adjusted(scottish_stv(4, 2), {"decimals": 3, "quota": "hare"})
    assert (rule.decimals, rule.quota, rule.seats) == (3, "hare", 2)


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"weather": 1}, "one of the parameters decimals, equal_ranks, first_out"),
        ({"rule": "irv/1"}, "not 'rule'"),
        ({"quota": "large"}, r"Invalid enum value 'large'"),
        ({"decimals": 0.5}, "other values"),
    ],
)
def test_no_other_parameter_is_accepted(changes: dict[str, Any], expected: str) -> None:
    with pytest.raises(MethodError, match=expected):
        adjusted(scottish_stv(4, 2), changes)


def test_another_number_of_options_is_refused() -> None:
    rule = method_named("sequential-pav").make(3, 1, 0)
    with pytest.raises(ValueError, match="ballots on the rule's 3 options, not on 4"):
        outcome_of("approvals", rule)


@pytest.mark.parametrize("stop", ["overspent", "exhaustive"])
def test_a_project_that_nobody_wants_doesn_t_keep_more_money_coming(stop: Any) -> None:
    rule = EqualSharesBudget(add=1, budget=9, costs=(3, 4, 1), options=3, stop=stop, ties=ONLY_LOT)
    assert count(Approvals(3, {(1, 2): 2, (1,): 1}), rule, Ties(seed="any")).winners == (1, 2)


def test_seats_that_fall_otherwise_are_listed_though_the_same_have_some() -> None:
    rule = method_named("dhondt").make(2, 3, 0)
    assert isinstance(rule, Divisors)
    assert tied_outcomes(Claims([30, 30]), rule) == {(1, 1, 2), (1, 2, 2)}
