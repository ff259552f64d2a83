"""An organisation is a folder: its record, its anchor, its log's key, its snapshot.

    record.sqlite   the archive (or `record.postgres`, which says where it is)
    anchor          the newest published checkpoint, outside the database
    key             the log's private key
    snapshot        the house as it stood; can always be thrown away

The anchor catches a database that was put back alone. A whole folder that was put back can't
be told from inside it: only a copy or a witness that has seen more shows that.
"""

import shutil
from pathlib import Path
from types import TracebackType
from typing import Final, Self

import msgspec
from msgspec import Struct

from collegium.archive.durable_file import keep_names, write_durably
from collegium.archive.protocol import Archive, Damaged
from collegium.archive.sqlite import SqliteArchive
from collegium.record import notes
from collegium.record.checkpoint import Checkpoint
from collegium.record.keys import PrivateKey
from collegium.record.tree import CompactRange, leaf_hash

RECORD: Final = "record.sqlite"
"""The archive's file."""

ELSEWHERE: Final = "record.postgres"
"""Stands in the place of `RECORD` when the archive is in PostgreSQL: a `Schema` as JSON."""

ANCHOR: Final = "anchor"
"""The newest published checkpoint's note."""

KEY: Final = "key"
"""The log's private key, PEM, for its owner only."""

SNAPSHOT: Final = "snapshot"
"""The house as it stood, for a quick start."""


class Schema(Struct, frozen=True, forbid_unknown_fields=True):
    """Where an archive is in PostgreSQL.

    Attributes:
        dsn: How to reach the database, as libpq reads it.
        schema: The organisation's schema.
    """

    dsn: str
    schema: str


class Folder:
    """An organisation's open folder; a context manager that closes its archive.

    Attributes:
        path: The folder.
        archive: The entries.
    """

    def __init__(self, path: Path, archive: Archive) -> None:
        self.path = path
        self.archive = archive

    @property
    def snapshot(self) -> Path:
        """Where the snapshot stands, if there is one."""
        return self.path / SNAPSHOT

    def key(self) -> PrivateKey:
        """The log's private key.

        Raises:
            KeyTextError: Others may open the file, or it holds no Ed25519 key.
            OSError: It can't be read.
        """
        return PrivateKey.load(self.path / KEY)

    def keep_checkpoint(self, note: str) -> None:
        """Keep a signed checkpoint in the archive, then as the anchor; publish it afterwards.

        Raises:
            NoteError: No checkpoint.
            ValueError: It says more than is committed.
            OSError: The anchor couldn't be written; don't publish the checkpoint.
        """
        self.archive.keep_checkpoint(read_checkpoint(note).size, note)
        self._anchor()

    def _anchor(self) -> None:
        # Another process may have kept a newer one meanwhile: the anchor never stays behind.
        written = None
        while (newest := self.archive.checkpoint()) != written:
            if newest is None:
                return
            write_durably(self.path / ANCHOR, newest.encode())
            written = newest

    def close(self) -> None:
        """Close the archive."""
        self.archive.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def found_folder(path: Path, key: PrivateKey, schema: Schema | None = None) -> Folder:
    """A new organisation's folder, with its log's key and no entries.

    Of two who found in one place at once, one fails; whoever fails leaves nothing behind, and
    touches nothing of the other's.

    Args:
        path: A folder that is empty, or isn't there yet.
        key: The log's key, which is written to `KEY`.
        schema: Where to keep the entries, if not in the folder.

    Raises:
        ValueError: There is something in `path`, or entries in `schema`.
        FileExistsError: Somebody else has just begun in `path`.
    """
    check_empty(path)
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    key.save(path / KEY)  # only one can make this file: from here on, the folder is ours
    try:
        archive = _elsewhere(schema) if schema else SqliteArchive(path / RECORD)
        try:
            _check_unused(archive)
            if schema:
                write_durably(path / ELSEWHERE, msgspec.json.encode(schema))
            keep_names(path)
            keep_names(path.parent)
        except BaseException:
            archive.close()
            raise
    except BaseException:
        shutil.rmtree(path, ignore_errors=True)
        raise
    return Folder(path, archive)


