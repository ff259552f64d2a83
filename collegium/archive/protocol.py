"""What it means that an entry is kept: the promises of every archive, and how they fail.

An archive holds one organisation's entries in their order, the roots from which the tree
grows (the head), the sealed payloads beside them and the newest checkpoint. `MemoryArchive`
keeps none of it beyond the process and is for tests; `SqliteArchive` and `PostgresArchive`
keep all of it.
"""

from collections.abc import Collection, Iterator, Sequence
from contextlib import AbstractContextManager
from typing import Final, Protocol

from msgspec import Struct

from collegium.ids import ActId, Commitment
from collegium.record.act import LONGEST_ENTRY
from collegium.record.tree import root_of

PATIENCE: Final = 5.0
"""Seconds for which a writer waits for its turn; the page keeps the form after that."""


class Busy(Exception):  # noqa: N818 - a state of the archive, which the door answers with 503
    """Others were writing for as long as the caller would wait; nothing was written."""


class InDoubt(Exception):  # noqa: N818 - not an error yet: the write may stand
    """The commit failed in a way that doesn't say whether the entries stand.

    Look with `Archive.find`, which answers truly from then on; performing the same act again
    is safe as well, for an act id stands in the record once.
    """


class Damaged(ValueError):  # noqa: N818 - a finding about what is kept, not about the call
    """What is kept isn't what was written; the text says why, and what to do."""


class Full(Exception):  # noqa: N818 - a state of the disk
    """The disk took no more bytes; the whole writing was rolled back, nothing older is lost.

    Writing goes on by itself once there is room.
    """


class NotDurable(Exception):  # noqa: N818 - a state of the database
    """The database doesn't promise to keep what it commits, so nothing is written to it."""


class Stored(Struct, frozen=True):
    """An entry and where it stands.

    Attributes:
        seq: Its number, from 0 without gaps.
        data: Its canonical bytes, exactly as they were appended.
    """

    seq: int
    data: bytes


class SealedPayload(Struct, frozen=True):
    """What a commitment in an entry stands for; kept beside the record and erasable.

    Attributes:
        commitment: The hash in the entry.
        act: The act that was sealed with it.
        field: The name under which the act holds the commitment.
        salt: 32 random bytes.
        content: The sealed bytes, as they are (the padding is the commitment's).
    """

    commitment: Commitment
    act: ActId
    field: str
    salt: bytes
    content: bytes


class Head(Struct, frozen=True):
    """How far the record goes.

    Attributes:
        size: Number of entries.
        frontier: The roots of the full subtrees over them, the largest first.
    """

    size: int
    frontier: tuple[bytes, ...]

    def root(self) -> bytes:
        """The 32-byte root over all entries (RFC 6962, section 2.1)."""
        return root_of(self.size, self.frontier)


EMPTY: Final = Head(0, ())
"""The head of an archive without entries."""


class Writing(Protocol):
    """One transaction: nobody else writes to the archive until it ends.

    Used by one thread, between entering and leaving `Archive.writing`.

    Attributes:
        head: The head when the turn came; one's own appends don't change it.
    """

    head: Head

    def entries(self, start: int) -> Iterator[bytes]:
        """The entries `[start, head.size)`, to catch up with before judging an act."""

    def find(self, act: ActId) -> Stored | None:
        """The entry of an act, committed or appended in this writing; None without one."""

    def append(self, act: ActId, data: bytes, payloads: Sequence[SealedPayload] = ()) -> int:
        """Put an entry at the end; the number under which it will stand.

        Leaf hash and frontier are computed here, over the very bytes that are stored.
        Nothing stands before `Archive.writing` has returned. Once it has raised, the whole
        writing can only be rolled back: leaving it without the exception raises `ValueError`.

        Raises:
            ValueError: No bytes or more than `LONGEST_ENTRY`; the act already stands in the
                record; a payload's commitment is already kept.
            Full: The disk took no more bytes.
        """


