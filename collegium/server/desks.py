"""Desks: the organisations that this process serves, each open once, shared by all threads."""

import threading
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Final

from django.conf import settings

from collegium.archive.follow import Follower
from collegium.datasets.cooperative.people import DemoPerson, read_people
from collegium.ids import MemberId, Moment
from collegium.parts.organisation.shown import Visit
from collegium.record.act import By, signed_text
from collegium.record.keys import PrivateKey
from collegium.secretariat.door import Asked
from collegium.secretariat.drafting import DEMO, SESSION
from collegium.secretariat.line import Line
from collegium.secretariat.notary import Notary
from collegium.secretariat.office import Office, open_office
from collegium.secretariat.registry import BY_KIND
from collegium.secretariat.texts import Texts

_BEHIND: Final = 2_000
"""Entries that are replayed in hundredths of a second; for more, a snapshot is written at once."""


class Desk:
    """One organisation as this process serves it.

    Args:
        slug: Its place in every address: `/<slug>/votes/`.
        office: Its open office.
        people: The people of a demonstration; ignored unless it was founded as one.

    Attributes:
        texts: Fetches the texts of its pages.
    """

    def __init__(self, slug: str, office: Office, people: Sequence[DemoPerson] = ()) -> None:
        self.slug = slug
        self.office = office
        office.keep_snapshot(_BEHIND)  # now, as nobody may be there to see this program end
        self.texts = Texts(office.door)
        self.people = tuple(people) if office.door.house.organisation.demo else ()
        self._keys = {one.member: PrivateKey.from_seed(one.seed) for one in self.people if one.seed}
        self._notary = Notary(office)
        self._follower = Follower(office.folder.archive, self._see_growth)
        self._notary.start()
        self._follower.start()

    @property
    def demo(self) -> bool:
        """Whether it was founded as a demonstration, which nothing can change."""
        return self.office.door.house.organisation.demo

    def visit(self, member: MemberId | None) -> Visit:
        """A visit at this moment."""
        return Visit(member, self.now())

    def now(self) -> Moment:
        """The present moment."""
        return self.office.door.clock()

    def proven(self, asked: Asked) -> Asked:
        """The act with the best proof of its actor that this desk can give.

        In a demonstration the invented people's keys are here, and sign what must be signed.
        """
        if not self.demo:
            return Asked(asked.act, SESSION, asked.payloads)
        line: Line = BY_KIND[asked.act.kind]
        if line.proof == "session" or not self.signs_for(asked.act.actor):
            return Asked(asked.act, DEMO, asked.payloads)
        return self.signed(asked)

    def signed(self, asked: Asked) -> Asked:
        """The act signed by its actor, an invented person whose key is here."""
        key = self._keys[asked.act.actor]
        signature = key.sign(signed_text(self.office.door.house.origin, asked.act))
        return Asked(asked.act, By("key", key.public, signature), asked.payloads)

    def signs_for(self, member: MemberId | None) -> bool:
        """Whether the member's key is here: only that of an invented person is."""
        return member in self._keys

    def close(self) -> None:
        """Stop following, sign the last checkpoint, keep a snapshot, and close the archive."""
        self._follower.stop()
        self._notary.stop()
        try:
            self.office.keep_snapshot()
        finally:
            self.office.close()

    def _see_growth(self) -> None:
        self.office.door.catch_up()
        self._notary.look()


class Desks:
    """All desks of this process, opened at the first question for one.

    Args:
        folders: The organisations' folders; a folder's name is its slug.
    """

    def __init__(self, folders: Sequence[Path]) -> None:
        self._folders = folders
        self._desks: dict[str, Desk] = {}
        self._guard = threading.Lock()

    def all(self) -> Mapping[str, Desk]:
        """Every desk by its slug, in the order in which the folders were given."""
        if not self._desks:
            with self._guard:
                if not self._desks:
                    self._desks = {folder.name: open_desk(folder) for folder in self._folders}
        return self._desks

    def close(self) -> None:
        """Close every desk; they open again at the next question."""
        with self._guard:
            for desk in self._desks.values():
                desk.close()
            self._desks = {}


@cache
def desks() -> Desks:
    """The desks of this process, for the organisations that the settings name."""
    return Desks(settings.ORGANISATIONS)


def open_desk(folder: Path) -> Desk:
    """The desk of the organisation in a folder.

    Raises:
        ValueError: No organisation's folder, or its people can't be read.
    """
    return Desk(folder.name, open_office(folder), read_people(folder))
