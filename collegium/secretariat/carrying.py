"""Whether the sealed payloads kept beside a record are those to which its acts commit."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final, get_args

import msgspec

from collegium.archive.protocol import Archive
from collegium.ids import Commitment
from collegium.record.act import Act, read_entry
from collegium.record.base64_text import NotBase64Error, from_base64
from collegium.record.canonical import NotCanonicalError
from collegium.record.findings import Finding
from collegium.record.sealed import LONGEST_CONTENT, Payload, SealedError, opens
from collegium.record.verify import Copy
from collegium.secretariat.exporting import SEALED, Carried, readers_of
from collegium.secretariat.house import House
from collegium.secretariat.line import Readers

_LONGEST_FILE: Final = 2 * LONGEST_CONTENT
_CLASSES: Final[tuple[Readers, ...]] = get_args(Readers)


def judge_carried(house: House, copy: Copy) -> Iterator[Finding]:
    """What is wrong with the payloads that a copy carries; those it doesn't are no fault."""
    waiting = _files(copy.folder.path)
    if not waiting:
        return
    for number, data, _ in copy.entries():
        act = _act_of(data)
        for field, commitment in act.sealed.items() if act else ():
            for path in waiting.pop(_name(commitment), ()):
                yield from _judge_file(house, number, data, field, path)
    for paths in waiting.values():
        for path in paths:
            detail = f"{_spelt(path)}: it belongs to no act in this copy"
            yield Finding("payload-altered", None, detail)


def carried_text(copy: Copy, data: bytes, field: str) -> str:
    """The text that an entry's act sealed, if the copy carries it unchanged; else empty."""
    act = _act_of(data)
    if act is None or field not in act.sealed:
        return ""
    for path in _files(copy.folder.path).get(_name(act.sealed[field]), ()):
        carried = _read(path)
        if carried is not None and _fits(act, field, carried.salt, carried.content):
            return carried.content.decode(errors="replace")
    return ""


def judge_kept(house: House, archive: Archive, size: int) -> Iterator[Finding]:
    """What is wrong with the payloads that an organisation keeps: each is there or erased."""
    for number, data in enumerate(archive.entries(0, size)):
        act = _act_of(data)
        if act is None:
            continue
        for field, commitment in act.sealed.items():
            if commitment in house.organisation.erased:
                continue
            kept = archive.payload(commitment)
            if kept is None:
                detail = f"its {field} is gone, and no act in the record erased it"
                yield Finding("payload-missing", number, detail)
            elif not _fits(act, field, kept.salt, kept.content):
                detail = f"its {field} isn't the text that was sealed"
                yield Finding("payload-altered", number, detail)


def _files(out: Path) -> dict[str, list[Path]]:
    """The files below `sealed` by their names; one may stand under several readers."""
    found: dict[str, list[Path]] = {}
    for readers in _CLASSES:
        try:
            paths = sorted((out / SEALED / readers).iterdir())
        except OSError:
            continue
        for path in paths:
            found.setdefault(path.name, []).append(path)
    return found


def _judge_file(
    house: House, number: int, data: bytes, field: str, path: Path
) -> Iterator[Finding]:
    act = _act_of(data)
    carried = _read(path)
    name = _spelt(path)
    if act is None or carried is None or (carried.act, carried.field) != (act.id, field):
        detail = f"{name}: expected the {field} of {act.id if act else 'its act'}"
        yield Finding("payload-altered", number, detail)
    elif not _fits(act, field, carried.salt, carried.content):
        yield Finding("payload-altered", number, f"{name}: it isn't the {field} that was sealed")
    elif act.sealed[field] in house.organisation.erased:
        detail = f"{name}: the {field} was erased since; delete this file"
        yield Finding("payload-kept", number, detail)
    elif path.parent.name != (readers := readers_of(house, data, field)):
        detail = f"{name}: the {field} is to be read by {readers}; move the file there"
        yield Finding("payload-misplaced", number, detail)


def _read(path: Path) -> Carried | None:
    try:
        if not path.is_file():
            return None
        with path.open("rb") as file:
            data = file.read(_LONGEST_FILE)
        carried = msgspec.json.decode(data, type=Carried)
    except (OSError, msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None
    return carried if msgspec.json.encode(carried, order="sorted") == data else None


def _fits(act: Act, field: str, salt: bytes, content: bytes) -> bool:
    try:
        return opens(act.sealed[field], act.id, field, Payload(salt, content))
    except (SealedError, UnicodeEncodeError):
        return False


def _act_of(data: bytes) -> Act | None:
    try:
        return read_entry(data).act
    except (NotCanonicalError, RecursionError):
        return None


def _name(commitment: Commitment) -> str:
    try:
        return from_base64(commitment).hex()
    except NotBase64Error:
        return ""


def _spelt(path: Path) -> str:
    return "/".join(path.parts[-3:])
