"""Builds the wheel and compares it with the tracked files of the package."""

import subprocess
import sys
import zipfile
from pathlib import Path


def tracked() -> set[str]:
    """Every file of the package that git knows."""
    listing = ["git", "ls-files", "-z", "collegium"]
    said = subprocess.run(listing, capture_output=True, text=True, check=True).stdout
    return set(said.split("\0")[:-1])


def built(folder: Path) -> set[str]:
    """Every file in a wheel that is built now."""
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(build, check=True)
    (wheel,) = folder.glob("*.whl")
    return set(zipfile.ZipFile(wheel).namelist())


if __name__ == "__main__":
    names = built(Path(sys.argv[1]))
    missing = sorted(tracked() - names)
    licensed = any(name.endswith("licenses/LICENSE") for name in names)
    print("\n".join(f"not in the wheel: {name}" for name in missing) or "Nothing is missing.")
    sys.exit(bool(missing) or not licensed)
