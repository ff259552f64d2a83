"""An entry in words: who did what, when, how they were known, and who may read it."""

import json
from collections.abc import Mapping
from typing import Any

import msgspec

from collegium.archive.protocol import Archive
from collegium.cli.terminal import figure, say
from collegium.ids import Commitment
from collegium.record.act import By
from collegium.record.base64_text import to_base64
from collegium.record.tree import leaf_hash
from collegium.secretariat.entering import read
from collegium.secretariat.house import House
from collegium.secretariat.line import Readers
from collegium.secretariat.reading import matter_of, may_read

READERS: Mapping[Readers, str] = {
    "public": "anybody",
    "members": "the members",
    "body": "those who sit in the body concerned",
    "subject": "the members whom it concerns",
}
"""Each class of readers in words."""

_PROOFS = {
    "session": "known by their session; not signed",
    "import": "imported; not signed",
    "demo": "a demonstration; not signed",
}
_WIDTH = 12


def portrait_of(house: House, archive: Archive, seq: int) -> dict[str, Any]:
    """All that can be said about an entry, as plain values.

    Raises:
        ValueError: The entry can't be read.
        Refused: This release doesn't know its kind.
    """
    (data,) = archive.entries(seq, seq + 1)
    entry, _line, body = read(data)
    return {
        "act": entry.act.id,
        "actor": entry.act.actor,
        "at": entry.at,
        "base": list(entry.act.base),
        "body": msgspec.to_builtins(body),
        "entry": seq,
        "kind": entry.act.kind,
        "leaf": to_base64(leaf_hash(data)),
        "proof": _proof(entry.by),
        "readers": _readers(house, data),
        "sealed": {
            field: _sealed(house, archive, data, field, commitment)
            for field, commitment in entry.act.sealed.items()
        },
    }


def tell_portrait(portrait: Mapping[str, Any]) -> None:
    """Print a portrait for people."""
    say(f"Entry {portrait['entry']}: {portrait['kind']}")
    for name in ("act", "actor", "at", "proof", "readers"):
        _row(name, portrait[name])
    size, root = portrait["base"]
    seen = f"{figure(size, 'entry', 'entries')}, root {root}" if size else "no record yet"
    _row("had seen", seen)
    _row("leaf hash", portrait["leaf"])
    say("What was done")
    for name, value in portrait["body"].items():
        _tell_value(name, value)
    if portrait["sealed"]:
        say("Sealed texts")
    for field, sealed in portrait["sealed"].items():
        say(f"  {field} (read by {sealed['readers']})")
        for line in _told(sealed).splitlines():
            say(f"    {line}")


def _row(name: str, value: str) -> None:
    say(f"  {name:<{_WIDTH}} {value}")


def _tell_value(name: str, value: Any) -> None:
    for line in _lines(value):
        _row(name, line)
        name = ""


def _lines(value: Any) -> list[str]:
    """A value, a line for each of its parts; what is empty isn't told."""
    if isinstance(value, dict):
        return [f"{name}: {_spelt(one)}" for name, one in value.items() if one != ""]
    if isinstance(value, list | tuple):
        return [_spelt(one) for one in value]
    return [_spelt(value)] if value != "" else []


def _spelt(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _told(sealed: Mapping[str, Any]) -> str:
    if sealed["erased"]:
        return f"erased by act {sealed['erased']}"
    return "not kept here" if sealed["text"] is None else str(sealed["text"])


def _proof(by: By) -> str:
    return _PROOFS.get(by.how) or f"signed with key {by.key}"


def _readers(house: House, data: bytes, field: str = "") -> str:
    """Who may read an entry or its payload, in words."""
    matter = matter_of(house, data, field)
    return READERS["public" if may_read(house, None, matter) else matter.readers]


def _sealed(
    house: House, archive: Archive, data: bytes, field: str, commitment: Commitment
) -> dict[str, Any]:
    payload = archive.payload(commitment)
    return {
        "commitment": commitment,
        "erased": house.organisation.erased.get(commitment, ""),
        "readers": _readers(house, data, field),
        "text": payload.content.decode(errors="replace") if payload else None,
    }
