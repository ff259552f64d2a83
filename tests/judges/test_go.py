"""An outside judge in Go: `go/run OUT` checks an export with golang.org/x/mod/sumdb.

Debian's golang-go and golang-golang-x-mod-dev suffice; no line of it is shared with ours.
"""

import shutil
import subprocess
from pathlib import Path

import pytest

from collegium.record.checkpoint import Checkpoint, sign_checkpoint
from collegium.record.notes import Signer
from collegium.record.receipts import Receipt
from collegium.record.tiles import write_checkpoint, write_tiles
from collegium.record.tree import Tree, leaf_hashes

RUN = Path(__file__).parent / "go" / "run"
pytestmark = pytest.mark.skipif(
    shutil.which("go") is None or not Path("/usr/share/gocode/src/golang.org/x/mod").is_dir(),
    reason="Go isn't here; `apt-get install golang-go golang-golang-x-mod-dev` brings it",
)

LOG = Signer("example.org/record", bytes(32))
ENTRIES = [b'{"n":%d,"text":"%s"}' % (at, b"x" * (at % 300)) for at in range(700)]


def export(folder: Path, entries: list[bytes]) -> Tree:
    tree = write_tiles(folder, entries)
    note = sign_checkpoint(Checkpoint("example.org/record", tree.size, tree.root()), LOG)
    write_checkpoint(folder, note, str(LOG.verifier_key))
    return tree


def judged(*arguments: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([RUN, *arguments], capture_output=True, text=True, check=False)


def test_go_finds_our_export_and_receipt_faithful(tmp_path: Path) -> None:
    tree = export(tmp_path, ENTRIES)
    leaves = leaf_hashes(ENTRIES)
    proof = tuple(tree.inclusion(300, 700, lambda start, stop: leaves[start:stop]))
    receipt = tmp_path / "300.tlog-proof"
    receipt.write_text(Receipt(300, proof, (tmp_path / "checkpoint").read_text()).text())
    judgement = judged(tmp_path, receipt)
    assert judgement.stderr == ""
    assert judgement.stdout.startswith(
        "checked example.org/record: signature, root of 700 entries, 4 hash tiles, 3 bundles, "
    )
    assert judgement.stdout.endswith(" 1 receipts\n")


def test_go_finds_an_empty_record_faithful(tmp_path: Path) -> None:
    export(tmp_path, [])
    tmp_path.joinpath("tile").mkdir()
    assert judged(tmp_path).stdout == "checked example.org/record: signature, no entries\n"


@pytest.mark.parametrize(
    ("name", "at", "fault"),
    [
        ("tile/entries/001", 30, "entry 256 isn't the tree's"),
        ("tile/0/001", 40, "isn't what the tile above says"),
        ("tile/1/000.p/2", 40, "the tiles lead to another root"),
        ("checkpoint", 20, "checkpoint: "),
        ("checkpoint", 120, "checkpoint: "),
    ],
)
def test_go_refuses_one_flipped_byte(tmp_path: Path, name: str, at: int, fault: str) -> None:
    export(tmp_path, ENTRIES)
    data = bytearray((tmp_path / name).read_bytes())
    data[at] ^= 1
    (tmp_path / name).write_bytes(data)
    judgement = judged(tmp_path)
    assert judgement.returncode == 1
    assert fault in judgement.stderr
