"""Lines of cells, read from bytes into the different rows that they spell."""

from typing import Any, Final

import numpy as np
from numba import njit

from collegium.kernels.keys import Keys, bits_a_column, merged, words_a_row
from collegium.kernels.rows import MOST_COLUMNS, NONE, RANK_BYTES, Counts, Rows, Table

PASSED_OVER: Final = -1
TIMES: Final = -2
_HIGHEST: Final = 62
_LONGEST_COUNT: Final = 10
_MOST_LINES: Final = 2**32 - 1
_COMMA, _NEWLINE, _RETURN, _ZERO, _NINE, _QUOTE = 44, 10, 13, 48, 57, 34
_FIRST_PRINTED, _LAST_PRINTED = 32, 126

# A cell is read into a number with four bits a character and a 1 before the first: 0x1 is an empty
# cell, 0x107 a cell "07". Longer cells, and those with strange characters, have more bits.
_STROKE, _STRANGE, _SHORT = 10, 1 << 12, 12
_MOST_CELLS: Final = 64
_ODD: Final = 63
_NOT_PLAIN: Final = np.uint64(1 << _ODD)


def _codes() -> Counts:
    """What each byte of a cell counts as."""
    codes = np.full(256, _STRANGE, np.int64)
    codes[_ZERO : _NINE + 1] = range(10)
    codes[NONE] = _STROKE
    return codes


def _rank_of_cell() -> Rows:
    """The number of a cell to its rank; 0 for none, `_ODD` if it isn't plain."""
    ranks = np.full(1 << _SHORT, _ODD, np.uint8)
    ranks[[0x1, 0x10, 0x10 + _STROKE]] = 0
    for rank in range(1, _HIGHEST + 1):
        ranks[0x100 + rank // 10 * 0x10 + rank % 10] = rank
    ranks[0x11:0x1A] = range(1, 10)
    return ranks


_CODES: Final = _codes()
_RANK_OF_CELL: Final = _rank_of_cell()


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
    buffer = np.frombuffer(data if data.endswith(b"\n") else data + b"\n", np.uint8)
    keys = np.empty((most, words_a_row(columns)), np.uint64)
    times = np.empty(most if TIMES in roles else 0, np.int64)
    places = np.array(roles, np.int64)
    found = _read(buffer, start, places, columns, keys, times)
    if found < 0:
        return None
    return Table(*merged(keys[:found], times[:found], columns, RANK_BYTES))


@njit(cache=True)
def _ends(data: Rows, at: int) -> bool:
    """Whether a line ends here."""
    if data[at] == _NEWLINE:
        return True
    return bool(data[at] == _RETURN and data[at + 1] == _NEWLINE)


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
        elif byte == _COMMA or _ends(data, at):
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
        if kind == 3 or _ends(data, at) != (cell == len(roles) - 1):
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
def _line_of_ranks(data: Rows, at: int, columns: int, cells: Counts) -> int:
    """Fill in the numbers of the cells of a line: where it ends, or -1 if any isn't plain.

    No step depends on whether a byte is a digit or a comma, which no processor can foresee.
    """
    cell, number, together = 0, 1, 0
    cells[0] = 1
    byte = data[at]
    while byte > _RETURN:
        longer = number << 4 | _CODES[byte]
        number = 1 if byte == _COMMA else longer
        cell += byte == _COMMA
        cells[cell & (_MOST_CELLS - 1)] = number
        together |= number
        at += 1
        byte = data[at]
    plain = cell == columns - 1 and not together >> _SHORT and _ends(data, at)
    return at if plain else -1


@njit(cache=True)
def _key_of_cells(cells: Counts, columns: int, bits: int, keys: Keys, row: int) -> Any:
    """Pack the ranks of the cells into a key; which ranks there are, a bit each."""
    a_word = 64 // bits
    used = np.uint64(0)
    for word in range(keys.shape[1]):
        key = np.uint64(0)
        for column in range(word * a_word, min((word + 1) * a_word, columns)):
            rank = np.uint64(_RANK_OF_CELL[cells[column]])
            used |= np.uint64(1) << rank
            key = key << np.uint64(bits) | rank
        keys[row, word] = key
    return used


@njit(cache=True)
def _key_of_ranks(ranks: Counts, bits: int, keys: Keys, row: int) -> None:
    """Pack ranks into a key, numbered anew so that none is left out."""
    closed = np.zeros(_HIGHEST + 1, np.uint64)
    for rank in ranks:
        closed[rank] = 1
    closed[0] = 0
    for rank in range(1, _HIGHEST + 1):
        closed[rank] += closed[rank - 1]
    closed_rank = np.uint64(0)
    a_word = 64 // bits
    for word in range(keys.shape[1]):
        key = np.uint64(0)
        for column in range(word * a_word, min((word + 1) * a_word, len(ranks))):
            closed_rank = closed[ranks[column]] if ranks[column] else np.uint64(0)
            key = key << np.uint64(bits) | closed_rank
        keys[row, word] = key


@njit(cache=True)
def _key_of_line(
    data: Rows,
    at: int,
    roles: Any,
    whole: bool,  # noqa: FBT001 - a compiled function takes no names
    cells: Counts,
    ranks: Counts,
    keys: Keys,
    row: int,
) -> tuple[int, int]:
    """Fill in the key of a line: where it ends and how often it counts, or 0 if not plain."""
    bits = bits_a_column(len(ranks))
    end = _line_of_ranks(data, at, len(ranks), cells) if whole else -1
    used = _key_of_cells(cells, len(ranks), bits, keys, row) if end >= 0 else _NOT_PLAIN
    if used >> np.uint64(_ODD):
        end, counts = _line(data, at, roles, ranks)
        if counts:
            _key_of_ranks(ranks, bits, keys, row)
        return end, counts
    used >>= np.uint64(1)
    if used & (used + np.uint64(1)):
        for column in range(len(ranks)):
            ranks[column] = _RANK_OF_CELL[cells[column]]
        _key_of_ranks(ranks, bits, keys, row)
    return end, 1


@njit(cache=True)
def _read(data: Rows, at: int, roles: Any, columns: int, keys: Keys, times: Any) -> int:
    """Fill in the key of each line and how often it counts; how many, or -1 if one isn't plain."""
    cells, ranks = np.ones(_MOST_CELLS, np.int64), np.zeros(columns, np.int64)
    whole, found = len(roles) == columns, 0
    for cell in range(len(roles)):
        whole = whole and roles[cell] == cell
    while at < len(data):
        if not _ends(data, at):
            at, counts = _key_of_line(data, at, roles, whole, cells, ranks, keys, found)
            if not counts:
                return -1
            if len(times):
                times[found] = counts
            found += 1
        at += 1 + (data[at] == _RETURN)
    return found
