import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from collegium.record.checkpoint import Checkpoint, sign_checkpoint
from collegium.record.findings import NAMES
from collegium.record.notes import Signer
from collegium.record.tiles import (
    TileFolder,
    bundle_of,
    entries_in,
    tile_path,
    write_checkpoint,
    write_tiles,
)
from collegium.record.tree import Tree, leaf_hash, leaf_hashes
from collegium.record.verify import Copy, check_entry_bytes, fingerprint, verify_copy

ORIGIN = "example.org/record"
LOG = Signer(ORIGIN, bytes(32))
ENTRIES = [b'{"n":%d,"text":"%s"}' % (at, b"x" * (at % 50)) for at in range(700)]
BUNDLE = "tile/entries/001"
LAST = "tile/entries/002.p/188"


def export(folder: Path, entries: list[bytes], size: int | None = None) -> Checkpoint:
    tree = write_tiles(folder, entries)
    checkpoint = Checkpoint(ORIGIN, tree.size if size is None else size, tree.root())
    write_checkpoint(folder, sign_checkpoint(checkpoint, LOG), str(LOG.verifier_key))
    return checkpoint


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("whole")
    export(folder, ENTRIES)
    return folder


@pytest.fixture
def copy(whole: Path, tmp_path: Path) -> Path:
    return shutil.copytree(whole, tmp_path / "copy")


def checked(folder: Path) -> Copy:
    return verify_copy(folder, LOG.verifier_key, None)


def named(folder: Path) -> list[tuple[str, int | str | None]]:
    """Of each finding its name, and the entry or file that it is about."""
    return [
        (finding.name, finding.detail.split(":")[0] if finding.entry is None else finding.entry)
        for finding in checked(folder).findings
    ]


def flip(path: Path, at: int) -> None:
    data = bytearray(path.read_bytes())
    data[at] ^= 1
    path.write_bytes(data)


def edit(path: Path, change: Callable[[list[bytes]], list[bytes]]) -> None:
    path.write_bytes(bundle_of(change(entries_in(path.read_bytes())[0])))


def unsound(folder: Path) -> list[int]:
    return [number for number, _, sound in checked(folder).entries() if not sound]


def test_a_faithful_copy_has_no_findings(copy: Path) -> None:
    report = checked(copy)
    assert report.findings == []
    assert report.faultless
    assert report.signed
    assert report.rooted
    assert list(report.entries()) == [(at, entry, True) for at, entry in enumerate(ENTRIES)]


@pytest.mark.parametrize("size", [0, 1, 255, 256, 257, 512])
def test_a_faithful_copy_of_any_size_has_no_findings(tmp_path: Path, size: int) -> None:
    export(tmp_path, ENTRIES[:size])
    report = checked(tmp_path)
    assert report.findings == []
    assert [entry for _, entry, _ in report.entries()] == ENTRIES[:size]


def test_without_a_key_from_elsewhere_the_fingerprint_is_to_be_compared(copy: Path) -> None:
    report = verify_copy(copy, None, None)
    (notice,) = report.findings
    assert (notice.name, notice.fault) == ("unanchored", False)
    assert fingerprint(LOG.verifier_key) in notice.detail
    assert report.faultless


def test_a_fingerprint_stands_in_groups_of_four() -> None:
    groups = fingerprint(LOG.verifier_key).split()
    assert groups[:2] == ["139e", "3940"]
    assert [len(group) for group in groups] == [4] * 16


def test_a_key_that_the_operator_chose_is_not_the_readers(copy: Path) -> None:
    report = verify_copy(copy, Signer(ORIGIN, b"k" * 32).verifier_key, None)
    assert [finding.name for finding in report.findings] == ["checkpoint-signature"]
    assert report.rooted
    assert not report.signed


# Entry 257's first byte; the length before it; an entry in the partial bundle.
@pytest.mark.parametrize(
    ("path", "at", "entry"), [(BUNDLE, 30, 257), (BUNDLE, 0, 256), (BUNDLE, 1, 256), (LAST, 9, 512)]
)
def test_one_flipped_byte_names_its_entry(copy: Path, path: str, at: int, entry: int) -> None:
    flip(copy / path, at)
    assert named(copy) == [("entry-altered", entry)]


@pytest.mark.parametrize("path", ["tile/0/000", "tile/0/001", "tile/0/002.p/188", "tile/1/000.p/2"])
def test_one_flipped_byte_names_its_tile(copy: Path, path: str) -> None:
    flip(copy / path, 40)
    assert named(copy) == [("tile-altered", path)]
    assert unsound(copy) == []


