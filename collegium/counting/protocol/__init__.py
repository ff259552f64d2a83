"""The protocol of a count: every stage as a person would write it, in several forms.

`sheet_of` writes it once; `as_text` and `as_html` print the sheet, `as_rows` the stages as CSV,
`as_json` one object for programs; `flow_picture` and `pairs_picture` draw.
"""

from collegium.counting.margins import Margin, margin_of
from collegium.counting.protocol.flow import flow_picture
from collegium.counting.protocol.objects import as_json
from collegium.counting.protocol.page import as_html
from collegium.counting.protocol.pairs import pairs_picture
from collegium.counting.protocol.rows import as_rows
from collegium.counting.protocol.sheet import Section, Sheet, Table, sheet_of
from collegium.counting.protocol.text import as_text

__all__ = [
    "Margin",
    "Section",
    "Sheet",
    "Table",
    "as_html",
    "as_json",
    "as_rows",
    "as_text",
    "flow_picture",
    "margin_of",
    "pairs_picture",
    "sheet_of",
]
