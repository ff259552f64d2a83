"""One file with all of an organisation, the same whichever database it came from.

A compressed tar: `manifest.json` first, then the parts that it counts and hashes:

    key             the log's private key, so keep the file as you keep a key
    payloads.jsonl  every payload that isn't erased, in the order of their entries
    entries         every entry, each after its length in two bytes, big end first, as in an
                    entry bundle of C2SP tlog-tiles

Entries aren't copied as a database file but as what they are: a backup can be put back into
another database, or read by a program that knows none.
"""

import gzip
import hashlib
import io
import os
import tarfile
import tempfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, Final, Literal

import msgspec
from msgspec import Struct

from collegium.archive.durable_file import keep_names
from collegium.archive.folder import (
    KEY,
    Folder,
    Schema,
    check_empty,
    found_folder,
    read_checkpoint,
)
from collegium.archive.protocol import Archive, Damaged, SealedPayload, Writing
from collegium.record.act import read_entry
from collegium.record.base64_text import to_base64
from collegium.record.keys import PrivateKey
from collegium.record.tree import CompactRange, leaf_hash

FORMAT: Final = "collegium-backup/1"
"""What `Manifest.format` says."""

_MANIFEST = "manifest.json"
_ENTRIES = "entries"
_PAYLOADS = "payloads.jsonl"
_PARTS = (KEY, _PAYLOADS, _ENTRIES)
_TOLD = 4096  # entries between two reports of progress
_BLOCK = 1 << 20
_OTHER_ROOT = (
    "the backup's first {size} entries don't have the root that its {told} says: use another backup"
)

Tell = Callable[[int, int], None]
"""Told now and then how many entries are done, and of how many."""


class Part(Struct, frozen=True, forbid_unknown_fields=True):
    """One file in a backup: its length in bytes and its SHA-256 in hexadecimal."""

    bytes: int
    sha256: str


class Manifest(Struct, frozen=True, forbid_unknown_fields=True):
    """What a backup holds.

    Attributes:
        format: `FORMAT`.
        size: Number of entries.
        root: The root over them, base64.
        checkpoint: The newest checkpoint's note; empty if there was none.
        parts: The other files, by name.
    """

    format: Literal["collegium-backup/1"]
    size: int
    root: str
    checkpoint: str
    parts: dict[str, Part]


def backup(folder: Folder, file: Path, tell: Tell = lambda _done, _of: None) -> Manifest:
    """Write all of an organisation to a new file; others may go on writing meanwhile.

    What is committed after the beginning isn't in it. Only its owner may open the file.

    Raises:
        ValueError: There is a file already.
        Damaged: The entries don't have the root that the archive's head says, or one is
            missing: this is no state to keep.
    """
    if file.exists():
        raise ValueError(f"expected a new file: {file} is there, and nothing is written over")
    if not file.parent.is_dir():
        raise ValueError(f"expected a new file in a folder: there is no folder {file.parent}")
    with tempfile.TemporaryDirectory(prefix=f".{file.name}-", dir=file.parent) as room:
        parts = Path(room)
        manifest = _write_parts(folder, parts, tell)
        made = parts / "backup"
        made.touch(mode=0o600)
        with made.open("wb") as out:
            _write_tar(out, parts, manifest)
            out.flush()
            _sync(out)
        made.rename(file)
    keep_names(file.parent)
    return manifest


def restore(
    file: Path,
    target: Path,
    schema: Schema | None = None,
    tell: Tell = lambda _done, _of: None,
) -> Manifest:
    """Put a backup back as a new folder, entries into SQLite there or into `schema`.

    All in one transaction, committed once the root over what was appended is the manifest's
    and the checkpoint's root is met on the way.

    Raises:
        ValueError: There is something in `target`, or entries in `schema`.
        Damaged: The file is no backup, or not as it was written; nothing is left behind but
            an empty schema.
    """
    check_empty(target)
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=f".{target.name}-", dir=target.parent) as room:
        parts = Path(room) / "parts"
        parts.mkdir()
        manifest = _read_tar(file, parts)
        made = Path(room) / "made"
        key = PrivateKey.load(parts / KEY)
        with found_folder(made, key, schema) as folder:
            _fill(folder.archive, parts, manifest, tell)
            if manifest.checkpoint:
                folder.keep_checkpoint(manifest.checkpoint)
        if target.exists():
            target.rmdir()
        made.rename(target)
    keep_names(target.parent)
    return manifest


def _write_parts(folder: Folder, parts: Path, tell: Tell) -> Manifest:
    checkpoint = folder.archive.checkpoint()  # before the head, so that the head covers it
    head = folder.archive.head()
    tree = CompactRange()
    with (parts / _ENTRIES).open("wb") as out:
        for data in folder.archive.entries(0, head.size):
            out.write(len(data).to_bytes(2))
            out.write(data)
            tree.append(leaf_hash(data))
            if tree.size % _TOLD == 0:
                tell(tree.size, head.size)
    if tree.root() != head.root():
        raise Damaged(
            f"the {head.size} entries don't have the root that the archive says: a byte was "
            "changed on disk; put back the newest backup"
        )
    with (parts / _PAYLOADS).open("wb") as out:
        for payload in _payloads_below(folder.archive, head.size):
            out.write(msgspec.json.encode(payload) + b"\n")
    (parts / KEY).touch(mode=0o600)
    (parts / KEY).write_bytes((folder.path / KEY).read_bytes())
    tell(head.size, head.size)
    return Manifest(
        format=FORMAT,
        size=head.size,
        root=to_base64(head.root()),
        checkpoint=checkpoint or "",
        parts={name: _measured(parts / name) for name in _PARTS},
    )


