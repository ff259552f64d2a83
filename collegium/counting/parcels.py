"""Ballots as they lie with the candidates, in parcels of equal order, place and value."""

from collections import defaultdict
from typing import TypeAlias

from collegium.counting.figures import Amount, Arithmetic
from collegium.counting.orders import Order, orders
from collegium.counting.profile import Profile
from collegium.counting.stages import Transfer

Parcel: TypeAlias = tuple[Order, int, Amount, int]
"""An order of preference, the place in it that was reached, each ballot's value, how many."""


class Parcels:
    """Who holds which ballots at what value, while votes are passed on.

    Args:
        profile: The ballots; each goes to its first preference.
        decimals: Places that values are cut to; None keeps exact fractions.
        equal: Whether equal ranks are accepted: a ballot goes to the one of them that still
            stands, and ends if several do.

    Attributes:
        arithmetic: Of the values.
        exhausted: Votes on ballots that name nobody else who stands.
        lost: Votes that rounding lost.
        standing: Options that may still receive votes, ascending.
        totals: Votes of each option, in the order of the options.
    """

    def __init__(self, profile: Profile, decimals: int | None, *, equal: bool = False) -> None:
        self.arithmetic = Arithmetic(decimals)
        self.standing = list(range(1, profile.options + 1))
        self.totals: list[Amount] = [0 * self.arithmetic.unit] * profile.options
        self.exhausted: Amount = 0 * self.arithmetic.unit
        self.lost: Amount = 0 * self.arithmetic.unit
        self._held: list[list[Parcel]] = [[] for _ in range(profile.options)]
        for order, weight in orders(profile, equal=equal):
            self._give(order, 0, self.arithmetic.unit, weight)

    def pass_surplus(self, source: int, quota: Amount, *, factor_first: bool) -> Transfer:
        """Pass on what the option holds above the quota, a share of each of its ballots.

        Args:
            source: An elected option.
            quota: What it keeps.
            factor_first: Whether surplus/votes is cut before it is multiplied.
        """
        votes = self.totals[source - 1]
        part, whole = votes - quota, votes
        if factor_first:
            unit = self.arithmetic.unit
            part, whole = self.arithmetic.portion(unit, part, whole), unit
        parcels = [
            (order, place, self.arithmetic.portion(value, part, whole), weight)
            for order, place, value, weight in self._held[source - 1]
        ]
        return self._pass(source, parcels, quota)

    def pass_all(self, source: int) -> Transfer:
        """Take the option out and pass on its ballots at the values that they have."""
        if source in self.standing:
            self.standing.remove(source)
        return self._pass(source, self._held[source - 1], 0 * self.arithmetic.unit)

    def _pass(self, source: int, parcels: list[Parcel], keeps: Amount) -> Transfer:
        before, exhausted_before = list(self.totals), self.exhausted
        passed = self.totals[source - 1] - keeps
        self.totals[source - 1] = keeps
        self._held[source - 1] = []
        values: dict[Amount, int] = defaultdict(int)
        for order, place, value, weight in parcels:
            values[value] += weight
            self._give(order, place + 1, value, weight)
        gains = [after - was for after, was in zip(self.totals, before, strict=True)]
        gains[source - 1] = 0 * self.arithmetic.unit
        exhausted = self.exhausted - exhausted_before
        lost = passed - sum(gains) - exhausted
        self.lost += lost
        text = self.arithmetic.text
        return Transfer(
            exhausted=text(exhausted),
            gains=tuple(map(text, gains)),
            lost=text(lost),
            source=source,
            values=tuple((text(value), values[value]) for value in sorted(values, reverse=True)),
        )

    def _give(self, order: Order, place: int, value: Amount, weight: int) -> None:
        """Give ballots to the first option from the place on that still stands."""
        while place < len(order):
            option = order[place]
            if isinstance(option, tuple):
                still = [one for one in option if one in self.standing]
                if len(still) > 1:
                    break
                option = still[0] if still else option[0]
            if option in self.standing:
                self._held[option - 1].append((order, place, value, weight))
                self.totals[option - 1] += value * weight
                return
            place += 1
        self.exhausted += value * weight
