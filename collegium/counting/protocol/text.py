"""A protocol as plain text."""

from collections.abc import Iterator

from collegium.counting.protocol.sheet import Sheet, Table


def as_text(sheet: Sheet) -> str:
    """The protocol in lines, tables in columns."""
    return "\n".join(_lines(sheet)) + "\n"


def _lines(sheet: Sheet) -> Iterator[str]:
    yield sheet.title
    yield "=" * len(sheet.title)
    yield ""
    yield sheet.outcome
    for section in sheet.sections:
        yield ""
        yield section.title
        yield "-" * len(section.title)
        yield from section.sentences
        for table in section.tables:
            yield from _table(table)


def _table(table: Table) -> Iterator[str]:
    yield f"{table.caption}:"
    rows = [table.heading, *table.rows]
    widths = [max(len(row[column]) for row in rows) for column in range(len(table.heading))]
    for first, *others in rows:
        cells = [text.rjust(width) for text, width in zip(others, widths[1:], strict=True)]
        yield "  ".join([first.ljust(widths[0]), *cells]).rstrip()
