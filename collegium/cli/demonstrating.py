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
from collegium.cli.terminal import complain, figure, progress, say
from collegium.datasets.debian.comparing import all_differences
from collegium.datasets.debian.importing import import_debian, package_files
from collegium.datasets.debian.source import read_pages
from collegium.datasets.debian.telling import texts_in, told
from collegium.secretariat.snapshot import release

FAULTY = 1
"""The exit code where an entry was refused or an outcome isn't the published one."""


def demo(_arguments: Namespace) -> int:
    """Replay the votes that come with Collegium, and tell what was decided."""
    with _demonstration() as folder:
        votes, _ballots = package_files()
        with open_folder(folder) as opened, progress("Replaying") as tell:
            house, refused = replayed(opened, tell)
            differing = all_differences(house.decisions, read_pages(votes))
            stored = (folder / RECORD).stat().st_size
            say()
            for line in told(house, texts_in(opened.archive), stored=stored, differing=differing):
                say(line)
    if refused:
        complain(f"{figure(refused, 'entry', 'entries')} of the record were refused")
    return FAULTY if refused or any(differing.values()) else 0


@contextmanager
def _demonstration() -> Iterator[Path]:
    """The folder of the imported organisation; a passing one if nothing can be kept."""
    try:
        room = _cache()
        room.mkdir(mode=0o700, parents=True, exist_ok=True)
    except (OSError, RuntimeError):
        with TemporaryDirectory(prefix="collegium-demo-") as passing:
            yield _imported(Path(passing) / "demo", Path(passing))
        return
    kept = room / f"demo-{_name()}"
    if not kept.exists():
        _imported(kept, room)
        _drop_others(kept)
    say(f"The record is kept in {kept}; `collegium verify` checks it.")
    yield kept


def _imported(kept: Path, room: Path) -> Path:
    say("They are imported first, which takes a few seconds, once.")
    votes, ballots = package_files()
    passing = Path(mkdtemp(prefix="import-", dir=room))
    try:
        with progress("Importing") as tell:
            import_debian(votes, ballots, passing / "demo", tell).close()
        # Under its name there is only ever a whole one; somebody else's may have come first.
        with suppress(OSError):
            (passing / "demo").rename(kept)
    finally:
        shutil.rmtree(passing, ignore_errors=True)
    return kept


def _drop_others(kept: Path) -> None:
    for path in kept.parent.glob("demo-*"):
        if path != kept:
            shutil.rmtree(path, ignore_errors=True)


def _cache() -> Path:
    told_where = Path(os.environ.get("XDG_CACHE_HOME", ""))
    return (told_where if told_where.is_absolute() else Path.home() / ".cache") / "collegium"


def _name() -> str:
    digest = sha256(release().encode())
    for path in sorted(package_files()[0].parent.iterdir()):
        if path.is_file():
            digest.update(path.read_bytes())
    return digest.hexdigest()[:16]
