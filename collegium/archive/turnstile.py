"""The queue before a file that processes write in turn."""

import os
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from collegium.archive.protocol import Busy

if sys.platform == "win32":
    import msvcrt

    def _lock(file: int) -> bool:
        try:
            msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

    def _unlock(file: int) -> None:
        os.lseek(file, 0, os.SEEK_SET)
        msvcrt.locking(file, msvcrt.LK_UNLCK, 1)
else:
    import fcntl

    def _lock(file: int) -> bool:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def _unlock(file: int) -> None:
        fcntl.flock(file, fcntl.LOCK_UN)


_FIRST_PAUSE = 0.0002
_LONGEST_PAUSE = 0.005


class Turnstile:
    """Lets one thread of one process through at a time, nobody twice past one who waits.

    SQLite's own waiting sleeps for up to 100 ms and favours whoever has just written: with
    four busy processes one waited four seconds. Here a writer first takes the *turn*, then
    the *lock*, and gives the turn back: whoever has just written finds the turn taken by the
    next. The system drops both locks with a process that dies.

    Args:
        lock: Path of the lock file; the turn stands beside it as `<name>-turn`. Both are
            made if need be, stay empty and stay where they are.
    """

    def __init__(self, lock: Path) -> None:
        self._mutex = threading.Lock()  # the threads of this process; flock knows only files
        self._lock = os.open(lock, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        turn = lock.with_name(f"{lock.name}-turn")
        self._turn = os.open(turn, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)

    @contextmanager
    def passing(self, wait: float) -> Iterator[float]:
        """Holds the lock; gives the seconds that are left of `wait`.

        Raises:
            Busy: It wasn't free within `wait` seconds.
            ValueError: It has been closed.
        """
        deadline = time.monotonic() + wait
        if not self._mutex.acquire(timeout=wait):
            raise _busy(wait)
        try:
            if self._lock < 0:
                raise ValueError("expected an open archive: this one has been closed")
            self._queue(deadline, wait)
            try:
                yield max(0.0, deadline - time.monotonic())
            finally:
                _unlock(self._lock)
        finally:
            self._mutex.release()

    def _queue(self, deadline: float, wait: float) -> None:
        if not _lock_until(self._turn, deadline):
            raise _busy(wait)
        try:
            if not _lock_until(self._lock, deadline):
                raise _busy(wait)
        finally:
            _unlock(self._turn)

    def close(self) -> None:
        """Close both files; closing twice is once."""
        with self._mutex:
            for file in (self._lock, self._turn):
                if file >= 0:
                    os.close(file)
            self._lock = self._turn = -1


def _lock_until(file: int, deadline: float) -> bool:
    # Polled, since a blocking flock can't be given up after a time without a signal.
    pause = _FIRST_PAUSE
    while not _lock(file):
        if time.monotonic() >= deadline:
            return False
        time.sleep(pause)
        pause = min(pause * 1.5, _LONGEST_PAUSE)
    return True


def _busy(wait: float) -> Busy:
    return Busy(f"others have been writing for {wait:g} seconds; try again in a moment")
