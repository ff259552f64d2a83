"""A protocol as a page of HTML: headings, paragraphs and tables that can be read aloud."""

from collections.abc import Iterator
from html import escape

from collegium.counting.protocol.sections import Sheet, Table

_STYLE = """\
:root { color-scheme: light dark; }
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 60rem; margin: 0 auto; padding: 1rem; }
h1 { line-height: 1.2; }
h2 { font-size: 1.1rem; margin: 1.6rem 0 0.3rem; }
p { margin: 0.2rem 0; overflow-wrap: anywhere; }
.outcome { font-size: 1.2rem; font-weight: 600; }
.standing, caption { color: light-dark(#555, #aaa); }
.wide { overflow-x: auto; margin-block: 0.8rem; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
caption { text-align: start; padding-block: 0.3rem; }
th, td { border-bottom: 1px solid light-dark(#ddd, #444); padding: 0.2rem 0.6rem; text-align: end; }
th:first-child { text-align: start; padding-inline-start: 0; font-weight: 400; }
thead th { white-space: nowrap; }
svg { display: block; max-width: max(100%, 60rem); height: auto; }
@media print { body { max-width: none; padding: 0; font-size: 10pt; } h2 { break-after: avoid; }
  tr, p { break-inside: avoid; } .wide { overflow: visible; } table { font-size: 8pt; }
  th, td { padding-inline: 0.2rem; } svg { max-width: 100%; } }
"""


def as_html(sheet: Sheet, picture: str = "") -> str:
    """The protocol as a file that stands alone; everything from ballots and names is escaped.

    Args:
        sheet: The protocol.
        picture: Of the count, as a part of a page; empty for none.
    """
    return "\n".join(_lines(sheet, picture)) + "\n"


def _lines(sheet: Sheet, picture: str) -> Iterator[str]:
    yield "<!DOCTYPE html>"
    yield '<html lang="en"><head><meta charset="utf-8" />'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1" />'
    yield f"<title>{escape(sheet.title)}</title>"
    yield f"<style>\n{_STYLE}</style></head><body><main>"
    yield f"<h1>{escape(sheet.title)}</h1>"
    yield f'<p class="outcome">{escape(sheet.outcome)}</p>'
    if picture:
        yield f'<div class="wide" role="region" tabindex="0" aria-label="Picture">{picture}</div>'
    for section in (*sheet.sections, sheet.basis):
        yield f"<section><h2>{escape(section.title)}</h2>"
        for sentence in section.sentences:
            yield f"<p>{escape(sentence)}</p>"
        for sentence in section.elected:
            yield f"<p><strong>{escape(sentence)}</strong></p>"
        if section.standing:
            yield f'<p class="standing">{escape(section.standing)}</p>'
        for table in section.tables:
            for part in table.parts():
                yield from _table(part)
        yield "</section>"
    yield "</main></body></html>"


def _table(table: Table) -> Iterator[str]:
    caption = escape(table.caption)
    yield f'<div class="wide" role="region" tabindex="0" aria-label="{caption}">'
    yield f"<table><caption>{caption}</caption>"
    yield f"<thead><tr>{''.join(_heading(table))}</tr></thead><tbody>"
    for number, (first, *others) in enumerate(table.rows, 1):
        cells = "".join(f"<td>{escape(text)}</td>" for text in others)
        name = f"{number} {first}" if table.numbered else first
        yield f'<tr><th scope="row">{escape(name)}</th>{cells}</tr>'
    yield "</tbody></table></div>"


def _heading(table: Table) -> Iterator[str]:
    """The columns' headings; of options by their numbers, which the rows begin with."""
    for number, text in enumerate(table.heading):
        if table.numbered and number:
            shown = table.first + number - 1
            yield f'<th scope="col"><abbr title="{escape(text)}">{shown}</abbr></th>'
        else:
            yield f'<th scope="col">{escape(text)}</th>' if text else "<td></td>"
