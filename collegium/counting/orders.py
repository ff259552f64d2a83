"""Ranked ballots as orders of preference, for counts that pass votes on."""

from collections.abc import Iterator
from typing import TypeAlias

from collegium.counting.ballot import UNRANKED
from collegium.counting.profile import Profile

Order: TypeAlias = tuple[int, ...]
"""Option numbers from 1, the first preference first."""


class EqualRanksError(ValueError):
    """A ballot ranks two options equally, and the rule passes whole ballots on."""


def orders(profile: Profile) -> Iterator[tuple[Order, int]]:
    """Each different order of preference and its weight, in the order of the ballots' text.

    Raises:
        EqualRanksError: A ballot has equal ranks; a ballot policy says what becomes of them.

    Example:
        >>> list(orders(Profile(3, {"2-1": 4, "1--": 2})))
        [((1,), 2), ((3, 1), 4)]
    """
    for text, weight in sorted(profile.weights.items()):
        ranked = [(rank, number) for number, rank in enumerate(text, 1) if rank != UNRANKED]
        ranked.sort()
        if len({rank for rank, _ in ranked}) < len(ranked):
            raise EqualRanksError(
                f"expected no equal ranks under this rule, not the ballot {text!r}: choose a "
                f"ballot policy that says what becomes of them"
            )
        yield tuple(number for _, number in ranked), weight
