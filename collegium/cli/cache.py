"""Where the commands keep what can be made again."""

import os
from pathlib import Path


def cache_folder() -> Path:
    """Where what can be made again is kept for the user."""
    told_where = Path(os.environ.get("XDG_CACHE_HOME", ""))
    return (told_where if told_where.is_absolute() else Path.home() / ".cache") / "collegium"
