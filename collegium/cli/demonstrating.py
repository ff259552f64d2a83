"""The demonstration: `collegium demo` imports the votes that come with Collegium, and tells them.

The import takes a few seconds and is kept in the cache folder, under the hash of all that it
follows from, so that the next demonstration only replays it.
"""

import os
import shutil
from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory, mkdtemp

from collegium.archive.folder import RECORD, open_folder
from collegium.cli.reading import replayed
from collegium.cli.terminal import progress, say
from collegium.datasets.debian.comparing import all_differences
from collegium.datasets.debian.importing import import_debian, package_files
from collegium.datasets.debian.source import read_pages
from collegium.datasets.debian.telling import texts_in, told
from collegium.secretariat.snapshot import release

FAULTY = 1
"""The exit code where an entry was refused or an outcome isn't the published one."""


def demo(_arguments: Namespace) -> int:
    """Replay the votes that come with Collegium, and tell what was decided."""
    with _room() as (room, stays):
        kept = room / f"demo-{_name()}"
        if not kept.exists():
            _import(kept)
        try:
            lines, faults = _replay(kept)
        except ValueError:  # somebody was at the cache: what stands there can be made again
            shutil.rmtree(kept)
            _import(kept)
            lines, faults = _replay(kept)
        for line in lines:
            say(line)
        if stays:
            say()
            say(f"The record is in {kept}; `collegium verify` checks it.")
    return FAULTY if faults else 0


def _replay(folder: Path) -> tuple[list[str], int]:
    """The lines to be told, and how many entries or outcomes aren't as they should be."""
    with open_folder(folder) as opened, progress("Replaying") as tell:
        house, refused = replayed(opened, tell)
        differing = all_differences(house.decisions, read_pages(package_files()[0]))
        stored = (folder / RECORD).stat().st_size
        lines = told(house, texts_in(opened.archive), stored=stored, differing=differing)
        return ["", *lines], refused + sum(map(bool, differing.values()))


@contextmanager
def _room() -> Iterator[tuple[Path, bool]]:
    """Where imports are made, and whether they stay: not if nothing can be kept."""
    try:
        room = _cache()
        room.mkdir(mode=0o700, parents=True, exist_ok=True)
    except (OSError, RuntimeError):
        with TemporaryDirectory(prefix="collegium-demo-") as passing:
            yield Path(passing), False
    else:
        yield room, True


def _import(kept: Path) -> None:
    say("They are imported first, which takes a few seconds, once.")
    votes, ballots = package_files()
    passing = Path(mkdtemp(prefix="import-", dir=kept.parent))
    try:
        with progress("Importing") as tell:
            import_debian(votes, ballots, passing / "demo", tell).close()
        # Under its name there is only ever a whole one; somebody else's may have come first.
        with suppress(OSError):
            (passing / "demo").rename(kept)
    finally:
        shutil.rmtree(passing, ignore_errors=True)
    for other in kept.parent.glob("demo-*"):
        if other != kept:
            shutil.rmtree(other, ignore_errors=True)


def _cache() -> Path:
    told_where = Path(os.environ.get("XDG_CACHE_HOME", ""))
    return (told_where if told_where.is_absolute() else Path.home() / ".cache") / "collegium"


def _name() -> str:
    digest = sha256(release().encode())
    for path in sorted(package_files()[0].parent.iterdir()):
        if path.is_file():
            digest.update(path.read_bytes())
    return digest.hexdigest()[:16]
