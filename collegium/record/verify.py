"""Checking somebody's copy of a record: bytes, tiles, tree, checkpoint and its signature.

All faults come back as findings, each named as closely as what is left of the copy allows;
nothing that stands in the folder raises an exception. What the acts in the entries say is
judged by those who know them (`Copy.entries`). Partial tiles of older checkpoints, which a
folder may still have, aren't read.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from collegium.record import canonical
from collegium.record.act import LONGEST_ENTRY
from collegium.record.checkpoint import Checkpoint, open_checkpoint
from collegium.record.findings import Finding, in_order
from collegium.record.hashtiles import Leaves, Resolution, mixed, resolve, tile_fault, whole
from collegium.record.misplaced import DamagedBundle, faults, runs, span
from collegium.record.notes import NoteError, VerifierKey
from collegium.record.tiles import TileFolder, entries_in, tile_path, widths
from collegium.record.tree import TILE_WIDTH, Tree, leaf_hashes, root_of_leaves

LARGEST_GAP = 1024
"""Bundles in a row (262,144 entries) after which the rest of a copy counts as missing."""


@dataclass
class Copy:
    """A copy that was checked.

    Attributes:
        folder: Where it is.
        checkpoint: What it states, signed or not; None where that can't be read.
        key: By which the signature was checked; None where there was none.
        signed: Whether the checkpoint's signature is valid.
        rooted: Whether the copy's tree leads to the root that the checkpoint states.
        size: Entries that the copy should have.
        findings: Everything that was found, in order.
        digests: SHA-256 of each bundle as it was checked.
        damaged: Bundles with other entries than the tree's; None where neither they nor their
            hashes lead to the root.
    """

    folder: TileFolder
    checkpoint: Checkpoint | None = None
    key: VerifierKey | None = None
    signed: bool = False
    rooted: bool = False
    size: int = 0
    findings: list[Finding] = field(default_factory=list)
    digests: list[bytes] = field(default_factory=list)
    damaged: dict[int, DamagedBundle | None] = field(default_factory=dict)

    @property
    def faultless(self) -> bool:
        """Whether there was nothing but notices."""
        return not any(finding.fault for finding in self.findings)

    def entries(self) -> Iterator[tuple[int, bytes, bool]]:
        """Number and bytes of each readable entry, and whether the tree vouches for it.

        The tree is the one that leads to the checkpoint's root; where the copy isn't `rooted`,
        the one that its hash tiles and entries agree on. A missing entry is left out. Bundles
        are read again one by one, and must be what they were when they were checked; else a
        finding is added.
        """
        for index, width in widths(self.size, 0):
            first = index * TILE_WIDTH
            if index in self.damaged:
                damaged = self.damaged[index]
                if damaged is not None:
                    yield from damaged.entries()
                    continue
            data = self.folder.bundle(index, width) or b""
            sound = index not in self.damaged
            if index >= len(self.digests) or sha256(data).digest() != self.digests[index]:
                sound = False
                path = tile_path(None, index, width)
                self.findings.append(
                    Finding("entry-altered", first, f"{path} was changed while it was checked")
                )
            for place, entry in enumerate(entries_in(data)[0][:width]):
                yield first + place, entry, sound


def verify_copy(folder: Path, key: VerifierKey | None, since: Checkpoint | None = None) -> Copy:
    """What checking a copy of a record brings to light; its entries can be read from it then.

    Args:
        folder: With `checkpoint`, `key` and `tile`.
        key: The log's, from a source other than the copy; where it is None, the copy's own
            serves, and a notice says so.
        since: A checkpoint that the reader has kept: the record must continue it.
    """
    copy = Copy(TileFolder(folder))
    root = _checkpoint(copy, key)
    leaves = _leaves(copy)
    if copy.size != leaves.size:
        copy.findings.append(_rest_missing(leaves.size, copy.size))
        copy.size, root = leaves.size, None
    truth = resolve(copy.folder, leaves, root)
    copy.rooted = truth.rooted
    copy.findings += truth.findings
    if not copy.rooted and copy.checkpoint is not None:
        detail = f"the copy doesn't lead to the checkpoint's root of {copy.checkpoint.size} entries"
        copy.findings.append(Finding("root-differs", None, detail))
    _judge_bundles(copy, leaves, truth)
    if since is not None:
        copy.findings += _judge_growth(copy, truth, since)
    copy.findings = in_order(copy.findings)
    return copy


def check_entry_bytes(data: bytes, entry: int | None = None) -> Finding | None:
    """The fault of an entry that is too long or not canonical; None without one.

    For readers who don't know the acts; who does reads them with `act.read_entry`.
    """
    if len(data) > LONGEST_ENTRY:
        detail = f"expected at most {LONGEST_ENTRY} bytes, not {len(data)}"
        return Finding("not-canonical", entry, detail)
    try:
        canonical.decode(data)
    except canonical.NotCanonicalError as error:
        return Finding("not-canonical", entry, str(error))
    return None


def fingerprint(key: VerifierKey) -> str:
    """SHA-256 of the public key, in groups of four hexadecimal digits, to be read aloud."""
    digits = sha256(key.public).hexdigest()
    return " ".join(digits[at : at + 4] for at in range(0, len(digits), 4))


def _checkpoint(copy: Copy, key: VerifierKey | None) -> bytes | None:
    """Fill in what the checkpoint says; the root to which the copy must lead."""
    note = copy.folder.checkpoint_note()
    copy.key = key or _own_key(copy)
    if note is None:
        detail = "checkpoint: expected a signed note; without it nobody vouches for this copy"
        copy.findings.append(Finding("checkpoint-missing", None, detail))
    else:
        copy.checkpoint = _stated(note)
        if copy.key is not None:
            try:
                copy.checkpoint = open_checkpoint(note, copy.key)
                copy.signed = True
            except NoteError as error:
                copy.findings.append(Finding("checkpoint-signature", None, f"checkpoint: {error}"))
    if copy.signed and copy.checkpoint is not None:
        copy.size = copy.checkpoint.size
        return copy.checkpoint.root
    # Nobody vouches for the size either: the bundles that are there have to tell it.
    copy.size = copy.folder.size(LARGEST_GAP)
    fits = copy.checkpoint is not None and copy.checkpoint.size == copy.size
    return copy.checkpoint.root if fits and copy.checkpoint else None


def _own_key(copy: Copy) -> VerifierKey | None:
    text = copy.folder.key()
    try:
        key = VerifierKey.parse((text or b"").decode())
    except (NoteError, UnicodeDecodeError) as error:
        detail = f"key: expected the log's verifier key here or with --key ({error})"
        copy.findings.append(Finding("checkpoint-signature", None, detail))
        return None
    detail = (
        "the log's key was taken from the copy itself: compare this fingerprint with one that "
        f"you have from elsewhere: {fingerprint(key)}"
    )
    copy.findings.append(Finding("unanchored", None, detail, fault=False))
    return key


def _stated(note: bytes) -> Checkpoint | None:
    text = note.partition(b"\n\n")[0] + b"\n"
    try:
        return Checkpoint.parse(text.decode())
    except (NoteError, UnicodeDecodeError):
        return None


def _leaves(copy: Copy) -> Leaves:
    nodes: list[bytes | None] = []
    odd: dict[int, bytes | None] = {}
    last: list[list[bytes]] = []
    held = 0
    for index, width in widths(copy.size, 0):
        data = copy.folder.bundle(index, width)
        tile = copy.folder.hash_tile(0, index, width)
        if data is not None or tile is not None:
            held = index + 1
        elif index - held > LARGEST_GAP:
            return Leaves(held * TILE_WIDTH, nodes[:held], odd, [])
        copy.digests.append(sha256(data or b"").digest())
        entries, stored = _leaf_hashes(data, width), whole(tile, width)
        if width < TILE_WIDTH:
            last = mixed(entries, stored)
            continue
        nodes.append(root_of_leaves(entries) if entries else None)
        if entries is None or b"".join(entries) != tile:
            odd[index] = root_of_leaves(stored) if stored else None
    return Leaves(copy.size, nodes, odd, last)


def _leaf_hashes(data: bytes | None, width: int) -> list[bytes] | None:
    entries, left = entries_in(data or b"")
    if left or len(entries) != width:
        return None
    return leaf_hashes(entries)


def _rest_missing(start: int, stop: int) -> Finding:
    detail = f"{span(start, stop - 1)} missing, and so are the tiles over them"
    return Finding("entry-missing", start, detail)


def _judge_bundles(copy: Copy, leaves: Leaves, truth: Resolution) -> None:
    bundles = []
    for index, width in widths(copy.size, 0):
        if index < len(leaves.nodes):
            node = truth.nodes[index]
            if index not in leaves.odd and (node is None or leaves.nodes[index] == node):
                continue
        data = copy.folder.bundle(index, width)
        tile = copy.folder.hash_tile(0, index, width)
        readings = mixed(_leaf_hashes(data, width), whole(tile, width))
        hashes = _true_hashes(truth, index, readings)
        if hashes is None:
            copy.damaged[index] = None
            copy.findings += _undecided(index, width, data, tile)
            continue
        if b"".join(hashes) != tile:
            copy.findings.append(tile_fault(0, index, width, missing=tile is None))
        if hashes != _leaf_hashes(data, width):
            bundle = DamagedBundle.of(index * TILE_WIDTH, hashes, data or b"")
            copy.damaged[index] = bundle
            bundles.append(bundle)
    copy.findings += faults(bundles, _stored_hashes(copy))


def _true_hashes(truth: Resolution, index: int, readings: list[list[bytes]]) -> list[bytes] | None:
    if index == len(truth.nodes):
        return truth.last
    for hashes in readings:
        if root_of_leaves(hashes) == truth.nodes[index]:
            return hashes
    return None


def _undecided(index: int, width: int, data: bytes | None, tile: bytes | None) -> Iterator[Finding]:
    """Neither a bundle nor its tile leads to the root: what can still be said."""
    first = index * TILE_WIDTH
    entries, stored = _leaf_hashes(data, width), whole(tile, width)
    yield tile_fault(0, index, width, missing=tile is None)
    if data is None:
        yield Finding("entry-missing", first, f"{span(first, first + width - 1)} missing")
        return
    differing = [
        first + place
        for place in range(width)
        if entries is None or stored is None or entries[place] != stored[place]
    ]
    for start, last in runs(differing or range(first, first + width)):
        detail = f"{span(start, last)} not what the tree was made of, or it is the hash that isn't"
        yield Finding("entry-altered", start, detail)


def _stored_hashes(copy: Copy) -> Iterator[tuple[int, list[bytes]]]:
    for index, width in widths(copy.size, 0):
        hashes = whole(copy.folder.hash_tile(0, index, width), width)
        if hashes is not None:
            yield index * TILE_WIDTH, hashes


def _judge_growth(copy: Copy, truth: Resolution, since: Checkpoint) -> Iterator[Finding]:
    """Whether the record continues the one that the reader knew."""
    if copy.checkpoint is not None and copy.checkpoint.origin != since.origin:
        detail = f"expected a record of {since.origin}, not of {copy.checkpoint.origin}"
        yield Finding("checkpoint-regressed", None, detail)
    elif since.size > copy.size:
        detail = f"expected at least the {since.size} entries that you knew, not {copy.size}"
        yield Finding("checkpoint-regressed", None, detail)
    elif (root := _root_at(copy, truth, since.size)) is None:
        detail = f"the copy is too damaged to tell whether it continues {since.size} entries"
        yield Finding("unchecked", None, detail)
    elif root != since.root:
        detail = f"the first {since.size} entries aren't those that you knew: the log has forked"
        yield Finding("root-differs", None, detail)


def _root_at(copy: Copy, truth: Resolution, size: int) -> bytes | None:
    nodes = [node for node in truth.nodes if node is not None]
    if len(nodes) < len(truth.nodes) or truth.last is None:
        return None
    index, within = divmod(size, TILE_WIDTH)
    hashes: list[bytes] | None = []
    if within:
        width = min(TILE_WIDTH, copy.size - index * TILE_WIDTH)
        data = copy.folder.bundle(index, width)
        stored = whole(copy.folder.hash_tile(0, index, width), width)
        hashes = _true_hashes(truth, index, mixed(_leaf_hashes(data, width), stored))
    if hashes is None:
        return None
    tree = Tree.from_tiles(nodes, truth.last)
    return tree.root_at(size, lambda start, stop: hashes[: stop - start])
