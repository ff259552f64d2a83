"""What the pictures of a count have in common: a frame that can be read aloud, and in the dark."""

from collections.abc import Iterable
from html import escape
from typing import Final

STYLE: Final = (
    "<style>svg.count{background:#fff;color:#1c1c1c}"
    "@media(prefers-color-scheme:dark){svg.count{background:#171a19;color:#ececec}}"
    "@media print{svg.count{background:none;color:#000}}</style>"
)
"""Of a picture that stands alone. Inside a page, words have the page's colour; a style of the
picture's own would be refused there by a strict policy of content."""

SHOWN: Final = 28
"""Characters of a name that a picture shows; the frame's description has all of it."""

EDGE: Final = 12
"""Pixels around a picture that stands alone."""

SMALL: Final = 11
"""The smaller size of words, in pixels."""

COLOURS: Final = (
    *("#4477aa", "#ee6677", "#228833", "#b8860b", "#3fa7c4", "#aa3377"),
    *("#8c6d31", "#6b8e23", "#c0504d", "#8064a2", "#3182bd", "#7f7f7f"),
)
"""Of the options, by turns; each can be told from white and from black."""

NOBODY: Final = "#8a8a8a"
"""Of votes that no option holds."""

EXHAUSTED, LOST = "Exhausted", "Lost to rounding"


def framed(  # noqa: PLR0913 - a picture has these
    lines: Iterable[str], *, wide: int, high: int, name: str, title: str, told: str, alone: bool
) -> str:
    """The picture as SVG.

    Args:
        lines: Its elements.
        wide: In pixels.
        high: In pixels.
        name: By which its parts are told from those of other pictures on a page.
        title: What it shows, in a few words.
        told: The same as the picture, in sentences.
        alone: Whether it is a file of its own, which follows the reader's choice of light or dark.
    """
    edge = EDGE if alone else 0
    wide, high = wide + 2 * edge, high + 2 * edge
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{wide}" height="{high}" '
        f'viewBox="{-edge} {-edge} {wide} {high}" class="count" role="img" '
        f'aria-labelledby="{name}-title {name}-told" font-family="sans-serif" '
        f'font-size="12" fill="currentColor">'
    )
    says = [
        f'<title id="{name}-title">{escape(title)}</title>',
        f'<desc id="{name}-told">{escape(told)}</desc>',
    ]
    style = [STYLE] if alone else []
    return "\n".join([head, *says, *style, *lines, "</svg>"]) + "\n"


def short(name: str, most: int = SHOWN) -> str:
    """The name, cut to so many characters and escaped."""
    return escape(name if len(name) <= most else f"{name[: most - 1].rstrip()}…")


def room_for(words: str, size: int = SMALL) -> int:
    """Pixels that words take at most, of a sans-serif face."""
    return len(words) * size * 3 // 5
