"""The comparisons in pairs as a picture: who is preferred to whom, by how many ballots."""

from collections.abc import Iterator
from html import escape

from collegium.counting.pairwise import Matrix
from collegium.counting.protocol.sentences import Names

CELL = 64
HIGH = 28
LEFT = 190
TOP = 60
_WON, _LOST, _LEVEL = "#bfdfc6", "#f3d0cb", "#eeeeee"


def pairs_picture(matrix: Matrix, names: Names) -> str:
    """A row and a column an option; a cell says how many ballots prefer the row.

    Won comparisons are also in bold, so that no one needs the colours.
    """
    wide, high = LEFT + CELL * len(names) + GAP, TOP + HIGH * len(names) + GAP
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} {high}" role="img" '
        f'font-family="sans-serif" font-size="11">'
    )
    title = "<title>Ballots that prefer the row to the column</title>"
    return "\n".join([head, title, *_lines(matrix, names), "</svg>"]) + "\n"


GAP = 10


def _lines(matrix: Matrix, names: Names) -> Iterator[str]:
    for place, name in enumerate(names):
        label = escape(name[:28])
        x, y = LEFT + CELL * place + CELL // 2, TOP + HIGH * place + HIGH // 2 + 4
        yield f'<text x="{LEFT - 8}" y="{y}" text-anchor="end">{label}</text>'
        short = escape(name[:9])
        yield f'<text x="{x}" y="{TOP - 8}" text-anchor="middle">{short}</text>'
    for a, row in enumerate(matrix):
        for b, votes in enumerate(row):
            if a != b:
                yield from _cell(a, b, votes, matrix[b][a])


def _cell(a: int, b: int, votes: int, opposed: int) -> Iterator[str]:
    x, y = LEFT + CELL * b, TOP + HIGH * a
    fill = _WON if votes > opposed else _LOST if votes < opposed else _LEVEL
    bold = ' font-weight="bold"' if votes > opposed else ""
    yield f'<rect x="{x}" y="{y}" width="{CELL - 2}" height="{HIGH - 2}" fill="{fill}"/>'
    yield (
        f'<text x="{x + CELL // 2}" y="{y + HIGH // 2 + 4}" text-anchor="middle"{bold}>'
        f"{votes}</text>"
    )
