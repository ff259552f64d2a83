"""Entries whose act stands in the record already: a second one has no effect and is a fault.

An archive never takes one in; a copy may come from somewhere else.
"""

from collections.abc import Callable, Iterable
from zlib import crc32

import msgspec
from msgspec import Struct
from pyroaring import BitMap


class _Act(Struct):
    id: str


class _Entry(Struct):
    act: _Act


Numbered = tuple[int, bytes]

_decode = msgspec.json.Decoder(_Entry).decode


def duplicates_in(entries: Callable[[], Iterable[Numbered]]) -> dict[int, int]:
    """The number of each entry whose act has the id of an earlier one, with that one's number.

    A set of 10^7 ids would take a gigabyte. So 32 bits of each go into a bitmap first, and
    only the few ids that meet there, a dozen thousand in 10^7, are looked at in full.

    Args:
        entries: Gives number and bytes of all entries; asked a second time if ids meet.
    """
    seen = BitMap()
    met = set()
    for _number, data in entries():
        name = _id_of(data)
        if name is None:
            continue
        short = crc32(name.encode())
        if short in seen:
            met.add(name)
        seen.add(short)
    return _confirmed(entries, met) if met else {}


def _confirmed(entries: Callable[[], Iterable[Numbered]], met: set[str]) -> dict[int, int]:
    first: dict[str, int] = {}
    later: dict[int, int] = {}
    for number, data in entries():
        name = _id_of(data)
        if name not in met:
            continue
        if name in first:
            later[number] = first[name]
        else:
            first[name] = number
    return later


def _id_of(data: bytes) -> str | None:
    try:
        return _decode(data).act.id
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None  # the rules will say what is wrong with it
