"""Signs the log's checkpoints while an organisation is served."""

import threading
from types import TracebackType
from typing import Final, Self

from collegium.secretariat.office import Office

INTERVAL: Final = 10.0
"""Seconds between two checkpoints, at most one where nothing urgent has been added."""


class Notary:
    """A thread that signs a checkpoint when entries have been added; at once for outcomes.

    A signature that fails is tried again at the next interval. What is refused for good, such
    as signing over entries that were altered, stands in `trouble`.

    Args:
        office: Whose checkpoints; the notary doesn't close it.
        interval: Seconds between two checkpoints.

    Attributes:
        trouble: What the last signing raised; None when it went well.
    """

    def __init__(self, office: Office, interval: float = INTERVAL) -> None:
        self.trouble: Exception | None = None  # written by the thread only
        self._office = office
        self._interval = interval
        self._outcomes = self._declared()
        self._signed = -1
        self._wanted = threading.Event()
        self._stopping = False
        self._thread = threading.Thread(target=self._run, name="notary", daemon=True)

    def start(self) -> None:
        """Begin to sign."""
        self._thread.start()

    def look(self) -> None:
        """See what was added: an outcome is signed for at once, all else can wait its turn."""
        outcomes = self._declared()
        if outcomes != self._outcomes:
            self._outcomes = outcomes
            self._wanted.set()

    def stop(self) -> None:
        """Sign for what is new, and end the thread; stopping twice is once.

        Close the office only afterwards.
        """
        self._stopping = True
        self._wanted.set()
        if self._thread.is_alive():
            self._thread.join()

    def _run(self) -> None:
        while not self._stopping:
            self._wanted.wait(self._interval)
            self._wanted.clear()
            try:
                self._sign()
            except Exception as error:  # noqa: BLE001 - a database may be away for a while
                self.trouble = error
            else:
                self.trouble = None

    def _sign(self) -> None:
        size = self._office.folder.archive.size()
        if size != self._signed:
            self._office.checkpoint()
            self._signed = size

    def _declared(self) -> int:
        with self._office.door.reading() as house:
            return sum(bool(vote.declared) for vote in house.decisions.votes.values())

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
