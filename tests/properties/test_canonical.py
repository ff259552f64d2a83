"""Canonical bytes: one value, one spelling; and somebody else's program writes the same."""

import json
from typing import Any

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from collegium.record.canonical import LARGEST, NotCanonicalError, decode, encode

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
keys = st.text("abcxyz019_", min_size=1, max_size=8)
scalars = st.none() | st.booleans() | st.integers(-LARGEST, LARGEST) | texts
values: st.SearchStrategy[Any] = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(keys, inner, max_size=4),
    max_leaves=20,
)


@given(values)
def test_decoding_then_encoding_gives_the_same_bytes(value: Any) -> None:
    data = encode(value)
    assert decode(data) == value
    assert encode(decode(data)) == data


@given(values)
def test_another_program_writes_the_same_bytes(value: Any) -> None:
    assert encode(value) == rfc8785.dumps(value)


@given(values.filter(lambda value: isinstance(value, dict | list) and bool(value)))
def test_any_other_spelling_is_refused(value: Any) -> None:
    spaced = json.dumps(value, sort_keys=True, ensure_ascii=False, indent=1).encode()
    with pytest.raises(NotCanonicalError):
        decode(spaced)


@given(st.binary(max_size=200))
def test_no_bytes_do_more_than_be_refused(data: bytes) -> None:
    try:
        value = decode(data)
    except NotCanonicalError:
        return
    assert encode(value) == data


@given(values, st.data())
def test_one_changed_byte_is_another_value_or_refused(value: Any, data: st.DataObject) -> None:
    spelled = bytearray(encode(value))
    at = data.draw(st.integers(0, len(spelled) - 1))
    spelled[at] ^= data.draw(st.integers(1, 255))
    try:
        other = decode(bytes(spelled))
    except NotCanonicalError:
        return
    assert encode(other) != encode(value)


@pytest.mark.parametrize(
    "data",
    [
        b'{"b":1,"a":2}',
        b'{"a":1,"a":1}',
        b'{"a":1.0}',
        b'{"a":1e3}',
        b'{"a":-0}',
        b'{"a":9007199254740992}',
        b'{"A":1}',
        b'{"":1}',
        b'"\\u0061"',
        b'"\\/"',
        b'"\\ud800"',
        b'"\xed\xa0\x80"',
        b'"\xff"',
        b"1 ",
        b"\xef\xbb\xbf1",
        b"NaN",
        b"",
        b"[" * 100_000,
    ],
)
def test_what_leaves_the_profile_is_refused(data: bytes) -> None:
    with pytest.raises(NotCanonicalError):
        decode(data)
