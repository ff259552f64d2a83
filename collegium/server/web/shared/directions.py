"""Words of any script in a line of ours: seen, and kept from turning round what stands beside them.

Unicode has characters that set the direction of all that follows in a line. In a title they
would turn round our own sentence about it (Unicode Annex 9; "Trojan Source", CVE-2021-42574).
"""

import unicodedata
from typing import Final

_ISOLATE, _END = "\u2068", "\u2069"
_STEERING: Final = dict.fromkeys((*range(0x202A, 0x202F), *range(0x2066, 0x206A)))
"""Embeddings, overrides and isolates, and what ends them."""

_FROM_THE_RIGHT: Final = frozenset({"R", "AL"})
_UNSEEN: Final = frozenset({"Cc", "Cf", "Mn", "Me", "Zl", "Zp", "Zs"})
_FILLERS: Final = frozenset("\u115f\u1160\u3164\uffa0\u2800")
"""Letters and signs by name that print as nothing."""


def in_line(words: str) -> str:
    """Words to stand in a line of ours: they set their own direction, and nobody else's."""
    if words.isascii():
        return words
    tame = words.translate(_STEERING)
    if any(unicodedata.bidirectional(one) in _FROM_THE_RIGHT for one in tame):
        return f"{_ISOLATE}{tame}{_END}"
    return tame


def is_seen(character: str) -> bool:
    """Whether a character leaves a mark on a page."""
    return unicodedata.category(character) not in _UNSEEN and character not in _FILLERS
