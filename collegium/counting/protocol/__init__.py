"""The protocol of a count: every stage as a person would write it, in several forms.

`sheet_of` writes it once; `as_text` and `as_html` print the sheet, `as_rows` the stages as CSV,
`as_json` one object for programs; `picture_of` draws what suits the count.
"""

from collegium.counting.margins import Margin, margin_of
from collegium.counting.protocol.bars import bars_picture, stage_bars
from collegium.counting.protocol.flow import flow_picture
from collegium.counting.protocol.objects import as_json
from collegium.counting.protocol.page import as_html
from collegium.counting.protocol.pairs import narrow_pairs, pairs_picture
from collegium.counting.protocol.pairs_told import matrix_of
from collegium.counting.protocol.pictures import has_flow, picture_of
from collegium.counting.protocol.rows import as_rows
from collegium.counting.protocol.sections import Section, Sheet, Table
from collegium.counting.protocol.sheet import sheet_of
from collegium.counting.protocol.text import as_text
from collegium.counting.protocol.ways import tied_ways

__all__ = [
    "Margin",
    "Section",
    "Sheet",
    "Table",
    "as_html",
    "as_json",
    "as_rows",
    "as_text",
    "bars_picture",
    "flow_picture",
    "has_flow",
    "margin_of",
    "matrix_of",
    "narrow_pairs",
    "pairs_picture",
    "picture_of",
    "sheet_of",
    "stage_bars",
    "tied_ways",
]
