"""Lines of cells, read from bytes into the different rows that they spell."""

from typing import Any, Final

import numpy as np
from numba import njit

from collegium.kernels.keys import Keys, bits_a_rank, merged, words_a_row
from collegium.kernels.rows import MOST_COLUMNS, NONE, RANK_BYTES, Counts, Rows, Table
from collegium.kernels.scanning import ends_line, scan

PASSED_OVER: Final = -1
TIMES: Final = -2
_HIGHEST: Final = 62
_LONGEST_COUNT: Final = 10
_MOST_LINES: Final = 2**32 - 1
_FEW: Final = 16
"""Lines that are read one by one where one isn't as most are."""

_COMMA, _RETURN, _ZERO, _NINE, _QUOTE = 44, 13, 48, 57, 34
_FIRST_PRINTED, _LAST_PRINTED = 32, 126


def read_lines(data: bytes, start: int, roles: list[int], columns: int) -> Table | None:
    """The rows that lines of cells spell, grouped; None if a cell isn't of the plain kind.

    Args:
        data: Cells parted by commas, lines ended by a newline.
        start: Where the first line begins.
        roles: Of each cell of a line: the column it fills, `PASSED_OVER`, or `TIMES` for how
            often the line counts.
        columns: Of a row.
    """
    most = (len(data) - start) // len(roles) + 1
    if columns > MOST_COLUMNS or most > _MOST_LINES or data.endswith(b"\r"):
        return None
    if not data.endswith(b"\n"):
        data += b"\n"
    keys = np.empty((most, words_a_row(columns)), np.uint64)
    times = np.empty(most if TIMES in roles else 0, np.int64)
    found = _read(data, start, roles, columns, keys, times)
    if found < 0:
        return None
    return Table(*merged(keys[:found], times[:found], columns, RANK_BYTES))


def _read(data: bytes, at: int, roles: list[int], columns: int, keys: Keys, times: Counts) -> int:
    """Fill in the key of each line and how often it counts; how many, or -1 if one isn't plain."""
    buffer, places = np.frombuffer(data, np.uint8), np.array(roles, np.int64)
    words = np.frombuffer(data, np.uint64, len(data) // 8)
    ranks, bits, found = np.zeros(columns, np.int64), bits_a_rank(columns), 0
    whole = roles == list(range(columns))
    while at < len(data) and found >= 0:
        if whole:
            at, found = scan(buffer, words, at, columns, bits, keys, found)
        some = found + _FEW if whole else len(keys)
        at, found = _read_some(buffer, at, places, bits, ranks, keys, times, found, some)
    return found


@njit(cache=True)
def _cell(data: Rows, start: int) -> tuple[int, int, int]:
    """Where the cell ends, its number, and what it is.

    That is 0 for a number, 1 for nothing or a stroke, 2 for printed characters, 3 for others.
    """
    at, value, printed = start, 0, False
    while True:
        byte = data[at]
        if _ZERO <= byte <= _NINE and at - start < _LONGEST_COUNT:
            value = value * 10 + (byte - _ZERO)
        elif byte == _COMMA or ends_line(data, at):
            break
        elif byte < _FIRST_PRINTED or byte > _LAST_PRINTED or byte == _QUOTE:
            return at, 0, 3
        else:
            printed = True
        at += 1
    if at == start or (at == start + 1 and data[start] == NONE):
        return at, 0, 1
    return at, value, 2 if printed else 0


@njit(cache=True)
def _line(data: Rows, at: int, roles: Any, ranks: Counts) -> tuple[int, int]:
    """Fill the ranks of any line: where it ends and how often it counts, or 0 if not plain."""
    times = 1
    for cell in range(len(roles)):
        start = at
        at, value, kind = _cell(data, at)
        role = roles[cell]
        if kind == 3 or ends_line(data, at) != (cell == len(roles) - 1):
            return at, 0
        if role >= 0:
            if kind == 2 or value > _HIGHEST or (kind == 0 and not value and at > start + 1):
                return at, 0
            ranks[role] = value
        elif role == TIMES:
            if kind != 0 or not value:
                return at, 0
            times = value
        if cell < len(roles) - 1:
            at += 1
    return at, times


@njit(cache=True)
def _set_key(ranks: Counts, bits: int, key: Keys) -> None:
    """Pack ranks into a key, numbered anew so that none is left out."""
    closed = np.zeros(_HIGHEST + 1, np.uint64)
    for rank in ranks:
        closed[rank] = 1
    closed[0] = 0
    for rank in range(1, _HIGHEST + 1):
        closed[rank] += closed[rank - 1]
    key[:] = 0
    offset = 0
    for rank in ranks:
        if rank:
            code = (np.uint64(1 << bits) | closed[rank] - np.uint64(1)) << np.uint64(63 - bits)
            word, shift = offset >> 6, np.uint64(offset & 63)
            key[word] |= code >> shift
            if np.uint64(63 - bits) < shift:
                key[word + 1] |= code << (np.uint64(64) - shift)
            offset += bits
        offset += 1


@njit(cache=True)
def _read_some(
    data: Rows,
    at: int,
    roles: Any,
    bits: int,
    ranks: Counts,
    keys: Keys,
    times: Any,
    found: int,
    some: int,
) -> tuple[int, int]:
    """Read line by line until so many are found: where the next begins, and how many, or -1."""
    while at < len(data) and found < some:
        if not ends_line(data, at):
            at, counts = _line(data, at, roles, ranks)
            if not counts:
                return at, -1
            _set_key(ranks, bits, keys[found])
            if len(times):
                times[found] = counts
            found += 1
        at += 1 + (data[at] == _RETURN)
    return at, found
