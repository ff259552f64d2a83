"""Two locks: writers queue in the order in which they came; readers share, effects don't."""

import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager

from collegium.archive.protocol import PATIENCE, Busy


class FairMutex:
    """A lock that goes to whoever has waited longest.

    The threads of one process queue here, before they ask the archive for its lock, whose
    own order is anybody's.
    """

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._held = False
        self._waiting: deque[threading.Lock] = deque()  # each held until its turn comes

    @contextmanager
    def turn(self, wait: float = PATIENCE) -> Iterator[None]:
        """Hold the lock.

        Raises:
            Busy: The turn didn't come within `wait` seconds.
        """
        self._take(wait)
        try:
            yield
        finally:
            self._give()

    def _take(self, wait: float) -> None:
        with self._guard:
            if not self._held:
                self._held = True
                return
            mine = threading.Lock()
            mine.acquire()
            self._waiting.append(mine)
        if mine.acquire(timeout=wait):
            return
        with self._guard:
            if mine not in self._waiting:  # the turn came in the very moment of giving up
                return
            self._waiting.remove(mine)
        raise Busy(f"Others have been writing for {wait:g} seconds; please send it again.")

    def _give(self) -> None:
        with self._guard:
            if self._waiting:
                self._waiting.popleft().release()
            else:
                self._held = False


class SharedLock:
    """Many readers at once, or one writer; a waiting writer goes before new readers.

    Readers hold it while they gather a page (at most 20 ms), the writer for the microseconds
    of an effect.
    """

    def __init__(self) -> None:
        self._state = threading.Condition()
        self._readers = 0
        self._writing = False
        self._writers_waiting = 0
        self._mine = threading.local()

    @property
    def held_for_reading(self) -> bool:
        """Whether this thread holds it as a reader."""
        return bool(getattr(self._mine, "depth", 0))

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Share it; a thread that reads already goes on at once."""
        depth = getattr(self._mine, "depth", 0)
        if not depth:
            with self._state:
                while self._writing or self._writers_waiting:
                    self._state.wait()
                self._readers += 1
        self._mine.depth = depth + 1
        try:
            yield
        finally:
            self._mine.depth = depth
            if not depth:
                with self._state:
                    self._readers -= 1
                    if self._writers_waiting:
                        self._state.notify_all()

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Hold it alone.

        Raises:
            RuntimeError: This thread holds it as a reader, and would wait for itself.
        """
        if self.held_for_reading:
            raise RuntimeError("expected no write while this thread reads the house")
        with self._state:
            self._writers_waiting += 1
            while self._writing or self._readers:
                self._state.wait()
            self._writers_waiting -= 1
            self._writing = True
        try:
            yield
        finally:
            with self._state:
                self._writing = False
                self._state.notify_all()
