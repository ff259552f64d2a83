"""Notices entries that another process has committed."""

import threading
from collections.abc import Callable
from types import TracebackType
from typing import Final, Self

from collegium.archive.protocol import Archive

INTERVAL: Final = 0.25
"""Seconds between two looks. A request looks for itself; this is for whoever waits."""


class Follower:
    """A thread that calls back when the archive has grown.

    It looks at the size, which costs microseconds, instead of being told, since a message can
    be lost and a look can't. A look or a call that fails is tried again at the next interval:
    what was missed once is not missed for good.

    Args:
        archive: The archive to watch; the follower doesn't close it.
        on_growth: Called in the follower's thread, without arguments, when there are more
            entries than at the last call that returned; what it does must be safe there.
        interval: Seconds between two looks.

    Attributes:
        trouble: What the last look or call raised; None when it went well.
    """

    def __init__(
        self, archive: Archive, on_growth: Callable[[], None], interval: float = INTERVAL
    ) -> None:
        self.trouble: Exception | None = None  # written by the thread only
        self._archive = archive
        self._on_growth = on_growth
        self._interval = interval
        self._seen = archive.size()
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="follower", daemon=True)

    def start(self) -> None:
        """Begin to look."""
        self._thread.start()

    def stop(self) -> None:
        """End the thread and wait for a call that is under way; stopping twice is once.

        Close the archive only afterwards.
        """
        self._stop.set()
        if self._thread.is_alive():
            self._thread.join()

    def _run(self) -> None:
        while not self._stop.wait(self._interval):
            try:
                self._look()
            except Exception as error:  # noqa: BLE001 - a database may be away for a while
                self.trouble = error
            else:
                self.trouble = None

    def _look(self) -> None:
        size = self._archive.size()
        if size > self._seen:
            self._on_growth()
            self._seen = size

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()
