"""Where compiled kernels take over, if the extra `fast` is there; the bytes are the same.

Small counts are done before NumPy is even imported, so only many ballots ask for it.
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from importlib import import_module
from types import ModuleType
from typing import Protocol, Self

from collegium.counting.ballot import MOST_OPTIONS, NO_OPINION

ENOUGH_ROWS = 100_000
"""Different ballots from which on the kernels are worth their import, about half a second."""

ENOUGH_BYTES = 10_000_000
"""Bytes of a file, likewise: half a million ballots on 10 options, or 120,000 on 30."""


class Table(Protocol):
    """What `collegium.kernels.rows.Table` is to counting: different ballots, sorted."""

    @classmethod
    def of(cls, joined: bytes, counts: list[int], columns: int) -> Self:
        """The table of ballots that are different and sorted already."""

    @property
    def total(self) -> int:
        """How many ballots, each as often as it was cast."""

    @property
    def counts(self) -> "SupportsList":
        """How often each was cast."""

    def first(self) -> tuple[str, int] | None:
        """The first ballot and how often it was cast; None if there is none."""

    def texts(self) -> list[str]:
        """The ballots."""

    def spelt(self) -> memoryview:
        """A line a ballot, as `Profile.text` has it."""

    def repeating(self) -> list[int]:
        """The places of ballots with equal ranks."""

    def below(self) -> list[list[int]]:
        """The pairwise matrix."""


class SupportsList(Protocol):
    """An array of integers."""

    def tolist(self) -> list[int]:
        """The integers."""

    def __len__(self) -> int: ...


class Piles(Protocol):
    """Ballots that lie with options or with nobody, each with a label."""

    def pass_on(
        self, source: int, labels: Mapping[int, int], still: Iterable[int]
    ) -> Mapping[int, Sequence[int]]:
        """Pass the ballots of an option, or at first of nobody (0), on to who still stands.

        Args:
            source: Whose ballots.
            labels: The labels there, to those that the ballots have from now on.
            still: Who stands.

        Returns:
            New label to how many ballots went to each option; at place 0 those exhausted.
        """


@cache
def kernels(name: str) -> ModuleType | None:
    """A module of `collegium.kernels`, or None where the extra isn't installed."""
    try:
        return import_module(f"collegium.kernels.{name}")
    except (ImportError, RuntimeError):  # the latter where Numba finds no folder for its cache
        return None


def table_of(weights: Mapping[str, int], options: int) -> Table | None:
    """The ballots as a table, if there are enough of them.

    Ballots that are wide or have no opinion of an option are none: the kernels don't know them.
    """
    enough = len(weights) >= ENOUGH_ROWS and options <= MOST_OPTIONS
    module = kernels("rows") if enough else None
    texts = sorted(weights) if module else []
    joined = "".join(texts)
    if module is None or NO_OPINION in joined:
        return None
    counts = [weights[text] for text in texts]
    found: Table = module.Table.of(joined.encode("ascii"), counts, options)
    return found


def table_of_lines(data: bytes, start: int, roles: list[int], options: int) -> Table | None:
    """The ballots that lines of plain cells spell; None where they are too few, or not plain.

    Args:
        data: The file.
        start: Where the first ballot's line begins.
        roles: Of each cell: its option from 0, -1 if passed over, -2 for how often it was cast.
        options: How many options stand.
    """
    enough = len(data) >= ENOUGH_BYTES and options <= MOST_OPTIONS
    module = kernels("lines") if enough else None
    found: Table | None = module.read_lines(data, start, roles, options) if module else None
    return found


def piles_of(table: Table) -> Piles:
    """The ballots of a table, with nobody yet."""
    module = kernels("passing")
    if module is None:
        raise RuntimeError("expected the extra `fast`, which made this table")
    piles: Piles = module.Passing(table)
    return piles
