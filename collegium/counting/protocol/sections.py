"""What a protocol is made of, whichever form it is printed in."""

from collections.abc import Iterator
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

ROOM: Final = 77
"""Characters beside the first column that paper, or the column of a page, has room for."""

BETWEEN: Final = 5
"""Characters of white space that stand between two columns."""


class Table(Struct, frozen=True):
    """A table; the first cell of each row is its heading.

    Attributes:
        caption: What it shows.
        heading: Of each column.
        rows: Each with as many cells as the heading.
        numbered: Whether rows and columns are the same options, so that the columns may stand
            by number.
        first: The number of the column after the rows' headings.
    """

    caption: str
    heading: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numbered: bool = False
    first: int = 1

    def parts(self) -> tuple["Table", ...]:
        """The table in as many as it takes, each with columns that a page has room for."""
        lines = (tuple("0" for _ in self.heading) if self.numbered else self.heading, *self.rows)
        widths = [max(len(line[column]) for line in lines) for column in range(len(self.heading))]
        parts = tuple(self._part(columns) for columns in _blocks(widths))
        return parts if len(parts) > 1 else (self,)

    def _part(self, columns: range) -> "Table":
        def cut(line: tuple[str, ...]) -> tuple[str, ...]:
            return (line[0], *line[columns.start : columns.stop])

        last = columns.stop - 1
        caption = f"{self.caption}: {self.heading[columns.start]} to {self.heading[last]}"
        if self.numbered:
            caption = f"{self.caption}: columns {columns.start} to {last}"
        rows = tuple(map(cut, self.rows))
        return replace(
            self, caption=caption, heading=cut(self.heading), rows=rows, first=columns.start
        )


def _blocks(widths: list[int]) -> Iterator[range]:
    """The columns after the first, as many at a time as there is room for."""
    start, room = 1, ROOM
    for column in range(1, len(widths)):
        room -= widths[column] + BETWEEN
        if room < 0 and column > start:
            yield range(start, column)
            start, room = column, ROOM - widths[column] - BETWEEN
    yield range(start, len(widths))


class Section(Struct, frozen=True):
    """A part of a protocol under its title.

    Attributes:
        title: In a few words.
        sentences: What is told.
        tables: After the sentences.
        elected: Sentences that say who is elected here.
        standing: Figures that stand at the end of a stage, in one line; may be empty.
        stage: The number of the stage that it tells, from 1; 0 if it tells none.
    """

    title: str
    sentences: tuple[str, ...] = ()
    tables: tuple[Table, ...] = ()
    elected: tuple[str, ...] = ()
    standing: str = ""
    stage: int = 0

    @property
    def lines(self) -> tuple[str, ...]:
        """All of its sentences, in their order."""
        return (*self.sentences, *self.elected, *((self.standing,) if self.standing else ()))


class Sheet(Struct, frozen=True):
    """A protocol: its title, the outcome in one sentence, and the sections.

    Attributes:
        title: Of the vote.
        outcome: In one sentence.
        sections: What was counted, and how it came to the outcome.
        basis: Rule, ballot policy and digest, by which anybody counts it again.
    """

    title: str
    outcome: str
    sections: tuple[Section, ...]
    basis: Section
