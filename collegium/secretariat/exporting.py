"""Exporting a record: as files that any web server can offer and any program can check.

Tiles, checkpoint and key stand as `collegium.record.tiles` says. Sealed payloads are left out
unless they are asked for; then each stands by itself, under who may read it:

    sealed/<readers>/<commitment, 64 hexadecimal digits>   {"act", "content", "field", "salt"}
"""

import shutil
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path
from typing import Final

import msgspec
from msgspec import Struct

from collegium.archive.backup import Tell
from collegium.archive.folder import read_checkpoint
from collegium.archive.protocol import Damaged, SealedPayload
from collegium.ids import ActId
from collegium.record.base64_text import from_base64
from collegium.record.canonical import NotCanonicalError
from collegium.record.tiles import TileFolder, write_checkpoint, write_tiles
from collegium.refusals import Refused
from collegium.secretariat.house import House
from collegium.secretariat.line import Readers
from collegium.secretariat.office import Office
from collegium.secretariat.reading import audience, matter_of

SEALED: Final = "sealed"
"""The folder of sealed payloads in an exported record."""

_WHAT_EXPORTS_WRITE = frozenset(
    {"checkpoint", "key", "tile", SEALED, ".checkpoint.new", ".key.new"}
)
_TOLD = 4096  # entries between two reports of progress


class Carried(Struct, frozen=True, forbid_unknown_fields=True):
    """A sealed payload as an exported record carries it; bytes stand in base64."""

    act: ActId
    content: bytes
    field: str
    salt: bytes


class Exported(Struct, frozen=True):
    """What was exported.

    Attributes:
        size: Entries.
        key: The log's verifier key.
        payloads: How many sealed payloads, by who may read them.
        audience: Who may read the whole of it, in words.
    """

    size: int
    key: str
    payloads: dict[Readers, int]
    audience: str


def export_record(
    office: Office,
    out: Path,
    *,
    payloads: Collection[Readers] = (),
    tell: Tell = lambda _done, _of: None,
) -> Exported:
    """Write an organisation's whole record, up to a new checkpoint, as files.

    Args:
        office: The organisation's.
        out: A folder that is new, empty or an earlier export of the same record; payloads
            that it carried and that aren't asked for, or are erased by now, go.
        payloads: The classes of readers whose sealed payloads are written as well.
        tell: Told now and then how many entries are written.

    Raises:
        ValueError: Something else stands in `out`.
        Damaged: The entries aren't those that were once written.
        OSError: The disk doesn't take the files.
    """
    note = office.checkpoint()
    key = str(office.verifier_key)
    _check_target(out, key)
    proved = read_checkpoint(note)
    archive = office.folder.archive
    out.mkdir(parents=True, exist_ok=True)
    if (out / SEALED).exists():
        shutil.rmtree(out / SEALED)
    tree = write_tiles(out, told(archive.entries(0, proved.size), proved.size, tell))
    if tree.root() != proved.root:
        raise Damaged(
            f"the {proved.size} entries don't have the root that was signed: a byte was changed "
            "on disk; put back the newest backup"
        )
    write_checkpoint(out, note, key)
    written: dict[Readers, int] = dict.fromkeys(payloads, 0)
    for payload, readers in _with_readers(office, proved.size) if payloads else ():
        if readers in written:
            _write(out / SEALED / readers, payload)
            written[readers] += 1
    with office.door.reading() as house:
        return Exported(proved.size, key, written, who_may_read(house, payloads))


def who_may_read(house: House, payloads: Collection[Readers]) -> str:
    """Who may read the whole of an export with these payloads, in words: the narrowest."""
    if "subject" in payloads:
        return (
            "nobody as a whole, for it holds texts that only the members concerned may read; "
            "keep it as you keep the organisation's own folder"
        )
    if "body" in payloads:
        return (
            "nobody as a whole, for it holds texts that only those who sit in the body concerned "
            "may read; keep it as you keep the organisation's own folder"
        )
    return audience(house, names="members" in payloads)


def told(entries: Iterable[bytes], size: int, tell: Tell) -> Iterator[bytes]:
    """The same entries, of which there are `size`; the progress is told on the way."""
    for number, data in enumerate(entries):
        if number % _TOLD == 0:
            tell(number, size)
        yield data
    tell(size, size)


def readers_of(house: House, data: bytes, field: str) -> Readers:
    """Who may read an entry's payload; only whom it is about, if the entry can't be read."""
    try:
        return matter_of(house, data, field).readers
    except (NotCanonicalError, Refused):
        return "subject"


def _with_readers(office: Office, size: int) -> Iterator[tuple[SealedPayload, Readers]]:
    archive = office.folder.archive
    for payload in archive.payloads():
        stored = archive.find(payload.act)
        if stored is None or stored.seq >= size:
            continue  # written since the checkpoint
        with office.door.reading() as house:
            readers = readers_of(house, stored.data, payload.field)
        yield payload, readers


def _write(folder: Path, payload: SealedPayload) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    carried = Carried(payload.act, payload.content, payload.field, payload.salt)
    name = from_base64(payload.commitment).hex()
    (folder / name).write_bytes(msgspec.json.encode(carried, order="sorted"))


def _check_target(out: Path, key: str) -> None:
    if not out.exists():
        return
    if not out.is_dir():
        raise ValueError(f"expected {out} to be a folder, or not to be there yet")
    names = {path.name for path in out.iterdir()}
    if not names:
        return
    if names - _WHAT_EXPORTS_WRITE or "tile" not in names:
        raise ValueError(
            f"expected {out} to be new, empty or an earlier export: something else stands in it"
        )
    theirs = TileFolder(out).key()
    if theirs is not None and theirs != key.encode():
        raise ValueError(f"expected {out} to be an earlier export of this record, not of another")
