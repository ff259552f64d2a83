"""Checkpoints: three lines, signed by the log whose name they bear."""

import pytest

from collegium.record.checkpoint import (
    Checkpoint,
    cosign_checkpoint,
    open_checkpoint,
    sign_checkpoint,
)
from collegium.record.notes import Cosigner, NoteError, Signer, sign, verified

LOG = Signer("log.example/0123", b"l" * 32)
BRANCH = Cosigner("branch.example/mirror", b"b" * 32)
STATED = Checkpoint("log.example/0123", 812, bytes(range(32)))
NOTE = sign_checkpoint(STATED, LOG)


def test_a_checkpoint_comes_back_from_its_note() -> None:
    assert open_checkpoint(NOTE, LOG.verifier_key) == STATED
    assert Checkpoint.parse(STATED.text()) == STATED


def test_a_checkpoint_is_three_lines() -> None:
    assert STATED.text().split("\n")[:2] == ["log.example/0123", "812"]
    assert STATED.text().count("\n") == 3


def test_extension_lines_of_others_are_passed_over() -> None:
    note = sign(STATED.text() + "an extension\n", LOG)
    assert open_checkpoint(note, LOG.verifier_key) == STATED


@pytest.mark.parametrize(
    ("old", "new", "match"),
    [
        ("812", "0812", "leading zeros"),
        ("812", "+812", "leading zeros"),
        ("812", "812 ", "leading zeros"),
        ("812", "\u0668", "leading zeros"),
        ("812", "-1", "leading zeros"),
        ("812", str(2**63), "0 to 2"),
        ("812\n", "", "origin, size and root"),
        ("812", "", "origin, size and root"),
        ("log.example/0123", "", "origin, size and root"),
        ("Hh8=\n", "Hh8=", "origin, size and root"),
        ("Hh8=\n", "Hh8=\n\n", "origin, size and root"),
        ("Hh8=", "Hg==", "of 32 bytes, not of 31"),
        ("Hh8=", "Hh9=", "stray bits"),
        ("Hh8=", "Hh8", "base64"),
    ],
)
def test_malformed_checkpoints_are_refused(old: str, new: str, match: str) -> None:
    assert old in STATED.text()
    with pytest.raises(NoteError, match=match):
        Checkpoint.parse(STATED.text().replace(old, new))


@pytest.mark.parametrize(
    ("origin", "size", "root"),
    [("", 1, bytes(32)), ("a\nb", 1, bytes(32)), ("a", -1, bytes(32)), ("a", 1, bytes(12))],
)
def test_what_no_log_states_is_no_checkpoint(origin: str, size: int, root: bytes) -> None:
    with pytest.raises(NoteError, match="expected"):
        Checkpoint(origin, size, root)


def test_a_log_signs_under_its_own_name_only() -> None:
    with pytest.raises(NoteError, match=r"expected a checkpoint of log\.example/0123"):
        sign_checkpoint(Checkpoint("else.example", 1, bytes(32)), LOG)
    with pytest.raises(NoteError, match=r"expected a checkpoint of log\.example/0123"):
        open_checkpoint(sign("else.example\n1\n" + "A" * 43 + "=\n", LOG), LOG.verifier_key)


def test_a_witness_adds_a_line_that_covers_the_checkpoint() -> None:
    note = cosign_checkpoint(NOTE, LOG.verifier_key, BRANCH, 1679315147)
    assert note.startswith(NOTE)
    assert open_checkpoint(note, LOG.verifier_key) == STATED
    _, signatures = verified(note, [BRANCH.verifier_key])
    assert signatures == [(BRANCH.verifier_key, 1679315147)]


def test_a_witness_signs_no_checkpoint_that_the_log_did_not_sign() -> None:
    forged = NOTE.replace("812", "813")
    with pytest.raises(NoteError, match="expected a valid signature"):
        cosign_checkpoint(forged, LOG.verifier_key, BRANCH, 1679315147)


def test_a_witness_cosigns_a_checkpoint_once() -> None:
    note = cosign_checkpoint(NOTE, LOG.verifier_key, BRANCH, 1679315147)
    with pytest.raises(NoteError, match="not two"):
        cosign_checkpoint(note, LOG.verifier_key, BRANCH, 1679315148)


def test_a_cosignature_alone_makes_no_checkpoint() -> None:
    note = STATED.text() + "\n" + BRANCH.line(STATED.text(), 1679315147)
    with pytest.raises(NoteError, match="expected a signature of log"):
        open_checkpoint(note, LOG.verifier_key)
    with pytest.raises(NoteError, match="expected the key of a log"):
        open_checkpoint(note, BRANCH.verifier_key)
