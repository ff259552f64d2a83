"""Ballots that give each option a grade, and how often each was cast."""

from collections.abc import Iterable, Mapping
from hashlib import sha256
from types import MappingProxyType
from typing import Self, TypeAlias

from collegium.counting.ballot import check_options
from collegium.counting.profile import MOST_BALLOTS

MOST_GRADES = 1001
"""Grades on one scale: 0 to 1000."""

Given: TypeAlias = tuple[int, ...]
"""A grade for each option; 0 is the lowest. -1: no grade given."""


class Grades:
    """Grades as given and how often so given; immutable.

    Args:
        options: How many options stand on the ballot, 1 to 1000.
        levels: How many grades there are; 0 is the lowest, `levels - 1` the highest.
        weights: A grade for each option, -1 for none, to how often so cast.

    Raises:
        ValueError: A ballot that doesn't fit, a weight below 1, or too many ballots.
    """

    __slots__ = ("_weights", "ballots", "levels", "options")

    def __init__(self, options: int, levels: int, weights: Mapping[Given, int]) -> None:
        check_options(options)
        if not 1 < levels <= MOST_GRADES:
            raise ValueError(f"expected 2 to {MOST_GRADES} grades, not {levels}")
        for given, weight in weights.items():
            if len(given) != options or not all(-1 <= grade < levels for grade in given):
                raise ValueError(
                    f"expected a grade of 0 to {levels - 1}, or -1, for each of the {options} "
                    f"options, not {given}"
                )
            if weight < 1:
                raise ValueError(f"expected a weight of at least 1, not {weight} for {given}")
        self.options = options
        self.levels = levels
        self.ballots = sum(weights.values())
        if self.ballots > MOST_BALLOTS:
            raise ValueError(f"expected at most 2^53 - 1 ballots, not {self.ballots}")
        self._weights = dict(weights)

    @classmethod
    def of(cls, options: int, levels: int, ballots: Iterable[Given]) -> Self:
        """The profile of ballots as cast.

        Raises:
            ValueError: A ballot that doesn't fit.
        """
        weights: dict[Given, int] = {}
        for given in ballots:
            weights[given] = weights.get(given, 0) + 1
        return cls(options, levels, weights)

    @property
    def weights(self) -> Mapping[Given, int]:
        """Grades to how often so given; read-only."""
        return MappingProxyType(self._weights)

    def __add__(self, other: "Grades") -> "Grades":
        if (other.options, other.levels) != (self.options, self.levels):
            raise ValueError(
                f"expected ballots on the same options and grades, not {self} and {other}"
            )
        both = dict(self._weights)
        for given, weight in other.weights.items():
            both[given] = both.get(given, 0) + weight
        return Grades(self.options, self.levels, both)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Grades):
            return NotImplemented
        mine, theirs = (self.options, self.levels), (other.options, other.levels)
        return mine == theirs and self._weights == other._weights

    def __hash__(self) -> int:
        return hash((self.options, self.levels, frozenset(self._weights.items())))

    def __repr__(self) -> str:
        return f"<Grades: {self.ballots} ballots on {self.options} options, {self.levels} grades>"

    def histogram(self, option: int) -> list[int]:
        """How many ballots give the option (from 1) each grade, lowest first; none is 0."""
        counts = [0] * self.levels
        for given, weight in self._weights.items():
            counts[max(given[option - 1], 0)] += weight
        return counts

    def text(self) -> str:
        r"""The profile as text: a heading, then a line a ballot with its weight, sorted.

        Example:
            >>> Grades(2, 4, {(3, -1): 2}).text()
            'collegium-profile/1 grades 2 4\n3,-1 2\n'
        """
        lines = (
            f"{','.join(map(str, given))} {weight}\n"
            for given, weight in sorted(self._weights.items())
        )
        return f"collegium-profile/1 grades {self.options} {self.levels}\n" + "".join(lines)

    def digest(self) -> str:
        """SHA-256 of `text`, 64 hexadecimal digits."""
        return sha256(self.text().encode("ascii")).hexdigest()
