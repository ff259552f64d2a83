"""Work that takes longer than a page may: done beside the requests, told while it runs, stopped.

A hand or two work at a time, so that a rush of visitors can't fill the machine; whoever asks for
the same gets the same. What is finished is kept, for a closed vote's ballots and a record up to
a checkpoint never change. A restart loses what was under way: the next look at the page starts it
again.
"""

import secrets
import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable, Iterator
from concurrent.futures import CancelledError, Future
from typing import Any, Final, Generic, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from collegium.archive.protocol import Archive, Busy, Stored
from collegium.ids import ActId

T = TypeVar("T")

PATIENCE: Final = 0.6
"""Seconds that a page waits for an answer before it tells how far it is."""

_PERCENT: Final = 100


class Step(Struct, frozen=True):
    """How far a work is.

    Attributes:
        name: What is being done.
        percent: How much of the whole is done.
        done: How many entries or ballots this step has dealt with; 0 where it can't be told.
        total: Of how many; 0 likewise.
        work: Which work it is, for whoever stops it.
    """

    name: str
    percent: int
    done: int = 0
    total: int = 0
    work: str = ""


class StoppedError(Exception):
    """Somebody has stopped this work."""


class Telling:
    """Where a work says how far it is; the thread that works writes, others read."""

    def __init__(self) -> None:
        self.step = Step("Waiting until what others asked for is done", 0)
        self.stopped = False

    def say(self, name: str, percent: int, done: int = 0, total: int = 0) -> None:
        """A step has begun, or got on.

        Raises:
            StoppedError: Nobody wants the work any more.
        """
        if self.stopped:
            raise StoppedError
        self.step = Step(name, min(percent, _PERCENT), done, total)


class NotYet(Struct, frozen=True):
    """The answer while a work runs."""

    step: Step


class _Job(Generic[T]):
    def __init__(self, work: Callable[[Telling], T], hands: threading.Semaphore) -> None:
        self.name = secrets.token_urlsafe(9)
        self.telling = Telling()
        self.future: Future[T] = Future()
        # Nobody who ends the site shall wait for a count.
        threading.Thread(target=self._run, args=(work, hands), daemon=True).start()

    def not_yet(self) -> NotYet:
        return NotYet(replace(self.telling.step, work=self.name))

    def _run(self, work: Callable[[Telling], T], hands: threading.Semaphore) -> None:
        with hands:
            if not self.future.set_running_or_notify_cancel():
                return
            try:
                made = work(self.telling)
            except BaseException as error:  # noqa: BLE001 - it is raised again in the thread that asks
                self.future.set_exception(error)
            else:
                self.future.set_result(made)


class LongWork:
    """Every work of a kind that is under way or kept, by what it is of.

    Args:
        hands: How many work at a time; a machine that serves pages has more to do.
        most: How many may wait, run or be kept.
    """

    def __init__(self, hands: int, most: int) -> None:
        self.hands = threading.Semaphore(hands)
        self.most = most
        self._jobs: OrderedDict[Hashable, _Job[Any]] = OrderedDict()
        self._guard = threading.Lock()

    def found(self, key: Hashable, work: Callable[[Telling], T]) -> T | NotYet:
        """What the work comes to, or how far it is if that takes longer than the patience.

        Args:
            key: What it is of; the same key never works twice at a time.
            work: Makes it, and says how far it is.

        Raises:
            Busy: Too many are waiting.
        """
        job = self._begun(key, work)
        try:
            made: T = job.future.result(timeout=PATIENCE)
        except (TimeoutError, StoppedError, CancelledError):
            return job.not_yet()
        except BaseException:
            with self._guard:  # what failed is tried again at the next look
                if self._jobs.get(key) is job:
                    del self._jobs[key]
            raise
        return made

    def begin(self, key: Hashable, work: Callable[[Telling], T]) -> None:
        """Begin what will be asked for in a moment, and wait for nothing.

        Args:
            key: What it is of.
            work: Makes it, and says how far it is.

        Raises:
            Busy: Too many are waiting.
        """
        self._begun(key, work)

    def stop(self, name: str) -> bool:
        """Stop the work of this name; whether it was still under way."""
        with self._guard:
            found = [key for key, job in self._jobs.items() if job.name == name]
            job = self._jobs[found[0]] if found else None
            if job is None or job.future.done():
                return False
            job.telling.stopped = True
            job.future.cancel()
            del self._jobs[found[0]]  # whoever asks for it anew begins anew
            return True

    def _begun(self, key: Hashable, work: Callable[[Telling], T]) -> _Job[T]:
        with self._guard:
            job = self._jobs.get(key)
            if job is None:
                self._make_room()
                job = self._jobs[key] = _Job(work, self.hands)
            self._jobs.move_to_end(key)
            return job

    def _make_room(self) -> None:
        over = [key for key, job in self._jobs.items() if job.future.done()]
        for key in over[: max(len(self._jobs) + 1 - self.most, 0)]:
            del self._jobs[key]
        if len(self._jobs) >= self.most:
            raise Busy("Much is being counted and checked just now; try again in a moment.")


COUNTS: Final = LongWork(hands=1, most=256)
"""The counts of this process."""

CHECKS: Final = LongWork(hands=2, most=32)
"""The checks of copies in this process: the damaged copy and the whole one, side by side."""


def stop(name: str) -> bool:
    """Stop the work of this name, whatever it is; whether it was still under way."""
    return any(works.stop(name) for works in (COUNTS, CHECKS))


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
