"""Writes the golden record of the present release; run it from the project's root.

    python -m tests.vectors.golden.make

A release's golden record is written once and never again: whatever comes later must replay it
to the same verdicts and the same digests. While a release is being made, it may be rewritten.
`record.jsonl` has one entry a line, `acts.jsonl` the first entry of each kind (a request, where
a kind only ever stands in one), `expected.json` what follows from the record.
"""

import json
from pathlib import Path
from typing import Any

import collegium
from collegium.ids import Kind
from collegium.parts.approvals.acts import AskApproval
from collegium.record.canonical import NotCanonicalError
from collegium.record.tree import leaf_hash
from collegium.refusals import Refused
from collegium.secretariat.entering import read
from collegium.secretariat.house import House
from collegium.secretariat.replay import replay
from collegium.secretariat.states import digest_of, digests_of
from tests.chronicle import told

HERE = Path(__file__).parent


def kinds_in(data: bytes) -> list[Kind]:
    """The kind of an entry, and that of the deed if it is a request."""
    try:
        _, line, body = read(data)
    except (NotCanonicalError, Refused):
        return []
    asked = [Kind(type(body.deed).__struct_config__.tag)] if isinstance(body, AskApproval) else []
    return [line.kind, *asked]


def what_follows(entries: list[bytes]) -> dict[str, Any]:
    """What a replay of the entries comes to."""
    house = House(lambda start, stop: [leaf_hash(data) for data in entries[start:stop]])
    refusals = [[one.seq, one.rule] for one in replay(house, entries)]
    return {
        "at": house.at,
        "digest": digest_of(house),
        "digests": digests_of(house),
        "origin": house.origin,
        "refusals": refusals,
        "root": house.tree.root().hex(),
        "size": house.size,
    }


def firsts(entries: list[bytes], refused: set[int]) -> list[bytes]:
    """The first accepted entry of each kind, sorted by kind."""
    found: dict[str, bytes] = {}
    for seq, data in enumerate(entries):
        for kind in kinds_in(data):
            if seq not in refused:
                found.setdefault(kind, data)
    return [found[kind] for kind in sorted(found)]


def write() -> None:
    """Write the three files of the present release."""
    folder = HERE / collegium.__version__
    folder.mkdir(exist_ok=True)
    entries = list(told().archive.entries(0))
    expected = what_follows(entries)
    refused = {seq for seq, _ in expected["refusals"]}
    acts = list(dict.fromkeys(firsts(entries, refused)))
    (folder / "record.jsonl").write_bytes(b"".join(data + b"\n" for data in entries))
    (folder / "acts.jsonl").write_bytes(b"".join(data + b"\n" for data in acts))
    (folder / "expected.json").write_text(json.dumps(expected, indent=1, sort_keys=True) + "\n")


if __name__ == "__main__":
    write()
