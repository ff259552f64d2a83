"""Copies: `collegium export` and `collegium verify`."""

from argparse import Namespace
from pathlib import Path

import msgspec

from collegium.archive.folder import ANCHOR, ELSEWHERE, RECORD, read_checkpoint
from collegium.cli.portrait import READERS
from collegium.cli.terminal import figure, progress, say, say_json
from collegium.record.base64_text import to_base64
from collegium.record.checkpoint import Checkpoint, open_checkpoint
from collegium.record.notes import VerifierKey
from collegium.secretariat.audit import Report, audit, audit_folder
from collegium.secretariat.exporting import Exported, export_record
from collegium.secretariat.office import open_office

FAULTY = 1
"""The exit code where faults were found."""

_LONGEST_CHECKPOINT = 1_000_000


def export(arguments: Namespace) -> int:
    """Write the record as files, and say who may read them."""
    check_organisation(arguments.folder)
    with open_office(arguments.folder) as office, progress("Exporting") as tell:
        exported = export_record(office, arguments.out, payloads=arguments.payloads, tell=tell)
    _tell_exported(exported, arguments.out)
    return 0


def verify(arguments: Namespace) -> int:
    """Check a copy or a folder, and name its faults."""
    key = None if arguments.key is None else VerifierKey.parse(arguments.key)
    since = _kept(arguments.since, key) if arguments.since else None
    report = checked(arguments.copy, key, since, by_line=arguments.progress)
    if arguments.json:
        say_json(_as_json(report))
    else:
        tell_report(report, arguments.copy)
    return 0 if report.faultless else FAULTY


def checked(
    path: Path,
    key: VerifierKey | None = None,
    since: Checkpoint | None = None,
    *,
    by_line: bool = False,
) -> Report:
    """The audit of a copy, or of an organisation's own folder.

    Args:
        path: Where it is.
        key: The log's, from elsewhere, if it is known.
        since: A checkpoint that was kept, if there is one.
        by_line: Whether a program is told how far it is.

    Raises:
        ValueError: There is no folder.
    """
    if not is_organisation(path) and not is_copy(path):
        raise ValueError(f"expected a copy or an organisation's folder at {path}")
    with progress("Checking", by_line=by_line) as tell:
        if is_organisation(path):
            return audit_folder(path, key, since, tell=tell)
        return audit(path, key, since, tell=tell)


def is_organisation(path: Path) -> bool:
    """Whether an organisation lives in the folder, rather than a copy of its record."""
    return any((path / name).exists() for name in (RECORD, ELSEWHERE, ANCHOR))


def is_copy(path: Path) -> bool:
    """Whether a copy of a record stands in the folder, or what is left of one."""
    return any((path / name).exists() for name in ("checkpoint", "tile"))


def check_organisation(path: Path) -> None:
    """Refuse a copy where an organisation's own folder is needed.

    Raises:
        ValueError: A copy stands there.
    """
    if is_copy(path) and not is_organisation(path):
        raise ValueError(f"expected an organisation's own folder, and {path} is a copy")


def tell_report(report: Report, path: Path) -> None:
    """Say what an audit found, faults first."""
    faults = [finding for finding in report.findings if finding.fault]
    notices = [finding for finding in report.findings if not finding.fault]
    if faults:
        say(f"{path} has {figure(len(faults), 'fault')}:")
        for finding in faults:
            place = "" if finding.entry is None else f", entry {finding.entry}"
            say(f"  {finding.name}{place}: {finding.detail}")
    else:
        entries = figure(report.copy.size, "entry", "entries")
        say(f"{path} is without fault: {entries} of {report.house.origin}.")
        say(
            "Every byte, proof and signature was checked, every rule asked again, and "
            f"{figure(report.outcomes, 'outcome')} recounted."
        )
    if report.digest:
        say(f"root   {_root(report)}")
        say(f"state  {report.digest}")
    for finding in notices:
        say(f"Notice ({finding.name}): {finding.detail}")


def _tell_exported(exported: Exported, out: Path) -> None:
    say(f"{figure(exported.size, 'entry', 'entries')} are exported to {out}.")
    for readers, number in exported.payloads.items():
        say(f"Sealed texts that {READERS[readers]} may read: {figure(number)}.")
    if not exported.payloads:
        say("Sealed texts and names are left out.")
    say(f"Who may read it: {exported.audience}.")
    say(f"Give whoever checks it the log's key by another way: {exported.key}")


def _kept(file: Path, key: VerifierKey | None) -> Checkpoint:
    with file.open("rb") as opened:
        note = opened.read(_LONGEST_CHECKPOINT)
    return open_checkpoint(note, key) if key else read_checkpoint(note)


def _as_json(report: Report) -> dict[str, object]:
    return {
        "digest": report.digest,
        "faultless": report.faultless,
        "findings": msgspec.to_builtins(report.findings),
        "key": str(report.copy.key or ""),
        "origin": report.house.origin,
        "outcomes": report.outcomes,
        "root": _root(report),
        "size": report.copy.size,
    }


def _root(report: Report) -> str:
    return to_base64(report.house.tree.root()) if report.complete else ""
