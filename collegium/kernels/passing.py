"""Rows that pass from one column to the next one still open, each with a label."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

import numpy as np
from numba import njit

from collegium.kernels.rows import RANK_BYTES, Counts, Rows, Table

_SAME_RANK: Final = 128
"""Marks a column in a row's order that has the rank of the one before it."""


class Passing:
    """Where each row of a table is; at first nowhere (0), with the label 0.

    Args:
        table: The rows.
    """

    def __init__(self, table: Table) -> None:
        rows, columns = table.rows.shape
        self._counts = table.counts
        self._orders = np.empty((rows, columns), np.uint8)
        _order(table.rows, _rank_of_byte(), self._orders)
        self._next = np.zeros(rows, np.uint8)
        self._at = np.zeros(rows, np.int8)
        self._labels = np.zeros(rows, np.int32)

    def pass_on(
        self, source: int, labels: Mapping[int, int], still: Iterable[int]
    ) -> dict[int, list[int]]:
        """Pass all rows at a column on to the smallest larger rank among those still open.

        Args:
            source: The column, from 1, or 0 for rows that are nowhere yet.
            labels: Old label to new, of all rows there.
            still: The columns that are open; none that was closed is open again.

        Returns:
            New label to how many rows went to each column, from 1; at place 0 those that found
            none, or several of the same rank.
        """
        columns = self._orders.shape[1]
        fresh = np.zeros(max(labels, default=0) + 1, np.int32)
        for old, new in labels.items():
            fresh[old] = new
        open_columns = np.zeros(columns + 1, np.bool_)
        open_columns[list(still)] = True
        gone = np.zeros((int(fresh.max()) + 1, columns + 1), np.int64)
        rows = (self._orders, self._counts, self._next, self._at, self._labels)
        _pass(*rows, source, fresh, open_columns, gone)
        return {label: gone[label].tolist() for label in set(labels.values())}


def _rank_of_byte() -> Rows:
    ranks = np.zeros(256, np.uint8)
    ranks[RANK_BYTES] = range(len(RANK_BYTES))
    return ranks


@njit(cache=True)
def _order(rows: Rows, rank_of_byte: Rows, orders: Rows) -> None:
    """Fill in the columns of each row, from 1, by their ranks; 0 after the last of them."""
    columns = rows.shape[1]
    places = np.zeros((2, 256), np.int64)
    for row in range(rows.shape[0]):
        ranked, highest = 0, np.uint8(0)
        for column in range(columns):
            rank = rank_of_byte[rows[row, column]]
            highest = max(highest, rank)
            if rank:
                orders[row, rank - 1] = column + 1
                ranked += 1
        if highest < ranked:
            _order_repeating(rows, row, rank_of_byte, highest, places, orders)
        if ranked < columns:
            orders[row, ranked] = 0


@njit(cache=True)
def _order_repeating(
    rows: Rows, row: int, rank_of_byte: Rows, highest: int, places: Any, orders: Rows
) -> None:
    """Likewise for a row that has a rank twice, where every one but the first is marked."""
    first, taken = places
    first[: highest + 1] = 0
    taken[: highest + 1] = 0
    for byte in rows[row]:
        first[rank_of_byte[byte]] += 1
    start = 0
    for rank in range(1, highest + 1):
        start, first[rank] = start + first[rank], start
    for column in range(rows.shape[1]):
        rank = rank_of_byte[rows[row, column]]
        if rank:
            mark = _SAME_RANK if taken[rank] else 0
            orders[row, first[rank] + taken[rank]] = (column + 1) | mark
            taken[rank] += 1


@njit(cache=True)
def _pass(
    orders: Rows,
    counts: Counts,
    following: Rows,
    at: Any,
    labels: Any,
    source: int,
    fresh: Any,
    still: Any,
    gone: Counts,
) -> None:
    columns = orders.shape[1]
    for row in range(orders.shape[0]):
        if at[row] != source:
            continue
        place, to = following[row], 0
        while place < columns and not to:
            column = orders[row, place] & ~_SAME_RANK
            if not column:
                break
            if still[column]:
                to = column
            place += 1
        following[row] = place
        while place < columns and orders[row, place] & _SAME_RANK:
            if still[orders[row, place] & ~_SAME_RANK]:
                to = 0
            place += 1
        at[row] = to or -1
        labels[row] = fresh[labels[row]]
        gone[labels[row], to] += counts[row]
