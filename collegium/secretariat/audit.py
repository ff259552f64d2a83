"""Auditing a copy: its bytes and proofs, every rule asked again, every outcome recounted.

An act that a rule refuses has no effect, and refusals behind the first are marked with its
number, since they may follow from it. Behind an entry that can't be read, no rule is asked.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import lru_cache
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory

from collegium.archive.backup import Tell
from collegium.archive.folder import Folder, open_folder, read_checkpoint
from collegium.archive.protocol import Archive, Damaged
from collegium.ids import Moment, Origin
from collegium.record.act import FOUNDING, origin_of
from collegium.record.base64_text import to_base64
from collegium.record.canonical import NotCanonicalError
from collegium.record.checkpoint import Checkpoint, sign_checkpoint
from collegium.record.findings import Finding, Name, in_order
from collegium.record.misplaced import span
from collegium.record.moments import spelt
from collegium.record.notes import Signer, VerifierKey
from collegium.record.tiles import TileFolder, entries_in, write_checkpoint, write_tiles
from collegium.record.tree import TILE_WIDTH, leaf_hash, leaf_hashes
from collegium.record.verify import Copy, fingerprint, verify_copy
from collegium.refusals import Refused
from collegium.secretariat import clock as wall
from collegium.secretariat.carrying import judge_carried, judge_kept
from collegium.secretariat.duplicates import duplicates_in
from collegium.secretariat.entering import read, stand_alone
from collegium.secretariat.exporting import told
from collegium.secretariat.house import House
from collegium.secretariat.replay import Refusal, enter
from collegium.secretariat.states import digest_of

TOLERANCE = timedelta(minutes=5)
"""How far an entry's time may be ahead of the auditor's clock."""

_NAMED: frozenset[str] = frozenset(
    {"base-unknown", "member-signature", "not-canonical", "outcome-differs", "time-decreases"}
)
_KEPT_TILES = 64  # tiles of leaf hashes, by which acts' bases are checked
_TOLD = 4096  # entries between two reports of progress


@dataclass
class Report:
    """What an audit found.

    Attributes:
        copy: The copy, as far as bytes and proofs go.
        findings: Everything that was found, in order.
        house: What follows from the entries, up to the one behind which none was asked.
    """

    copy: Copy
    house: House
    findings: list[Finding] = field(default_factory=list)

    @property
    def faultless(self) -> bool:
        """Whether there was nothing but notices."""
        return not any(finding.fault for finding in self.findings)

    @property
    def complete(self) -> bool:
        """Whether there are entries, and the rules were asked about every one of them."""
        return self.house.size == self.copy.size > 0 and not self.house.broken

    @property
    def digest(self) -> str:
        """The digest of the state (64 hexadecimal digits); empty if it isn't complete."""
        return digest_of(self.house) if self.complete else ""

    @property
    def outcomes(self) -> int:
        """How many outcomes were declared, recounted and found right."""
        return sum(bool(vote.declared) for vote in self.house.decisions.votes.values())


def audit(
    out: Path,
    key: VerifierKey | None = None,
    since: Checkpoint | None = None,
    clock: Callable[[], Moment] = wall.now,
    tell: Tell = lambda _done, _of: None,
) -> Report:
    """Everything that is wrong with a copy; nothing in the folder raises an exception.

    Args:
        out: A folder with `checkpoint`, `key` and `tile`, and perhaps `sealed`.
        key: The log's, from a source other than the copy; None if there is none.
        since: A checkpoint that the reader has kept.
        clock: Gives the present moment.
        tell: Told now and then about how many entries the rules were asked.
    """
    copy = verify_copy(out, key, since)
    report = Report(copy, House(_CopyLeaves(copy)))
    latest = spelt(datetime.fromisoformat(clock()) + TOLERANCE)
    found = list(_judge_rules(report, latest, tell))
    found += _judge_key(report)
    found += judge_carried(report.house, copy)
    report.findings = in_order(copy.findings + found)
    return report


def audit_folder(
    path: Path,
    key: VerifierKey | None = None,
    since: Checkpoint | None = None,
    clock: Callable[[], Moment] = wall.now,
    tell: Tell = lambda _done, _of: None,
) -> Report:
    """Everything that is wrong with an organisation's own folder; nothing is changed in it.

    The record is exported to a temporary folder, under the root that the archive took down
    when the entries were written; so an entry changed on disk shows. The checkpoint for it is
    signed there and thrown away.

    Args:
        path: An organisation's folder.
        key: The log's, from another source than the folder; its own serves where it is None.
        since: A checkpoint that the reader has kept; the folder's newest serves where it is
            None.
        clock: Gives the present moment.
        tell: Told now and then how many entries are done.

    Raises:
        ValueError: No organisation's folder.
        OSError: Its files can't be read, or there is no room for the copy.
    """
    try:
        with open_folder(path) as folder, TemporaryDirectory(prefix="collegium-") as room:
            signer = _write_copy(folder, Path(room), tell)
            kept = folder.archive.checkpoint()
            since = since or (read_checkpoint(kept) if kept else None)
            report = audit(Path(room), key or signer.verifier_key, since, clock, tell)
            more = judge_kept(report.house, folder.archive, report.copy.size)
            report.findings = in_order([*report.findings, *more])
            return report
    except Damaged as damage:
        nothing = Copy(TileFolder(path))
        return Report(nothing, House(), [Finding("archive-damaged", None, str(damage))])


