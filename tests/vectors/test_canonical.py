"""Canonical bytes against the input and output pairs of the JCS reference implementation."""

import json
from pathlib import Path

import pytest

from collegium.record.canonical import NotCanonicalError, confine, decode, encode

PAIRS = Path(__file__).parent / "record" / "jcs"


def pair(name: str) -> tuple[bytes, bytes]:
    told = [(PAIRS / side / name).read_bytes() for side in ("input", "output")]
    return told[0], told[1]


@pytest.mark.parametrize("name", ["arrays.json", "french.json"])
def test_we_write_what_the_reference_writes(name: str) -> None:
    given, expected = pair(name)
    assert encode(json.loads(given)) == expected


def test_what_the_reference_wrote_is_canonical_to_us_too() -> None:
    _, written = pair("arrays.json")
    assert encode(decode(written)) == written


def test_structures_is_refused_for_its_float() -> None:
    given, written = pair("structures.json")
    value = json.loads(given)
    assert encode(value) != written
    with pytest.raises(NotCanonicalError):
        decode(given)
    with pytest.raises(NotCanonicalError, match="expected no float in canonical JSON"):
        confine(value["1"]["\n"])


# Its keys have accents: the order would be right, but our profile's keys are plain ASCII.
def test_french_keys_are_outside_our_profile() -> None:
    _, written = pair("french.json")
    with pytest.raises(NotCanonicalError, match="expected a key of a-z, 0-9 and _"):
        decode(written)
