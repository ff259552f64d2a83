"""The comparisons in pairs as a picture: who is preferred to whom, by how many ballots."""

from collections.abc import Iterator
from hashlib import sha256
from html import escape
from typing import Final

from collegium.counting.pairwise import Matrix
from collegium.counting.protocol.drawing import SHOWN, SMALL, framed, room_for, short
from collegium.counting.protocol.pairs_told import preferred
from collegium.counting.protocol.readable import Names

NARROWEST: Final = 30
"""Pixels of a cell at least."""

HIGH: Final = 26
TOP: Final = 24
GAP: Final = 6
LONG: Final = 48
"""Characters of a name that have room beside few cells."""

FEW: Final = 8
ABOVE: Final = 40
"""Characters that have room above a row of a narrow picture."""

WIDE: Final = 288
"""Pixels of a phone's page; what fits into them is drawn so narrow that it stands there whole."""

_WON, _LOST, _LEVEL = ("#2e8b57", "0.32"), ("#c0504d", "0.2"), ("#808080", "0.2")


def pairs_picture(matrix: Matrix, names: Names, *, alone: bool = False) -> str:
    """A row and a column an option; a cell says how many ballots prefer the row.

    Columns stand by the numbers that the rows begin with. Won comparisons are also in bold, so
    that no one needs the colours.

    Args:
        matrix: The comparisons.
        names: Of the options, in their order.
        alone: Whether it is a file of its own, not a part of a page.
    """
    cell = _cell_width(matrix)
    labels = [short(f"{n} {name}", _most(names)) for n, name in enumerate(names, 1)]
    left = GAP + max(room_for(label, 12) for label in labels)
    return framed(
        [*_columns(left, cell, len(names)), *_rows(matrix, names, left, cell, HIGH)],
        wide=left + cell * len(names),
        high=TOP + HIGH * len(names),
        name=f"pairs-{_digest(matrix)}",
        title="Ballots that prefer the row to the column",
        told=" ".join(_told(matrix, names)),
        alone=alone,
    )


def narrow_pairs(matrix: Matrix, names: Names) -> str:
    """The same with every name above its row, for a phone; empty where it has no room there."""
    cell = max(_cell_width(matrix), min(WIDE // len(names), 2 * NARROWEST))
    if cell * len(names) > WIDE:
        return ""
    return framed(
        [*_columns(0, cell, len(names)), *_rows(matrix, names, 0, cell, HIGH + TOP)],
        wide=WIDE,
        high=TOP + (HIGH + TOP) * len(names),
        name=f"narrow-{_digest(matrix)}",
        title="Ballots that prefer the row to the column",
        told=" ".join(_told(matrix, names)),
        alone=False,
    )


def _digest(matrix: Matrix) -> str:
    return sha256(repr(matrix).encode()).hexdigest()[:8]


def _most(names: Names) -> int:
    return LONG if len(names) <= FEW else SHOWN


def _cell_width(matrix: Matrix) -> int:
    widest = max((room_for(str(votes), SMALL + 1) for row in matrix for votes in row), default=0)
    return max(widest + 2 * GAP, NARROWEST)


def _told(matrix: Matrix, names: Names) -> Iterator[str]:
    """Who is preferred to everybody, and each option's comparisons won."""
    yield preferred(matrix, names)
    for a, (name, row) in enumerate(zip(names, matrix, strict=True)):
        won = [names[b] for b, votes in enumerate(row) if votes > matrix[b][a]]
        yield f"{name} is preferred to {', '.join(won) or 'nobody'}."
    yield "The table of comparisons in the protocol has every figure."


def _columns(left: int, cell: int, options: int) -> Iterator[str]:
    for place in range(options):
        x = left + cell * place + cell // 2 - 1
        yield f'<text x="{x}" y="{TOP - 8}" text-anchor="middle">{place + 1}</text>'


def _rows(matrix: Matrix, names: Names, left: int, cell: int, step: int) -> Iterator[str]:
    """The rows; where a step is higher than a row, the name stands above it."""
    most = _most(names) if left else ABOVE
    for a, name in enumerate(names):
        below = TOP + step * (a + 1)
        y = below - HIGH // 2 + 3 if left else below - HIGH - 5
        label = f"{short(f'{a + 1} {name}', most)}<title>{escape(name)}</title>"
        yield f'<text x="0" y="{y}">{label}</text>'
        for b, votes in enumerate(matrix[a]):
            if a != b:
                told = f"{name} over {names[b]}: {votes} to {matrix[b][a]}"
                corner = (left + cell * b, below - HIGH)
                yield from _cell(corner, cell, (votes, matrix[b][a]), told)


def _cell(corner: tuple[int, int], cell: int, votes: tuple[int, int], told: str) -> Iterator[str]:
    (x, y), (mine, other) = corner, votes
    fill, opacity = _WON if mine > other else _LOST if mine < other else _LEVEL
    bold = ' font-weight="bold"' if mine > other else ""
    yield (
        f'<rect x="{x}" y="{y}" width="{cell - 2}" height="{HIGH - 2}" rx="3" fill="{fill}" '
        f'fill-opacity="{opacity}"><title>{escape(told)}</title></rect>'
    )
    yield (
        f'<text x="{x + cell // 2 - 1}" y="{y + HIGH // 2 + 3}" text-anchor="middle"{bold}>'
        f"{mine}</text>"
    )
