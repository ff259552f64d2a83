"""Figures and lists as a person reads them: fractions, numbers of things, names in a row.

Decimals stand as the rule rounded them. A fraction stands as it is where its denominator is
small; a longer one is cut off after four places, ends in `…`, and stands exactly in a table.
"""

from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import Final, TypeAlias

Names: TypeAlias = Sequence[str]
"""Of the options, in their order."""

SMALL: Final = 12
"""The largest denominator of a fraction that is shown as one."""

PLACES: Final = 4
CUT: Final = "…"
"""Ends a figure that was cut off."""


def readable(figure: str) -> str:
    """A figure of an outcome, short enough to be read.

    Example:
        >>> [readable(one) for one in ("1148.00000", "18/5", "345/4936", "-1/3", "-534/9139")]
        ['1148.00000', '3 3/5', '0.0698…', '-1/3', '-0.0584…']
    """
    if "/" not in figure:
        return figure
    value = Fraction(figure)
    sign, value = ("-", -value) if value < 0 else ("", value)
    whole, rest = divmod(value.numerator, value.denominator)
    if value.denominator <= SMALL:
        part = f"{rest}/{value.denominator}"
        return f"{sign}{whole} {part}" if whole else f"{sign}{part}"
    return f"{sign}{whole}.{rest * 10**PLACES // value.denominator:0{PLACES}}{CUT}"


def plain(figure: str) -> str:
    """A readable figure without decimals that say nothing, for where there is little room.

    Example:
        >>> [plain(one) for one in ("1148.00000", "12.71000", "12.00254", "37/3")]
        ['1148', '12.71000', '12.00254', '12 1/3']
    """
    whole, point, part = figure.partition(".")
    return whole if point and not part.strip("0") else readable(figure)


def is_cut(figure: str) -> bool:
    """Whether `readable` cuts the figure off."""
    return readable(figure).endswith(CUT)


def exactly(figure: str) -> str:
    """A figure with nothing lost: one that is cut off with the fraction that it is.

    Example:
        >>> exactly("345/4936"), exactly("0.06969")
        ('345/4936 (0.0698…)', '0.06969')
    """
    return f"{figure} ({readable(figure)})" if is_cut(figure) else readable(figure)


def is_something(figure: str) -> bool:
    """Whether a figure is other than nothing."""
    return any(digit in figure for digit in "123456789")


def many(number: int, one: str, several: str = "") -> str:
    """So many of them.

    Example:
        >>> many(1, "ballot"), many(2, "ballot"), many(1, "ballot is", "ballots are")
        ('1 ballot', '2 ballots', '1 ballot is')
    """
    return f"{number} {one if number == 1 else several or one + 's'}"


def votes(figure: str) -> str:
    """So many votes.

    Example:
        >>> votes("1"), votes("1.00000"), votes("3/2")
        ('1 vote', '1.00000 votes', '1 1/2 votes')
    """
    return f"{readable(figure)} {'vote' if figure == '1' else 'votes'}"


def listed(options: Iterable[int], names: Names) -> str:
    """The names of the options, parted by commas."""
    return ", ".join(names[option - 1] for option in options)


def joined(words: Sequence[str]) -> str:
    """The words as a sentence lists them.

    Example:
        >>> joined(["Ana", "Ben", "Cho"]), joined(["Ana"])
        ('Ana, Ben and Cho', 'Ana')
    """
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


def named(options: Iterable[int], names: Names) -> str:
    """The names of the options, as a sentence lists them."""
    return joined([names[option - 1] for option in options])
