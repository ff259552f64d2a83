"""Whole lines of ranks, read 64 bytes at a time and without a look at each comma.

The cells of most lines of a wide file are empty. In eight bytes at once a *mark*, which is a digit
or a stroke, and what *ends* a line are found by bits that a comma doesn't have. The number of a
mark's column is how many commas stand before it, which its place says.
"""

from typing import Any, Final

import numpy as np
from numba import njit

from collegium.kernels.keys import Keys
from collegium.kernels.rows import NONE, Rows

_COMMA, _NEWLINE, _RETURN, _ZERO = 44, 10, 13, 48
_HIGHEST: Final = 62
_ODD: Final = 63
_TWO: Final = 64
"""Added to the rank of a cell of two characters."""

_LOWEST_BITS: Final = np.uint64(0x0101010101010101)
_COMMAS: Final = np.uint64(0x0101010101010101 * _COMMA)
_WHOLE_BYTE: Final = np.uint64(255)
_GATHERED: Final = np.uint64(0x0102040810204080)
"""Times the lowest bits of eight bytes: all of them side by side, in the highest byte."""

_SPREAD: Final = 0x03F79D71B4CB0A89
"""A de Bruijn sequence: times a power of two, its highest six bits are others for each power.

Source: C. E. Leiserson, H. Prokop and K. H. Randall, Using de Bruijn sequences to index a 1 in a
computer word (1998).
"""


def _ranks() -> Rows:
    """The rank of a cell by its first character and the next; `_ODD` if that isn't plain."""
    ranks = np.full((256, 256), _ODD, np.uint8)
    for end in (_COMMA, _NEWLINE, _RETURN):
        ranks[NONE, end] = 0
        ranks[_ZERO : _ZERO + 10, end] = range(10)
    for rank in range(1, _HIGHEST + 1):
        ranks[_ZERO + rank // 10, _ZERO + rank % 10] = rank + _TWO
    return ranks.reshape(-1)


def _powers() -> Rows:
    """Which power of two it is, by the highest six bits of it times `_SPREAD`."""
    powers = np.zeros(64, np.uint8)
    for power in range(64):
        powers[(_SPREAD << power & 2**64 - 1) >> 58] = power
    return powers


_RANKS: Final = _ranks()
_POWERS: Final = _powers()


@njit(cache=True)
def ends_line(data: Rows, at: int) -> bool:
    """Whether a line ends here."""
    if data[at] == _NEWLINE:
        return True
    return bool(data[at] == _RETURN and data[at + 1] == _NEWLINE)


@njit(cache=True)
def _block(eights: Keys, start: int) -> Any:
    """Of 64 bytes, a bit each: the marks, and what ends a line; last whether any other is odd."""
    marks, ends, strange = np.uint64(0), np.uint64(0), np.uint64(0)
    for word in range(8):
        eight, shift = eights[start + word], np.uint64(8 * word)
        end = ~eight >> np.uint64(5) & _LOWEST_BITS
        mark = (eight >> np.uint64(4) | eight) & _LOWEST_BITS & ~end
        strange |= (eight ^ _COMMAS) & ~((mark | end) * _WHOLE_BYTE)
        marks |= mark * _GATHERED >> np.uint64(56) << shift
        ends |= end * _GATHERED >> np.uint64(56) << shift
    return marks, ends, strange


@njit(cache=True)
def pack(spelt: Any, length: int, offset: int, keys: Keys, row: int, filling: int, key: Any) -> Any:
    """Put the bits of a rank into the word that is being filled, or the next; which, and it."""
    while filling < offset >> 6:
        keys[filling, row] = key
        key, filling = np.uint64(0), filling + 1
    shift = np.uint64(offset & 63)
    key |= spelt >> shift
    if (offset & 63) + length > 63:
        keys[filling, row] = key
        key, filling = spelt << np.uint64(64) - shift, filling + 1
    return filling, key


@njit(cache=True)
def scan(
    data: Any, eights: Any, at: int, columns: int, spelt: Any, lengths: Any, keys: Any, found: int
) -> tuple[int, int, int]:
    """Fill in the keys of lines with a cell for each column, as long as they are plain.

    Plain is a line in which every cell is empty, a stroke or a rank, and no rank is left out. The
    bytes come one by one, the last a newline, and eight at a time. `spelt` and `lengths` are those
    of `keys.Code`; the keys have the shape (words, rows) and hold 0 where nobody wrote.

    Returns:
        Where the first line begins that isn't plain, or not in whole blocks of 64 bytes; how many
        keys are filled in; how many words the longest of these took.
    """
    line, characters, taken, filling, one, longest = at, 0, 0, 0, np.uint64(1), 0
    used, odd, before, key = one, np.uint64(0), np.uint64(0), np.uint64(0)
    here = ~np.uint64(0) << np.uint64(at & 63)
    for block in range(at >> 6, len(eights) >> 3):
        marks, ends, strange = _block(eights, block * 8)
        marks, ends = marks & here, ends & here
        second = marks << one | before >> np.uint64(63)
        third = marks << np.uint64(2) | before >> np.uint64(62)
        odd |= strange | (marks & second & third)  # whichever line it is of, the next isn't plain
        starts = marks & ~second | ends
        before, here = marks, ~np.uint64(0)
        while starts:
            lowest = starts & (~starts + one)
            starts ^= lowest
            place = block * 64 + _POWERS[lowest * np.uint64(_SPREAD) >> np.uint64(58)]
            if lowest & ends:
                if not ends_line(data, place):
                    return line, found, longest
                if place > line:
                    if odd or used & (used + one) or place - line - characters != columns - 1:
                        return line, found, longest
                    keys[filling, found] = key
                    longest = max(longest, filling + 1)
                    found += 1
                line, characters, taken, filling = place + 1, 0, 0, 0
                used, key = one, np.uint64(0)
            else:
                rank = np.uint64(_RANKS[np.int64(data[place]) << 8 | np.int64(data[place + 1])])
                column = place - line - characters
                if rank == _ODD or column >= columns:
                    return line, found, longest
                characters += 1 + int(rank >= np.uint64(_TWO))
                rank &= np.uint64(_ODD)
                used |= one << rank
                if rank:
                    bits = lengths[rank]
                    filling, key = pack(
                        spelt[rank], bits, column + taken, keys, found, filling, key
                    )
                    taken += bits
    return line, found, longest