def test_faults_in_one_bundle_and_its_own_tiles_are_told_apart(copy: Path) -> None:
    flip(copy / BUNDLE, 30)
    flip(copy / "tile/0/001", 1000)
    assert named(copy) == [("tile-altered", "tile/0/001"), ("entry-altered", 257)]
    assert unsound(copy) == [257]


def test_faults_on_two_levels_are_told_apart(copy: Path) -> None:
    flip(copy / BUNDLE, 30)
    flip(copy / "tile/1/000.p/2", 40)
    assert named(copy) == [("tile-altered", "tile/1/000.p/2"), ("entry-altered", 257)]


@pytest.mark.parametrize("at", [0, 3, 19, 25, 70, 75, 130])
def test_a_changed_checkpoint_has_no_valid_signature(copy: Path, at: int) -> None:
    flip(copy / "checkpoint", at)
    report = checked(copy)
    assert report.findings[0].name == "checkpoint-signature"
    assert not report.signed
    assert [entry for _, entry, _ in report.entries()] == ENTRIES


def test_swapped_entries_have_moved(copy: Path) -> None:
    edit(copy / BUNDLE, lambda e: [e[7], *e[1:7], e[0], *e[8:]])
    assert named(copy) == [("entry-moved", 256), ("entry-moved", 263)]
    assert unsound(copy) == [256, 263]


def test_entries_swapped_across_bundles_have_moved(copy: Path) -> None:
    edit(copy / BUNDLE, lambda e: [*e[:-1], ENTRIES[0]])
    edit(copy / "tile/entries/000", lambda e: [ENTRIES[511], *e[1:]])
    assert named(copy) == [("entry-moved", 0), ("entry-moved", 511)]


def test_a_dropped_entry_is_missing_and_those_behind_it_have_moved(copy: Path) -> None:
    edit(copy / BUNDLE, lambda e: e[:17] + e[18:])
    assert named(copy) == [("entry-moved", 273), ("entry-missing", 273)]
    assert checked(copy).findings[0].detail.startswith("entries 273 to 510 are not in place")


def test_an_added_entry_is_named_and_so_are_those_behind_it(copy: Path) -> None:
    edit(copy / BUNDLE, lambda e: [*e[:3], b"new", *e[3:]])
    assert named(copy) == [("entry-added", 259), ("entry-moved", 260), ("entry-added", 511)]


def test_an_entry_put_over_another_leaves_that_one_missing(copy: Path) -> None:
    edit(copy / BUNDLE, lambda e: [ENTRIES[5], *e[1:]])
    assert named(copy) == [("entry-moved", 256), ("entry-missing", 256)]


def test_bytes_behind_the_last_entry_are_named(copy: Path) -> None:
    (copy / BUNDLE).write_bytes((copy / BUNDLE).read_bytes() + b"\x00")
    assert named(copy) == [("entry-added", 511)]


def test_a_truncated_bundle_misses_its_last_entries(copy: Path) -> None:
    (copy / BUNDLE).write_bytes((copy / BUNDLE).read_bytes()[:-1])
    assert named(copy) == [("entry-missing", 511)]
    assert [number for number, _, _ in checked(copy).entries()] == [*range(511), *range(512, 700)]


@pytest.mark.parametrize("path", ["tile/0/001", "tile/0/002.p/188", "tile/1/000.p/2"])
def test_a_tile_that_is_missing_or_cut_is_named(copy: Path, path: str) -> None:
    (copy / path).write_bytes((copy / path).read_bytes()[:-1])
    assert named(copy) == [("tile-altered", path)]
    (copy / path).unlink()
    assert named(copy) == [("tile-missing", path)]


def test_a_missing_bundle_misses_its_entries(copy: Path) -> None:
    (copy / BUNDLE).unlink()
    assert named(copy) == [("entry-missing", 256)]
    assert checked(copy).rooted


def test_what_is_gone_with_its_hashes_leaves_no_way_to_the_root(copy: Path) -> None:
    (copy / LAST).unlink()
    (copy / "tile/0/002.p/188").unlink()
    report = checked(copy)
    assert {finding.name for finding in report.findings} == {
        "root-differs",
        "tile-missing",
        "entry-missing",
    }
    assert not report.rooted
    assert [entry for _, entry, _ in report.entries()] == ENTRIES[:512]


def test_a_rewritten_past_does_not_lead_to_the_signed_root(copy: Path) -> None:
    write_tiles(copy, [*ENTRIES[:300], b'{"n":"forged"}', *ENTRIES[301:]])
    assert ("root-differs", None) in [(f.name, f.entry) for f in checked(copy).findings]


