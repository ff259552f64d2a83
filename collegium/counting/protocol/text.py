"""A protocol as plain text."""

from collections.abc import Iterator
from textwrap import wrap
from typing import Final

from collegium.counting.protocol.sections import Section, Sheet, Table

WIDE: Final = 100
"""Characters a line; only names and figures that can't be parted are longer."""

BETWEEN: Final = "  "


def as_text(sheet: Sheet) -> str:
    """The protocol in lines, tables in columns."""
    return "\n".join(_lines(sheet)) + "\n"


def _lines(sheet: Sheet) -> Iterator[str]:
    yield sheet.title
    yield "=" * len(sheet.title)
    yield ""
    yield from _wrapped(sheet.outcome)
    for section in (*sheet.sections, sheet.basis):
        yield from _section(section, whole=section is sheet.basis)


def _section(section: Section, *, whole: bool) -> Iterator[str]:
    yield ""
    yield section.title
    yield "-" * len(section.title)
    for sentence in section.lines:
        yield from [sentence] if whole else _wrapped(sentence)
    for number, table in enumerate(section.tables):
        if number or section.lines:
            yield ""
        yield from _table(table)


def _wrapped(sentence: str) -> list[str]:
    return wrap(sentence, WIDE, break_long_words=False, break_on_hyphens=False) or [""]


def _table(table: Table) -> Iterator[str]:
    """The columns, in several blocks where one line has no room for all of them."""
    rows = [table.heading, *table.rows]
    if table.numbered:
        rows = [(f"{n} {row[0]}" if n else "", *row[1:]) for n, row in enumerate(rows)]
        rows[0] = ("", *map(str, range(1, len(table.heading))))
    widths = [max(len(row[column]) for row in rows) for column in range(len(table.heading))]
    yield f"{table.caption}:"
    for number, columns in enumerate(_blocks(widths)):
        if number:
            yield ""
        for row in rows:
            cells = [row[column].rjust(widths[column]) for column in columns]
            yield BETWEEN.join([row[0].ljust(widths[0]), *cells]).rstrip()


def _blocks(widths: list[int]) -> Iterator[list[int]]:
    """The columns after the first, as many at a time as a line has room for."""
    block: list[int] = []
    room = 0
    for column in range(1, len(widths)):
        needed = len(BETWEEN) + widths[column]
        if block and room < needed:
            yield block
            block = []
        if not block:
            room = WIDE - widths[0]
        block.append(column)
        room -= needed
    yield block
