"""Which entries of a damaged copy are altered, missing, moved or added."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

from collegium.record.findings import Finding, Name
from collegium.record.tiles import LONGEST
from collegium.record.tree import leaf_hash

_TRIES = 4


@dataclass
class DamagedBundle:
    """A bundle whose entries aren't those of the tree.

    Attributes:
        first: Number of the entry that should stand first.
        truth: The leaf hashes that the tree has for its entries.
        pieces: What stands there instead, cut up as `pieces_of` does.
        mended: Places at which only the length prefix is wrong.
        left: Bytes behind the last piece that belong to none.
    """

    first: int
    truth: Sequence[bytes]
    pieces: Sequence[bytes]
    mended: frozenset[int]
    left: int

    @classmethod
    def of(cls, first: int, truth: Sequence[bytes], data: bytes) -> "DamagedBundle":
        """The bundle as its bytes tell it; never fails, whatever they are."""
        return cls(first, truth, *_cut(data, truth))

    def entries(self) -> Iterator[tuple[int, bytes, bool]]:
        """Number and bytes of what stands there, and whether it is what belongs there."""
        for place, (piece, truth) in enumerate(zip(self.pieces, self.truth, strict=False)):
            yield self.first + place, piece, leaf_hash(piece) == truth


def _cut(data: bytes, truth: Sequence[bytes]) -> tuple[list[bytes], frozenset[int], int]:
    # One wrong length prefix would make rubbish of all entries behind it. Where a piece
    # isn't in the tree, the length under which its bytes are is looked for, a few times.
    known, pieces, mended = set(truth), list[bytes](), set[int]()
    at, tries = 0, 0
    while at < len(data) - 1:
        start, place = at + 2, len(pieces)
        stop = start + int.from_bytes(data[at:start], "big")
        strange = stop > len(data) or leaf_hash(data[start:stop]) not in known
        if strange and place < len(truth) and tries < _TRIES:
            right = _stop(data, start, truth[place])
            tries += 1
            if right is not None:
                mended.add(place)
                stop = right
        if stop > len(data):
            break
        pieces.append(data[start:stop])
        at = stop
    return pieces, frozenset(mended), len(data) - at


def _stop(data: bytes, start: int, leaf: bytes) -> int | None:
    digest = sha256(b"\x00")
    for stop in range(start, min(len(data), start + LONGEST) + 1):
        if digest.copy().digest() == leaf:
            return stop
        digest.update(data[stop : stop + 1])
    return None


def faults(
    bundles: Sequence[DamagedBundle], tiles: Iterable[tuple[int, Sequence[bytes]]]
) -> list[Finding]:
    """What is wrong with the entries of damaged bundles, neighbours with one fault together.

    Args:
        bundles: All of the copy's that are damaged.
        tiles: Of every tile in the copy the first entry's number and the leaf hashes; looked
            through only if an entry is strange to the damaged bundles.
    """
    wrong = {
        bundle.first + place: leaf_hash(piece)
        for bundle in bundles
        for place, piece in enumerate(bundle.pieces[: len(bundle.truth)])
        if leaf_hash(piece) != bundle.truth[place]
    }
    extra = [leaf_hash(piece) for bundle in bundles for piece in bundle.pieces[len(bundle.truth) :]]
    strays = {*wrong.values(), *extra}
    homes = _homes(bundles, tiles, strays)
    named: dict[tuple[Name, int], list[int]] = {}
    for bundle in bundles:
        for place, truth in enumerate(bundle.truth):
            number = bundle.first + place
            for fault in _faults_at(number, wrong.get(number), truth, strays, homes):
                named.setdefault(fault, []).append(number)
            if place >= len(bundle.pieces) and truth not in strays:
                named.setdefault(("entry-missing", 0), []).append(number)
            if place in bundle.mended:
                named.setdefault(("entry-altered", 1), []).append(number)
    found = [
        Finding(name, first, _sentence(name, shift, first, last))
        for (name, shift), numbers in named.items()
        for first, last in runs(numbers)
    ]
    return found + [finding for bundle in bundles for finding in _surplus(bundle)]


def _homes(
    bundles: Sequence[DamagedBundle],
    tiles: Iterable[tuple[int, Sequence[bytes]]],
    strays: set[bytes],
) -> Mapping[bytes, int]:
    homes = {
        leaf: bundle.first + place
        for bundle in bundles
        for place, leaf in enumerate(bundle.truth)
        if leaf in strays
    }
    if strays.issubset(homes):
        return homes
    for first, leaves in tiles:
        if not strays.isdisjoint(leaves):
            homes |= {leaf: first + at for at, leaf in enumerate(leaves) if leaf in strays}
    return homes


def _faults_at(
    number: int,
    found: bytes | None,
    truth: bytes,
    strays: set[bytes],
    homes: Mapping[bytes, int],
) -> Iterator[tuple[Name, int]]:
    if found is None:
        return
    elsewhere = truth in strays
    if found in homes:
        yield "entry-moved", homes[found] - number
        if not elsewhere:
            yield "entry-missing", 0
    else:
        yield ("entry-added" if elsewhere else "entry-altered"), 0


def _sentence(name: Name, shift: int, first: int, last: int) -> str:
    what = span(first, last)
    if name == "entry-moved":
        others = f"entry {first + shift}"
        if last > first:
            others = f"entries {first + shift} to {last + shift}"
        return f"{what} not in place: there stand the bytes of {others}"
    if name == "entry-missing":
        return f"{what} missing"
    if name == "entry-added":
        return f"{what} not in place: there stand bytes that the tree doesn't have"
    if shift:
        return f"{what} whole, but the length before the bytes is wrong"
    return f"{what} not what the tree was made of"


def span(first: int, last: int) -> str:
    """Subject and verb of a sentence about one or several entries."""
    return f"entry {first} is" if first == last else f"entries {first} to {last} are"


def runs(numbers: Sequence[int]) -> Iterator[tuple[int, int]]:
    """First and last of each stretch of ascending numbers without a gap; at least one number."""
    first = last = numbers[0]
    for number in numbers[1:]:
        if number != last + 1:
            yield first, last
            first = number
        last = number
    yield first, last


def _surplus(bundle: DamagedBundle) -> Iterator[Finding]:
    more = len(bundle.pieces) - len(bundle.truth)
    last = bundle.first + len(bundle.truth) - 1
    if more > 0:
        yield Finding("entry-added", last, f"behind it stand {more} entries too many")
    elif not more and bundle.left:
        yield Finding("entry-added", last, f"behind it stand {bundle.left} bytes too many")
