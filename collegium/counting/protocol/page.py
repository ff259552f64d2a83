"""A protocol as a piece of HTML: headings, paragraphs and tables that can be read aloud."""

from collections.abc import Iterator
from html import escape

from collegium.counting.protocol.sheet import Sheet, Table


def as_html(sheet: Sheet) -> str:
    """The protocol as one `article`, everything from ballots and names escaped."""
    return "\n".join(_lines(sheet)) + "\n"


def _lines(sheet: Sheet) -> Iterator[str]:
    yield '<article class="count">'
    yield f"<h1>{escape(sheet.title)}</h1>"
    yield f"<p><strong>{escape(sheet.outcome)}</strong></p>"
    for section in sheet.sections:
        yield f"<section><h2>{escape(section.title)}</h2>"
        for sentence in section.sentences:
            yield f"<p>{escape(sentence)}</p>"
        for table in section.tables:
            yield from _table(table)
        yield "</section>"
    yield "</article>"


def _table(table: Table) -> Iterator[str]:
    yield f"<table><caption>{escape(table.caption)}</caption>"
    cells = "".join(f'<th scope="col">{escape(text)}</th>' for text in table.heading)
    yield f"<thead><tr>{cells}</tr></thead><tbody>"
    for first, *others in table.rows:
        cells = "".join(f"<td>{escape(text)}</td>" for text in others)
        yield f'<tr><th scope="row">{escape(first)}</th>{cells}</tr>'
    yield "</tbody></table>"
