"""Copies of a small record, whole or as a hostile operator would sign them."""

import json
from collections.abc import Sequence
from pathlib import Path

import msgspec

from collegium.archive.folder import found_folder
from collegium.archive.protocol import Archive
from collegium.ids import Moment
from collegium.record.act import EMPTY_ROOT_TEXT, Entry, read_entry
from collegium.record.canonical import encode
from collegium.record.checkpoint import Checkpoint, sign_checkpoint
from collegium.record.findings import Finding
from collegium.record.keys import PrivateKey
from collegium.record.notes import Signer
from collegium.record.tiles import write_checkpoint, write_tiles
from collegium.secretariat.audit import Report, audit
from collegium.secretariat.door import Asked
from collegium.secretariat.office import Office
from tests.cast import AMARA, BO, DMITRI, ESI, FARID, LOG_KEY, Hall
from tests.voting import Voting


def history() -> Voting:
    """A proposal with signatures, and a vote that was closed and declared."""
    hall = Voting()
    proposal = hall.publish(DMITRI, hall.ask_question(DMITRI))
    for person in (ESI, FARID):
        hall.put_name(person, proposal)
    vote = hall.open(AMARA, hall.plain_vote(reference="V-one"))
    for person, ranks in ((AMARA, "12"), (BO, "12"), (DMITRI, "21")):
        hall.cast(person, vote, ranks)
    hall.finish(AMARA, vote)
    return hall


def keep(hall: Hall, path: Path) -> Office:
    """The hall's record in an organisation's own folder."""
    folder = found_folder(path, LOG_KEY)
    with folder.archive.writing() as writing:
        for data in hall.archive.entries(0):
            act = read_entry(data).act
            texts = (hall.archive.payload(one) for one in act.sealed.values())
            writing.append(act.id, data, [one for one in texts if one is not None])
    return Office(folder, clock=lambda: hall.now)


def entries_of(archive: Archive) -> list[bytes]:
    return list(archive.entries(0))


def write_copy(out: Path, entries: Sequence[bytes], origin: str, key: PrivateKey = LOG_KEY) -> Path:
    """These entries as a copy that is sound as far as bytes and proofs go."""
    tree = write_tiles(out, entries)
    signer = Signer(origin, key.seed)
    note = sign_checkpoint(Checkpoint(origin, tree.size, tree.root()), signer)
    write_checkpoint(out, note, str(signer.verifier_key))
    return out


def audited(out: Path, hall: Hall) -> Report:
    """The audit of a copy under the log's true key, at the hall's time."""
    signer = Signer(hall.door.house.origin, LOG_KEY.seed)
    return audit(out, signer.verifier_key, clock=lambda: hall.now)


def faults(report: Report) -> list[Finding]:
    return [finding for finding in report.findings if finding.fault]


def places(report: Report) -> list[tuple[str, int | None]]:
    """Name and entry of each fault."""
    return [(finding.name, finding.entry) for finding in faults(report)]


def entry_of(asked: Asked, at: Moment) -> bytes:
    """The bytes that the door would write, had it let the act in."""
    return encode(Entry(asked.act, at, asked.by, 1))


def changed(data: bytes, **fields: object) -> bytes:
    """The entry with other fields in its body, or `at` changed, in canonical bytes."""
    entry = json.loads(data)
    if "at" in fields:
        entry["at"] = fields.pop("at")
    entry["act"]["body"] |= fields
    return msgspec.json.encode(entry, order="sorted")


def kinds(entries: Sequence[bytes]) -> list[str]:
    return [read_entry(data).act.kind for data in entries]


def last(entries: Sequence[bytes], deed: str) -> int:
    """The number of the last entry of that kind."""
    return max(number for number, kind in enumerate(kinds(entries)) if deed in kind)


def unbased(data: bytes) -> bytes:
    """An unsigned entry as if its actor had seen no record: an operator can write that."""
    entry = json.loads(data)
    entry["act"]["base"] = [0, EMPTY_ROOT_TEXT]
    return msgspec.json.encode(entry, order="sorted")


def flip(path: Path, at: int) -> None:
    """Change one byte of a file."""
    data = bytearray(path.read_bytes())
    data[at] ^= 1
    path.write_bytes(bytes(data))