def open_folder(path: Path) -> Folder:
    """An organisation's folder, once its archive has been held against its anchor.

    Raises:
        ValueError: No organisation's folder.
        Damaged: The archive has fewer entries than the anchor proves, or others.
        NotDurable: The database doesn't promise to keep what it commits.
        Busy: The database doesn't answer.
    """
    archive = _open_archive(path)
    try:
        anchor = path / ANCHOR
        if anchor.exists():
            check_anchor(archive, anchor.read_bytes())
    except BaseException:
        archive.close()
        raise
    return Folder(path, archive)


def check_empty(path: Path) -> None:
    """Refuse a place where something stands already.

    Raises:
        ValueError: `path` is a file or a folder with something in it.
    """
    if path.exists() and (not path.is_dir() or any(path.iterdir())):
        raise ValueError(f"expected {path} to be empty or new: nothing is written over")


def _check_unused(archive: Archive) -> None:
    if size := archive.size():
        raise ValueError(f"expected an empty schema, not one with {size} entries")


def check_anchor(archive: Archive, note: bytes) -> None:
    """Hold an archive against a checkpoint that was once published.

    Costs two look-ups when the archive has kept the same note, as it has unless the system
    stopped between the two; otherwise the entries are hashed again.

    Raises:
        Damaged: The archive has fewer entries, or another root at that size, or the note
            can't be read.
    """
    try:
        anchor = read_checkpoint(note)
    except notes.NoteError as error:
        raise Damaged(
            f"the anchor can't be read ({error}): put back the anchor of the newest backup"
        ) from error
    size = archive.size()
    if size < anchor.size:
        raise Damaged(
            f"the database holds {size} entries, the anchor proves {anchor.size}: it was put "
            "back from an older copy; put back the newest backup with `collegium restore`, and if "
            "that is older too, look in copies for the lost entries before anybody goes on"
        )
    if archive.checkpoint() != note.decode() and _root_at(archive, anchor.size) != anchor.root:
        raise Damaged(
            f"the first {anchor.size} entries of the database have another root than the anchor "
            "proves: they were changed, or belong to another organisation; put back the newest "
            "backup with `collegium restore`"
        )


def read_checkpoint(note: str | bytes) -> Checkpoint:
    """What a note of our own says; its signature is for those to check who received it.

    Raises:
        NoteError: No signed note, or no checkpoint in it.
    """
    return Checkpoint.parse(notes.split(note)[0])


def _root_at(archive: Archive, size: int) -> bytes:
    tree = CompactRange()
    for data in archive.entries(0, size):
        tree.append(leaf_hash(data))
    return tree.root()


def _open_archive(path: Path) -> Archive:
    if (path / RECORD).exists():
        return SqliteArchive(path / RECORD)
    if (path / ELSEWHERE).exists():
        try:
            schema = msgspec.json.decode((path / ELSEWHERE).read_bytes(), type=Schema)
        except msgspec.DecodeError as error:
            raise Damaged(
                f"expected {path / ELSEWHERE} to name dsn and schema ({error}): put it back from "
                "the newest backup"
            ) from error
        return _elsewhere(schema)
    if (path / ANCHOR).exists():
        raise Damaged(
            f"{path} has an anchor but no {RECORD}: put back the newest backup with "
            "`collegium restore`"
        )
    raise ValueError(f"expected an organisation's folder at {path}: make one with `collegium init`")


def _elsewhere(schema: Schema) -> Archive:
    try:
        from collegium.archive.postgres import (  # noqa: PLC0415 - psycopg is an extra
            PostgresArchive,
        )
    except ImportError as error:
        raise ValueError(
            "expected the extra `postgres`: install it with `python3 start.py install postgres`"
        ) from error
    return PostgresArchive(schema.dsn, schema.schema)
