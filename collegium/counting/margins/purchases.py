"""From below, where ballots buy seats together: by savings (Phragmén) or out of equal shares.

With k changed ballots, what each unchanged ballot has paid is known between two bounds, and so
is the moment, or the payment, at which each option could be bought: at best k further supporters
come who have paid nothing, at worst k of them are gone. Every option that may be the first to be
bought is followed. As long as all that is possible leads to the same committee, k ballots change
nothing.

Source: an interval argument over E. Phragmén's rule as in M. Brill, R. Freeman, S. Janson and
M. Lackner, Phragmén's voting methods and justified representation (2017), and over D. Peters and
P. Skowron, Proportionality and the limits of welfarism (2020), "rule X".
"""

from collections.abc import Iterable, Iterator
from fractions import Fraction
from typing import TypeAlias

from collegium.counting.approvals import Approvals
from collegium.counting.equal_shares import EqualShares
from collegium.counting.margins.committees import least_unsure
from collegium.counting.phragmen import SequentialPhragmen
from collegium.counting.stages import StagedOutcome

MOST_WAYS = 200
"""Ways in which seats may be bought that are followed."""

Range: TypeAlias = tuple[Fraction, Fraction]
"""The least and the most."""

Price: TypeAlias = tuple[Fraction, Fraction | None]
"""The least and the most; None where it may never be bought."""

_NOTHING = (Fraction(0), Fraction(0))


def of_purchases(
    outcome: StagedOutcome, profile: Approvals, rule: SequentialPhragmen | EqualShares
) -> int:
    """Fewer changed ballots than this leave the committee; at least 1."""

    def holds(changed: int) -> bool:
        return _Ways(outcome, profile, rule, changed).hold()

    return least_unsure(profile.ballots, holds)


class _State:
    """A committee under way, and of each different ballot a range: loads, or money left."""

    def __init__(self, elected: frozenset[int], ranges: list[Range], *, earning: bool) -> None:
        self.elected = elected
        self.ranges = ranges
        self.earning = earning


class _Ways:
    def __init__(
        self,
        outcome: StagedOutcome,
        profile: Approvals,
        rule: SequentialPhragmen | EqualShares,
        changed: int,
    ) -> None:
        self.winners = set(outcome.winners)
        self.rule = rule
        self.changed = changed
        self.ballots = [(set(approved), weight) for approved, weight in profile.weights.items()]
        self.totals = profile.totals()
        self.share = Fraction(rule.seats, max(profile.ballots, 1))

    def hold(self) -> bool:
        """Whether all that is possible leads to the same committee."""
        earning = isinstance(self.rule, SequentialPhragmen)
        begin = _NOTHING if earning else (self.share, self.share)
        ahead = [_State(frozenset(), [begin] * len(self.ballots), earning=earning)]
        for _ in range(MOST_WAYS):
            if not ahead:
                return True
            onward = self._onward(ahead.pop())
            if onward is None:
                return False
            ahead += onward
        return False

    def _onward(self, state: _State) -> list[_State] | None:
        """What may come next; None where it is another committee or can't be known."""
        if not state.elected <= self.winners:
            return None
        if len(state.elected) == self.rule.seats:
            return []
        if state.earning:
            return self._earned(state)
        return self._spent(state)

    def _left(self, state: _State) -> list[int]:
        return [n for n in range(1, self.rule.options + 1) if n not in state.elected]

    def _earned(self, state: _State) -> list[_State] | None:
        """Seats bought by savings."""
        moments = {n: m for n in self._left(state) if (m := self._moment(state, n)) is not None}
        latest = min((high for _, high in moments.values() if high is not None), default=None)
        if latest is None:
            return None
        return [
            _State(
                state.elected | {option},
                [
                    (low, latest if high is None else min(high, latest))
                    if option in approved
                    else was
                    for (approved, _), was in zip(self.ballots, state.ranges, strict=True)
                ],
                earning=True,
            )
            for option, (low, high) in moments.items()
            if low <= latest
        ]

    def _moment(self, state: _State, option: int) -> Price | None:
        total, changed = self.totals[option - 1], self.changed
        if not total + changed:
            return None
        low = high = Fraction(1)
        for (approved, weight), paid in zip(self.ballots, state.ranges, strict=True):
            if option in approved:
                low, high = low + weight * paid[0], high + weight * paid[1]
        sure = total - changed
        return low / (total + changed), high / sure if sure > 0 else None

    def _spent(self, state: _State) -> list[_State] | None:
        """Seats paid out of equal shares, or the end of that."""
        prices = dict(self._prices(state))
        dearest = min((high for _, high in prices.values() if high is not None), default=None)
        found = [
            _State(
                state.elected | {option},
                [
                    self._paid(was, low, dearest if high is None else high)
                    if option in approved
                    else was
                    for (approved, _), was in zip(self.ballots, state.ranges, strict=True)
                ],
                earning=False,
            )
            for option, (low, high) in prices.items()
            if dearest is None or low <= dearest
        ]
        if dearest is not None:
            return found
        completed = self._completed(state)
        return None if completed is None else [*found, *completed]

    def _paid(self, was: Range, low: Fraction, high: Fraction | None) -> Range:
        """What is left of a purse; all of it may be gone where the price isn't bounded."""
        least = Fraction(0) if high is None else max(was[0] - high, Fraction(0))
        return least, max(was[1] - low, Fraction(0))

    def _prices(self, state: _State) -> Iterator[tuple[int, Price]]:
        for option in self._left(state):
            purses = [
                (was, weight)
                for (approved, weight), was in zip(self.ballots, state.ranges, strict=True)
                if option in approved
            ]
            low = _price(
                [*((was[1], weight) for was, weight in purses), (self.share, self.changed)]
            )
            if low is not None:
                poorest = _without_richest(
                    ((was[0], weight) for was, weight in purses), self.changed
                )
                yield option, (low, _price(poorest))

    def _completed(self, state: _State) -> list[_State] | None:
        """What fills the seats that nobody can pay for."""
        completion = getattr(self.rule, "completion", "none")
        if completion == "none":
            return [] if state.elected == self.winners else None
        if completion == "phragmen":
            loads = [(self.share - high, self.share - low) for low, high in state.ranges]
            return [_State(state.elected, loads, earning=True)]
        left = sorted(self._left(state), key=lambda n: -self.totals[n - 1])
        room = self.rule.seats - len(state.elected)
        inside, outside = left[:room], left[room:]
        lead = min(self.totals[n - 1] for n in inside) - max(
            (self.totals[n - 1] for n in outside), default=-2 * self.changed - 1
        )
        return [] if {*state.elected, *inside} == self.winners and lead > 2 * self.changed else None


def _price(purses: Iterable[tuple[Fraction, int]]) -> Fraction | None:
    """The smallest payment by each that makes 1 together; None if they can't."""
    rich = sorted((purse, weight) for purse, weight in purses if weight)
    payers = sum(weight for _, weight in rich)
    owed = Fraction(1)
    for purse, weight in rich:
        if purse * payers >= owed:
            return owed / payers
        owed -= purse * weight
        payers -= weight
    return None


def _without_richest(
    purses: Iterable[tuple[Fraction, int]], many: int
) -> Iterator[tuple[Fraction, int]]:
    left = many
    for purse, weight in sorted(purses, reverse=True):
        gone = min(weight, left)
        left -= gone
        yield purse, weight - gone
