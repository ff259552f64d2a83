"""What the pictures of a count have in common: a frame that can be read aloud, and in the dark."""

from collections.abc import Iterable
from html import escape

STYLE = (
    "<style>.count{color:#1c1c1c}@media(prefers-color-scheme:dark){.count{color:#ececec}}</style>"
)
"""Of a picture that stands alone. Inside a page, words have the page's colour; a style of the
picture's own would be refused there by a strict policy of content."""

SHOWN = 28
"""Characters of a name that a picture shows; the frame's description has all of it."""


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
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} {high}" class="count" '
        f'role="img" aria-labelledby="{name}-title {name}-told" font-family="sans-serif" '
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
