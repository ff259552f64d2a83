"""Changed ballots, counted anew: whatever is found so is true, for it was counted."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, TypeAlias

from msgspec import Struct

from collegium.counting.approvals import Approvals
from collegium.counting.count import count, every_way
from collegium.counting.grades import Grades
from collegium.counting.meek import Meek
from collegium.counting.outcome import Outcome
from collegium.counting.pav import PavOutcome
from collegium.counting.profile import Profile
from collegium.counting.seats import SeatsOutcome
from collegium.counting.ties import UndecidedError

Result: TypeAlias = tuple[int, ...]
"""Who wins; or, where seats are shared out, how many each has."""

MEEK_COSTS = 10
"""Times that Meek's rule looks at each ballot where others look once."""

MOST_WAYS = 40
"""Ways in which ties may fall that are tried for one set of changed ballots."""


class Witness(Struct, frozen=True):
    """Changed ballots whose recount comes to another outcome, or to a tie that may fall so.

    Attributes:
        ballots: How many were changed.
        profile: All ballots, with those changed.
        raised: The option that the changed ballots favour.
        sunk: The option from whom they are taken.
        then: Who wins in the recount; how many seats each has where seats are shared out; empty
            where the tie stays undecided.
        seats: Whether `then` is seats.
    """

    ballots: int
    profile: Any
    raised: int
    sunk: int
    then: Result
    seats: bool = False

    def told(self, names: Sequence[str], unit: str) -> str:
        """The change and what the recount came to, in a sentence.

        Args:
            names: Of the options, in their order.
            unit: What was changed, in the plural.
        """
        raised, sunk = names[self.raised - 1], names[self.sunk - 1]
        what = unit if self.ballots != 1 else unit[:-1]
        comes = f"{self.ballots} {what} changed in favour of {raised}, at the cost of {sunk}"
        if not self.then:
            return f"A recount shows it: {comes}, come to a tie that nothing decides."
        if self.seats:
            shared = ", ".join(
                f"{name} {many}" for name, many in zip(names, self.then, strict=True) if many
            )
            return f"A recount shows it: {comes}, can lead to these seats: {shared}."
        elected = ", ".join(names[option - 1] for option in self.then)
        return f"A recount shows it: {comes}, can lead to: {elected}."


def result_of(outcome: Outcome) -> Result:
    """What a change of ballots may change."""
    return outcome.seats if isinstance(outcome, SeatsOutcome) else outcome.winners


def another_result(profile: Any, rule: Any, before: Result, ways: int = MOST_WAYS) -> Result | None:
    """A result other than the one before to which these ballots lead, however ties fall.

    An empty one stands for a tie that the rule's chain leaves undecided.

    Args:
        profile: The ballots.
        rule: The rule document.
        before: The result that doesn't count.
        ways: In which ties may fall, that are tried.
    """
    found: Iterable[Outcome]
    if hasattr(rule, "ties"):
        found = islice(every_way(profile, rule), ways)
    else:
        found = [count(profile, rule)]
    try:
        return next((other for one in found for other in _results(one) if other != before), None)
    except UndecidedError:
        return ()


def _results(outcome: Outcome) -> Iterator[Result]:
    if isinstance(outcome, PavOutcome):
        yield from outcome.committees
    yield result_of(outcome)


class Change(Struct, frozen=True):
    """A way of changing ballots, one after the other.

    Attributes:
        becomes: What a ballot is changed to.
        order: Ballots and how many there are, those to be changed first at first.
        raised: The option that this favours.
        sunk: The option from whom it takes.
        tries: Numbers of ballots worth trying apart from those that bisection comes to.
    """

    becomes: Callable[[Any], Any]
    order: Sequence[tuple[Any, int]]
    raised: int
    sunk: int
    tries: tuple[int, ...] = ()

    @property
    def available(self) -> int:
        """How many ballots this can change."""
        return sum(weight for _, weight in self.order)

    def applied(self, profile: Any, ballots: int) -> Any:
        """The profile after so many ballots are changed."""
        weights = dict(profile.weights)
        left = ballots
        for ballot, weight in self.order:
            taken = min(weight, left)
            if not taken:
                break
            left -= taken
            weights[ballot] -= taken
            new = self.becomes(ballot)
            weights[new] = weights.get(new, 0) + taken
        return remade(profile, {ballot: weight for ballot, weight in weights.items() if weight})


def remade(profile: Any, weights: dict[Any, int]) -> Any:
    """A profile of the same kind, of other ballots; ranked ones are dense."""
    if isinstance(profile, Profile):
        return Profile.of_dense(profile.options, weights)
    if isinstance(profile, Grades):
        return Grades(profile.options, profile.levels, weights)
    return Approvals(profile.options, weights)


def affordable(profile: Any, rule: Any, effort: int) -> int:
    """How many counts of these ballots an effort allows."""
    costs = MEEK_COSTS if isinstance(rule, Meek) else 1
    different = profile.different if isinstance(profile, Profile) else len(profile.weights)
    looks: int = (different + profile.options**2) * costs
    return effort // looks


class Recounts:
    """Counts of changed ballots, as many as the effort allows.

    Args:
        profile: The ballots as cast.
        outcome: What they came to.
        effort: Different ballots, and pairs of options, that may be looked at in all.
    """

    def __init__(self, profile: Any, outcome: Outcome, effort: int) -> None:
        self.profile = profile
        self.rule = outcome.rule
        self.before = result_of(outcome)
        self.left = affordable(profile, outcome.rule, effort)
        self.best: Witness | None = None

    def search(self, changes: Iterable[Change], least: int) -> Witness | None:
        """The fewest changed ballots that were found to turn the outcome.

        Args:
            changes: Ways of changing ballots, the most promising first.
            least: Fewer aren't worth trying.
        """
        for change in changes if self.left > 0 else ():
            if self.left <= 0 or (self.best is not None and self.best.ballots <= least):
                break
            for number in sorted(change.tries):
                if self._may_help(change, number, least) and self._turns(change, number):
                    break
            self._narrow(change, least)
        return self.best

    def _may_help(self, change: Change, number: int, least: int) -> bool:
        below = self.best is None or number < self.best.ballots
        return self.left > 0 and least <= number <= change.available and below

    def _narrow(self, change: Change, least: int) -> None:
        """Halve the numbers between one that doesn't turn it and one that does."""
        high = change.available
        if self.best is not None:
            high = min(high, self.best.ballots - 1)
        if not self._may_help(change, high, least) or not self._turns(change, high):
            return
        low = least
        while low < high and self.left > 0:
            middle = (low + high) // 2
            if self._turns(change, middle):
                high = middle
            else:
                low = middle + 1

    def _turns(self, change: Change, ballots: int) -> bool:
        self.left -= 1
        changed = change.applied(self.profile, ballots)
        then = another_result(changed, self.rule, self.before, min(self.left + 1, MOST_WAYS))
        if then is None:
            return False
        self.best = Witness(ballots, changed, change.raised, change.sunk, then)
        return True
