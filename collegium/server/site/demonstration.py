"""The two organisations of the demonstration: one that was, and one that is made up."""

import shutil
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

import msgspec
from msgspec import Struct

import collegium
from collegium.archive.durable_file import write_durably
from collegium.secretariat import clock

_STAMP: Final = "demonstration.json"
_STALE: Final = timedelta(days=3)
"""The invented co-operative has a vote open now: a few days later it would be over."""

_NAMED: Final = 3
"""Of what stands in the way, so much is named."""


class Stamp(Struct, frozen=True):
    """By which release a demonstration was made, and when."""

    release: str
    made: str


def demonstration(folder: Path) -> tuple[Path, ...]:
    """The folders of both organisations, made where they aren't there or have become stale.

    Raises:
        ValueError: There is something else in the folder; it is left as it is.
    """
    debian, bakery = folder / "debian", folder / "bakery"
    if not _fresh(folder):
        _clear(folder)
        _make(debian, bakery)
        stamp = Stamp(collegium.__version__, clock.now())
        write_durably(folder / _STAMP, msgspec.json.encode(stamp))
    return debian, bakery


def _make(debian: Path, bakery: Path) -> None:
    # Loaded only here: a second start shall answer within a second.
    from collegium.datasets.cooperative.founding import found_cooperative  # noqa: PLC0415 - likewise here
    from collegium.datasets.debian.importing import (  # noqa: PLC0415 - likewise here
        import_debian,
        package_files,
    )

    votes, ballots = package_files()
    import_debian(votes, ballots, debian, lambda _done, _of: None).close()
    found_cooperative(bakery).close()


def _fresh(folder: Path) -> bool:
    try:
        stamp = msgspec.json.decode((folder / _STAMP).read_bytes(), type=Stamp)
    except (OSError, msgspec.DecodeError):
        return False
    age = datetime.fromisoformat(clock.now()) - datetime.fromisoformat(stamp.made)
    return stamp.release == collegium.__version__ and age < _STALE


def _clear(folder: Path) -> None:
    """Remove an older demonstration, and nothing else."""
    if not folder.exists():
        folder.mkdir(mode=0o700, parents=True)
        return
    others = sorted({path.name for path in folder.iterdir()} - {"debian", "bakery", "site", _STAMP})
    if others:
        more = f" and {len(others) - _NAMED} more" if len(others) > _NAMED else ""
        raise ValueError(
            f"expected a demonstration of Collegium in {folder} and nothing else, found "
            f"{', '.join(others[:_NAMED])}{more}: choose another folder with --folder"
        )
    for path in folder.iterdir():
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink()
