"""What all benchmarks share: where they keep files, how they measure and how they report."""

import os
import resource
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from statistics import median

ROOT = Path(__file__).parents[1]
CACHE = Path(__file__).parent / ".cache"
"""On the project's own disk: a folder in memory would make every fdatasync free."""

sys.path.insert(0, str(ROOT))  # started as scripts, perhaps where the project isn't installed

PAGE = bytes(4096)


class Spent:
    """Seconds that a block took, in all its turns.

    Attributes:
        cpu: Processor time of this process, user and system.
        turns: Time on the wall, of each turn.
    """

    def __init__(self) -> None:
        self.cpu = 0.0
        self.turns: list[float] = []

    @property
    def wall(self) -> float:
        """Time on the wall of all turns."""
        return sum(self.turns)

    @property
    def median(self) -> float:
        """Time on the wall of the median turn."""
        return median(self.turns)

    def microseconds(self, times: int) -> float:
        """Processor time for each of so many, in microseconds."""
        return self.cpu / times * 1e6

    @contextmanager
    def measured(self) -> Iterator[None]:
        """Add what the block takes."""
        wall, cpu = time.perf_counter(), time.process_time()
        try:
            yield
        finally:
            self.cpu += time.process_time() - cpu
            self.turns.append(time.perf_counter() - wall)


def peak_megabytes() -> float:
    """The most memory that this process has held so far, in 10^6 bytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6


def hashing_microseconds() -> float:
    """What SHA-256 of 300 bytes costs just now, by which runs on a noisy machine compare.

    On the quiet machine of the first measurements: 0.53.
    """
    spent, data = Spent(), bytes(300)
    with spent.measured():
        for _ in range(200_000):
            sha256(data).digest()
    return spent.microseconds(200_000)


class Disk:
    """A file of its own that is written and forced to the disk, 4 KiB at a time."""

    def __init__(self, path: Path) -> None:
        self._file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600)
        self._at = 0

    def force(self) -> None:
        """Append 4 KiB and wait until they are durable."""
        os.pwrite(self._file, PAGE, self._at)
        os.fdatasync(self._file)
        self._at += len(PAGE)

    def close(self) -> None:
        """Close the file."""
        os.close(self._file)


def say(line: str) -> None:
    """Print a line at once."""
    print(line, flush=True)


def claim(what: str, ratio: str, goal: str, *, reached: bool) -> None:
    """Print the line in which a benchmark says whether its claim holds.

    Args:
        what: What was measured.
        ratio: Against whom, and how many times.
        goal: What is wanted; empty where nothing is, and so nothing can be reached.
        reached: Whether it holds.
    """
    held = f"goal {goal}: {'reached' if reached else 'missed'}" if goal else "measured, no goal"
    say(f"claim: {what}; ratio {ratio}; {held}")
