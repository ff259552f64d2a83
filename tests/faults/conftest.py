import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import TypeAlias

import pytest

from tests import archives

Start: TypeAlias = Callable[..., subprocess.Popen[str]]

WRITER = Path(__file__).parent / "writer.py"


@pytest.fixture(params=["sqlite", "postgres"])
def where(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A place for an archive, as `archives.open_archive` reads it."""
    if request.param == "sqlite":
        yield str(tmp_path / "record.sqlite")
        return
    with archives.schema() as (dsn, name):
        yield f"{dsn}|{name}"


@pytest.fixture
def start() -> Iterator[Start]:
    """Starts `writer.py`; whoever still runs at the end is killed."""
    with ExitStack() as running:

        def begin(*arguments: str, before: tuple[str, ...] = ()) -> subprocess.Popen[str]:
            program = subprocess.Popen(
                [*before, sys.executable, str(WRITER), *arguments],
                cwd=archives.ROOT,
                env={**os.environ, "PYTHONPATH": str(archives.ROOT)},
                stdout=subprocess.PIPE,
                text=True,
            )
            running.enter_context(program)
            running.callback(program.kill)
            return program

        yield begin
