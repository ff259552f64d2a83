"""The comparisons in pairs as a picture: who is preferred to whom, by how many ballots."""

from collections.abc import Iterator
from hashlib import sha256
from html import escape

from collegium.counting.comparisons import condorcet_winner
from collegium.counting.pairwise import Matrix
from collegium.counting.protocol.drawing import framed, short
from collegium.counting.protocol.sentences import Names

CELL = 72
HIGH = 30
LEFT = 236
TOP = 166
GAP = 10
_WON, _LOST, _LEVEL = "#bfdfc6", "#f3d0cb", "#e4e4e4"
_INK = "#1c1c1c"
"""Of the figures: the cells are light also where the page is dark."""


def pairs_picture(matrix: Matrix, names: Names, *, alone: bool = False) -> str:
    """A row and a column an option; a cell says how many ballots prefer the row.

    Won comparisons are also in bold, so that no one needs the colours.

    Args:
        matrix: The comparisons.
        names: Of the options, in their order.
        alone: Whether it is a file of its own, not a part of a page.
    """
    return framed(
        _lines(matrix, names),
        wide=LEFT + CELL * len(names) + TOP // 2 + GAP,
        high=TOP + HIGH * len(names) + GAP,
        name=f"pairs-{sha256(repr(matrix).encode()).hexdigest()[:8]}",
        title="Ballots that prefer the row to the column",
        told=" ".join(_told(matrix, names)),
        alone=alone,
    )


def _told(matrix: Matrix, names: Names) -> Iterator[str]:
    """Who is preferred to everybody, and each option's comparisons won."""
    winner = condorcet_winner(matrix, range(1, len(names) + 1))
    if winner is None:
        yield "No option is preferred to every other one."
    else:
        yield f"{names[winner - 1]} is preferred to every other option."
    for a, (name, row) in enumerate(zip(names, matrix, strict=True)):
        won = [names[b] for b, votes in enumerate(row) if votes > matrix[b][a]]
        yield f"{name} is preferred to {', '.join(won) or 'nobody'}."
    yield "The table of comparisons in the protocol has every figure."


def _lines(matrix: Matrix, names: Names) -> Iterator[str]:
    for place, name in enumerate(names):
        x, y = LEFT + CELL * place + CELL // 2, TOP + HIGH * place + HIGH // 2 + 4
        yield f'<text x="{LEFT - 10}" y="{y}" text-anchor="end">{short(name)}</text>'
        turned = f'transform="rotate(-50 {x} {TOP - 8})"'
        yield f'<text x="{x}" y="{TOP - 8}" {turned}>{short(name)}</text>'
    for a, row in enumerate(matrix):
        for b, votes in enumerate(row):
            if a != b:
                told = f"{names[a]} over {names[b]}: {votes} to {matrix[b][a]}"
                yield from _cell((a, b), votes, matrix[b][a], told)


def _cell(place: tuple[int, int], votes: int, opposed: int, told: str) -> Iterator[str]:
    x, y = LEFT + CELL * place[1], TOP + HIGH * place[0]
    fill = _WON if votes > opposed else _LOST if votes < opposed else _LEVEL
    bold = ' font-weight="bold"' if votes > opposed else ""
    yield (
        f'<rect x="{x}" y="{y}" width="{CELL - 2}" height="{HIGH - 2}" rx="3" fill="{fill}">'
        f"<title>{escape(told)}</title></rect>"
    )
    yield (
        f'<text x="{x + CELL // 2 - 1}" y="{y + HIGH // 2 + 3}" text-anchor="middle" '
        f'fill="{_INK}"{bold}>{votes}</text>'
    )
