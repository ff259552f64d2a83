"""What whoever holds the database can do: put entries into it that went through no door."""

from hashlib import sha256

from msgspec import Struct

from collegium.ids import Moment
from collegium.record.act import By, Entry
from collegium.record.canonical import encode
from collegium.record.keys import PrivateKey
from collegium.secretariat.door import Asked, Door
from collegium.secretariat.states import digest_of
from tests.cast import Hall, Person


def another_key(person: Person) -> PrivateKey:
    """A second key that a test can repeat, registered or not."""
    return PrivateKey.from_seed(sha256(f"another key of {person.name}".encode()).digest())


def smuggle(hall: Hall, asked: Asked, *, at: Moment | None = None) -> str:
    """Put an act into the archive past the door; the name of the rule that stops it, or empty."""
    entry = Entry(asked.act, at or max(hall.now, hall.door.house.at), asked.by, 1)
    return smuggle_bytes(hall, asked, encode(entry))


def smuggle_bytes(hall: Hall, asked: Asked, data: bytes) -> str:
    """Put any bytes into the archive; the rule that stops them in a house replayed anew."""
    with hall.archive.writing() as writing:
        seq = writing.append(asked.act.id, data, asked.payloads)
    hall.door.catch_up()
    stopped = {refusal.seq: refusal.rule for refusal in Door(hall.archive).refusals}
    assert stopped == {refusal.seq: refusal.rule for refusal in hall.door.refusals}
    return stopped.get(seq, "")


def self_signed(hall: Hall, person: Person, body: Struct, key: PrivateKey) -> Asked:
    """An act in somebody's name, signed with whatever key the forger has."""
    asked = hall.draft(person, body)
    text = b"collegium-act/1\n" + hall.door.house.origin.encode() + b"\n" + encode(asked.act)
    return Asked(asked.act, By("key", key.public, key.sign(text)), asked.payloads)


def digest(hall: Hall) -> str:
    """The digest of the door's house, which a refused act leaves as it was."""
    return digest_of(hall.door.house)
