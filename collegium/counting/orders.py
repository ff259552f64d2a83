"""Ranked ballots as orders of preference, for counts that pass votes on."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Final, Self, TypeAlias

from collegium.counting.ballot import MOST_OPTIONS, NOT_RANKED, RANKS, ranks_for, spelt
from collegium.counting.profile import Profile

Order: TypeAlias = tuple[int | tuple[int, ...], ...]
"""Option numbers from 1, the first preference first; equal ones together."""

_NO_RANK: Final = 0x80
_RANK_CODES: Final = bytes.maketrans(
    (NOT_RANKED + RANKS).encode("ascii"),
    bytes([_NO_RANK, _NO_RANK, *range(_NO_RANK + 1, _NO_RANK + 1 + MOST_OPTIONS)]),
)
_CODES: Final = bytes(range(_NO_RANK, _NO_RANK + 1 + MOST_OPTIONS))
"""Bytes of ranks that are none of ASCII, so that they are told from options' names."""


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


def named_orders(ballots: Sequence[str]) -> list[str]:
    """Each ballot as a string of its options in order, the nth option as the nth rank is written.

    Args:
        ballots: At least one, all on the same options, dense, without equal ranks.

    Example:
        >>> named_orders(["-312", "21--", "----"])
        ['342', '21', '']
    """
    options = len(ballots[0])
    names = ranks_for(options)
    if options > MOST_OPTIONS:
        return [_named_order(ballot, names) for ballot in ballots]
    # A table of bytes from ranks to options holds the order: ranks stand in it one after another.
    # Ranks that the ballot doesn't give stay as they are, and are struck out of all orders at once.
    ascii_names, table = names.encode("ascii"), bytes.maketrans
    first, end = _NO_RANK + 1, _NO_RANK + 1 + options
    rows = "\n".join(ballots).encode("ascii").translate(_RANK_CODES).split(b"\n")
    found = b"\n".join([table(row, ascii_names)[first:end] for row in rows])
    return found.translate(None, _CODES).decode("ascii").split("\n")


def _named_order(ballot: str, names: str) -> str:
    ranked = [pair for pair in zip(ballot, names, strict=True) if pair[0] not in NOT_RANKED]
    return "".join(name for _, name in sorted(ranked))
