"""What stands on pages is said in the members' words, in sentences that can be read in one go."""

import re
from collections.abc import Iterator
from pathlib import Path

from tests.house import tree

PAGES = [path for path in tree.tracked() if path.suffix == ".html"]

# Each has a better word (docs/README.md says where they stand). On a page, unlike in code, these
# have no second meaning; `tests/house/test_names.py` has those that are wrong everywhere.
OTHER_WORDS = {
    *("unit", "units", "settings", "topic", "topics", "issue", "issues", "initiative"),
    *("poll", "polls", "division", "event", "events", "log", "logs", "comment", "comments"),
    *("criticism", "session", "sessions", "tendency", "deviation", "programme", "ladder"),
    *("delete", "deleted", "hide", "folded", "needle", "dial", "quotum", "user", "users"),
    *("stance", "spell", "upper", "lower", "floor", "collegiums", "admin", "administrator"),
}
LONGEST_SENTENCE = 25  # words

NOT_SAID = re.compile(
    r"{#.*?#}|{% comment %}.*?{% endcomment %}|<(script|style|code|pre)\b.*?</\1>", re.DOTALL
)
# One of two branches is said, not both after each other; a block's end ends what is said.
ENDS = re.compile(
    r"{% *(?:if|elif|else|endif|for|empty|endfor|block|endblock|with|endwith|include)\b[^%]*%}"
    r"|</?(?:p|li|h\d|dt|dd|div|td|th|tr|ul|ol|dl|section|header|article|summary|label|button"
    r"|option|caption|legend|title|nav|aside|form|table|thead|tbody|details|footer|main)\b[^>]*>",
)
DJANGO = re.compile(r"{%[^%]*%}")
TAG = re.compile(r"{%[^%]*%}|<[^>]*>")
VALUE = re.compile(r"{{[^}]*}}|{% *(?:words|name|plain_name|body_name|sentence|to)\b[^%]*%}")


def said(path: Path) -> Iterator[str]:
    """The pieces of text that a page says, each value as one word."""
    text = VALUE.sub("X", ENDS.sub("\n\n", NOT_SAID.sub("X", tree.text(path))))
    for piece in re.split(r"\n\s*\n|(?<=[.!?:;])\s", TAG.sub("", text)):
        if piece.strip():
            yield " ".join(piece.split())


def test_pages_use_the_members_words() -> None:
    other = {
        f"{path}: {word} in “{piece}”"
        for path in PAGES
        for piece in said(path)
        for word in OTHER_WORDS & set(re.findall(r"[a-z]+", piece.lower()))
    }
    assert other == set()


def test_sentences_on_pages_are_short() -> None:
    long = {
        f"{path}: {piece}"
        for path in PAGES
        for piece in said(path)
        if len(piece.split()) > LONGEST_SENTENCE
    }
    assert long == set()


def test_pages_have_no_style_and_no_script_of_their_own() -> None:
    inline = re.compile(r"\sstyle=|<style\b|<script\b(?![^>]*\bsrc=)|\son[a-z]+=|javascript:")
    assert [str(path) for path in PAGES if inline.search(DJANGO.sub("", tree.text(path)))] == []
