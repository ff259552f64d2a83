"""Small files that a power cut leaves either as they were or as they were to be."""

import os
import tempfile
from contextlib import suppress
from pathlib import Path


def write_durably(path: Path, data: bytes) -> None:
    """Put `data` in the place of `path`, for its owner only; on disk when this returns.

    Two who write at once leave one of the two whole files.

    Raises:
        OSError: The file is as it was.
    """
    descriptor, name = tempfile.mkstemp(prefix=f".{path.name}-", dir=path.parent)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
    except BaseException:
        with suppress(OSError):
            Path(name).unlink()
        raise
    keep_names(path.parent)


def keep_names(folder: Path) -> None:
    """Wait until what was made, renamed or removed in `folder` is on disk."""
    if os.name == "nt":  # Windows can't open a folder, and writes its names through
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