def test_without_a_checkpoint_the_rest_is_still_checked(copy: Path) -> None:
    (copy / "checkpoint").unlink()
    flip(copy / BUNDLE, 30)
    assert named(copy) == [("checkpoint-missing", "checkpoint"), ("entry-altered", 257)]


def test_a_key_that_is_none_is_a_fault(copy: Path) -> None:
    (copy / "key").write_bytes(b"\xff no key")
    findings = verify_copy(copy, None, None).findings
    assert [(f.name, f.fault) for f in findings] == [("checkpoint-signature", True)]


def test_an_absurd_size_ends_soon(tmp_path: Path) -> None:
    export(tmp_path, ENTRIES, size=2**62)
    findings = checked(tmp_path).findings
    assert "root-differs" in [finding.name for finding in findings]
    assert f"to {2**62 - 1} are missing" in findings[-1].detail


def test_an_empty_folder_is_no_copy(tmp_path: Path) -> None:
    report = checked(tmp_path / "nowhere")
    assert [finding.name for finding in report.findings] == ["checkpoint-missing"]
    assert list(report.entries()) == []


@pytest.mark.parametrize("size", [0, 1, 256, 300, 512, 700])
def test_a_copy_continues_what_its_reader_knew(copy: Path, size: int) -> None:
    tree = Tree()
    tree.extend(leaf_hashes(ENTRIES[:size]))
    known = Checkpoint(ORIGIN, size, tree.root())
    assert verify_copy(copy, LOG.verifier_key, known).findings == []


def test_a_copy_smaller_than_its_reader_knew_has_regressed(tmp_path: Path) -> None:
    known = export(tmp_path / "new", ENTRIES)
    export(tmp_path / "old", ENTRIES[:600])
    (finding,) = verify_copy(tmp_path / "old", LOG.verifier_key, known).findings
    assert finding.name == "checkpoint-regressed"
    assert "expected at least the 700 entries that you knew, not 600" in finding.detail


def test_a_signed_fork_is_named(copy: Path) -> None:
    known = Checkpoint(ORIGIN, 300, leaf_hash(b"another past"))
    (finding,) = verify_copy(copy, LOG.verifier_key, known).findings
    assert finding.name == "root-differs"
    assert "the log has forked" in finding.detail


def test_another_logs_checkpoint_is_named(copy: Path) -> None:
    known = Checkpoint("example.org/other", 300, leaf_hash(b"another log"))
    (finding,) = verify_copy(copy, LOG.verifier_key, known).findings
    assert finding.name == "checkpoint-regressed"


def test_growth_that_cannot_be_checked_is_said(copy: Path) -> None:
    (copy / BUNDLE).unlink()
    (copy / "tile/0/001").unlink()
    known = Checkpoint(ORIGIN, 300, leaf_hash(b"whatever"))
    findings = verify_copy(copy, LOG.verifier_key, known).findings
    assert "unchecked" in [finding.name for finding in findings]


def test_a_copy_changed_while_it_is_read_is_noticed(copy: Path) -> None:
    report = checked(copy)
    reading: Iterator[tuple[int, bytes, bool]] = report.entries()
    next(reading)
    flip(copy / BUNDLE, 30)
    assert [number for number, _, sound in reading if not sound] == list(range(256, 512))
    assert "was changed while it was checked" in report.findings[0].detail


def test_every_finding_has_a_name_from_the_list(copy: Path) -> None:
    shutil.rmtree(copy / "tile")
    assert {finding.name for finding in checked(copy).findings} <= set(NAMES)


def test_an_entry_is_checked_for_its_spelling_and_length() -> None:
    assert check_entry_bytes(b'{"a":1}') is None
    spelled = check_entry_bytes(b'{"a": 1}', 7)
    assert spelled is not None
    assert str(spelled).startswith("not-canonical 7: expected canonical JSON")
    long = check_entry_bytes(b'"' + b"x" * 16384 + b'"')
    assert long is not None
    assert str(long) == "not-canonical expected at most 16384 bytes, not 16386"


def test_only_what_a_bundles_name_promises_is_read(copy: Path) -> None:
    folder = TileFolder(copy)
    (copy / tile_path(None, 3)).mkdir()
    (copy / f"{tile_path(None, 3)}.p").mkdir()
    (copy / f"{tile_path(None, 3)}.p" / "many").write_bytes(b"")
    assert folder.size(gap=4) == 700
