"""The two organisations of the demonstration: one that was, and one that is made up."""

from pathlib import Path

from collegium.archive.folder import RECORD
from collegium.datasets.debian.importing import import_debian, package_files


def demonstration(folder: Path) -> tuple[Path, ...]:
    """The folders of both, made where they aren't there yet."""
    debian = folder / "debian"
    if not (debian / RECORD).exists():
        votes, ballots = package_files()
        import_debian(votes, ballots, debian, lambda _done, _of: None).close()
    return (debian,)
