"""The one door: every act of this process goes through here into the record.

The steps stand in `docs/explanation/life-of-an-act.md`.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from copy import copy
from itertools import islice
from typing import Any

from msgspec import DecodeError, Struct

from collegium.archive.protocol import PATIENCE, Archive, Busy, InDoubt, SealedPayload, Writing
from collegium.counting import Outcome
from collegium.ids import ActId, Kind, Moment, VoteId
from collegium.parts.decisions.acts import CertifyOutcome, DeclareOutcome
from collegium.parts.decisions.tallying import outcome_of
from collegium.record.act import Act, By, Entry, read_entry
from collegium.record.base64_text import to_base64
from collegium.record.canonical import encode
from collegium.record.sealed import Payload, opens
from collegium.record.tree import leaf_hash
from collegium.refusals import Refused
from collegium.secretariat import clock as wall
from collegium.secretariat.entering import examine, read, take_effect
from collegium.secretariat.house import House
from collegium.secretariat.line import Line
from collegium.secretariat.locks import FairMutex, SharedLock
from collegium.secretariat.registry import BY_KIND
from collegium.secretariat.replay import LeafSource, Refusal, enter

LARGEST_BATCH = 200
"""Acts in one commit of `perform_many`."""

COUNTED = (Kind("decisions.declare-outcome/1"), Kind("decisions.certify-outcome/1"))
"""Acts that state what a vote's ballots come to."""


class Asked(Struct, frozen=True):
    """An act that somebody asks the door to enter.

    Attributes:
        act: What they do.
        by: How they are known.
        payloads: The payloads whose commitments the act carries.
    """

    act: Act
    by: By
    payloads: Sequence[SealedPayload] = ()


class Receipt(Struct, frozen=True):
    """What the door answers for an act that stands in the record.

    Attributes:
        act: Its id.
        seq: Its entry's number.
        leaf: Base64 of the entry's leaf hash; a proof follows with the next checkpoint.
        at: When it was accepted.
    """

    act: ActId
    seq: int
    leaf: str
    at: Moment


class Broken(Exception):  # noqa: N818 - a state of the house, which pages answer with 503
    """An effect failed: the house stands where it stood before, and accepts no act."""


