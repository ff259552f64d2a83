"""Checks of copies that go on beside requests: asked for once, answered when they are done.

Checking a copy is longer work than a page may take, so the command `collegium verify` does it in
a process of its own. Whoever asks waits for a moment; then the page says which step it is at.
"""

import os
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Final, Literal, TypeAlias

from msgspec import Struct

from collegium.archive.protocol import Busy
from collegium.server.desks import Desk
from collegium.server.web.record.copies import written
from collegium.server.web.record.damage import Change, Part

Step: TypeAlias = Literal["waiting", "copying", "checking"]
"""`waiting`: others are checked first."""

Tell: TypeAlias = Callable[[Step], None]

HANDS: Final = 2
"""Checks at a time; a machine that serves pages has more to do."""

_LONGEST = 60.0  # seconds that checking may take
_MOST = 32  # checks that wait, run or are remembered

_hands = threading.BoundedSemaphore(HANDS)
_guard = threading.Lock()
_known: dict[tuple[str, str, str, int], "Check"] = {}


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


class Check:
    """A check that has been asked for.

    Args:
        work: Does it, and tells each step that it begins.

    Attributes:
        step: Which step it is at.
        failed: Why nothing came of it, where it is over and nothing did.
    """

    def __init__(self, work: Callable[[Tell], Checked]) -> None:
        self.step: Step = "waiting"
        self.failed: Exception | None = None
        self._found: Checked | None = None
        self._over = threading.Event()
        # Nobody who stops the site shall wait for a check.
        threading.Thread(target=self._run, args=(work,), daemon=True).start()

    @property
    def over(self) -> bool:
        """Whether it has ended."""
        return self._over.is_set()

    def result(self, patience: float) -> Checked | None:
        """What came of it, if it ends within so many seconds.

        Raises:
            Exception: Why nothing came of it.
        """
        self._over.wait(patience)
        if self.failed:
            raise self.failed
        return self._found

    def _run(self, work: Callable[[Tell], Checked]) -> None:
        try:
            with _hands:
                self._found = work(self._begin)
        except Exception as error:  # noqa: BLE001 - it is raised again in the thread that asks
            self.failed = error
        finally:
            self._over.set()

    def _begin(self, step: Step) -> None:
        self.step = step


def check(desk: Desk, part: Part | None = None, entry: int = 0) -> Check:
    """The check of a copy of the record as it stands: whole, or with one byte changed.

    It is begun if nobody has asked for it since something was added.

    Raises:
        Busy: Too many are waiting.
    """
    asked = (desk.slug, desk.office.checkpoint(), part or "", entry)
    with _guard:
        known = _known.get(asked)
        if known is None or known.failed:
            _make_room()
            known = _known[asked] = Check(lambda tell: _checked(desk, part, entry, tell))
        return known


def _make_room() -> None:
    over = [asked for asked, known in _known.items() if known.over]
    for asked in over[: max(len(_known) + 1 - _MOST, 0)]:
        del _known[asked]
    if len(_known) >= _MOST:
        raise Busy("Many copies are being checked just now; try again in a moment.")


def _checked(desk: Desk, part: Part | None, entry: int, tell: Tell) -> Checked:
    tell("copying")
    with written(desk, part, entry) as (copy, change):
        tell("checking")
        key = str(desk.office.verifier_key)
        answer = _verified(copy, key)
    return Checked(
        command=f"collegium verify {copy.name} --key '{key}'",
        said=answer.stdout or answer.stderr,
        faultless=answer.returncode == 0,
        change=change,
    )


def _verified(copy: Path, key: str) -> subprocess.CompletedProcess[str]:
    asked = ["verify", copy.name, "--key", key]
    package = Path(sys.modules["collegium"].__path__[0]).parent
    try:
        return subprocess.run(  # noqa: S603 - our own command, on a folder that we wrote
            [sys.executable, "-P", "-m", "collegium.cli.main", *asked],
            cwd=copy.parent,
            env=os.environ | {"PYTHONPATH": str(package), "PYTHONUTF8": "1"},
            capture_output=True,
            text=True,
            timeout=_LONGEST,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise Busy("Checking takes too long just now; try again in a moment.") from None
