"""The demonstration at the terminal: the votes that come with Collegium, counted and told.

The import takes a few seconds and is kept in the cache folder, under the hash of all that it
follows from, so that the next demonstration only checks and replays it.
"""

import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory, mkdtemp

from collegium.archive.folder import RECORD, open_folder
from collegium.archive.protocol import Damaged
from collegium.cli.cache import cache_folder
from collegium.cli.copying import checked, tell_report
from collegium.cli.terminal import progress, say
from collegium.datasets.debian.comparing import all_differences
from collegium.datasets.debian.importing import import_debian, package_files
from collegium.datasets.debian.source import read_pages
from collegium.datasets.debian.telling import texts_in, told
from collegium.secretariat.audit import Report
from collegium.secretariat.house import House
from collegium.secretariat.snapshot import release

_GREETING = "Collegium: 25 votes of the Debian project, 2005 to 2017, counted anew."

FAULTY = 1
"""The exit code where the check found a fault or an outcome isn't the published one."""


def tell_votes() -> int:
    """Check and replay the votes that come with Collegium, and tell what was decided."""
    say(_GREETING)
    with _room() as (room, stays):
        kept = room / f"demo-{_name()}"
        if not kept.exists():
            _import(kept)
        try:
            report = _faultless(kept)
        except ValueError:  # somebody was at the cache: what stands there can be made again
            shutil.rmtree(kept)
            _import(kept)
            report = checked(kept)
        if not report.faultless:
            tell_report(report, kept)
            return FAULTY
        differing = all_differences(report.house.decisions, read_pages(package_files()[0]))
        _tell(kept, report.house, differing)
        say()
        say("Every byte, proof and signature of it was checked, and every rule asked again.")
        if stays:
            say(f"The record is in {kept}; `collegium verify` checks it anew.")
    return FAULTY if any(differing.values()) else 0


def _faultless(folder: Path) -> Report:
    report = checked(folder)
    if not report.faultless:
        raise Damaged(f"{folder} isn't as it was imported")
    return report


def _tell(folder: Path, house: House, differing: Mapping[str, tuple[str, ...]]) -> None:
    with open_folder(folder) as opened:
        stored = (folder / RECORD).stat().st_size
        say()
        for line in told(house, texts_in(opened.archive), stored=stored, differing=differing):
            say(line)


@contextmanager
def _room() -> Iterator[tuple[Path, bool]]:
    """Where imports are made, and whether they stay: not if nothing can be kept."""
    try:
        room = cache_folder()
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


def _name() -> str:
    digest = sha256(release().encode())
    for path in sorted(package_files()[0].parent.iterdir()):
        if path.is_file():
            digest.update(path.read_bytes())
    return digest.hexdigest()[:16]
