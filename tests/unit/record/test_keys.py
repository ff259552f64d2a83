"""Members' and logs' keys as text, and where a secret key may lie."""

import shutil
import stat
import subprocess
from pathlib import Path

import pytest

from collegium.ids import Key
from collegium.record.base64_text import to_base64
from collegium.record.keys import KeyTextError, PrivateKey, check_key, verify_signature
from collegium.record.notes import Signer

ADA = PrivateKey.from_seed(b"a" * 32)
CHEN = PrivateKey.from_seed(b"c" * 32)


def test_a_signature_holds_for_key_and_message_only() -> None:
    sig = ADA.sign(b"bread")
    assert verify_signature(ADA.public, sig, b"bread")
    assert not verify_signature(ADA.public, sig, b"roses")
    assert not verify_signature(CHEN.public, sig, b"bread")


def test_a_key_of_the_standard_is_written_as_text() -> None:
    # RFC 8032, section 7.1, test 1
    seed = "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60"
    public = "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"
    private = PrivateKey.from_seed(bytes.fromhex(seed))
    assert private.public == "ed25519:" + to_base64(bytes.fromhex(public))
    assert check_key(private.public) == private.public


@pytest.mark.parametrize(
    "sig",
    [
        "",
        "ed25519",
        "ed25519:",
        ADA.sign(b"bread").removeprefix("ed25519:"),
        ADA.sign(b"bread") + "\n",
        ADA.sign(b"bread").replace("==", ""),
        ADA.sign(b"bread").replace("ed25519:", "ED25519:"),
        ADA.sign(b"bread").replace("ed25519:", "webauthn:"),
        ADA.sign(b"bread").replace("ed25519:", "sshsig:"),
        "ed25519:" + to_base64(bytes(65)),
        "ed25519:\ud800",
    ],
)
def test_malformed_and_unknown_signatures_never_hold(sig: str) -> None:
    assert not verify_signature(ADA.public, sig, b"bread")


@pytest.mark.parametrize(
    ("text", "match"),
    [
        ("", "begins with ed25519:"),
        ("rsa:AAAA", "begins with ed25519:"),
        ("ed25519:AAAA", "32 bytes, not of 3"),
        (ADA.public + " ", "base64"),
        (ADA.public.replace("=", ""), "base64"),
        (ADA.public[:-2] + "/=", "base64"),
        ("ed25519:" + to_base64(bytes(32)), "small order"),
        ("ed25519:" + to_base64(b"\xff" * 32), "one encoding"),
        ("ed25519:" + to_base64(b"\x02" + bytes(31)), "no point"),
    ],
)
def test_keys_that_cannot_stand_in_a_record_are_refused(text: str, match: str) -> None:
    with pytest.raises(KeyTextError, match=match):
        check_key(text)
    assert not verify_signature(Key(text), ADA.sign(b"bread"), b"bread")


def test_a_key_of_small_order_verifies_nothing() -> None:
    identity = b"\x01" + bytes(31)
    key = Key("ed25519:" + to_base64(identity))
    assert not verify_signature(key, "ed25519:" + to_base64(identity + bytes(32)), b"any")


def test_a_saved_key_is_its_owners_alone_and_comes_back(tmp_path: Path) -> None:
    path = tmp_path / "key"
    ADA.save(path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert PrivateKey.load(path).public == ADA.public


def test_a_key_is_never_written_over(tmp_path: Path) -> None:
    ADA.save(tmp_path / "key")
    with pytest.raises(FileExistsError):
        CHEN.save(tmp_path / "key")
    assert PrivateKey.load(tmp_path / "key").public == ADA.public


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o620, 0o610])
def test_a_key_file_that_others_can_open_is_refused(tmp_path: Path, mode: int) -> None:
    ADA.save(tmp_path / "key")
    (tmp_path / "key").chmod(mode)
    with pytest.raises(KeyTextError, match=f"run: chmod 600 {tmp_path}/key"):
        PrivateKey.load(tmp_path / "key")


def test_a_file_without_a_key_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "key"
    path.touch(mode=0o600)
    with pytest.raises(KeyTextError, match="expected an unencrypted PEM key"):
        PrivateKey.load(path)


@pytest.mark.skipif(shutil.which("openssl") is None, reason="needs openssl (Debian: openssl)")
@pytest.mark.parametrize("kind", ["ed25519", "x25519"])
def test_openssl_makes_keys_that_we_read(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "key"
    told = ["openssl", "genpkey", "-algorithm", kind, "-out", str(path)]
    subprocess.run(told, check=True)
    path.chmod(0o600)
    if kind == "ed25519":
        assert check_key(PrivateKey.load(path).public)
    else:
        with pytest.raises(KeyTextError, match="expected an Ed25519 key"):
            PrivateKey.load(path)


def test_a_logs_key_signs_its_notes() -> None:
    signer = Signer("log.example", ADA.seed)
    assert ADA.public == "ed25519:" + to_base64(signer.verifier_key.public)


def test_new_keys_differ_and_printed_show_no_secret() -> None:
    key = PrivateKey.generate()
    assert key.public != PrivateKey.generate().public
    assert repr(key) == f"PrivateKey(public={key.public!r})"
    with pytest.raises(KeyTextError, match="seed of 32 bytes"):
        PrivateKey.from_seed(b"short")
