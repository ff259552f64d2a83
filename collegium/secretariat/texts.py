"""The texts of a page, fetched at once and opened only to those who may read them.

Page data name texts by the act and field that sealed them. This reader fetches the entries
and payloads that it doesn't remember in two looks at the archive, after the house has been
let go, then asks `reading.may_read` for each text.
"""

import threading
from collections.abc import Collection, Iterable, Iterator
from typing import Any, Final, Literal, TypeAlias

from msgspec import Struct

from collegium.archive.protocol import SealedPayload, Stored
from collegium.ids import ActId, Commitment, MemberId
from collegium.parts.organisation.shown import Text
from collegium.record.act import Entry
from collegium.secretariat.door import Door
from collegium.secretariat.entering import read
from collegium.secretariat.house import House
from collegium.secretariat.line import Line
from collegium.secretariat.reading import Matter, matter_read, may_read

MOST_REMEMBERED: Final = 16 * 1024 * 1024
"""Bytes of texts that stay in memory; then the oldest half is forgotten."""

Condition: TypeAlias = Literal["open", "hidden", "erased", "missing"]
"""Of a text: it may be read; it isn't the visitor's to read; it was erased; there is none."""


class Opened(Struct, frozen=True):
    """A text as its visitor gets it; `words` is empty unless it is open."""

    words: str
    condition: Condition


class Fetched(Struct, frozen=True):
    """A page's texts and where the acts that sealed them stand.

    Attributes:
        texts: Every text that the page names.
        places: The entry's number of each act that was fetched.
    """

    texts: dict[Text, Opened]
    places: dict[ActId, int]


class Sealing(Struct, frozen=True):
    """An entry with the texts that it sealed, as far as they are kept."""

    seq: int
    read: tuple[Entry, Line, Any]
    words: dict[str, str]

    @property
    def size(self) -> int:
        """About how many bytes it takes to remember this."""
        return 1024 + sum(map(len, self.words.values()))


class Texts:
    """Fetches texts for pages, and remembers those that were read lately.

    Args:
        door: Whose archive they are in, and whose house says who may read.
    """

    def __init__(self, door: Door) -> None:
        self._door = door
        # What is sealed never changes; only erasing makes it go, and that is asked every time.
        self._known: dict[ActId, Sealing] = {}
        self._size = 0
        self._erasures = 0
        self._guard = threading.Lock()

    def fetch(self, wanted: Iterable[Text], visitor: MemberId | None) -> Fetched:
        """The texts, opened as far as the visitor may read them.

        Raises:
            RuntimeError: This thread still reads the house.
        """
        asked = set(wanted)
        sealings = self._sealings({text.act for text in asked})
        with self._door.reading() as house:
            texts = {text: _opened(house, sealings.get(text.act), text, visitor) for text in asked}
        return Fetched(texts, {act: sealing.seq for act, sealing in sealings.items()})

    def _sealings(self, acts: Collection[ActId]) -> dict[ActId, Sealing]:
        self._forget_erased()
        with self._guard:
            known = {act: self._known[act] for act in acts if act in self._known}
        missing = [act for act in acts if act not in known]
        if missing:
            found = dict(self._looked_up(missing))
            self._remember(found)
            known.update(found)
        return known

    def _looked_up(self, acts: Collection[ActId]) -> Iterator[tuple[ActId, Sealing]]:
        archive = self._door.archive
        stored = archive.entries_of(acts)
        opened = [(one, read(one.data)) for one in stored]
        commitments = [text for _, (entry, _, _) in opened for text in entry.act.sealed.values()]
        kept: dict[Commitment, SealedPayload] = {}
        if commitments:
            kept = {one.commitment: one for one in archive.payloads_of(commitments)}
        for one, triple in opened:
            yield triple[0].act.id, _sealing(one, triple, kept)

    def _remember(self, found: dict[ActId, Sealing]) -> None:
        with self._guard:
            self._known.update(found)
            self._size += sum(sealing.size for sealing in found.values())
            if self._size > MOST_REMEMBERED:
                for act in list(self._known)[: len(self._known) // 2]:
                    del self._known[act]
                self._size = sum(sealing.size for sealing in self._known.values())

    def _forget_erased(self) -> None:
        erasures = len(self._door.house.organisation.erased)
        if erasures != self._erasures:
            with self._guard:
                self._known.clear()
                self._size = 0
                self._erasures = erasures


def texts_in(page: Any) -> Iterator[Text]:
    """Every text that page data name, however deep."""
    if isinstance(page, Text):
        yield page
    elif isinstance(page, Struct):
        for name in page.__struct_fields__:
            value = getattr(page, name)
            if isinstance(value, (Struct, tuple)):
                yield from texts_in(value)
    elif isinstance(page, tuple):
        for value in page:
            if isinstance(value, (Struct, tuple)):
                yield from texts_in(value)


def _sealing(
    stored: Stored, triple: tuple[Entry, Line, Any], kept: dict[Commitment, SealedPayload]
) -> Sealing:
    sealed = triple[0].act.sealed.items()
    words = {
        field: kept[commitment].content.decode(errors="replace")
        for field, commitment in sealed
        if commitment in kept
    }
    return Sealing(stored.seq, triple, words)


def _opened(house: House, sealing: Sealing | None, text: Text, visitor: MemberId | None) -> Opened:
    commitment = sealing.read[0].act.sealed.get(text.field) if sealing else None
    if sealing is None or commitment is None:
        return Opened("", "missing")
    if not may_read(house, visitor, _matter(house, sealing, text)):
        return Opened("", "hidden")
    words = sealing.words.get(text.field)
    if words is None or commitment in house.organisation.erased:
        return Opened("", "erased")
    if not text.line:
        return Opened(words, "open")
    return _line(words, text.line)


def _matter(house: House, sealing: Sealing, text: Text) -> Matter:
    return matter_read(house, sealing.read, text.field)


def _line(words: str, start: str) -> Opened:
    """The rest of the line that begins with this word."""
    for line in words.splitlines():
        head, _, rest = line.partition(" ")
        if head == start:
            return Opened(rest, "open")
    return Opened("", "missing")
