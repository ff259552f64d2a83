"""Many lines of ranks at a time, in plain Python: no cell is looked at by itself.

The cells are read as the numbers of a JSON array, and become bytes, of which every step takes all.
"""

from typing import Final

from msgspec import DecodeError
from msgspec.json import Decoder

from collegium.counting.ballot import MOST_OPTIONS, RANKS, UNRANKED

_END: Final = 0xFF
_OPTION: Final = 0x80
_DIGITS: Final = b"0123456789,"
_OPTIONS: Final = bytes(range(_OPTION, _OPTION + MOST_OPTIONS))
_NUMBERS: Final = Decoder(list[int])

_CHARACTERS: Final = bytes.maketrans(
    bytes([*range(MOST_OPTIONS + 1), _END]), f"{UNRANKED}{RANKS}\n".encode("ascii")
)
"""A rank's number to its character."""

_GIVEN: Final = bytes.maketrans(
    bytes([*range(MOST_OPTIONS + 1), *_OPTIONS, _END]),
    b"0" * (MOST_OPTIONS + 1) + b"1" * MOST_OPTIONS + b"\n",
)
"""In an order by ranks: 1 where an option stands, 0 where the rank is left out."""


def strict_ballots(lines: list[str], options: int) -> list[str] | None:
    """The ballots that the lines spell, each of them dense and without equal ranks.

    Args:
        lines: Of cells parted by commas, one an option; at least one line.
        options: How many there are, at most 35.

    Returns:
        None if a line spells any other ballot, or isn't of digits and empty cells alone.

    Example:
        >>> strict_ballots(["2,1,", ",,1", "3,2,1"], 3)
        ['21-', '--1', '321']
        >>> strict_ballots(["2,1,", "1,,1"], 3)
    """
    cells = f",{_END},".join(["", *lines, ""])[1:-1].encode("ascii")
    if cells.translate(None, _DIGITS):
        return None
    filled = cells.replace(b",,", b",0,").replace(b",,", b",0,")
    try:
        numbers = bytes(_NUMBERS.decode(b"[%b]" % filled))
    except (DecodeError, ValueError):  # such as 07, and a number that is no byte
        return None
    ends = len(lines) + 1
    if len(numbers) != ends + len(lines) * options or numbers.count(_END) != ends:
        return None
    if numbers[:: options + 1].count(_END) != ends or not _all_strict(numbers, options):
        return None
    return numbers[1:-1].translate(_CHARACTERS).decode("ascii").split("\n")


def _all_strict(numbers: bytes, options: int) -> bool:
    """Whether every line of ranks is dense, and has none twice.

    A table from ranks to options holds a line's order, in which an option replaces the one before
    it on the same rank: so that as many options stand there as there are ranks only if none is
    given twice, or is too high.
    """
    table, names = bytes.maketrans, _OPTIONS[:options]
    lines = numbers[1:-1].split(b"\xff")
    orders = b"\xff".join([table(line, names)[1 : options + 1] for line in lines])
    given = orders.translate(_GIVEN)
    ranked = len(numbers) - numbers.count(0) - numbers.count(_END)
    return b"01" not in given and given.count(b"1") == ranked
