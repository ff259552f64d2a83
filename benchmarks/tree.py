"""Tree: growing by a leaf and proving it, beside `pymerkle`, with the same root.

Both get the same entries of 300 bytes. `pymerkle` keeps every node in memory or every leaf in
SQLite; our tree keeps 64 bytes for 256 leaves and hashes two tiles again for a proof.
"""

import argparse
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

from _measuring import CACHE, Spent, claim, say  # first: it finds the project
from pymerkle import InmemoryTree, SqliteTree

from collegium.record.proofs import verify_inclusion
from collegium.record.tree import Tree, leaf_hash, leaf_hashes

GOAL_APPEND = 2
GOAL_PROOF = 1000
PROOFS = 200
SQLITE_PROOFS = 10
"""Each of them reads every leaf."""


def entries_of(count: int) -> list[bytes]:
    """So many different entries of 300 bytes."""
    return [sha256(b"%d" % place).digest() * 9 + b"%012d" % place for place in range(count)]


def ours(entries: list[bytes]) -> tuple[Spent, Spent, bytes]:
    """Growing, proving, and the root."""
    grown, proved, tree = Spent(), Spent(), Tree()
    with grown.measured():
        for data in entries:
            tree.append(leaf_hash(data))
        root = tree.root()
    size, step = tree.size, max(tree.size // PROOFS, 1)
    with proved.measured():
        for index in range(0, step * PROOFS, step):
            path = tree.inclusion(index, size, lambda a, b: leaf_hashes(entries[a:b]))
            verify_inclusion(leaf_hash(entries[index]), index, size, path, root)
    return grown, proved, root


def theirs(tree: InmemoryTree | SqliteTree, entries: list[bytes]) -> tuple[Spent, Spent, bytes]:
    """The same with a tree of pymerkle's; as many proofs as take a few seconds."""
    grown, proved = Spent(), Spent()
    with grown.measured():
        if isinstance(tree, SqliteTree):
            tree.append_entries(entries)  # in one transaction: one by one, each would be forced
        else:
            for data in entries:
                tree.append_entry(data)
        root = tree.get_root()
    proofs = SQLITE_PROOFS if isinstance(tree, SqliteTree) else PROOFS
    with proved.measured():
        for place in range(proofs):
            tree.prove_inclusion(place * (len(entries) // proofs) + 1)
    return grown, proved, root


def main() -> None:
    """Measure and report."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--leaves", type=int, default=200_000)
    entries = entries_of(parser.parse_args().leaves)
    count = len(entries)
    grown, proved, root = ours(entries)
    CACHE.mkdir(exist_ok=True)
    with TemporaryDirectory(dir=CACHE) as folder:
        memory = theirs(InmemoryTree(), entries)
        stored = theirs(SqliteTree(str(Path(folder, "tree.sqlite"))), entries)
    if not root == memory[2] == stored[2]:
        raise RuntimeError("expected the same root of all three")
    append, proof = grown.microseconds(count), proved.microseconds(PROOFS)
    say(f"ours: {append:.2f} µs a leaf, {proof:.0f} µs to prove and verify one of {count:,}")
    for name, (grow, prove, _), proofs in (
        ("InmemoryTree", memory, PROOFS),
        ("SqliteTree", stored, SQLITE_PROOFS),
    ):
        proving = prove.microseconds(proofs)
        say(f"{name}: {grow.microseconds(count):.2f} µs a leaf, {proving:,.0f} µs to prove one")
    claim(
        f"hashing an entry into the tree takes {append:.2f} µs CPU",
        f"{grown.cpu / memory[0].cpu:.2f} of InmemoryTree's, {grown.cpu / stored[0].cpu:.2f} of "
        "SqliteTree's in bulk",
        f"≤ {GOAL_APPEND} µs",
        reached=append <= GOAL_APPEND,
    )
    claim(
        f"proving and verifying an entry takes {proof:.0f} µs CPU",
        f"{proof / memory[1].microseconds(PROOFS):.1f} of InmemoryTree's, "
        f"{proof / stored[1].microseconds(SQLITE_PROOFS):.3f} of SqliteTree's (neither verifies)",
        f"≤ {GOAL_PROOF:,} µs",
        reached=proof <= GOAL_PROOF,
    )


if __name__ == "__main__":
    main()
