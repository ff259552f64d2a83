"""The invented people of a demonstration, and their keys, in a file beside its record."""

from pathlib import Path
from typing import Final

import msgspec
from msgspec import Struct

from collegium.archive.durable_file import write_durably
from collegium.ids import MemberId

PEOPLE: Final = "people.json"
"""In the folder of a demonstration. Whoever reads it can sign for its invented people."""


class DemoPerson(Struct, frozen=True, forbid_unknown_fields=True):
    """An invented member of a demonstration, whom anybody at its machine may play.

    Attributes:
        member: Their name in the record.
        name: What they are called.
        about: What they do, in a few words.
        newcomer: Whether this is a place kept for whoever tries the demonstration.
        seed: Of their private key, 32 bytes (base64 in the file).
    """

    member: MemberId
    name: str
    about: str
    newcomer: bool
    seed: bytes


def write_people(folder: Path, people: tuple[DemoPerson, ...]) -> None:
    """Write a demonstration's people down, for the folder's owner alone."""
    write_durably(folder / PEOPLE, msgspec.json.format(msgspec.json.encode(people)))


def read_people(folder: Path) -> tuple[DemoPerson, ...]:
    """The people of a demonstration; none where the folder is no demonstration's.

    Raises:
        ValueError: The file holds something else.
    """
    try:
        data = (folder / PEOPLE).read_bytes()
    except FileNotFoundError:
        return ()
    return msgspec.json.decode(data, type=tuple[DemoPerson, ...])
