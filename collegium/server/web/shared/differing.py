"""Two versions of a text side by side: which words went, which came."""

import re
from difflib import SequenceMatcher
from typing import Final, Literal, TypeAlias

from msgspec import Struct

Change: TypeAlias = Literal["same", "gone", "new"]

_PIECES: Final = re.compile(r"\s+|\w+|[^\w\s]")


class Piece(Struct, frozen=True):
    """A run of words with what happened to it."""

    words: str
    change: Change


def pieces_between(before: str, now: str) -> tuple[Piece, ...]:
    """The later text with what went and what came, word by word, in the order of reading.

    Example:
        >>> [(p.words, p.change) for p in pieces_between("We bake at four.", "We bake at five.")]
        [('We bake at ', 'same'), ('four', 'gone'), ('five', 'new'), ('.', 'same')]
    """
    old, new = _PIECES.findall(before), _PIECES.findall(now)
    found: list[Piece] = []
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for what, old_from, old_to, new_from, new_to in matcher.get_opcodes():
        if what == "equal":
            found.append(Piece("".join(new[new_from:new_to]), "same"))
            continue
        if old_to > old_from:
            found.append(Piece("".join(old[old_from:old_to]), "gone"))
        if new_to > new_from:
            found.append(Piece("".join(new[new_from:new_to]), "new"))
    return tuple(found)
