"""Rows of bytes: spelt, compared.

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
RANK_BYTES: Final = np.frombuffer(b"-123456789abcdefghijklmnopqrstuvwxyz", np.uint8)
"""The byte of each rank; of none at place 0."""

MOST_COLUMNS: Final = 35
_TOGETHER: Final = 16
_MOST_SHORT: Final = 2**31 - 1


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
        # A copy that may be written to, as the rows of lines may: no kernel is compiled twice.
        rows = np.frombuffer(joined, np.uint8).reshape(len(counts), columns).copy()
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

    def spelt(self) -> memoryview:
        """A line a row: its bytes, a space, how often it occurs in decimal digits."""
        out = np.empty(self.rows.size + 21 * len(self.counts), np.uint8)
        return out[: _spell(self.rows, self.counts, out)].data

    def repeating(self) -> list[int]:
        """The places of rows in which a rank occurs twice."""
        return [int(place) for place in np.flatnonzero(_repeats(self.rows, RANK_BYTES))]

    def below(self) -> list[list[int]]:
        """Row a, column b: in how many rows a's rank is smaller than b's; none is largest."""
        columns = self.rows.shape[1]
        found = np.zeros((columns, columns), np.int64)
        _add_below(self.rows, self.counts, found)
        return [[int(figure) for figure in row] for row in found]


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
def _repeats(rows: Rows, ranks: Rows) -> Any:
    """Which rows have more ranks than the highest of them says; no row leaves a rank out."""
    found = np.zeros(rows.shape[0], np.bool_)
    for row in range(rows.shape[0]):
        ranked, highest = 0, np.uint8(0)
        for column in range(rows.shape[1]):
            ranked += rows[row, column] != NONE
            highest = max(highest, rows[row, column])
        found[row] = highest != ranks[ranked]
    return found


@njit(cache=True)
def _add_below(rows: Rows, counts: Counts, found: Counts) -> None:
    """Add up in short numbers, of which the processor adds many at once, while they have room."""
    columns = rows.shape[1]
    width = -(-columns // _TOGETHER) * _TOGETHER
    ranks, short = np.zeros(width, np.int32), np.zeros((columns, width), np.int32)
    room: Any = _MOST_SHORT
    for row in range(rows.shape[0]):
        for column in range(columns):
            byte = rows[row, column]
            ranks[column] = 255 if byte == NONE else byte
        left = counts[row]
        while left:
            times = np.int32(min(left, room))
            for first in range(columns):
                mine = ranks[first]
                for second in range(width):
                    short[first, second] += times if mine < ranks[second] else np.int32(0)
            left, room = left - times, room - times
            if not room:
                found += short[:, :columns]
                short[:] = 0
                room = _MOST_SHORT
    found += short[:, :columns]
