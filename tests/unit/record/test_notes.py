"""Signed notes: who signed, and everything a note must not be."""

import pytest

from collegium.record.base64_text import from_base64, to_base64
from collegium.record.notes import (
    MOST_SIGNATURES,
    Cosigner,
    NoteError,
    Signer,
    VerifierKey,
    open_note,
    sign,
    split,
    verified,
)

LOG = Signer("log.example", bytes(32))
OTHER = Signer("other.example", b"o" * 32)
BRANCH = Cosigner("branch.example/mirror", b"b" * 32)
TEXT = "bread\n\nand roses\n"
NOTE = sign(TEXT, LOG)


def refused(note: str | bytes, match: str) -> None:
    with pytest.raises(NoteError, match=match):
        open_note(note, [LOG.verifier_key])


def test_a_note_opens_with_its_key() -> None:
    assert open_note(NOTE, [LOG.verifier_key]) == (TEXT, [LOG.verifier_key])
    assert open_note(NOTE.encode(), [LOG.verifier_key])[0] == TEXT


def test_only_keys_that_signed_are_told_in_the_notes_order() -> None:
    note = sign(TEXT, OTHER, LOG)
    keys = [LOG.verifier_key, BRANCH.verifier_key, OTHER.verifier_key]
    assert open_note(note, keys)[1] == [OTHER.verifier_key, LOG.verifier_key]


def test_a_note_without_a_known_signature_is_refused() -> None:
    refused(sign(TEXT, OTHER), r"expected a signature of log\.example")


def test_lines_of_unknown_keys_are_passed_over_whatever_their_algorithm() -> None:
    longer = "\u2014 log.example " + "A" * 400 + "\n\u2014 else.example AAAAAAA=\n"
    assert open_note(NOTE + longer, [LOG.verifier_key])[1] == [LOG.verifier_key]


def test_a_changed_text_is_refused() -> None:
    refused(NOTE.replace("bread", "brood"), "expected a valid signature")


def test_one_bad_signature_of_a_known_key_spoils_the_note() -> None:
    note = NOTE + OTHER.line("another text\n")
    with pytest.raises(NoteError, match=r"valid signature of other\.example"):
        open_note(note, [LOG.verifier_key, OTHER.verifier_key])


def test_a_key_signs_a_note_once() -> None:
    refused(NOTE + LOG.line(TEXT), r"one signature of log\.example, not two")
    with pytest.raises(NoteError, match="not two"):
        sign(TEXT, LOG, LOG)


def test_sixteen_signatures_are_read_and_no_more() -> None:
    lines = "".join(Signer(f"w{at}", bytes([at]) * 32).line(TEXT) for at in range(1, 16))
    assert len(split(NOTE + lines)[1]) == MOST_SIGNATURES
    assert open_note(NOTE + lines, [LOG.verifier_key])[0] == TEXT
    refused(NOTE + lines + OTHER.line(TEXT), "at most 16 signatures, not 17")


@pytest.mark.parametrize(
    ("note", "match"),
    [
        ("", "expected a signed note"),
        (TEXT, "begins with a dash"),
        (TEXT + "\n", "expected a signed note"),
        (NOTE[:-1], "expected a signed note"),
        (NOTE + "\n", "expected a signed note"),
        (NOTE.replace("\n", "\r\n"), "control character"),
        (NOTE.replace("bread", "br\tead"), "control character"),
        (NOTE.replace("bread", "br\0ead"), "control character"),
        (NOTE.replace("\u2014", "-"), "begins with a dash"),
        (NOTE.replace("log.example ", "log.example  "), "base64"),
        (NOTE.replace("log.example ", "log\u00a0example "), "without spaces"),
        (NOTE.replace("log.example ", "log+example "), "without spaces and plus"),
        (NOTE.replace("\u2014 log.example ", "\u2014  "), "without spaces"),
        (NOTE[:-2] + "\n", "base64"),
        (TEXT + "\n\u2014 log.example AAAAAA==\n", "key id and a signature"),
        (NOTE.encode() + b"\xff\n", "UTF-8"),
        (NOTE.replace("bread", "\ud800"), "UTF-8"),
        ("a" * 1_000_000 + NOTE, "at most 1000000 bytes"),
    ],
)
def test_malformed_notes_are_refused(note: str | bytes, match: str) -> None:
    refused(note, match)


