"""One value has one spelling."""

import pytest

from collegium.record.base64_text import NotBase64Error, from_base64, to_base64


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
