"""Bytes as base64 text, where one value has one spelling.

Python's own decoder skips what it doesn't know and forgives stray bits at the end, so that
one key or hash could be written in several ways and counted twice.

Source: RFC 4648, sections 3.3, 3.5 and 4.
"""

import base64
import binascii
import re

# 32 bytes are 43 characters, of which the last carries four bits and two zeros.
_HASH = re.compile(r"[A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]=")


class NotBase64Error(ValueError):
    """Text that isn't the one base64 spelling of the bytes that were expected."""


def to_base64(data: bytes) -> str:
    """The bytes in standard base64 with padding."""
    return base64.b64encode(data).decode("ascii")


def from_base64(text: str, size: int | None = None) -> bytes:
    """The bytes that a text spells, `size` of them where a size is given.

    Raises:
        NotBase64Error: Another alphabet, white space, wrong padding, stray bits or size.
    """
    try:
        data = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise NotBase64Error(f"expected base64, not {text[:60]!r}") from error
    if to_base64(data) != text:
        raise NotBase64Error(f"expected padded base64 without stray bits, not {text[:60]!r}")
    if size is not None and len(data) != size:
        raise NotBase64Error(f"expected base64 of {size} bytes, not of {len(data)}")
    return data


def spells_hash(text: str) -> bool:
    """Whether `from_base64(text, 32)` would give bytes; asked of every commitment."""
    return _HASH.fullmatch(text) is not None
