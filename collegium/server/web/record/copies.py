"""Copies of a record for whoever may read the whole of it: written, damaged, packed."""

import io
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final
from zipfile import ZIP_DEFLATED, ZipFile

from msgspec import Struct

from collegium.archive.backup import Tell
from collegium.archive.protocol import Busy
from collegium.secretariat.exporting import export_record
from collegium.server.desks import Desk
from collegium.server.web.record.damage import Change, Part, damage

MOST_ENTRIES: Final = 50_000
"""A larger record is copied with the command, and by no page."""

_PATIENCE = 5.0  # seconds to wait for somebody else's copy

_one_at_a_time = threading.Lock()


class Packed(Struct, frozen=True):
    """A copy in one file."""

    name: str
    data: bytes


def copy_name(desk: Desk, part: Part | None = None) -> str:
    """The name of the folder that a copy unpacks to."""
    return f"{desk.slug}-copy" if part is None else f"{desk.slug}-damaged-copy"


def packed(desk: Desk, part: Part | None = None, entry: int = 0) -> Packed:
    """A copy as a zip file, whole or with one byte changed.

    Raises:
        Busy: Others are being served for as long as a visitor waits.
    """
    if not _one_at_a_time.acquire(timeout=_PATIENCE):
        raise Busy("Others are taking copies just now; try again in a moment.")
    try:
        with written(desk, part, entry) as (copy, _):
            return Packed(f"{copy.name}.zip", _zipped(copy))
    finally:
        _one_at_a_time.release()


@contextmanager
def written(
    desk: Desk, part: Part | None, entry: int, tell: Tell = lambda _done, _of: None
) -> Iterator[tuple[Path, Change | None]]:
    """A copy in a folder that is gone afterwards, whole or with one byte changed.

    Args:
        desk: Of which organisation's record.
        part: What of it is changed, if anything is.
        entry: Of which entry.
        tell: Told now and then how many entries are written.
    """
    with TemporaryDirectory(prefix="collegium-") as room:
        copy = Path(room) / copy_name(desk, part)
        size = export_record(desk.office, copy, tell=tell).size
        yield copy, damage(copy, size, part, entry) if part else None


def _zipped(copy: Path) -> bytes:
    out = io.BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        for path in sorted(copy.rglob("*")):
            if path.is_file():
                archive.write(path, path.relative_to(copy.parent))
    return out.getvalue()
