"""The rule `equal-shares-budget/1`: projects of different costs out of equal shares of money.

A project is worth its cost to whoever approves it. The project goes first whose supporters pay
the least for each unit of worth, those with less paying all that they have. If money is left,
the count is repeated with a little more for each ballot, as long as the rule says.

Source: D. Peters, G. Pierczyński and P. Skowron, Proportional participatory budgeting with
additive utilities (2021); the cities of Assen, Świecie and Wieliczka ("Add1").
"""

from collections.abc import Sequence
from fractions import Fraction
from typing import Annotated, Literal

from msgspec import Meta

from collegium.counting.approvals import Approvals
from collegium.counting.ballot import WIDEST
from collegium.counting.equal_shares import payment, spend
from collegium.counting.outcome import RuleDocument
from collegium.counting.purses import Purses
from collegium.counting.seating import Seating
from collegium.counting.stages import StagedOutcome
from collegium.counting.ties import TieBreaker, TieChain, Ties

Money = Annotated[int, Meta(ge=1, le=2**53 - 1)]


class EqualSharesBudget(
    RuleDocument,
    frozen=True,
    forbid_unknown_fields=True,
    kw_only=True,
    tag="equal-shares-budget/1",
):
    """The rule document of `equal-shares-budget/1`.

    Attributes:
        add: What each ballot gets more when the count is repeated; 0 for no repetition.
        budget: The money, in whole units.
        costs: Of each project, in their order.
        options: How many projects there are.
        stop: When repeating ends: before the first count that costs more than the budget
            (`overspent`), or already at one after which no further project fits (`exhaustive`).
        ties: The steps that decide a tie, in order.
    """

    add: Annotated[int, Meta(ge=0, le=2**53 - 1)]
    budget: Money
    costs: Annotated[tuple[Money, ...], Meta(min_length=1, max_length=WIDEST)]
    options: Annotated[int, Meta(ge=1, le=WIDEST)]
    stop: Literal["overspent", "exhaustive"]
    ties: TieChain

    def __post_init__(self) -> None:
        super().__post_init__()
        if len(self.costs) != self.options:
            raise ValueError(f"expected {self.options} costs, not {len(self.costs)}")

    def count(self, profile: Approvals) -> StagedOutcome:
        """The projects when nothing was recorded for ties.

        Raises:
            UndecidedError: A tie came up.
        """
        return self.decide(profile, TieBreaker(self.ties, Ties()))

    def decide(self, profile: Approvals, breaker: TieBreaker) -> StagedOutcome:
        """The projects in the order in which they are bought."""
        purse = Fraction(self.budget, max(profile.ballots, 1))
        wanted = {project for ballot in profile.weights for project in ballot}
        best, purses, totals = Seating(breaker), Purses(profile, purse), profile.totals()
        self._buy(totals, best, purses)
        ties = tuple(breaker.named)
        while self.add and not self._ends(wanted, best.elected):
            purse += self.add
            more, named = Seating(breaker), len(breaker.named)
            purses.fill(purse)
            self._buy(totals, more, purses)
            if self._cost(more.elected) > self.budget:
                break
            best, ties = more, tuple(breaker.named[named:])
        return StagedOutcome(
            ballots=profile.ballots,
            elected=tuple(best.elected),
            profile=profile.digest(),
            rule=self,
            stages=tuple(best.stages),
            ties=ties,
            winners=tuple(sorted(best.elected)),
        )

    def _cost(self, projects: list[int]) -> int:
        return sum(self.costs[project - 1] for project in projects)

    def _ends(self, wanted: set[int], bought: list[int]) -> bool:
        """Whether more money buys nothing that may be bought; nobody buys what nobody wants."""
        left = self.budget - self._cost(bought)
        others = [self.costs[project - 1] for project in wanted.difference(bought)]
        return not others or (self.stop == "exhaustive" and min(others) > left)

    def _buy(self, totals: Sequence[int], seating: Seating, purses: Purses) -> None:
        # What a project's supporters pay never falls while purses empty: an old figure that is
        # already too high needn't be found anew.
        known: dict[int, Fraction] = {
            number: Fraction(1, max(total, 1)) for number, total in enumerate(totals, 1)
        }
        while known:
            prices = self._cheapest(purses, known)
            if not prices:
                return
            chosen = seating.seat(
                [prices.get(number) for number in range(1, self.options + 1)], highest=False
            )
            del known[chosen]
            spend(purses, chosen, prices[chosen] * self.costs[chosen - 1])

    def _cheapest(self, purses: Purses, known: dict[int, Fraction]) -> dict[int, Fraction]:
        """Project to price of a unit of worth, for the cheapest; `known` gets new figures."""
        cheapest: dict[int, Fraction] = {}
        least: Fraction | None = None
        for project in sorted(known, key=lambda number: (known[number], number)):
            if least is not None and known[project] > least:
                break
            cost = self.costs[project - 1]
            most = payment(purses.of(project), Fraction(cost))
            if most is None:
                del known[project]
                continue
            known[project] = price = most / cost
            if least is None or price < least:
                least, cheapest = price, {project: price}
            elif price == least:
                cheapest[project] = price
        return cheapest
