"""A snapshot: the house as it stood, for a quick start. It can be thrown away at any time.

It is keyed by the release and its very source, by size and by root: another release replays
instead, and so does whoever finds that the record continues it differently.
"""

from functools import cache
from hashlib import sha256
from pathlib import Path

import msgspec
from msgspec import Struct

import collegium
from collegium.archive.durable_file import write_durably
from collegium.archive.protocol import Archive
from collegium.ids import Moment, Origin
from collegium.record.tree import Tree
from collegium.secretariat.house import House
from collegium.secretariat.replay import LeafSource, replay
from collegium.secretariat.states import PARTS, pack, unpack

_HASH_LENGTH = 32
_CAUSES = ("counting", "parts", "record", "secretariat")


class Snapshot(Struct, frozen=True):
    """What a snapshot holds; each part's state packed by itself."""

    release: str
    size: int
    root: bytes
    origin: Origin
    at: Moment
    tree: bytes
    parts: dict[str, bytes]


class Cover(Struct, frozen=True):
    """The beginning of a snapshot: whose it is and how far it reaches."""

    release: str
    size: int


@cache
def release() -> str:
    """The version with a hash over the source of all that rules and effects depend on."""
    home = Path(collegium.__file__).parent
    digest = sha256()
    for folder in _CAUSES:
        for path in sorted((home / folder).rglob("*.py")):
            digest.update(path.read_bytes())
    return f"{collegium.__version__}+{digest.hexdigest()[:16]}"


def write_snapshot(house: House, path: Path) -> None:
    """Write the house down, in one step, so that an older snapshot stays until then.

    Raises:
        OSError: The disk doesn't take the file.
    """
    snapshot = Snapshot(
        release=release(),
        size=house.size,
        root=house.tree.root(),
        origin=house.origin,
        at=house.at,
        tree=house.tree.packed(),
        parts={part: pack(getattr(house, part)) for part in PARTS},
    )
    data = msgspec.msgpack.encode(snapshot)
    write_durably(path, sha256(data).digest() + data)


def covered(path: Path) -> int:
    """How many entries a snapshot of this release covers; 0 for any other file, or none."""
    try:
        cover = msgspec.msgpack.decode(path.read_bytes()[_HASH_LENGTH:], type=Cover)
    except (OSError, ValueError):
        return 0
    return cover.size if cover.release == release() else 0


def read_snapshot(path: Path) -> House | None:
    """The house that a snapshot of this release holds; None for any other or damaged file."""
    try:
        stored = path.read_bytes()
        if sha256(stored[_HASH_LENGTH:]).digest() != stored[:_HASH_LENGTH]:
            return None
        snapshot = msgspec.msgpack.decode(stored[_HASH_LENGTH:], type=Snapshot)
        if snapshot.release != release():
            return None
        return _house(snapshot)
    except (OSError, ValueError):
        return None


def house_of(archive: Archive, path: Path) -> House:
    """The house of an archive: from the snapshot and what came after it, or by full replay.

    A snapshot serves only if the record, as it stands in the archive, continues it.
    """
    house = read_snapshot(path)
    head = archive.head()
    if house is not None and house.size <= head.size:
        house.leaves = LeafSource(archive)
        try:
            for _ in replay(house, archive.entries(house.size, head.size)):
                pass  # refusals are for `verify` to tell
        except Exception:  # noqa: BLE001 - an effect failed: the door meets it again, and breaks
            return House(LeafSource(archive))
        if house.tree.root() == head.root():
            return house
    return House(LeafSource(archive))


def _house(snapshot: Snapshot) -> House:
    house = House()
    for part, data in snapshot.parts.items():
        setattr(house, part, unpack(part, data))
    house.tree = Tree.unpack(snapshot.tree)
    if house.tree.root() != snapshot.root:
        raise ValueError("expected the snapshot's tree to have its root")
    house.origin, house.at = snapshot.origin, snapshot.at
    return house
