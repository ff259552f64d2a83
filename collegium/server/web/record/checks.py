"""Checks of copies: made beside the requests, told while they run, and kept.

Checking a copy is longer work than a page may take, so the command `collegium verify` does it in
a process of its own.
"""

import os
import re
import subprocess
import sys
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryFile
from threading import Timer
from typing import IO, Final

from msgspec import Struct

from collegium.archive.protocol import Busy
from collegium.server.desks import Desk
from collegium.server.web.record.copies import written
from collegium.server.web.record.damage import Change, Part
from collegium.server.web.shared.running import CHECKS, NotYet, Telling

LONGEST: Final = 60.0
"""Seconds that checking may take."""

_COPIED: Final = 20
"""Per cent of a check that are done when its copy is written."""

_PERCENT: Final = 100
_TOLD: Final = re.compile(r"Checking (\d+) (\d+)\n")


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


def check(desk: Desk, part: Part | None = None, entry: int = 0) -> Checked | NotYet:
    """What checking says about a copy of the record as it stands, whole or with one byte changed.

    It is begun if nobody has asked for it since something was added; else it is the same one.

    Raises:
        Busy: Too many are waiting, or it took too long.
    """
    return CHECKS.found(*_asked(desk, part, entry))


def begin(desk: Desk) -> None:
    """Begin the check of the whole copy, for whoever asks about it next.

    Raises:
        Busy: Too many are waiting.
    """
    CHECKS.begin(*_asked(desk, None, 0))


def _asked(
    desk: Desk, part: Part | None, entry: int
) -> tuple[Hashable, Callable[[Telling], Checked]]:
    name = (desk, desk.office.checkpoint(), part, entry)
    return name, lambda telling: _checked(desk, part, entry, telling)


def _checked(desk: Desk, part: Part | None, entry: int, telling: Telling) -> Checked:
    def copied(done: int, of: int) -> None:
        telling.say("Writing the copy", _COPIED * done // (of or 1), done, of)

    with written(desk, part, entry, copied) as (copy, change):
        telling.say("Starting “collegium verify”", _COPIED)
        key = str(desk.office.verifier_key)
        faultless, said = _verified(copy, key, telling)
    return Checked(
        command=f"collegium verify {copy.name} --key '{key}'",
        said=said,
        faultless=faultless,
        change=change,
    )


def _verified(copy: Path, key: str, telling: Telling) -> tuple[bool, str]:
    complaints = []
    with TemporaryFile("w+", encoding="utf-8") as answer, _verifying(copy, key, answer) as program:
        for line in program.stderr or ():
            if told := _TOLD.fullmatch(line):
                done, of = int(told[1]), int(told[2])
                percent = _COPIED + (_PERCENT - _COPIED) * done // (of or 1)
                telling.say("Reading every entry, and asking every rule", percent, done, of)
            else:
                complaints.append(line)
        code = program.wait()
        if code < 0:  # by a signal: ours, or that of whoever keeps the machine
            raise Busy("Checking takes too long just now; try again in a moment.")
        answer.seek(0)
        return code == 0, answer.read() or "".join(complaints)


@contextmanager
def _verifying(copy: Path, key: str, answer: IO[str]) -> Iterator[subprocess.Popen[str]]:
    """The command at work; it ends with the block, and within its time."""
    package = Path(sys.modules["collegium"].__path__[0]).parent
    asked = ["verify", copy.name, "--key", key, "--progress"]
    with subprocess.Popen(  # noqa: S603 - our own command, on a folder that we wrote
        [sys.executable, "-P", "-m", "collegium.cli.main", *asked],
        cwd=copy.parent,
        env=os.environ | {"PYTHONPATH": str(package), "PYTHONUTF8": "1"},
        stdout=answer,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    ) as program:
        late = Timer(LONGEST, program.kill)
        late.start()
        try:
            yield program
        finally:
            late.cancel()
            program.kill()
