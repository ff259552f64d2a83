"""Whole logs read with our reader: Tessera's own, trees' tiles by Go, and our regression log."""

import json
from base64 import b64decode
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from collegium.record.checkpoint import Checkpoint, open_checkpoint
from collegium.record.notes import VerifierKey
from collegium.record.proofs import verify_consistency, verify_inclusion
from collegium.record.tiles import TileFolder, entries_in, tile_path, widths, write_tiles
from collegium.record.tree import Tree, leaf_hashes
from collegium.record.verify import verify_copy

VECTORS = Path(__file__).parent / "record"
TESSERA = VECTORS / "tessera-log"
TESSERA_KEY = VerifierKey.parse((TESSERA / "vkey").read_text().strip())
DEMO = VECTORS / "demo-log"
DEMO_KEY = VerifierKey.parse((DEMO / "vkeys").read_text().split("\n")[0])
DEMO_PROOFS = json.loads((DEMO / "proofs.json").read_text())
GO_TREES = json.loads((VECTORS / "xmod-trees.json").read_text())


def opened(folder: Path, size: int, key: VerifierKey) -> Checkpoint:
    return open_checkpoint((folder / f"checkpoint.{size}").read_bytes(), key)


def test_tesseras_log_is_read_and_found_faithful() -> None:
    report = verify_copy(TESSERA, TESSERA_KEY, None)
    assert report.findings == []
    assert report.size == 15
    assert [entry for _, entry, _ in report.entries()][:3] == [b"one", b"two", b"three"]


@pytest.mark.parametrize("size", range(16))
def test_tesseras_log_continues_each_of_its_checkpoints(size: int) -> None:
    since = opened(TESSERA, size, TESSERA_KEY)
    assert since.size == size
    assert verify_copy(TESSERA, TESSERA_KEY, since).findings == []


@pytest.mark.parametrize("size", range(1, 16))
def test_every_partial_tile_of_tesseras_log_leads_to_its_checkpoint(size: int) -> None:
    folder = TileFolder(TESSERA)
    leaves = leaf_hashes(entries_in(folder.bundle(0, size) or b"")[0])
    tree = Tree()
    tree.extend(leaves)
    assert b"".join(leaves) == folder.hash_tile(0, 0, size)
    assert tree.root() == opened(TESSERA, size, TESSERA_KEY).root


def test_what_we_write_of_tesseras_entries_is_what_tessera_wrote(tmp_path: Path) -> None:
    write_tiles(tmp_path, [entry for _, entry, _ in verify_copy(TESSERA, None, None).entries()])
    written = [path for path in sorted(tmp_path.rglob("*")) if path.is_file()]
    assert len(written) == 2
    for path in written:
        assert path.read_bytes() == (TESSERA / path.relative_to(tmp_path)).read_bytes()


@pytest.mark.parametrize("case", GO_TREES, ids=lambda case: case["tag"])
def test_the_hash_tiles_that_we_write_are_those_that_go_made(
    case: dict[str, Any], tmp_path: Path
) -> None:
    write_tiles(tmp_path, (f"{case['tag']}/leaf{at}".encode() for at in range(case["size"])))
    folder, judged = TileFolder(tmp_path), 0
    for told in case["tiles"]:
        tile = folder.hash_tile(told["level"], told["index"], told["width"])
        if tile is not None:
            judged += 1
            assert sha256(tile).hexdigest() == told["sha256"]
    tiles = sum(len(list(widths(case["size"], level))) for level in range(4))
    assert judged >= tiles


def test_the_demo_log_is_found_faithful() -> None:
    report = verify_copy(DEMO, DEMO_KEY, opened(DEMO, 257, DEMO_KEY))
    assert report.findings == []
    assert report.size == 700
    assert (DEMO / tile_path(0, 2, 188)).is_file()


def test_the_demo_logs_proofs_hold() -> None:
    for told in DEMO_PROOFS["inclusion"]:
        proof = [b64decode(text) for text in told["proof"]]
        leaf, root = b64decode(told["leafHash"]), b64decode(told["root"])
        verify_inclusion(leaf, told["leafIdx"], told["treeSize"], proof, root)
    for told in DEMO_PROOFS["consistency"]:
        proof = [b64decode(text) for text in told["proof"]]
        root1, root2 = b64decode(told["root1"]), b64decode(told["root2"])
        verify_consistency(told["size1"], told["size2"], root1, root2, proof)
    assert len(DEMO_PROOFS["inclusion"]) >= 6
    assert len(DEMO_PROOFS["consistency"]) >= 3
