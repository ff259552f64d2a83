"""A ranked ballot as text: one character an option, in the order of the options.

`1` is the first rank, `9` the ninth, `a` the tenth, `z` the 35th; equal characters are equal
ranks; `-` is not ranked, below every rank. As cast, a ballot may leave ranks out: `7444516`
says what `5222314` says. The record keeps it as cast; a profile groups by the dense form.

An unranked option and one ranked last are different texts: pairwise counts don't tell them
apart, but a count that transfers votes does.

Counts know more than a record does. `?` is no opinion: on this ballot the option is compared with
no other, and receives nothing. Ballots on more than 35 options are wide: from the 36th on, a rank
is a character of Unicode's private use area, so that a wide ballot too has one character an
option and sorts by its ranks. Those characters mean nothing to anybody else and are never
written: `spelt` writes a wide ballot in numbers, `ballot_of` makes one of numbers.

Source: the tally sheets of the Debian project, 2003 to 2018, use `1` to `9` and `-` so.
"""

from collections.abc import Iterable
from typing import Final, Literal

RANKS = "123456789abcdefghijklmnopqrstuvwxyz"
"""The ranks in order; as ASCII they sort in this order too."""

UNRANKED: Final = "-"

NO_OPINION: Final = "?"

NOT_RANKED = UNRANKED + NO_OPINION
"""What stands for an option without a rank."""

MOST_OPTIONS = len(RANKS)
"""Options on a ballot that is written with a character an option, as in a record: 35."""

WIDEST = 1000
"""Options on the widest ballot that is counted."""

WIDE_RANKS = RANKS + "".join(chr(0xE000 + place) for place in range(WIDEST - MOST_OPTIONS))
"""The ranks of wide ballots in order; they too sort in this order."""

_ALLOWED = frozenset(RANKS + UNRANKED)
_COUNTED = frozenset(RANKS + NOT_RANKED)
_COUNTED_WIDE = frozenset(WIDE_RANKS + NOT_RANKED)
_NUMBERS = {rank: str(number) for number, rank in enumerate(WIDE_RANKS, 1)}
_SHOWN = 48
"""Characters of a wrong ballot that an error quotes."""


def check_options(options: int) -> None:
    """Refuse a number of options that no ballot has room for.

    Raises:
        ValueError: Fewer than 1 or more than 1000.
    """
    if not 1 <= options <= WIDEST:
        raise ValueError(f"expected 1 to {WIDEST} options, not {options}")


def check_ballot(text: str, options: int) -> None:
    """Refuse a text that is no ballot on so many options, as a record keeps it.

    Raises:
        ValueError: A wrong length, or a character that is no rank.
    """
    _check(text, options, _ALLOWED, "the ranks 1-9 and a-z, and - for an option not ranked")


def check_counted(text: str, options: int) -> None:
    """Refuse a text that can't be counted as a ballot on so many options.

    Raises:
        ValueError: A wrong length, or a character that is no rank.
    """
    if options > MOST_OPTIONS:
        _check(text, options, _COUNTED_WIDE, "ranks as ballot_of gives them, - and ?")
    else:
        _check(text, options, _COUNTED, "the ranks 1-9 and a-z, - for an option not ranked, and ?")


def _check(text: str, options: int, allowed: frozenset[str], named: str) -> None:
    if len(text) != options:
        raise ValueError(
            f"expected one rank for each of the {options} options, "
            f"not {len(text)} characters: {text[:_SHOWN]!r}"
        )
    strays = set(text) - allowed
    if strays:
        shown = repr(text) if options <= MOST_OPTIONS else "it"
        raise ValueError(f"expected only {named}, not {min(strays)!r} in the ballot {shown}")


def ranks_for(options: int) -> str:
    """The ranks that a dense ballot on so many options may have, in order."""
    return RANKS[:options] if options <= MOST_OPTIONS else WIDE_RANKS[:options]


def ballot_of(ranks: Iterable[int | None], unmarked: Literal["-", "?"] = UNRANKED) -> str:
    """The dense ballot that gives each option this rank, the smallest the first.

    Args:
        ranks: In the order of the options; None for an option without one.
        unmarked: What stands for an option without a rank.

    Example:
        >>> ballot_of([7, None, 1, 7])
        '2-12'

    Raises:
        ValueError: More options than a ballot has room for.
    """
    given = list(ranks)
    check_options(len(given))
    used = sorted({rank for rank in given if rank is not None})
    characters = dict(zip(used, ranks_for(len(given)), strict=False))
    return "".join(unmarked if rank is None else characters[rank] for rank in given)


def spelt(text: str) -> str:
    """The ballot as it is written: a wide one as its ranks in numbers, parted by commas.

    Example:
        >>> spelt("2-12")
        '2-12'
        >>> spelt(ballot_of([*range(1, 37), None])).endswith(",35,36,-")
        True
    """
    if len(text) <= MOST_OPTIONS:
        return text
    return ",".join(_NUMBERS.get(rank, rank) for rank in text)


def dense_ballot(text: str) -> str:
    """The same preferences with no rank left out: the one text by which ballots are grouped.

    Example:
        >>> dense_ballot("7444516")
        '5222314'
        >>> dense_ballot("-9-3")
        '-2-1'
    """
    characters = set(text)
    characters.discard(UNRANKED)
    characters.discard(NO_OPINION)
    ranks = RANKS if len(text) <= MOST_OPTIONS else WIDE_RANKS
    dense = ranks[: len(characters)]
    if not characters or max(characters) == dense[-1]:
        return text
    used = sorted(characters)
    return text.translate(str.maketrans("".join(used), dense))
