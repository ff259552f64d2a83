"""A ranked ballot as text: one character an option, in the order of the options.

`1` is the first rank, `9` the ninth, `a` the tenth, `z` the 35th; equal characters are equal
ranks; `-` is not ranked, below every rank. As cast, a ballot may leave ranks out: `7444516`
says what `5222314` says. The record keeps it as cast; a profile groups by the dense form.

An unranked option and one ranked last are different texts: pairwise counts don't tell them
apart, but a count that transfers votes does.

Source: the tally sheets of the Debian project, 2003 to 2018, use `1` to `9` and `-` so.
"""

RANKS = "123456789abcdefghijklmnopqrstuvwxyz"
"""The ranks in order; as ASCII they sort in this order too."""

UNRANKED = "-"

MOST_OPTIONS = len(RANKS)
"""Options on one ballot: 35."""

_ALLOWED = frozenset(RANKS + UNRANKED)
_SHOWN = 48
"""Characters of a wrong ballot that an error quotes."""


def check_options(options: int) -> None:
    """Refuse a number of options that no ballot has room for.

    Raises:
        ValueError: Fewer than 1 or more than 35.
    """
    if not 1 <= options <= MOST_OPTIONS:
        raise ValueError(f"expected 1 to {MOST_OPTIONS} options, not {options}")


def check_ballot(text: str, options: int) -> None:
    """Refuse a text that is no ballot on so many options.

    Raises:
        ValueError: A wrong length, or a character that is no rank.
    """
    if len(text) != options:
        raise ValueError(
            f"expected one rank for each of the {options} options, "
            f"not {len(text)} characters: {text[:_SHOWN]!r}"
        )
    strays = set(text) - _ALLOWED
    if strays:
        raise ValueError(
            f"expected only the ranks 1-9 and a-z, and - for an option not ranked, "
            f"not {min(strays)!r} in the ballot {text!r}"
        )


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
    dense = RANKS[: len(characters)]
    if not characters or max(characters) == dense[-1]:
        return text
    used = sorted(characters)
    return text.translate(str.maketrans("".join(used), dense))
