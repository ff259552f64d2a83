"""Ballots as they lie with the candidates, by who holds them and at what value.

A ballot's value depends only on the surpluses that it passed through, so that ballots carry a
label, each label has one value, and only whole ballots are counted while they pass on.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence

from collegium.counting.ballot import RANKS
from collegium.counting.fast import Piles, piles_of
from collegium.counting.figures import Amount, Arithmetic
from collegium.counting.orders import EqualRanksError
from collegium.counting.profile import Profile
from collegium.counting.stages import Transfer


class _TextPiles:
    """The piles of `fast.Piles` in plain Python: ballots' texts with weights."""

    def __init__(self, profile: Profile, *, strict: bool) -> None:
        self._options = profile.options
        self._next = _next_strict if strict else _next
        self._held: list[dict[int, list[tuple[str, int]]]] = [
            {} for _ in range(profile.options + 1)
        ]
        self._held[0][0] = list(profile.weights.items())

    def pass_on(
        self, source: int, labels: Mapping[int, int], still: Iterable[int]
    ) -> Mapping[int, Sequence[int]]:
        """As `fast.Piles` says."""
        standing = frozenset(still)
        leaving, self._held[source] = self._held[source], {}
        gone: dict[int, list[int]] = {}
        for old, new in labels.items():
            counts = gone.setdefault(new, [0] * (self._options + 1))
            piles = [held.setdefault(new, []) for held in self._held]
            for ballot in leaving.get(old, ()):
                text, weight = ballot
                place = RANKS.index(text[source - 1]) + 1 if source else 0
                option = self._next(text, place, standing)
                counts[option] += weight
                piles[option].append(ballot)
            piles[0].clear()
        return gone


def _next_strict(text: str, place: int, standing: frozenset[int]) -> int:
    """Who is next on a ballot without equal ranks, from a place on; 0 if nobody."""
    for rank in RANKS[place : len(text)]:
        option = text.find(rank) + 1
        if option in standing or not option:
            return option
    return 0


def _next(text: str, place: int, standing: frozenset[int]) -> int:
    """Likewise with equal ranks: 0 also if several of them stand."""
    for rank in RANKS[place : len(text)]:
        still = [n for n, mine in enumerate(text, 1) if mine == rank and n in standing]
        if still or rank not in text:
            return still[0] if len(still) == 1 else 0
    return 0


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
        strict = not _has_equal_ranks(profile, accepted=equal)
        table = profile.table()
        self._piles: Piles = piles_of(table) if table else _TextPiles(profile, strict=strict)
        self._values: list[Amount] = [self.arithmetic.unit]
        self._labels: dict[Amount, int] = {self.arithmetic.unit: 0}
        self._held: list[dict[int, int]] = [{} for _ in range(profile.options + 1)]
        self._held[0][0] = profile.ballots
        self._move(0, {0: 0})

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
        return self._pass(source, lambda value: self.arithmetic.portion(value, part, whole), quota)

    def pass_all(self, source: int) -> Transfer:
        """Take the option out and pass on its ballots at the values that they have."""
        if source in self.standing:
            self.standing.remove(source)
        return self._pass(source, lambda value: value, 0 * self.arithmetic.unit)

    def _pass(self, source: int, revalued: Callable[[Amount], Amount], keeps: Amount) -> Transfer:
        before, exhausted_before = list(self.totals), self.exhausted
        passed = self.totals[source - 1] - keeps
        self.totals[source - 1] = keeps
        labels = {old: self._label_of(revalued(self._values[old])) for old in self._held[source]}
        values: dict[Amount, int] = {}
        for old, new in labels.items():
            value = self._values[new]
            values[value] = values.get(value, 0) + self._held[source][old]
        self._move(source, labels)
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

    def _label_of(self, value: Amount) -> int:
        if value not in self._labels:
            self._labels[value] = len(self._values)
            self._values.append(value)
        return self._labels[value]

    def _move(self, source: int, labels: Mapping[int, int]) -> None:
        """Pass the ballots there on to whoever still stands, and add up what they are worth."""
        self._held[source] = {}
        for label, counts in self._piles.pass_on(source, labels, self.standing).items():
            value = self._values[label]
            self.exhausted += value * counts[0]
            for option, ballots in enumerate(counts[1:], 1):
                if ballots:
                    self.totals[option - 1] += value * ballots
                    held = self._held[option]
                    held[label] = held.get(label, 0) + ballots


def _has_equal_ranks(profile: Profile, *, accepted: bool) -> bool:
    """Whether any ballot has them; refused where they aren't accepted."""
    equal = profile.with_equal_ranks()
    if equal and not accepted:
        raise EqualRanksError.found(next(iter(equal)))
    return bool(equal)
