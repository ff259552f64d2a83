"""An archive in memory: the promises without the durability, for tests and dry runs."""

import threading
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager

from collegium.archive.protocol import (
    EMPTY,
    PATIENCE,
    Busy,
    Head,
    SealedPayload,
    Stored,
    check_appended,
    check_checkpoint,
    check_entry,
)
from collegium.ids import ActId, Commitment
from collegium.record.tree import CompactRange, leaf_hash


class MemoryArchive:
    """An archive that ends with its process; shared by threads, not by processes."""

    def __init__(self) -> None:
        self._turn = threading.Lock()  # held by the one Writing
        # Everything below is written only under _turn. Readers take no lock: _head is
        # replaced after all that it covers is in place.
        self._entries: list[bytes] = []
        self._places: dict[ActId, int] = {}
        self._payloads: dict[Commitment, SealedPayload] = {}
        self._checkpoint: tuple[int, str] | None = None
        self._head = EMPTY

    def head(self) -> Head:
        """The newest committed head."""
        return self._head

    def size(self) -> int:
        """Number of committed entries."""
        return self._head.size

    def entries(self, start: int, stop: int | None = None) -> Iterator[bytes]:
        """The committed entries `[start, stop)` in their order."""
        size = self._head.size
        for seq in range(start, size if stop is None else min(stop, size)):
            yield self._entries[seq]

    def find(self, act: ActId) -> Stored | None:
        """The committed entry of an act."""
        seq = self._places.get(act)
        if seq is None or seq >= self._head.size:
            return None
        return Stored(seq, self._entries[seq])

    def entries_of(self, acts: Collection[ActId]) -> list[Stored]:
        """The committed entries of these acts."""
        found = filter(None, map(self.find, set(acts)))
        return sorted(found, key=lambda stored: stored.seq)

    @contextmanager
    def writing(self, wait: float = PATIENCE) -> Iterator["MemoryWriting"]:
        """A turn to write.

        Raises:
            Busy: The turn didn't come in time.
        """
        if not self._turn.acquire(timeout=wait):
            raise Busy(f"others have been writing for {wait:g} seconds; try again")
        try:
            turn = MemoryWriting(self, self._head)
            yield turn
            self._commit(turn)
        finally:
            self._turn.release()

    def _commit(self, turn: "MemoryWriting") -> None:
        check_appended(turn.asked, len(turn.appended))
        for act, data, payloads in turn.appended:
            self._places[act] = len(self._entries)
            self._entries.append(data)
            self._payloads.update((one.commitment, one) for one in payloads)
        self._head = Head(turn.range.size, turn.range.frontier())

    def payload(self, commitment: Commitment) -> SealedPayload | None:
        """What a commitment stands for."""
        return self._payloads.get(commitment)

    def payloads_of(self, commitments: Collection[Commitment]) -> list[SealedPayload]:
        """What these commitments stand for."""
        return list(filter(None, map(self.payload, set(commitments))))

    def payloads(self) -> Iterator[SealedPayload]:
        """Every payload that is kept, in the order in which they came."""
        yield from list(self._payloads.values())

    def erase(self, commitment: Commitment) -> None:
        """Forget a payload; the memory is the interpreter's to reuse."""
        with self._turn:
            self._payloads.pop(commitment, None)

    def keep_checkpoint(self, size: int, note: str) -> None:
        """Keep the newest checkpoint.

        Raises:
            ValueError: More entries than are committed.
        """
        check_checkpoint(size, self._head.size)
        with self._turn:
            if self._checkpoint is None or self._checkpoint[0] <= size:
                self._checkpoint = (size, note)

    def checkpoint(self) -> str | None:
        """The newest kept checkpoint's note."""
        return self._checkpoint[1] if self._checkpoint else None

    def close(self) -> None:
        """Nothing to end; what was kept can still be read."""


class MemoryWriting:
    """A transaction of a `MemoryArchive`; see `protocol.Writing`."""

    def __init__(self, archive: MemoryArchive, head: Head) -> None:
        self.head = head
        self.asked = 0  # appends, done or failed
        self.range = CompactRange(head.size, head.frontier)
        self.appended: list[tuple[ActId, bytes, Sequence[SealedPayload]]] = []
        self._archive = archive
        self._seen: dict[ActId, Stored] = {}
        self._sealed: set[Commitment] = set()

    def entries(self, start: int) -> Iterator[bytes]:
        """The entries `[start, head.size)`."""
        return self._archive.entries(start, self.head.size)

    def find(self, act: ActId) -> Stored | None:
        """The entry of an act, committed or appended in this writing."""
        return self._seen.get(act) or self._archive.find(act)

    def append(self, act: ActId, data: bytes, payloads: Sequence[SealedPayload] = ()) -> int:
        """Put an entry at the end; the number under which it will stand.

        Raises:
            ValueError: A bad length, or an act or a commitment that is already kept.
        """
        self.asked += 1
        check_entry(data)
        if self.find(act):
            raise ValueError(f"expected a new act: {act} already stands in the record")
        sealed = {one.commitment for one in payloads}
        if any(one in self._sealed or self._archive.payload(one) for one in sealed):
            raise ValueError(f"expected new commitments: one of {act} is already kept")
        seq = self.range.size
        self.range.append(leaf_hash(data))
        self._seen[act] = Stored(seq, data)
        self._sealed |= sealed
        self.appended.append((act, data, tuple(payloads)))
        return seq
