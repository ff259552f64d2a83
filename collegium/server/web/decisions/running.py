"""Counts that take longer than a page may: made beside the requests, and told while they run.

One thread counts, so that a rush of visitors can't fill the machine; whoever asks for the same
count gets the same. A finished count is kept, for a closed vote's ballots never change. A
restart loses what was under way: the next look at the page starts it again.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, Final, Generic, TypeVar

from msgspec import Struct

from collegium.archive.protocol import Archive, Stored
from collegium.ids import ActId

T = TypeVar("T")

PATIENCE: Final = 0.6
"""Seconds that a page waits for a count before it tells how far it is."""

MOST_KEPT: Final = 256

_PERCENT: Final = 100


class Step(Struct, frozen=True):
    """How far a count is.

    Attributes:
        name: What is being done.
        percent: How much of the whole is done.
        done: How many entries or ballots this step has dealt with; 0 where it can't be told.
        total: Of how many; 0 likewise.
    """

    name: str
    percent: int
    done: int = 0
    total: int = 0


class Telling:
    """Where a running count says how far it is; the thread that counts writes, others read."""

    def __init__(self) -> None:
        self.step = Step("Waiting for another count to end", 0)

    def say(self, name: str, percent: int, done: int = 0, total: int = 0) -> None:
        """A step has begun, or got on."""
        self.step = Step(name, min(percent, _PERCENT), done, total)


class NotYet(Struct, frozen=True):
    """The answer while a count runs."""

    step: Step


class _Job(Generic[T]):
    def __init__(self, work: Callable[[Telling], T], pool: ThreadPoolExecutor) -> None:
        self.telling = Telling()
        self.future: Future[T] = pool.submit(work, self.telling)


class Counts:
    """Every count under way or kept, by what it is of."""

    def __init__(self) -> None:
        self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="count")
        self._jobs: OrderedDict[Hashable, _Job[Any]] = OrderedDict()
        self._guard = threading.Lock()

    def found(self, key: Hashable, work: Callable[[Telling], T]) -> T | NotYet:
        """What the work comes to, or how far it is if that takes longer than the patience.

        Args:
            key: What it is of; the same key never works twice at a time.
            work: Makes it, and says how far it is.
        """
        with self._guard:
            job = self._jobs.get(key)
            if job is None:
                job = self._jobs[key] = _Job(work, self._pool)
            self._jobs.move_to_end(key)
            self._forget()
        try:
            made: T = job.future.result(timeout=PATIENCE)
        except TimeoutError:
            return NotYet(job.telling.step)
        except BaseException:
            with self._guard:  # what failed is tried again at the next look
                self._jobs.pop(key, None)
            raise
        return made

    def _forget(self) -> None:
        for key in list(self._jobs)[: max(len(self._jobs) - MOST_KEPT, 0)]:
            if self._jobs[key].future.done():
                del self._jobs[key]


COUNTS: Final = Counts()
"""The counts of this process."""


class Watched:
    """An archive that tells how many entries of it have been read.

    Args:
        archive: The archive.
        telling: Where it is told.
        most: Which share of the whole work reading is, in per cent.
    """

    def __init__(self, archive: Archive, telling: Telling, most: int) -> None:
        self._archive, self._telling, self._most = archive, telling, most

    def find(self, name: ActId) -> Stored | None:
        """As the archive."""
        return self._archive.find(name)

    def entries(self, start: int) -> Iterable[bytes]:
        """As the archive, telling how far it is every thousand entries."""
        total = self._archive.size() - start
        return self._told(self._archive.entries(start), max(total, 1))

    def _told(self, entries: Iterable[bytes], total: int) -> Iterator[bytes]:
        for done, data in enumerate(entries):
            if done % 1000 == 0:
                percent = self._most * done // total
                self._telling.say("Reading the ballots from the record", percent, done, total)
            yield data