def _payloads_below(archive: Archive, size: int) -> Iterator[SealedPayload]:
    # Others may have written since: theirs come last, and belong to no entry in the backup.
    for payload in archive.payloads():
        entry = archive.find(payload.act)
        if entry is None or entry.seq >= size:
            return
        yield payload


def _measured(path: Path) -> Part:
    with path.open("rb") as file:
        return Part(path.stat().st_size, hashlib.file_digest(file, "sha256").hexdigest())


def _write_tar(out: IO[bytes], parts: Path, manifest: Manifest) -> None:
    with tarfile.open(fileobj=out, mode="w:gz", compresslevel=6) as tar:
        told = msgspec.json.format(msgspec.json.encode(manifest), indent=2)
        tar.addfile(_named(_MANIFEST, len(told)), io.BytesIO(told))
        for name in _PARTS:
            with (parts / name).open("rb") as part:
                tar.addfile(_named(name, manifest.parts[name].bytes), part)


def _named(name: str, size: int) -> tarfile.TarInfo:
    member = tarfile.TarInfo(name)
    member.size = size
    member.mode = 0o600
    return member


def _sync(out: IO[bytes]) -> None:
    os.fsync(out.fileno())


def _read_tar(file: Path, parts: Path) -> Manifest:
    try:
        with gzip.open(file) as raw, tarfile.open(fileobj=raw, mode="r:") as tar:
            members = iter(tar)
            manifest = _read_manifest(tar, next(members, None))
            for name in _PARTS:
                _read_part(tar, next(members, None), parts / name, manifest)
            while raw.read(_BLOCK):
                pass  # up to the checksum, which covers the manifest too
    except (tarfile.TarError, gzip.BadGzipFile, zlib.error, EOFError, ValueError) as error:
        raise Damaged(f"expected {file} to be a whole backup ({error}): use another") from error
    for name in _PARTS:
        if manifest.parts.get(name) != _measured(parts / name):
            raise Damaged(
                f"{name} in {file} isn't as it was written (its SHA-256 differs from the "
                "manifest's): use another backup"
            )
    return manifest


def _read_manifest(tar: tarfile.TarFile, member: tarfile.TarInfo | None) -> Manifest:
    told = _opened(tar, member, _MANIFEST)
    if told is None:
        raise ValueError(f"it doesn't begin with {_MANIFEST}")
    return msgspec.json.decode(told.read(_BLOCK), type=Manifest)


def _read_part(
    tar: tarfile.TarFile, member: tarfile.TarInfo | None, path: Path, manifest: Manifest
) -> None:
    part, counted = _opened(tar, member, path.name), manifest.parts.get(path.name)
    if part is None or counted is None or member is None:
        raise ValueError(f"{path.name} is missing")
    path.touch(mode=0o600)
    if member.size != counted.bytes:
        return  # refused afterwards for what it isn't, and the disk isn't filled with it
    with path.open("wb") as out:
        while block := part.read(_BLOCK):
            out.write(block)


def _opened(tar: tarfile.TarFile, member: tarfile.TarInfo | None, name: str) -> IO[bytes] | None:
    ours = member is not None and member.isreg() and member.name == name
    return tar.extractfile(member) if member and ours else None


def _fill(archive: Archive, parts: Path, manifest: Manifest, tell: Tell) -> None:
    proved = read_checkpoint(manifest.checkpoint) if manifest.checkpoint else None
    tree = CompactRange()
    with archive.writing() as writing:
        payloads = _payloads(parts / _PAYLOADS)
        waiting = next(payloads, None)
        for data in _entries(parts / _ENTRIES):
            waiting = _append(writing, data, waiting, payloads)
            tree.append(leaf_hash(data))
            if proved and tree.size == proved.size and tree.root() != proved.root:
                raise Damaged(_OTHER_ROOT.format(size=proved.size, told="checkpoint"))
            if tree.size % _TOLD == 0:
                tell(tree.size, manifest.size)
        if waiting is not None:
            raise Damaged(f"the backup holds a payload of {waiting.act}, which isn't in it")
        if (tree.size, to_base64(tree.root())) != (manifest.size, manifest.root):
            raise Damaged(_OTHER_ROOT.format(size=tree.size, told="manifest"))
    tell(manifest.size, manifest.size)


def _entries(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while prefix := file.read(2):
            length = int.from_bytes(prefix)
            data = file.read(length)
            if len(data) < length:
                raise Damaged("the backup's last entry is cut off: use another backup")
            yield data


def _payloads(path: Path) -> Iterator[SealedPayload]:
    decode = msgspec.json.Decoder(SealedPayload).decode
    with path.open("rb") as file:
        yield from map(decode, file)


def _append(
    writing: Writing,
    data: bytes,
    waiting: SealedPayload | None,
    payloads: Iterator[SealedPayload],
) -> SealedPayload | None:
    # Payloads stand in the order of their entries; what comes back waits for a later entry.
    act = read_entry(data).act.id
    mine = []
    while waiting is not None and waiting.act == act:
        mine.append(waiting)
        waiting = next(payloads, None)
    writing.append(act, data, mine)
    return waiting