class Archive(Protocol):
    """One organisation's entries, for as many threads and processes as like.

    *Durable*: when `writing` has returned normally, its entries, their payloads and the head
    over them survive the death of the process, of the system and of the power supply, all of
    them or (when it raised anything but `InDoubt`) none. *Serialisable*: writings follow one
    another; each sees all that were committed before it, and entry numbers have no gaps.
    *Concurrent*: every method may be called from several threads and processes at once;
    readers wait for nobody and see committed entries only. *Append-only*: nothing here
    changes or removes an entry, and the databases refuse it of anybody who tries by mistake.

    No method carries an open cursor across a `fork`: open the archive in the process that
    uses it.
    """

    def head(self) -> Head:
        """The newest committed head."""

    def size(self) -> int:
        """Number of committed entries; the cheapest look at whether there is something new."""

    def entries(self, start: int, stop: int | None = None) -> Iterator[bytes]:
        """The committed entries `[start, stop)` in their order, or all from `start`.

        Ends where the record ended when the first was asked for. Holds no lock and no
        snapshot between two entries, so it may be consumed slowly.
        """

    def find(self, act: ActId) -> Stored | None:
        """The committed entry of an act; None without one."""

    def entries_of(self, acts: Collection[ActId]) -> list[Stored]:
        """The committed entries of these acts, in their order; acts without one are left out.

        One look, however many are asked for: a page's texts come this way.
        """

    def writing(self, wait: float = PATIENCE) -> AbstractContextManager[Writing]:
        """A turn to write: commits on leaving, rolls back when an exception leaves.

        Locks the head first of all, so that whoever judges an act judges it against
        everything that stands before it.

        Args:
            wait: Seconds to wait for the turn.

        Raises:
            Busy: The turn didn't come in time; nothing happened.
            Full: The disk took no more bytes; nothing was written.
            InDoubt: The commit's fate is unknown.
        """

    def payload(self, commitment: Commitment) -> SealedPayload | None:
        """What a commitment stands for; None if it was erased or never kept."""

    def payloads_of(self, commitments: Collection[Commitment]) -> list[SealedPayload]:
        """What these commitments stand for, in any order, those erased left out; one look."""

    def payloads(self) -> Iterator[SealedPayload]:
        """Every payload that is kept, in the order in which they came."""

    def erase(self, commitment: Commitment) -> None:
        """Make a payload and its salt go, down to the bytes; nothing if there is none.

        When it returns, the words are in no file that the archive reads or writes. Copies
        elsewhere (backups, mirrors) are the caller's to follow.

        Raises:
            Busy: Others kept the archive from finishing; erasing again finishes it.
        """

    def keep_checkpoint(self, size: int, note: str) -> None:
        """Keep the newest checkpoint; one for a smaller size than is kept changes nothing.

        Durable when it returns, and every entry below `size` with it: sign for others to see
        only what has been kept here first.

        Args:
            size: The checkpoint's size.
            note: The whole signed note.

        Raises:
            ValueError: More entries than are committed.
        """

    def checkpoint(self) -> str | None:
        """The newest kept checkpoint's note; None before the first."""

    def close(self) -> None:
        """End all connections. Nothing is used afterwards; closing twice is once."""


def check_entry(data: bytes) -> None:
    """Refuse bytes that no archive keeps.

    Raises:
        ValueError: No bytes, or more than `LONGEST_ENTRY`.
    """
    if not 0 < len(data) <= LONGEST_ENTRY:
        raise ValueError(f"expected an entry of 1 to {LONGEST_ENTRY} bytes, not {len(data)}")


def check_appended(asked: int, done: int) -> None:
    """Refuse to commit a writing in which an append has failed.

    Raises:
        ValueError: Fewer entries were appended than asked for.
    """
    if done != asked:
        raise ValueError(
            f"expected the writing to be rolled back: {asked - done} of its appends failed"
        )


def check_checkpoint(size: int, committed: int) -> None:
    """Refuse a checkpoint that says more than is kept.

    Raises:
        ValueError: `size` is larger than `committed`.
    """
    if size > committed:
        raise ValueError(
            f"expected a checkpoint of at most the {committed} committed entries, not {size}"
        )
