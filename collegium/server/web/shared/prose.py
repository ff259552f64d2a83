"""What members write, as HTML that can't do anything.

Two guards that don't know of each other: the reader of Markdown lets no HTML of the writer
through, and what it makes is cleaned again by a list of what may stand.
"""

from functools import cache
from html import unescape
from typing import TYPE_CHECKING, Final

from django.utils.html import strip_tags
from django.utils.safestring import SafeString

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

_TAGS: Final = {
    *("p", "br", "hr", "em", "strong", "code", "pre", "blockquote", "a"),
    *("ul", "ol", "li", "h3", "h4", "h5", "h6", "table", "thead", "tbody", "tr", "th", "td"),
}

_OWN_DIRECTION: Final = {
    tag: {"dir": "auto"} for tag in ("p", "blockquote", "ul", "ol", "h3", "h4", "h5", "h6", "table")
}


def html_of(words: str) -> SafeString:
    """The HTML of a text; its headings begin below those of the page."""
    import nh3  # noqa: PLC0415 - as with its reader below

    made = _reader().render(words)
    for level in (4, 3, 2, 1):
        deeper = min(level + 2, 6)
        made = made.replace(f"<h{level}>", f"<h{deeper}>").replace(f"</h{level}>", f"</h{deeper}>")
    cleaned = nh3.clean(
        made,
        tags=_TAGS,
        attributes={"a": {"href"}},
        set_tag_attribute_values=_OWN_DIRECTION,
        url_schemes={"http", "https", "mailto"},
        link_rel="noopener noreferrer nofollow",
    )
    return SafeString(cleaned)


def beginning_of(words: str, most: int) -> str:
    """The beginning of a text in one line without its marks, cut between two words.

    Args:
        words: The text.
        most: How many characters of it are shown.
    """
    # Marks take room, and no more is read than can be needed: a text may be long.
    begun = words[: 4 * most]
    flat = " ".join(unescape(strip_tags(_reader().render(begun))).split())
    if len(flat) <= most and begun == words:
        return flat
    return flat[:most].rpartition(" ")[0] + " …"


@cache
def _reader() -> "MarkdownIt":
    from markdown_it import MarkdownIt  # noqa: PLC0415 - 60 modules that no front page needs

    reader = MarkdownIt("commonmark", {"html": False, "linkify": False})
    # Indented lines are verse or an old habit of mail far more often than they are code.
    return reader.enable("table").disable(["image", "code"])
