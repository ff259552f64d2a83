"""An organisation's office: its open folder, its door, and the log's signature."""

import shutil
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self

from msgspec import Struct

from collegium.archive.folder import Folder, Schema, found_folder, open_folder
from collegium.archive.protocol import Damaged
from collegium.ids import MemberId, Moment
from collegium.parts.organisation.acts import (
    ConsentToFounding,
    Founder,
    FoundOrganisation,
    Source,
)
from collegium.parts.organisation.clauses import ClauseValue
from collegium.record.act import FOUNDING
from collegium.record.checkpoint import Checkpoint, sign_checkpoint
from collegium.record.keys import PrivateKey
from collegium.record.notes import Signer, VerifierKey
from collegium.record.receipts import Receipt
from collegium.secretariat import clock as wall
from collegium.secretariat.door import Door
from collegium.secretariat.drafting import draft, seen, signed
from collegium.secretariat.snapshot import covered, house_of, write_snapshot


class Office:
    """An organisation that is open for acts; a context manager that closes it.

    Args:
        folder: Its open folder.
        clock: Gives the present moment.

    Attributes:
        door: Where acts go in and the house is read.
    """

    def __init__(self, folder: Folder, clock: Callable[[], Moment] = wall.now) -> None:
        self.folder = folder
        self.door = Door(folder.archive, house_of(folder.archive, folder.snapshot), clock)

    @property
    def verifier_key(self) -> VerifierKey:
        """By which others check the log's checkpoints."""
        return self._signer().verifier_key

    def checkpoint(self) -> str:
        """A signed note over all entries so far, kept in the archive and as the anchor.

        The same note again while nothing has been added.

        Raises:
            Damaged: The entries aren't those that were written, or no act is accepted any
                more; nothing is signed.
        """
        now = self._standing()
        kept = self.folder.archive.checkpoint()
        if kept is not None and kept.startswith(now.text()):
            return kept
        note = sign_checkpoint(now, self._signer())
        self.folder.keep_checkpoint(note)
        return note

    def proof(self, seq: int) -> str:
        """The `.tlog-proof` of an entry under the newest checkpoint (C2SP tlog-proof).

        Raises:
            ValueError: No such entry.
        """
        note = self.checkpoint()
        with self.door.reading() as house:
            size = Checkpoint.parse(note.partition("\n\n")[0] + "\n").size
            path = house.tree.inclusion(seq, size, house.leaves)
        return Receipt(seq, tuple(path), note).text()

    def write_snapshot(self) -> None:
        """Write the house down for the next start."""
        with self.door.reading() as house:
            write_snapshot(house, self.folder.snapshot)

    def keep_snapshot(self, behind: int = 1) -> None:
        """Write it, if the one that is there lacks at least `behind` entries and the disk lets us.

        After an update there is none of this release, and every start would replay everything.
        """
        if self.door.house.size - covered(self.folder.snapshot) >= behind:
            with suppress(OSError):  # it can be thrown away, so nobody waits for it either
                self.write_snapshot()

    def close(self) -> None:
        """Close the archive."""
        self.folder.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _standing(self) -> Checkpoint:
        archive = self.folder.archive
        while True:
            with self.door.reading() as house:
                if house.broken:
                    raise Damaged(house.broken)
                now = Checkpoint(house.origin, house.size, house.tree.root())
            head = archive.head()
            if head.size == now.size:
                break  # else another process has added something in between
        if head.root() != now.root:
            raise Damaged(
                f"the {now.size} entries don't have the root that was taken down when they were "
                "written: put back the whole newest backup"
            )
        return now

    def _signer(self) -> Signer:
        return Signer(self.door.house.origin, self.folder.key().seed)


class FoundingMember(Struct, frozen=True):
    """Somebody who founds, with the key in their hand."""

    name: str
    member: MemberId
    key: PrivateKey


class Charter(Struct, frozen=True):
    """What is founded.

    Attributes:
        name: The organisation's name, for people.
        domain: The readable half of the log's name.
        founders: At least three.
        rule_book: Clauses that differ from their silent value.
        source: What will be imported.
        demo: Whether it is a demonstration for ever.
    """

    name: str
    domain: str
    founders: Sequence[FoundingMember]
    rule_book: dict[str, ClauseValue]
    source: Source = Source(name="", sha256="")
    demo: bool = False


def open_office(path: Path) -> Office:
    """The office of the organisation in a folder.

    Raises:
        ValueError: No organisation's folder; `Damaged` if it was put back from an older copy.
    """
    return Office(open_folder(path))


def found_office(path: Path, charter: Charter, schema: Schema | None = None) -> Office:
    """Found an organisation in an empty folder: the founding and everybody's consent.

    Raises:
        ValueError: The folder isn't empty.
        Refused: The charter breaks a rule; nothing is left of the folder.
    """
    log_key = PrivateKey.generate()
    office = Office(found_folder(path, log_key, schema))
    body = FoundOrganisation(
        demo=charter.demo,
        domain=charter.domain,
        founders=tuple(Founder(key=one.key.public, member=one.member) for one in charter.founders),
        happened_at="",
        log_key=log_key.public,
        rule_book=charter.rule_book,
        source=charter.source,
    )
    try:
        _found(office, charter, body)
    except BaseException:
        office.close()
        shutil.rmtree(path, ignore_errors=True)
        raise
    return office


def _found(office: Office, charter: Charter, body: FoundOrganisation) -> None:
    first, *others = charter.founders
    names = "\n".join(f"{one.member} {one.name}" for one in charter.founders)
    door, now = office.door, office.door.clock()
    texts = {"name": charter.name, "founders": names}
    door.perform(signed(draft(first.member, body, at=now, texts=texts), FOUNDING, first.key))
    for founder in others:
        consent = ConsentToFounding(happened_at="")
        asked = draft(founder.member, consent, at=now, base=seen(door.house))
        door.perform(signed(asked, door.house.origin, founder.key))
