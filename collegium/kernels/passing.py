"""Rows that pass from one column to the next one still open, each with a label."""

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
from numba import njit

from collegium.kernels.rows import NONE, Counts, Rows, Table


class Passing:
    """Where each row of a table is; at first nowhere (0), with the label 0.

    Args:
        table: The rows.
    """

    def __init__(self, table: Table) -> None:
        self._table = table
        self._at = np.zeros(len(table.counts), np.int8)
        self._labels = np.zeros(len(table.counts), np.int32)

    def pass_on(
        self, source: int, labels: Mapping[int, int], still: Iterable[int]
    ) -> dict[int, list[int]]:
        """Pass all rows at a column on to the smallest larger rank among those still open.

        Args:
            source: The column, from 1, or 0 for rows that are nowhere yet.
            labels: Old label to new, of all rows there.
            still: The columns that are open.

        Returns:
            New label to how many rows went to each column, from 1; at place 0 those that found
            none, or several of the same rank.
        """
        columns = self._table.rows.shape[1]
        fresh = np.zeros(max(labels, default=0) + 1, np.int32)
        for old, new in labels.items():
            fresh[old] = new
        open_columns = np.zeros(columns, np.bool_)
        for column in still:
            open_columns[column - 1] = True
        gone = np.zeros((int(fresh.max()) + 1, columns + 1), np.int64)
        _pass(
            self._table.rows,
            self._table.counts,
            self._at,
            self._labels,
            source,
            fresh,
            open_columns,
            gone,
        )
        return {label: [int(figure) for figure in gone[label]] for label in set(labels.values())}


@njit(cache=True)
def _pass(
    rows: Rows,
    counts: Counts,
    at: Any,
    labels: Any,
    source: int,
    fresh: Any,
    still: Any,
    gone: Counts,
) -> None:
    columns = rows.shape[1]
    for row in range(rows.shape[0]):
        if at[row] != source:
            continue
        after = rows[row, source - 1] if source else NONE
        best, to = 255, 0
        for column in range(columns):
            byte = rows[row, column]
            if still[column] and after < byte <= best:
                to = 0 if byte == best else column + 1
                best = byte
        at[row] = to or -1
        labels[row] = fresh[labels[row]]
        gone[labels[row], to] += counts[row]
