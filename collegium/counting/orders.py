"""Ranked ballots as orders of preference, for counts that pass votes on."""

from collections.abc import Iterator
from itertools import groupby
from typing import Self, TypeAlias

from collegium.counting.ballot import NOT_RANKED, spelt
from collegium.counting.profile import Profile

Order: TypeAlias = tuple[int | tuple[int, ...], ...]
"""Option numbers from 1, the first preference first; equal ones together."""


class EqualRanksError(ValueError):
    """A ballot ranks two options equally, and the rule passes whole ballots on."""

    @classmethod
    def found(cls, text: str) -> Self:
        """The error for this ballot."""
        return cls(
            f"expected no equal ranks under this rule, not the ballot {spelt(text)!r}: choose a "
            f"ballot policy that says what becomes of them"
        )


def orders(profile: Profile, *, equal: bool = False) -> Iterator[tuple[Order, int]]:
    """Each different order of preference and its weight, in the order of the ballots' text.

    Args:
        profile: The ballots.
        equal: Whether equal ranks are accepted.

    Raises:
        EqualRanksError: A ballot has equal ranks that aren't accepted; a ballot policy says
            what becomes of them.

    Example:
        >>> list(orders(Profile(3, {"2-1": 4, "1--": 2})))
        [((1,), 2), ((3, 1), 4)]
        >>> list(orders(Profile(3, {"211": 1}), equal=True))
        [(((2, 3), 1), 1)]
    """
    for text, weight in sorted(profile.weights.items()):
        ranked = [(rank, number) for number, rank in enumerate(text, 1) if rank not in NOT_RANKED]
        ranked.sort()
        if len({rank for rank, _ in ranked}) == len(ranked):
            yield tuple(number for _, number in ranked), weight
        elif equal:
            yield tuple(_together(ranked)), weight
        else:
            raise EqualRanksError.found(text)


def strict_orders(profile: Profile) -> Iterator[tuple[tuple[int, ...], int]]:
    """Each different order without equal ranks, and its weight.

    Raises:
        EqualRanksError: A ballot has equal ranks.
    """
    for order, weight in orders(profile):
        yield tuple(option for option in order if isinstance(option, int)), weight


def _together(ranked: list[tuple[str, int]]) -> Iterator[int | tuple[int, ...]]:
    for _, group in groupby(ranked, lambda pair: pair[0]):
        numbers = tuple(number for _, number in group)
        yield numbers if len(numbers) > 1 else numbers[0]
