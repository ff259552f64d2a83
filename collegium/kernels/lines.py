"""Lines of cells, read from bytes into the different rows that they spell."""

from typing import Any, Final

import numpy as np
from numba import njit

from collegium.kernels.keys import Code, Keys, code_for, merged
from collegium.kernels.rows import MOST_COLUMNS, NONE, RANK_BYTES, Counts, Rows, Table
from collegium.kernels.scanning import ends_line, pack, scan

PASSED_OVER: Final = -1
TIMES: Final = -2
_HIGHEST: Final = 62
_LONGEST_COUNT: Final = 10
_MOST_LINES: Final = 2**32 - 1
_FEW: Final = 16
"""Lines that are read one by one where one isn't as most are."""

_SAMPLE: Final = 2**16
"""Bytes that show whether most cells are empty."""

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
    sample = data[start : start + _SAMPLE]
    code = code_for(columns, sparse=sample.count(b",") > 3 * len(sample.replace(b",", b"")))
    # Memory that is nothing but zeros costs nothing until somebody writes there.
    keys = np.zeros((code.longest, most), np.uint64)
    times = np.empty(most if TIMES in roles else 0, np.int64)
    found, longest = _read(data, start, roles, code, keys, times)
    if found < 0:
        return None
    return Table(*merged(keys, found, longest, times[:found], columns, code, RANK_BYTES))


def _read(
    data: bytes, at: int, roles: list[int], code: Code, keys: Keys, times: Counts
) -> tuple[int, int]:
    """Fill in the key of each line and how often it counts.

    Returns:
        How many lines there are, or -1 if one isn't plain; how many words their keys take.
    """
    buffer, places = np.frombuffer(data, np.uint8), np.array(roles, np.int64)
    eights = np.frombuffer(data, np.uint64, len(data) // 8)
    columns = sum(role >= 0 for role in roles)
    ranks, found, longest = np.zeros(columns, np.int64), 0, 1
    whole = roles == list(range(columns))
    spelling = (code.spelt, code.lengths, keys)
    while at < len(data) and found >= 0:
        if whole:
            at, found, words = scan(buffer, eights, at, columns, *spelling, found)
            longest = max(longest, words)
        some = found + _FEW if whole else keys.shape[1]
        at, found, words = _read_some(buffer, at, places, ranks, *spelling, times, found, some)
        longest = max(longest, words)
    return found, longest


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
def _set_key(ranks: Counts, spelt: Keys, lengths: Counts, keys: Keys, row: int) -> int:
    """Pack ranks into a key, numbered anew so that none is left out; how many words it takes."""
    closed = np.zeros(_HIGHEST + 1, np.int64)
    for rank in ranks:
        closed[rank] = 1
    closed[0] = 0
    for rank in range(1, _HIGHEST + 1):
        closed[rank] += closed[rank - 1]
    taken, filling, key = 0, 0, np.uint64(0)
    for column in range(len(ranks)):
        rank = closed[ranks[column]] if ranks[column] else 0
        if rank:
            offset = column + taken
            filling, key = pack(spelt[rank], lengths[rank], offset, keys, row, filling, key)
            taken += lengths[rank]
    keys[filling, row] = key
    for word in range(filling + 1, keys.shape[0]):
        keys[word, row] = 0
    return filling + 1


@njit(cache=True)
def _read_some(
    data: Rows,
    at: int,
    roles: Any,
    ranks: Counts,
    spelt: Keys,
    lengths: Counts,
    keys: Keys,
    times: Any,
    found: int,
    some: int,
) -> tuple[int, int, int]:
    """Read line by line until so many are found: where the next begins, and as `_read` says."""
    longest = 0
    while at < len(data) and found < some:
        if not ends_line(data, at):
            at, counts = _line(data, at, roles, ranks)
            if not counts:
                return at, -1, longest
            longest = max(longest, _set_key(ranks, spelt, lengths, keys, found))
            if len(times):
                times[found] = counts
            found += 1
        at += 1 + (data[at] == _RETURN)
    return at, found, longest
