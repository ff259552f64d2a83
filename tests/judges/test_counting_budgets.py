"""Budgets by equal shares: pabutools buys the same projects, and abcvoting those of one price."""

from typing import Any, Literal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from collegium.counting import (
    ONLY_LOT,
    Approvals,
    EqualSharesBudget,
    UndecidedError,
    count,
    tied_outcomes,
)
from collegium.counting.ties import TieStep
from tests.elections import approvals
from tests.judging import FEW, in_abcvoting, library
from tests.published import city_of

pytestmark = pytest.mark.filterwarnings("ignore")

Bought = set[tuple[int, ...]]


@st.composite
def budgets(draw: st.DrawFn) -> tuple[Approvals, tuple[int, ...], int]:
    """Ballots, what each project costs, and the money."""
    profile = draw(approvals())
    costs = draw(st.lists(st.integers(1, 12), min_size=profile.options, max_size=profile.options))
    return profile, tuple(costs), draw(st.integers(1, 30))


def rule_of(
    costs: tuple[int, ...],
    budget: int,
    *ties: TieStep,
    add: int = 0,
    stop: Literal["overspent", "exhaustive"] = "overspent",
) -> EqualSharesBudget:
    return EqualSharesBudget(
        add=add, budget=budget, costs=costs, options=len(costs), stop=stop, ties=ties
    )


def in_pabutools(profile: Approvals, costs: tuple[int, ...], budget: int) -> tuple[Any, Any]:
    election = library("pabutools.election")
    projects = [election.Project(str(number), cost) for number, cost in enumerate(costs, 1)]
    ballots = [
        election.ApprovalBallot([projects[option - 1] for option in ballot])
        for ballot, weight in profile.weights.items()
        for _ in range(weight)
    ]
    return election.Instance(projects, budget_limit=budget), election.ApprovalProfile(ballots)


def bought(found: Any) -> Bought:
    return {tuple(sorted(int(project.name) for project in one)) for one in found}


@FEW
@given(budgets())
def test_pabutools_buys_the_same_projects_with_the_money_once(
    case: tuple[Approvals, tuple[int, ...], int],
) -> None:
    profile, costs, budget = case
    rules, worth = library("pabutools.rules"), library("pabutools.election").Cost_Sat
    found = rules.method_of_equal_shares(
        *in_pabutools(profile, costs, budget), sat_class=worth, resoluteness=False
    )
    assert bought(found) == tied_outcomes(profile, rule_of(costs, budget, *ONLY_LOT), 20_000)


def without_ties(profile: Approvals, rule: EqualSharesBudget) -> Bought:
    """What the rule buys, where no tie comes up in any of the counts that it repeats."""
    try:
        return {count(profile, rule).winners}
    except UndecidedError:
        assume(condition=False)
        raise


@pytest.mark.parametrize("name", ["Netherlands_Assen_2024", "Poland_Swiecie_2023"])
def test_pabutools_buys_the_same_projects_of_a_city_with_the_money_once(name: str) -> None:
    rules, worth = library("pabutools.rules"), library("pabutools.election").Cost_Sat
    city = city_of(name)
    found = rules.method_of_equal_shares(
        *in_pabutools(city.ballots, city.costs, city.budget), sat_class=worth
    )
    assert bought([found]) == without_ties(city.ballots, rule_of(city.costs, city.budget))


@FEW
@given(budgets(), st.integers(1, 3))
def test_pabutools_adds_money_until_no_project_fits_as_we_do(
    case: tuple[Approvals, tuple[int, ...], int], add: int
) -> None:
    profile, costs, budget = case
    ours = without_ties(profile, rule_of(costs, budget, add=add, stop="exhaustive"))
    rules, worth = library("pabutools.rules"), library("pabutools.election").Cost_Sat
    found = rules.method_of_equal_shares(
        *in_pabutools(profile, costs, budget), sat_class=worth, voter_budget_increment=add
    )
    assert bought([found]) == ours


@FEW
@given(budgets(), st.integers(1, 3))
def test_pabutools_adds_money_until_too_much_is_spent_as_we_do(
    case: tuple[Approvals, tuple[int, ...], int], add: int
) -> None:
    profile, costs, budget = case
    ours = without_ties(profile, rule_of(costs, budget, add=add))
    rules, worth = library("pabutools.rules"), library("pabutools.election").Cost_Sat
    found = rules.exhaustion_by_budget_increase(
        *in_pabutools(profile, costs, budget),
        rules.method_of_equal_shares,
        {"sat_class": worth},
        exhaustive_stop=False,
        budget_step=add * profile.ballots,
        # By then each ballot could pay for everything.
        budget_bound=budget + (sum(costs) + add) * profile.ballots,
    )
    assert bought([found]) == ours


@FEW
@given(approvals(), st.integers(1, 4), st.integers(1, 9))
def test_abcvoting_buys_the_same_projects_of_one_price(
    profile: Approvals, seats: int, price: int
) -> None:
    """Abcvoting knows committees only: projects of one price, and money for so many of them."""
    assume(seats <= len({option for ballot in profile.weights for option in ballot}))
    rules, cast = library("abcvoting.abcrules"), in_abcvoting(profile)
    found = rules.compute(
        "equal-shares-without-completion",
        cast,
        seats,
        resolute=False,
        algorithm="standard-fractions",
    )
    theirs = {tuple(sorted(option + 1 for option in committee)) for committee in found}
    rule = rule_of((price,) * profile.options, seats * price, *ONLY_LOT)
    assert theirs == tied_outcomes(profile, rule, 20_000)
