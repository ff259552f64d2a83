"""Every release's golden record replays to the verdicts and digests that it had then."""

import json
from pathlib import Path

import pytest

from collegium.record.act import read_entry
from collegium.record.canonical import decode, encode
from collegium.secretariat.registry import DEED_TYPES, LINES
from tests.chronicle import told
from tests.vectors.golden.make import kinds_in, what_follows

GOLDEN = Path(__file__).parent / "golden"
RELEASES = sorted(path.parent for path in GOLDEN.glob("*/record.jsonl"))

releases = pytest.mark.parametrize("release", RELEASES, ids=lambda path: path.name)


def lines_of(path: Path) -> list[bytes]:
    return path.read_bytes().splitlines()


@releases
def test_a_golden_record_replays_as_it_did(release: Path) -> None:
    expected = json.loads((release / "expected.json").read_text())
    assert what_follows(lines_of(release / "record.jsonl")) == expected


@releases
def test_golden_lines_are_canonical_to_the_last_byte(release: Path) -> None:
    for data in lines_of(release / "record.jsonl"):
        assert encode(decode(data)) == data
        assert encode(read_entry(data)) == data


@releases
def test_golden_acts_stand_in_the_golden_record(release: Path) -> None:
    record = lines_of(release / "record.jsonl")
    assert set(lines_of(release / "acts.jsonl")) <= set(record)
    assert len(record) > 200


def test_every_kind_and_version_has_a_golden_line() -> None:
    lines = [data for release in RELEASES for data in lines_of(release / "acts.jsonl")]
    golden = {kind for data in lines for kind in kinds_in(data)}
    assert {line.kind for line in LINES} - golden == set()


def test_every_deed_has_been_asked_for() -> None:
    lines = [data for release in RELEASES for data in lines_of(release / "record.jsonl")]
    asked = {kinds[1] for data in lines if len(kinds := kinds_in(data)) > 1}
    assert asked == set(DEED_TYPES)


def test_the_chronicle_is_told_the_same_way_every_time() -> None:
    assert told().archive.head() == told().archive.head()


def test_what_the_chronicle_forges_is_refused_by_name() -> None:
    chronicle = told()
    refusals = [refusal.rule for refusal in chronicle.door.refusals]
    assert refusals == chronicle.refused
    assert len(set(refusals)) == 9
