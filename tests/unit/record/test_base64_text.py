"""One value has one spelling."""

from hashlib import sha256
from string import printable

import pytest

from collegium.record.base64_text import NotBase64Error, from_base64, spells_hash, to_base64


def test_bytes_come_back_from_their_spelling() -> None:
    assert from_base64(to_base64(b"\x00\xff bread")) == b"\x00\xff bread"


@pytest.mark.parametrize(
    "text", ["YQ", "YR==", "YQ==\n", " YQ==", "YQ==YQ==", "Y_-_", "YQ=", "\u0661===", "\ud800"]
)
def test_every_other_spelling_is_refused(text: str) -> None:
    with pytest.raises(NotBase64Error, match="base64"):
        from_base64(text)


def test_another_size_is_refused() -> None:
    with pytest.raises(NotBase64Error, match="of 32 bytes, not of 31"):
        from_base64(to_base64(bytes(31)), 32)


def spelt(text: str) -> bool:
    try:
        return bool(from_base64(text, 32))
    except NotBase64Error:
        return False


@pytest.mark.parametrize("place", [0, 41, 42, 43])
def test_the_quick_judge_of_a_hash_agrees_with_the_reader(place: int) -> None:
    text = to_base64(sha256(b"bread").digest())
    others = [text[:place] + character + text[place + 1 :] for character in printable]
    assert [spells_hash(other) for other in others] == [spelt(other) for other in others]
    assert spells_hash(text)
    assert not spells_hash(text + "\n")
