"""An entry is read from its one spelling."""

import pytest
from msgspec import Struct

from collegium.record.act import Act, By, Entry, read_entry
from collegium.record.canonical import NotCanonicalError, encode

ENTRY = (
    b'{"act":{"actor":"m:aYxuJhUdDfTRBd3YvAEFZg","base":[0,'
    b'"47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="],"body":{},"id":"01KRWGTRJR9T6T9XK1YBF1WEQH",'
    b'"kind":"a.b-c/1","sealed":{"text":"QXCpp+shA9rM7D4hbXx1XM6xg7oqShs+W4aaaaaaaaA=",'
    b'"title":"QXCpp+shA9rM7D4hbXx1XM6xg7oqShs+W4aaaaaaaaA="}},"at":"2026-05-18T03:07:19Z",'
    b'"by":{"how":"session","key":"","sig":""},"v":1}'
)


def test_an_entry_is_spelt_again_as_it_was_read() -> None:
    assert encode(read_entry(ENTRY)) == ENTRY


@pytest.mark.parametrize("struct", [Act, By, Entry])
def test_fields_that_are_spelt_unsorted_stand_in_alphabetical_order(struct: type[Struct]) -> None:
    names = list(struct.__struct_fields__)
    assert names == sorted(names)


@pytest.mark.parametrize(
    ("written", "otherwise"),
    [
        (b'"v":1', b'"v": 1'),
        (b'"how":"session","key":""', b'"key":"","how":"session"'),
        (b'"text":"Q', b'"\\u0074ext":"Q'),
        (b'"text":', b'"zext":'),
    ],
)
def test_another_spelling_is_refused(written: bytes, otherwise: bytes) -> None:
    with pytest.raises(NotCanonicalError, match="expected canonical JSON"):
        read_entry(ENTRY.replace(written, otherwise, 1))