@pytest.mark.parametrize("text", ["", "no newline", "car\rriage\n", "ta\tb\n"])
def test_texts_that_no_note_can_hold_are_not_signed(text: str) -> None:
    with pytest.raises(NoteError, match="expected"):
        sign(text, LOG)


def test_nobody_signs_an_unsigned_note() -> None:
    with pytest.raises(NoteError, match="expected a signed note"):
        sign(TEXT)


def test_a_cosignature_tells_its_time() -> None:
    note = NOTE + BRANCH.line(TEXT, 1679315147)
    _, signatures = verified(note, [BRANCH.verifier_key, LOG.verifier_key])
    assert [(found.key.name, found.time) for found in signatures] == [
        ("log.example", None),
        ("branch.example/mirror", 1679315147),
    ]


def test_the_time_of_a_cosignature_is_signed() -> None:
    early, late = (
        from_base64(BRANCH.line(TEXT, time).split()[-1]) for time in (1679315147, 1679315148)
    )
    postdated = to_base64(late[:12] + early[12:])
    forged = f"\u2014 branch.example/mirror {postdated}\n"
    with pytest.raises(NoteError, match=r"valid signature of branch\.example"):
        open_note(NOTE + forged, [BRANCH.verifier_key])


@pytest.mark.parametrize("time", [-1, 2**63])
def test_times_out_of_range_are_not_cosigned(time: int) -> None:
    with pytest.raises(NoteError, match="POSIX seconds"):
        BRANCH.line(TEXT, time)


def test_one_secret_as_log_and_witness_is_two_keys() -> None:
    log, witness = Signer("x", b"x" * 32), Cosigner("x", b"x" * 32)
    assert log.verifier_key.public == witness.verifier_key.public
    assert log.verifier_key.key_id != witness.verifier_key.key_id
    with pytest.raises(NoteError, match="has none"):
        open_note(sign(TEXT, log), [witness.verifier_key])


def test_a_verifier_key_comes_back_from_its_text() -> None:
    for key in (LOG.verifier_key, BRANCH.verifier_key):
        assert VerifierKey.parse(str(key)) == key


@pytest.mark.parametrize(
    ("old", "new", "match"),
    [
        ("log.example+", "", "NAME"),
        ("log.example", "", "without spaces"),
        ("log.example", "log example", "without spaces"),
        ("log.example", "log.exampl\u00e9", "expected key id"),
        ("log.example", "log\x01", "control"),
        ("+AT", "+Aj", "type 01"),
        ("+AT", "+", "expected"),
    ],
)
def test_malformed_verifier_keys_are_refused(old: str, new: str, match: str) -> None:
    text = str(LOG.verifier_key)
    assert old in text
    with pytest.raises(NoteError, match=match):
        VerifierKey.parse(text.replace(old, new))


def test_a_wrong_key_id_is_refused() -> None:
    name, key_id, material = str(LOG.verifier_key).split("+", 2)
    with pytest.raises(NoteError, match=f"expected key id {key_id} for this key"):
        VerifierKey.parse(f"{name}+00000000+{material}")
    with pytest.raises(NoteError, match=r"NAME\+ID\+KEY"):
        VerifierKey.parse(f"{name}+{key_id.upper()}x+{material}")


def test_a_verifier_key_of_small_order_is_refused() -> None:
    with pytest.raises(NoteError, match="small order"):
        VerifierKey("log.example", LOG.verifier_key.algorithm, bytes(32))


def test_a_signer_printed_shows_no_secret() -> None:
    assert repr(LOG) == f"Signer({str(LOG.verifier_key)!r})"
    with pytest.raises(NoteError, match="seed of 32 bytes"):
        Signer("log.example", b"short")
