"""Replay: a house from entries, asking every rule again."""

from collections.abc import Iterable, Iterator

from msgspec import Struct

from collegium.archive.protocol import Archive
from collegium.record.canonical import NotCanonicalError
from collegium.record.tree import leaf_hash
from collegium.refusals import Refused
from collegium.secretariat.entering import examine, read, stand_alone, take_effect
from collegium.secretariat.house import House


class Refusal(Struct, frozen=True):
    """An entry that stands in the record though a rule says no: it had no effect.

    Attributes:
        seq: Its number.
        rule: The rule's name; `not-canonical` for bytes that spell no act.
        reason: The rule's sentence.
    """

    seq: int
    rule: str
    reason: str


class LeafSource:
    """Leaf hashes of an archive's entries, hashed again when they are asked for.

    Attributes:
        ahead: Entries that follow the committed ones, while a batch of them is examined.
    """

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self.ahead: list[bytes] = []

    def __call__(self, start: int, stop: int) -> list[bytes]:
        """The leaf hashes `[start, stop)`, 32 bytes each."""
        found = [leaf_hash(data) for data in self._archive.entries(start, stop)]
        missing = stop - start - len(found)
        if missing and self.ahead:
            first = stop - missing - self._archive.size()
            found += [leaf_hash(data) for data in self.ahead[first : first + missing]]
        return found


def enter(house: House, data: bytes) -> Refusal | None:
    """Let a committed entry into the house; a refused one stands without effect.

    An effect never fails. One that does (a mistake of ours) leaves by an exception and the
    house unusable: the caller throws it away.
    """
    seq = house.tree.size
    try:
        entry, line, body = read(data)
    except NotCanonicalError as error:
        stand_alone(house, data)
        return Refusal(seq, "not-canonical", str(error))
    except Refused as refused:
        stand_alone(house, data)
        return Refusal(seq, refused.rule, refused.reason)
    try:
        examine(house, entry, line, body)
    except Refused as refused:
        stand_alone(house, data)
        return Refusal(seq, refused.rule, refused.reason)
    take_effect(house, entry, line, body, data)
    return None


def replay(house: House, entries: Iterable[bytes]) -> Iterator[Refusal]:
    """Let entries into the house in their order; yields those that a rule refuses."""
    for data in entries:
        refusal = enter(house, data)
        if refusal is not None:
            yield refusal
