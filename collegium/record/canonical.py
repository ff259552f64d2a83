"""Canonical bytes: one value, one spelling.

A restricted profile of RFC 8785: objects with ASCII keys `[a-z0-9_.]+`, strings, booleans,
null and integers below 2^53 in size. No floats. Within it msgspec's sorted encoder writes
the bytes that RFC 8785 asks for.

Source: RFC 8785 (JSON Canonicalization Scheme).
"""

import re
from collections.abc import Callable
from typing import Any

import msgspec

LARGEST = 2**53 - 1
"""The largest integer that every JSON reader holds exactly (RFC 8785, section 3.2.2.3)."""

_encoder = msgspec.json.Encoder(order="sorted")
_decoder = msgspec.json.Decoder()
_key = re.compile(r"[a-z0-9_.]+", re.ASCII)


class NotCanonicalError(ValueError):
    """Bytes that aren't the one spelling of a value of our profile."""


encode: Callable[[Any], bytes] = _encoder.encode
"""The canonical bytes of a value or struct whose strings and numbers fit the profile."""


def decode(data: bytes) -> Any:
    """The value that canonical bytes spell.

    Raises:
        NotCanonicalError: The bytes are no JSON, leave the profile or aren't canonical.
    """
    try:
        value = _decoder.decode(data)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise NotCanonicalError(f"expected JSON: {error}") from error
    confine(value)
    if encode(value) != data:
        raise NotCanonicalError("expected canonical JSON: sorted keys, no spaces, plain escapes")
    return value


def confine(value: Any) -> None:
    """Refuse a value that leaves the profile.

    Raises:
        NotCanonicalError: A float, an integer beyond 2^53 - 1, a lone surrogate or a key
            outside `[a-z0-9_.]+`.
    """
    if value is None or isinstance(value, bool | str):
        return
    if isinstance(value, int):
        if not -LARGEST <= value <= LARGEST:
            raise NotCanonicalError(f"expected an integer below 2^53, not {value}")
    elif isinstance(value, list | tuple):
        for item in value:
            confine(item)
    elif isinstance(value, dict):
        for key, item in value.items():
            if not isinstance(key, str) or not _key.fullmatch(key):
                raise NotCanonicalError(f"expected a key of a-z, 0-9 and _ or ., not {key!r}")
            confine(item)
    else:
        raise NotCanonicalError(f"expected no {type(value).__name__} in canonical JSON")