class Door:
    """Performs acts on one organisation's archive, and keeps its house up to date.

    Args:
        archive: Where the entries are kept.
        house: The house so far, for example from a snapshot; a new one otherwise.
        clock: Gives the present moment.

    Attributes:
        house: All states; read it under `reading`.
        refusals: Committed entries that a rule refused when they were entered.
    """

    def __init__(
        self,
        archive: Archive,
        house: House | None = None,
        clock: Callable[[], Moment] = wall.now,
    ) -> None:
        self.archive = archive
        self.clock = clock
        self.refusals: list[Refusal] = []
        self._turns = FairMutex()
        self._lock = SharedLock()
        self.house = house or House()
        self._leaves = self.house.leaves = LeafSource(archive)
        self._erased = 0
        self.catch_up()
        self._erase_owed()

    @contextmanager
    def reading(self) -> Iterator[House]:
        """The house as of the newest committed entry, unchanged until the block ends."""
        if not self._lock.held_for_reading:
            self.catch_up()
        with self._lock.reading():
            yield self.house

    def catch_up(self) -> None:
        """Let in what has been committed since the house last looked."""
        if self.archive.size() > self.house.size and not self.house.broken:
            with self._lock.writing():
                self._let_in(self.archive.entries(self.house.size))

    def keep_tally(self, vote: VoteId, counted: Outcome) -> None:
        """Keep what a closed vote's ballots come to, so that the act that states it needn't count.

        Args:
            vote: The vote.
            counted: What this process counted from the vote as this door's house has it.
        """
        with self.reading() as house:
            found = house.decisions.votes.get(vote)
            if found is not None and found.closed and not house.has_tally(vote):
                house.remember_tally(vote, counted)

    def perform(self, asked: Asked, wait: float = PATIENCE) -> Receipt:
        """Enter an act; durable when this returns.

        The same act again gives the first receipt again.

        Raises:
            Refused: A rule says no; nothing happened.
            NotCanonicalError: The act isn't one of its kind.
            Busy: Others have been writing for `wait` seconds; nothing happened.
            Full: The disk took no more bytes; nothing happened.
            InDoubt: The commit failed and the act doesn't stand, or can't be looked up: send the
                same act again, which is safe.
            Broken: No act is accepted.
            RuntimeError: This thread is reading the house.
        """
        if self._lock.held_for_reading:
            raise RuntimeError("expected no act while this thread reads the house")
        check_payloads(asked)
        self._count_ahead(asked.act)
        with self._turns.turn(wait):
            receipt = self._perform(asked, wait)
        self._erase_owed()
        return receipt

    def perform_many(self, acts: Iterable[Asked], wait: float = PATIENCE) -> int:
        """Enter many acts, at most 200 to a commit; how many were entered.

        Holds archive and house for a batch at a time: nobody reads what isn't committed.

        Raises:
            Refused: A rule says no to one; those before it stand in the record.
            Busy, Full, InDoubt, Broken: As `perform`; whole batches before it stand.
        """
        remaining = iter(acts)
        entered = 0
        while batch := list(islice(remaining, LARGEST_BATCH)):
            for asked in batch:
                check_payloads(asked)
            with self._turns.turn(wait), self._lock.writing():
                entered += self._perform_batch(batch, wait)
        self._erase_owed()
        return entered

    def _perform(self, asked: Asked, wait: float) -> Receipt:
        try:
            with self.archive.writing(wait) as writing:
                self._see(writing)
                known = writing.find(asked.act.id)
                if known is not None:
                    return first_receipt(asked.act, known.data, known.seq)
                data = self._written(asked, self.house)
                entry, line, body = read(data)
                examine(self.house, entry, line, body)
                seq = writing.append(asked.act.id, data, asked.payloads)
        except InDoubt:
            self.catch_up()
            known = self.archive.find(asked.act.id)
            if known is None:
                raise
            return first_receipt(asked.act, known.data, known.seq)
        with self._lock.writing():
            # Ours is next unless another process was quicker; then the entries are read.
            if self.house.size == seq:
                self._take_effect(entry, line, body, data)
            else:
                self._let_in(self.archive.entries(self.house.size))
        return receipt_of(entry, data, seq)

    def _perform_batch(self, batch: Sequence[Asked], wait: float) -> int:
        refused: Refused | None = None
        entered = 0
        try:
            with self.archive.writing(wait) as writing:
                self._check_whole()
                self._let_in(writing.entries(self.house.size))
                self._check_whole()
                for asked in batch:
                    try:
                        known = writing.find(asked.act.id)
                        if known is not None:
                            first_receipt(asked.act, known.data, known.seq)
                            continue
                        data = self._written(asked, self.house)
                        entry, line, body = read(data)
                        examine(self.house, entry, line, body)
                    except Refused as error:
                        refused = error
                        break
                    writing.append(asked.act.id, data, asked.payloads)
                    take_effect(self.house, entry, line, body, data)
                    self._leaves.ahead.append(data)
                    entered += 1
        except Broken:
            raise
        except BaseException:
            self._rebuild()
            raise
        finally:
            self._leaves.ahead.clear()
        if refused is not None:
            raise refused
        return entered

    def _erase_owed(self) -> None:
        # At every start all are looked for again, so that neither a crash between an act and
        # its erasure nor an older backup brings a payload back.
        start = self._erased
        if len(self.house.organisation.erased) <= start:
            return
        owed = list(self.house.organisation.erased)[start:]
        with suppress(Busy):  # the next act or start tries again
            for commitment in owed:
                if self.archive.payload(commitment) is not None:
                    self.archive.erase(commitment)
            # Not +=: two threads that erase the same would skip what comes after it.
            self._erased = start + len(owed)

    def _see(self, writing: Writing) -> None:
        self._check_whole()  # a broken house would be rebuilt for every act that is tried
        if writing.head.size > self.house.size:
            with self._lock.writing():
                self._let_in(writing.entries(self.house.size))
        self._check_whole()

    def _check_whole(self) -> None:
        if self.house.broken:
            raise Broken(self.house.broken)

    def _written(self, asked: Asked, house: House) -> bytes:
        return encode(Entry(asked.act, max(self.clock(), house.at), asked.by, 1))

    def _count_ahead(self, act: Act) -> None:
        # Counting 300,000 ballots takes longer than anybody may hold a lock. A closed vote's
        # ballots don't change, and a copy of it keeps them when the outcome is declared.
        if act.kind not in COUNTED:
            return
        try:
            body: DeclareOutcome | CertifyOutcome = BY_KIND[act.kind].decoder.decode(act.body)
        except DecodeError:
            return  # the door will say what is wrong with it
        with self.reading() as house:
            vote = house.decisions.votes.get(body.vote)
            if vote is None or not vote.closed or vote.declared or house.has_tally(body.vote):
                return
            final = copy(vote)
        house.remember_tally(body.vote, outcome_of(final))

    def _let_in(self, entries: Iterable[bytes]) -> None:
        for data in entries:
            before = self.house.size
            try:
                refusal = enter(self.house, data)
            except Exception as error:  # noqa: BLE001 - any failing effect breaks the house
                self._break(before, error)
                return
            if refusal is not None:
                self.refusals.append(refusal)

    def _take_effect(self, entry: Entry, line: Line, body: Any, data: bytes) -> None:
        before = self.house.size
        try:
            take_effect(self.house, entry, line, body, data)
        except Exception as error:  # noqa: BLE001 - any failing effect breaks the house
            self._break(before, error)

    def _break(self, size: int, error: Exception) -> None:
        self._rebuild(size)
        self.house.broken = (
            f"The effect of entry {size} failed ({type(error).__name__}: {error}). The record "
            "is whole; nothing is accepted until a release of Collegium can replay it."
        )

    def _rebuild(self, size: int | None = None) -> None:
        # The house is replaced first: where the archive can't be read now, the next reader
        # goes on from here, and nobody sees what wasn't committed.
        self._leaves.ahead.clear()
        self.house = House(self._leaves)
        self.refusals = []
        self._let_in(self.archive.entries(0, size))


def check_payloads(asked: Asked) -> None:
    """Refuse payloads that aren't exactly those to which the act commits itself.

    Raises:
        Refused: `payloads-differ`.
    """
    found = {payload.field: payload.commitment for payload in asked.payloads}
    if found != asked.act.sealed or len(asked.payloads) != len(found):
        raise Refused("payloads-differ", "An act comes with the payloads that it names.")
    for one in asked.payloads:
        if one.act != asked.act.id or not opens(
            one.commitment, one.act, one.field, Payload(one.salt, one.content)
        ):
            raise Refused("payloads-differ", f"The payload {one.field} isn't the one sealed.")


def first_receipt(act: Act, data: bytes, seq: int) -> Receipt:
    """The receipt that an act got the first time.

    Raises:
        Refused: `act-id-used`: another act has this id.
    """
    entry = read_entry(data)
    if encode(entry.act) != encode(act):
        raise Refused("act-id-used", "Another act has this id; draw a new one and send again.")
    return receipt_of(entry, data, seq)


def receipt_of(entry: Entry, data: bytes, seq: int) -> Receipt:
    """The receipt for an entry that stands in the record."""
    return Receipt(entry.act.id, seq, to_base64(leaf_hash(data)), entry.at)
