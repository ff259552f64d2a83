"""Rows of bytes: read from lines of cells, grouped, sorted, spelt, compared.

A row has a byte a column: a rank as its character, or `-` for none. As bytes the characters
`-`, `1` to `9` and `a` to `z` stand in this order.
"""

from dataclasses import dataclass
from typing import Any, Final, TypeAlias

import numpy as np
import numpy.typing as npt
from numba import njit

Rows: TypeAlias = npt.NDArray[np.uint8]
Counts: TypeAlias = npt.NDArray[np.int64]

NONE: Final = 45  # "-"
PASSED_OVER: Final = -1
TIMES: Final = -2
_WORD: Final = 8
_RANK_BYTES: Final = np.frombuffer(b"-123456789abcdefghijklmnopqrstuvwxyz", np.uint8)
_HIGHEST: Final = 62
_LONGEST_COUNT: Final = 10
_COMMA, _NEWLINE, _RETURN, _ZERO, _NINE, _QUOTE = 44, 10, 13, 48, 57, 34
_FIRST_PRINTED, _LAST_PRINTED = 32, 126


@dataclass(frozen=True, eq=False, slots=True)
class Table:
    """Different rows in ascending order, and how often each occurs.

    Attributes:
        rows: One a row, shape (rows, columns).
        counts: How often each occurs, shape (rows,).
    """

    rows: Rows
    counts: Counts

    @classmethod
    def of(cls, joined: bytes, counts: list[int], columns: int) -> "Table":
        """The table of rows that are different and sorted already, one after the other."""
        rows = np.frombuffer(joined, np.uint8).reshape(len(counts), columns)
        return cls(rows, np.array(counts, np.int64))

    @property
    def total(self) -> int:
        """How many rows there are, each as often as it occurs."""
        return int(self.counts.sum())

    def first(self) -> tuple[str, int] | None:
        """The first row as text and how often it occurs; None if there is none."""
        if not len(self.counts):
            return None
        return self.rows[0].tobytes().decode("ascii"), int(self.counts[0])

    def texts(self) -> list[str]:
        """Each row as text."""
        columns = self.rows.shape[1]
        joined = self.rows.tobytes().decode("ascii")
        return [joined[at : at + columns] for at in range(0, len(joined), columns)]

    def spelt(self) -> bytes:
        """A line a row: its bytes, a space, how often it occurs in decimal digits."""
        out = np.empty(self.rows.size + 21 * len(self.counts), np.uint8)
        return out[: _spell(self.rows, self.counts, out)].tobytes()

    def repeating(self) -> list[int]:
        """The places of rows in which a rank occurs twice."""
        return [int(place) for place in np.flatnonzero(_repeats(self.rows))]

    def below(self) -> list[list[int]]:
        """Row a, column b: in how many rows a's rank is smaller than b's; none is largest."""
        columns = self.rows.shape[1]
        found = np.zeros((columns, columns), np.int64)
        _add_below(self.rows, self.counts, found)
        return [[int(figure) for figure in row] for row in found]


def read_lines(data: bytes, start: int, roles: list[int], columns: int) -> Table | None:
    """The rows that lines of cells spell, grouped; None if a cell isn't of the plain kind.

    Args:
        data: Cells parted by commas, lines ended by a newline.
        start: Where the first line begins.
        roles: Of each cell of a line: the column it fills, `PASSED_OVER`, or `TIMES` for how
            often the line counts.
        columns: Of a row.
    """
    lines = data.count(b"\n", start) + 1
    rows, counts = np.empty((lines, columns), np.uint8), np.empty(lines, np.int64)
    buffer = np.frombuffer(data, np.uint8)
    found = _read(buffer, start, np.array(roles, np.int64), rows, counts, _RANK_BYTES)
    return None if found < 0 else _sorted(rows[:found], counts[:found])


