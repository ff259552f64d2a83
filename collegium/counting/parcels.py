"""Ballots as they lie with the candidates, by who holds them and at what value.

A ballot's value depends only on the surpluses that it passed through, so that ballots carry a
label, each label has one value, and only whole ballots are counted while they pass on.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import repeat
from typing import Literal, TypeAlias

from collegium.counting.ballot import ranks_for
from collegium.counting.fast import Piles, Table, piles_of
from collegium.counting.figures import Amount, Arithmetic
from collegium.counting.orders import EqualRanksError
from collegium.counting.profile import Profile
from collegium.counting.stages import Transfer

EqualRanks: TypeAlias = Literal["refuse", "split", "stop-if-several-stand"]
"""What becomes of a ballot with equal ranks when several of them stand: `refuse` counts no such
ballot; `split` gives each an equal part of its value, as if every order of the equal ones had been
cast in equal parts; `stop-if-several-stand` ends it there.

Source: B. L. Meek, A new approach to the single transferable vote, paper II (1970), section 6,
"Equal preferences" (`split`); RCTab, `exhaustIfMultipleContinuing`.
"""


_Ballots: TypeAlias = list[tuple[str, int]]
"""Ballots' texts with weights."""


class _StrictPiles:
    """The piles of `fast.Piles` in plain Python, for ballots without equal ranks.

    Ballots that lie together are at the same rank, so that the next one of all of them is found
    in one go.

    Args:
        profile: The ballots.
    """

    def __init__(self, profile: Profile) -> None:
        self._options = profile.options
        self._ranks = ranks_for(profile.options)
        self._held: list[dict[int, dict[int, _Ballots]]] = [{} for _ in range(profile.options + 1)]
        self._held[0][0] = {0: list(profile.weights.items())}

    def pass_on(
        self, source: int, labels: Mapping[int, int], still: Iterable[int]
    ) -> Mapping[int, Sequence[int]]:
        """As `fast.Piles` says."""
        standing = frozenset(still)
        leaving, self._held[source] = self._held[source], {}
        gone: dict[int, list[int]] = {}
        for old, new in labels.items():
            counts = gone.setdefault(new, [0] * (self._options + 1))
            for place, ballots in leaving.get(old, {}).items():
                self._follow(ballots, place, new, standing, counts)
        return gone

    def _follow(
        self, ballots: _Ballots, place: int, label: int, standing: frozenset[int], counts: list[int]
    ) -> None:
        """Give ballots to whoever is next on them, from the rank at a place on."""
        while ballots and place < self._options:
            found: defaultdict[int, _Ballots] = defaultdict(list)
            at = map(str.find, [text for text, _ in ballots], repeat(self._ranks[place]))
            for ballot, column in zip(ballots, at, strict=True):
                found[column + 1].append(ballot)
            place += 1
            counts[0] += _cast(found.pop(0, []))
            ballots = []
            for option, theirs in found.items():
                if option in standing:
                    counts[option] += _cast(theirs)
                    self._held[option].setdefault(label, {}).setdefault(place, []).extend(theirs)
                else:
                    ballots += theirs
        counts[0] += _cast(ballots)


def _cast(ballots: _Ballots) -> int:
    return sum([weight for _, weight in ballots])


class _TextPiles:
    """The piles of `fast.Piles` in plain Python, for any ballots.

    Args:
        profile: The ballots.
        part: From a label and a number to the label of so small a part; None ends a ballot where
            several are next.
    """

    def __init__(self, profile: Profile, part: Callable[[int, int], int] | None) -> None:
        self._options = profile.options
        self._ranks = ranks_for(profile.options)
        self._part = part
        self._held: list[dict[int, _Ballots]] = [{} for _ in range(profile.options + 1)]
        self._held[0][0] = list(profile.weights.items())

    def pass_on(
        self, source: int, labels: Mapping[int, int], still: Iterable[int]
    ) -> Mapping[int, Sequence[int]]:
        """As `fast.Piles` says; a ballot's parts count as ballots, each with its own label."""
        standing = frozenset(still)
        leaving, self._held[source] = self._held[source], {}
        gone: dict[int, list[int]] = {}
        for old, new in labels.items():
            counts = gone.setdefault(new, [0] * (self._options + 1))
            piles = [held.setdefault(new, []) for held in self._held]
            for ballot in leaving.get(old, ()):
                text, weight = ballot
                place = self._ranks.index(text[source - 1]) if source else 0
                found = _next(text, self._ranks[place:], standing)
                if len(found) == 1:
                    counts[found[0]] += weight
                    piles[found[0]].append(ballot)
                elif found and self._part is not None:
                    self._split(ballot, found, self._part(new, len(found)), gone)
                else:
                    counts[0] += weight
        return gone

    def _split(
        self, ballot: tuple[str, int], found: list[int], label: int, gone: dict[int, list[int]]
    ) -> None:
        counts = gone.setdefault(label, [0] * (self._options + 1))
        for option in found:
            counts[option] += ballot[1]
            self._held[option].setdefault(label, []).append(ballot)


def _next(text: str, ranks: str, standing: frozenset[int]) -> list[int]:
    """All who are next on a ballot, of these ranks; empty if nobody."""
    for rank in ranks:
        still = [n for n, mine in enumerate(text, 1) if mine == rank and n in standing]
        if still or rank not in text:
            return still
    return []


class Parcels:
    """Who holds which ballots at what value, while votes are passed on.

    Args:
        profile: The ballots; each goes to its first preference.
        decimals: Places that values are cut to; None keeps exact fractions.
        equal_ranks: What becomes of ballots with equal ranks.

    Attributes:
        arithmetic: Of the values.
        exhausted: Votes on ballots that name nobody else who stands.
        lost: Votes that rounding lost.
        standing: Options that may still receive votes, ascending.
        totals: Votes of each option, in the order of the options.
    """

    def __init__(
        self, profile: Profile, decimals: int | None, equal_ranks: EqualRanks = "refuse"
    ) -> None:
        self.arithmetic = Arithmetic(decimals)
        self.standing = list(range(1, profile.options + 1))
        self.totals: list[Amount] = [0 * self.arithmetic.unit] * profile.options
        self.exhausted: Amount = 0 * self.arithmetic.unit
        strict = not _has_equal_ranks(profile, accepted=equal_ranks != "refuse")
        part = self._part if equal_ranks == "split" else None
        table = profile.table() if strict or part is None else None
        self._piles = _piles(profile, table, part, strict=strict)
        self._values: list[Amount] = [self.arithmetic.unit]
        self._labels: dict[Amount, int] = {self.arithmetic.unit: 0}
        self._held: list[dict[int, int]] = [{} for _ in range(profile.options + 1)]
        self._held[0][0] = profile.ballots
        self._move(0, {0: 0})
        cast = profile.ballots * self.arithmetic.unit
        self.lost: Amount = cast - sum(self.totals) - self.exhausted

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

    def _part(self, label: int, parts: int) -> int:
        """The label of one of so many parts."""
        return self._label_of(self.arithmetic.portion(self._values[label], 1, parts))

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


def _piles(
    profile: Profile, table: Table | None, part: Callable[[int, int], int] | None, *, strict: bool
) -> Piles:
    if table is not None:
        return piles_of(table)
    return _StrictPiles(profile) if strict else _TextPiles(profile, part)


def _has_equal_ranks(profile: Profile, *, accepted: bool) -> bool:
    """Whether any ballot has them; refused where they aren't accepted."""
    equal = profile.with_equal_ranks()
    if equal and not accepted:
        raise EqualRanksError.found(next(iter(equal)))
    return bool(equal)
