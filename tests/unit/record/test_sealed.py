"""Payloads beside the record: what opens a commitment, and what its size gives away."""

from hashlib import sha256

import pytest

from collegium.ids import ActId, Commitment
from collegium.record.base64_text import to_base64
from collegium.record.sealed import (
    LONGEST_CONTENT,
    Payload,
    SealedError,
    opens,
    preimage,
    seal,
)

ACT = ActId("01JD8Z6V9Q3M5N7P9R1S3T5V7X")
SALT = bytes(range(32))


def test_a_payload_opens_its_commitment_and_no_other() -> None:
    sealed = seal(ACT, "text", b"bread", SALT)
    assert opens(sealed.commitment, ACT, "text", sealed.payload)
    assert not opens(sealed.commitment, ACT, "text", Payload(SALT, b"roses"))
    assert not opens(sealed.commitment, ACT, "text", Payload(bytes(32), b"bread"))
    assert not opens(sealed.commitment, ACT, "title", sealed.payload)
    assert not opens(sealed.commitment, ActId(ACT[:-1] + "Y"), "text", sealed.payload)
    assert not opens(Commitment(""), ACT, "text", sealed.payload)


def test_the_commitment_is_what_the_specification_says() -> None:
    written = (
        b"\0\0\0\x12collegium.sealed/1"
        b"\0\0\0\x1a01JD8Z6V9Q3M5N7P9R1S3T5V7X"
        b"\0\0\0\x04text" + (b"\0\0\0\x20" + SALT) + (b"\0\0\1\0bread\x80" + bytes(250))
    )
    expected = to_base64(sha256(written).digest())
    assert seal(ACT, "text", b"bread", SALT).commitment == expected


@pytest.mark.parametrize(
    ("length", "bucket"),
    [(0, 256), (255, 256), (256, 512), (511, 512), (512, 1024), (LONGEST_CONTENT, 2**21)],
)
def test_the_content_is_padded_to_a_bucket(length: int, bucket: int) -> None:
    empty = len(preimage(ACT, "text", Payload(SALT, b""))) - 256
    assert len(preimage(ACT, "text", Payload(SALT, bytes(length)))) - empty == bucket


@pytest.mark.parametrize("size", [0, 31, 33])
def test_a_salt_has_thirty_two_bytes(size: int) -> None:
    with pytest.raises(SealedError, match="salt of 32 bytes"):
        seal(ACT, "text", b"bread", bytes(size))


def test_content_beyond_a_mebibyte_is_refused() -> None:
    with pytest.raises(SealedError, match="at most 1048576 bytes, not 1048577"):
        seal(ACT, "text", bytes(LONGEST_CONTENT + 1), SALT)


def test_a_payload_printed_shows_nothing_of_it() -> None:
    assert repr(Payload(SALT, b"bread")) == "Payload()"
