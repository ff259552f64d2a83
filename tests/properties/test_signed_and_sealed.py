"""Whatever is signed or sealed reads back as itself, and as nothing else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collegium.ids import ActId
from collegium.record.base64_text import NotBase64Error, from_base64, to_base64
from collegium.record.checkpoint import Checkpoint, open_checkpoint, sign_checkpoint
from collegium.record.keys import PrivateKey, from_armour, ssh_public_key, verify_signature
from collegium.record.notes import NoteError, Signer, VerifierKey, open_note, sign
from collegium.record.receipts import Receipt, ReceiptError
from collegium.record.sealed import DOMAIN, Payload, preimage

LOG = Signer("log.example/0123", b"l" * 32)
ADA = PrivateKey.from_seed(b"a" * 32)
NOTE = sign("bread\n", LOG)

hashes = st.binary(min_size=32, max_size=32)
words = st.text(st.characters(codec="utf-8"), max_size=40)
printable = st.characters(codec="utf-8", exclude_categories=["Cc"])
texts = st.lists(st.text(printable), min_size=1).map(lambda lines: "\n".join(lines) + "\n")
names = st.text(printable, min_size=1).filter(
    lambda name: "+" not in name and not any(map(str.isspace, name))
)
contents = st.one_of(st.binary(max_size=600), st.just(b"\x80"), st.just(b"\x80" + bytes(300)))


def opened(data: bytes) -> tuple[bytes, ...]:
    """The parts of a preimage, read from the front, the padding taken off."""
    parts = []
    while data:
        end = 4 + int.from_bytes(data[:4], "big")
        parts.append(data[4:end])
        data = data[end:]
    *parts, padded = parts
    return (*parts, padded[: padded.rindex(b"\x80")])


@given(words, words, hashes, contents)
def test_a_preimage_tells_act_field_salt_and_content(
    act: str, field: str, salt: bytes, content: bytes
) -> None:
    data = preimage(ActId(act), field, Payload(salt, content))
    assert opened(data) == (DOMAIN, act.encode(), field.encode(), salt, content)


@given(names, texts)
def test_every_text_signed_opens_as_itself(name: str, text: str) -> None:
    signer = Signer(name, b"s" * 32)
    key = VerifierKey.parse(str(signer.verifier_key))
    assert open_note(sign(text, signer), [key]) == (text, [signer.verifier_key])


@given(st.integers(0, len(NOTE.encode()) - 1), st.integers(1, 255))
def test_no_byte_of_a_note_can_be_changed(at: int, by: int) -> None:
    changed = bytearray(NOTE.encode())
    changed[at] ^= by
    with pytest.raises(NoteError):
        open_note(bytes(changed), [LOG.verifier_key])


@given(st.integers(0, 2**63 - 1), hashes)
def test_every_checkpoint_comes_back(size: int, root: bytes) -> None:
    stated = Checkpoint(LOG.verifier_key.name, size, root)
    assert open_checkpoint(sign_checkpoint(stated, LOG), LOG.verifier_key) == stated


@given(st.integers(0, 2**63 - 2), st.lists(hashes, max_size=63), st.binary(max_size=40))
def test_every_receipt_comes_back(index: int, proof: list[bytes], extra: bytes) -> None:
    receipt = Receipt(index, tuple(proof), NOTE, extra)
    assert Receipt.parse(receipt.text()) == receipt


@given(st.text())
def test_what_reads_as_base64_is_spelled_in_the_one_way(text: str) -> None:
    try:
        data = from_base64(text)
    except NotBase64Error:
        return
    assert to_base64(data) == text


@given(words, words, st.binary(max_size=80))
def test_readers_of_foreign_text_end_in_a_value_error_at_worst(
    text: str, sig: str, data: bytes
) -> None:
    assert not verify_signature(ADA.public, sig, data)
    assert not verify_signature(ADA.public, "sshsig:" + to_base64(b"SSHSIG\0\0\0\1" + data), data)
    for reader in (from_armour, ssh_public_key, VerifierKey.parse, Checkpoint.parse):
        with pytest.raises(ValueError, match="expected"):
            reader(text)
    with pytest.raises(ReceiptError):
        Receipt.parse(text)
