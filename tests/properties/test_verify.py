"""Whatever is done to a copy, checking it names a fault and never falls over."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from collegium.record.checkpoint import Checkpoint, sign_checkpoint
from collegium.record.notes import Signer
from collegium.record.tiles import entries_in, write_checkpoint, write_tiles
from collegium.record.verify import Copy, verify_copy

LOG = Signer("example.org/record", bytes(32))
ENTRIES = [b'{"n":"%s"}' % sha256(b"%d" % at).hexdigest().encode() for at in range(530)]
shared = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)


def export(folder: Path) -> None:
    tree = write_tiles(folder, ENTRIES)
    note = sign_checkpoint(Checkpoint("example.org/record", tree.size, tree.root()), LOG)
    write_checkpoint(folder, note, str(LOG.verifier_key))


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("whole")
    export(folder)
    return folder


@pytest.fixture
def copy(whole: Path, tmp_path: Path) -> Path:
    return shutil.copytree(whole, tmp_path / "copy")


NAMES = [
    "checkpoint",
    "tile/0/000",
    "tile/0/001",
    "tile/0/002.p/18",
    "tile/1/000.p/2",
    "tile/entries/000",
    "tile/entries/001",
    "tile/entries/002.p/18",
]


@contextmanager
def damaged(copy: Path, changes: dict[str, bytes | None]) -> Iterator[Copy]:
    """The copy as checked with other bytes in these files, or without them; undone then."""
    kept = {name: (copy / name).read_bytes() for name in changes}
    try:
        for name, data in changes.items():
            if data is None:
                (copy / name).unlink()
            else:
                (copy / name).write_bytes(data)
        yield verify_copy(copy, LOG.verifier_key, None)
    finally:
        for name, data in kept.items():
            (copy / name).write_bytes(data)


@shared
@given(data=st.data(), name=st.sampled_from(NAMES))
def test_one_changed_byte_anywhere_is_one_named_fault(
    copy: Path, name: str, data: st.DataObject
) -> None:
    before = (copy / name).read_bytes()
    at = data.draw(st.integers(0, len(before) - 1))
    changed = bytearray(before)
    changed[at] ^= data.draw(st.integers(1, 255))
    with damaged(copy, {name: bytes(changed)}) as report:
        (first, *others) = report.findings
    assert {finding.name for finding in others} <= {"root-differs"}
    if name.startswith("tile/entries"):
        whole_before = len(entries_in(before[: at + 1])[0])
        start = 256 * int(name.split("/")[2][:3])
        assert first.name == "entry-altered"
        assert first.entry in {start + whole_before, start + whole_before - 1}
    elif name.startswith("tile"):
        assert str(first).startswith(f"tile-altered {name}:")
    else:
        assert first.name == "checkpoint-signature"


rubbish = st.none() | st.tuples(st.floats(0, 1), st.binary(min_size=1, max_size=600))


@shared
@given(st.dictionaries(st.sampled_from(NAMES), rubbish, min_size=1))
def test_no_rubbish_makes_the_check_fall_over(
    copy: Path, changes: dict[str, tuple[float, bytes] | None]
) -> None:
    spoilt: dict[str, bytes | None] = {}
    for name, change in changes.items():
        data = (copy / name).read_bytes()
        if change is None:
            spoilt[name] = None
        else:
            start = int(change[0] * len(data))
            spoilt[name] = data[:start] + change[1] + data[start + len(change[1]) :]
    other = any(data is None or data != (copy / name).read_bytes() for name, data in spoilt.items())
    with damaged(copy, spoilt) as report:
        sound = [(number, entry) for number, entry, sound in report.entries() if sound]
    assert report.faultless is not other
    if report.rooted:
        assert all(ENTRIES[number] == entry for number, entry in sound)