def _write_copy(folder: Folder, out: Path, tell: Tell) -> Signer:
    archive = folder.archive
    head = archive.head()
    write_tiles(out, told(archive.entries(0, head.size), head.size, tell))
    signer = Signer(_origin(archive), folder.key().seed)
    checkpoint = Checkpoint(signer.verifier_key.name, head.size, head.root())
    write_checkpoint(out, sign_checkpoint(checkpoint, signer), str(signer.verifier_key))
    return signer


def _origin(archive: Archive) -> Origin:
    for data in archive.entries(0, 1):
        try:
            _entry, _line, body = read(data)
            return origin_of(body.domain, leaf_hash(data))
        except (NotCanonicalError, Refused, AttributeError):
            break
    return FOUNDING


class _CopyLeaves:
    """Leaf hashes of a copy's entries, as they were checked."""

    def __init__(self, copy: Copy) -> None:
        self._copy = copy
        self._tile = lru_cache(_KEPT_TILES)(self._read)

    def __call__(self, start: int, stop: int) -> list[bytes]:
        index = start // TILE_WIDTH
        first = index * TILE_WIDTH
        return self._tile(index)[start - first : stop - first]

    def _read(self, index: int) -> list[bytes]:
        damaged = self._copy.damaged.get(index)
        if damaged is not None:
            return list(damaged.truth)
        width = min(TILE_WIDTH, self._copy.size - index * TILE_WIDTH)
        return leaf_hashes(entries_in(self._copy.folder.bundle(index, width) or b"")[0])


def _judge_rules(report: Report, latest: Moment, tell: Tell) -> Iterator[Finding]:
    copy, house = report.copy, report.house
    twice = duplicates_in(lambda: ((number, data) for number, data, _ in copy.entries()))
    refusals = []
    ahead: tuple[int, Moment] | None = None
    for number, data, sound in copy.entries():
        if number != house.size or not sound:
            break
        refusal = _enter(house, data, twice.get(number))
        if house.broken:
            break
        if refusal is not None:
            refusals.append(refusal)
        elif ahead is None and house.at > latest:
            ahead = (number, house.at)
        if number % _TOLD == 0:
            tell(number, copy.size)
    tell(house.size, copy.size)
    yield from _as_findings(refusals)
    if ahead is not None:
        yield _time_ahead(*ahead, copy.size, latest)
    yield from _judge_end(report)


def _judge_end(report: Report) -> Iterator[Finding]:
    """What is to be said of the house in which the entries end."""
    if not report.copy.size:
        detail = "the copy has no founding entry: nothing in it says whose key is the log's"
        yield Finding("unchecked", None, detail)
    elif not report.complete:
        yield _unchecked(report.house, report.copy.size)
    elif report.house.organisation.importing:
        detail = "the import of the past is still open: it can grow, and nothing else is done yet"
        yield Finding("import-open", None, detail, fault=False)


def _enter(house: House, data: bytes, first: int | None) -> Refusal | None:
    """Let an entry into the house, unless its act stands as entry `first` already."""
    number = house.size
    if first is not None:
        stand_alone(house, data)
        return Refusal(number, "duplicate-act", f"The act of entry {first} stands here again.")
    try:
        return enter(house, data)
    except Exception as error:  # noqa: BLE001 - whatever stands in a copy, it is a finding
        house.broken = f"the effect of entry {number} failed ({type(error).__name__}: {error})"
        return None


def _as_findings(refusals: list[Refusal]) -> Iterator[Finding]:
    """One finding for each stretch of entries that one rule refuses with one sentence."""
    if not refusals:
        return
    first = refusals[0].seq
    stretches = groupby(
        enumerate(refusals),
        lambda place: (place[1].seq - place[0], place[1].rule, place[1].reason),
    )
    for (_, rule, reason), places in stretches:
        numbers = [refusal.seq for _, refusal in places]
        yield _refused(rule, reason, numbers[0], numbers[-1], first)


def _refused(rule: str, reason: str, start: int, last: int, first: int) -> Finding:
    named = rule in _NAMED or rule == "duplicate-act"
    name: Name = rule if named else "refused"  # type: ignore[assignment] # one of _NAMED
    detail = reason if named else f"rule {rule}: {reason}"
    if last > start:
        detail = f"entries {start} to {last}: {detail}"
    if start > first:
        detail = f"{detail} (after {first})"
    return Finding(name, start, detail)


def _time_ahead(number: int, at: Moment, size: int, latest: Moment) -> Finding:
    behind = size - 1 - number
    more = f", and so may be the {behind} behind it" if behind else ""
    detail = f"it says {at}, which is later than {latest}, five minutes ahead of this clock{more}"
    return Finding("time-ahead", number, detail)


def _unchecked(house: House, size: int) -> Finding:
    start = min(house.size, size - 1)
    why = house.broken or f"entry {start} is missing or altered"
    return Finding("unchecked", start, f"{span(start, size - 1)} not held against any rule: {why}")


def _judge_key(report: Report) -> Iterator[Finding]:
    """Whether the log's key and name are those to which the founders consented."""
    copy, house = report.copy, report.house
    founded = house.organisation.log_key
    if not founded:
        return
    if copy.key is not None and founded != f"ed25519:{to_base64(copy.key.public)}":
        detail = (
            "the checkpoint's key isn't the one to which the founders consented; its "
            f"fingerprint is {fingerprint(copy.key)}"
        )
        yield Finding("key-differs", None, detail)
    stated = copy.checkpoint.origin if copy.checkpoint else house.origin
    if stated != house.origin:
        detail = f"the checkpoint is of {stated}, but the founding entry makes {house.origin}"
        yield Finding("key-differs", None, detail)