def _sorted(rows: Rows, counts: Counts) -> Table:
    """The rows ascending: by words of eight bytes, the first word first."""
    columns = rows.shape[1]
    words = -(-columns // _WORD)
    padded = np.zeros((len(rows), words * _WORD), np.uint8)
    padded[:, :columns] = rows
    keys = padded.view(">u8").astype(np.uint64)
    order = np.lexsort(tuple(keys[:, word] for word in reversed(range(words))))
    return Table(rows[order], counts[order])


@njit(cache=True)
def _ends(data: Rows, at: int) -> bool:
    """Whether a line ends here."""
    if at >= len(data) or data[at] == _NEWLINE:
        return True
    return bool(data[at] == _RETURN and at + 1 < len(data) and data[at + 1] == _NEWLINE)


@njit(cache=True)
def _cell(data: Rows, start: int) -> tuple[int, int, int]:
    """Where the cell ends, its number, and what it is.

    That is 0 for a number, 1 for nothing or a stroke, 2 for printed characters, 3 for others.
    """
    at, value, printed = start, 0, False
    while at < len(data):
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
def _line(data: Rows, at: int, roles: Any, read: Any) -> tuple[int, int]:
    """Fill the ranks of one line: where it ends and how often it counts, or 0 if not plain."""
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
            read[role] = value
        elif role == TIMES:
            if kind != 0 or not value:
                return at, 0
            times = value
        if cell < len(roles) - 1:
            at += 1
    return at, times


@njit(cache=True)
def _close_up(read: Any, ranks: Rows, closed: Rows) -> None:
    """Spell the ranks with none left out."""
    used = np.zeros(_HIGHEST + 1, np.uint8)
    for value in read:
        used[value] = 1
    rank = 0
    used[0] = ranks[0]
    for value in range(1, _HIGHEST + 1):
        if used[value]:
            rank += 1
            used[value] = ranks[rank]
    for column in range(len(read)):
        closed[column] = used[read[column]]


@njit(cache=True)
def _slot(rows: Rows, last: int, table: Any) -> Any:
    """The slot of the row that equals the last one, or a free one for it."""
    code = np.uint64(14695981039346656037)
    for byte in rows[last]:
        code = (code ^ np.uint64(byte)) * np.uint64(1099511628211)
    mask = np.uint64(len(table) - 1)
    slot = (code ^ (code >> np.uint64(29))) & mask
    while table[slot]:
        there, same = np.int64(table[slot]) - 1, True
        for column in range(rows.shape[1]):
            if rows[there, column] != rows[last, column]:
                same = False
                break
        if same:
            break
        slot = (slot + np.uint64(1)) & mask
    return slot


@njit(cache=True)
def _read(data: Rows, start: int, roles: Any, rows: Rows, counts: Counts, ranks: Rows) -> int:
    """Fill rows and counts with the different rows; how many, or -1 at a cell that isn't plain."""
    slots = 4
    while slots < 2 * len(counts):
        slots *= 2
    table = np.zeros(slots, np.uint32)
    read = np.zeros(rows.shape[1], np.int64)
    found, at = 0, start
    while at < len(data):
        if not _ends(data, at):
            at, times = _line(data, at, roles, read)
            if not times:
                return -1
            _close_up(read, ranks, rows[found])
            slot = _slot(rows, found, table)
            if not table[slot]:
                counts[found] = 0
                found += 1
                table[slot] = found
            counts[np.int64(table[slot]) - 1] += times
        at += 1
        if at < len(data) and data[at - 1] == _RETURN:
            at += 1
    return found


@njit(cache=True)
def _spell(rows: Rows, counts: Counts, out: Rows) -> int:
    at = 0
    digits = np.zeros(20, np.uint8)
    for row in range(rows.shape[0]):
        for column in range(rows.shape[1]):
            out[at] = rows[row, column]
            at += 1
        out[at] = 32
        at += 1
        left, length = counts[row], 0
        while left:
            digits[length] = 48 + left % 10
            left //= 10
            length += 1
        while length:
            length -= 1
            out[at] = digits[length]
            at += 1
        out[at] = 10
        at += 1
    return at


@njit(cache=True)
def _repeats(rows: Rows) -> Any:
    found = np.zeros(rows.shape[0], np.bool_)
    for row in range(rows.shape[0]):
        used = np.zeros(128, np.bool_)
        for column in range(rows.shape[1]):
            byte = rows[row, column]
            if byte != NONE:
                found[row] |= used[byte]
                used[byte] = True
    return found


@njit(cache=True)
def _add_below(rows: Rows, counts: Counts, found: Counts) -> None:
    columns = rows.shape[1]
    ranks = np.empty(columns, np.int64)
    for row in range(rows.shape[0]):
        times = counts[row]
        for column in range(columns):
            byte = rows[row, column]
            ranks[column] = 255 if byte == NONE else byte
        for first in range(columns):
            mine = ranks[first]
            for second in range(columns):
                found[first, second] += times * (mine < ranks[second])
