"""Copies of a record for whoever may read the whole of it: written, packed, and checked.

Checking a copy is longer work than a page may take, so the command `collegium verify` does it
in a process of its own; two visitors who ask at once wait for each other.
"""

import io
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final
from zipfile import ZIP_DEFLATED, ZipFile

from msgspec import Struct

from collegium.archive.protocol import Busy
from collegium.secretariat.exporting import export_record
from collegium.server.desks import Desk
from collegium.server.web.record.damage import Change, Part, damage

MOST_ENTRIES: Final = 50_000
"""A larger record is copied with the command, and by no page."""

_PATIENCE = 5.0  # seconds to wait for somebody else's copy
_LONGEST = 60.0  # seconds that checking may take
_REMEMBERED = 32

_one_at_a_time = threading.Lock()
_said: dict[tuple[str, str, str, int], "Checked"] = {}


class Checked(Struct, frozen=True):
    """What `collegium verify` said about a copy.

    Attributes:
        command: What was asked, as one types it.
        said: Its answer, line by line.
        faultless: Whether it found no fault.
        change: What had been damaged, if anything.
    """

    command: str
    said: str
    faultless: bool
    change: Change | None


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
    with _written(desk, part, entry) as (copy, _):
        out = io.BytesIO()
        with ZipFile(out, "w", ZIP_DEFLATED) as archive:
            for path in sorted(copy.rglob("*")):
                if path.is_file():
                    archive.write(path, path.relative_to(copy.parent))
        return Packed(f"{copy.name}.zip", out.getvalue())


def checked(desk: Desk, part: Part | None = None, entry: int = 0) -> Checked:
    """What `collegium verify` says about such a copy; remembered while nothing is added.

    Raises:
        Busy: Others are being served, or the check takes too long.
    """
    asked = (desk.slug, desk.office.checkpoint(), part or "", entry)
    known = _said.get(asked)
    if known is None:
        with _written(desk, part, entry) as (copy, change):
            known = _said[asked] = _checked(desk, copy, change)
        while len(_said) > _REMEMBERED:
            _said.pop(next(iter(_said)), None)
    return known


@contextmanager
def _written(desk: Desk, part: Part | None, entry: int) -> Iterator[tuple[Path, Change | None]]:
    if not _one_at_a_time.acquire(timeout=_PATIENCE):
        raise Busy("Others are taking copies just now; try again in a moment.")
    try:
        with TemporaryDirectory(prefix="collegium-") as room:
            copy = Path(room) / copy_name(desk, part)
            size = export_record(desk.office, copy).size
            yield copy, damage(copy, size, part, entry) if part else None
    finally:
        _one_at_a_time.release()


def _checked(desk: Desk, copy: Path, change: Change | None) -> Checked:
    key = str(desk.office.verifier_key)
    asked = ["verify", copy.name, "--key", key]
    package = Path(sys.modules["collegium"].__path__[0]).parent
    try:
        answer = subprocess.run(  # noqa: S603 - our own command, on a folder that we wrote
            [sys.executable, "-P", "-m", "collegium.cli.main", *asked],
            cwd=copy.parent,
            env=os.environ | {"PYTHONPATH": str(package), "PYTHONUTF8": "1"},
            capture_output=True,
            text=True,
            timeout=_LONGEST,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise Busy("Checking takes too long just now; try again in a moment.") from None
    return Checked(
        command=f"collegium verify {copy.name} --key '{key}'",
        said=answer.stdout or answer.stderr,
        faultless=answer.returncode == 0,
        change=change,
    )
