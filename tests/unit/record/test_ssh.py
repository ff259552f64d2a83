"""Signatures by the real ssh-keygen, and blobs that it would pass over."""

import shutil
import subprocess
from hashlib import sha256, sha512
from pathlib import Path
from typing import NamedTuple

import pytest

from collegium.ids import Key
from collegium.record.base64_text import to_base64
from collegium.record.keys import (
    KeyTextError,
    PrivateKey,
    from_armour,
    ssh_public_key,
    verify_signature,
)

MESSAGE = b"collegium-act/1\nlog.example/0123\n{}"
NAMESPACE = b"collegium-approval"
TOUCHED = b"sk-ssh-ed25519@openssh.com"
PLAIN = b"ssh-ed25519"
ADA = PrivateKey.from_seed(b"a" * 32)
PUBLIC = PrivateKey.from_seed(b"a" * 32)._private.public_key().public_bytes_raw()

needs_ssh = pytest.mark.skipif(
    shutil.which("ssh-keygen") is None, reason="needs ssh-keygen (Debian: openssh-client)"
)


class Signed(NamedTuple):
    key: Key
    sig: str


def signed_by_ssh(folder: Path, *options: str, namespace: bytes = NAMESPACE) -> Signed:
    key, message = folder / "key", folder / "act"
    if not key.exists():
        made = ["-q", "-t", "ed25519", "-N", "", "-C", "Ada at work", "-f", str(key)]
        subprocess.run(["ssh-keygen", *made], check=True)
    message.write_bytes(MESSAGE)
    told = ["-q", "-Y", "sign", "-n", namespace.decode(), *options, "-f", str(key), str(message)]
    (folder / "act.sig").unlink(missing_ok=True)
    subprocess.run(["ssh-keygen", *told], check=True, capture_output=True)
    public = ssh_public_key((folder / "key.pub").read_text())
    return Signed(public, (folder / "act.sig").read_text())


def string(data: bytes) -> bytes:
    return len(data).to_bytes(4, "big") + data


def blob(  # noqa: PLR0913 - one parameter for each field that a forger could change
    *,
    kind: bytes = PLAIN,
    magic: bytes = b"SSHSIG\0\0\0\1",
    namespace: bytes = NAMESPACE,
    reserved: bytes = b"",
    hash_name: bytes = b"sha512",
    application: bytes = b"ssh:",
    flags: int = 1,
    end: bytes = b"",
) -> bytes:
    digest = (sha256 if hash_name == b"sha256" else sha512)(MESSAGE).digest()
    signed = b"SSHSIG" + b"".join(map(string, (namespace, reserved, hash_name, digest)))
    key, envelope = string(kind) + string(PUBLIC), b""
    if kind == TOUCHED:
        key, envelope = key + string(application), bytes([flags, 0, 0, 0, 7])
        signed = sha256(application).digest() + envelope + sha256(signed).digest()
    raw = string(kind) + string(ADA._private.sign(signed)) + envelope
    return magic + b"".join(map(string, (key, namespace, reserved, hash_name, raw))) + end


def armoured(data: bytes) -> str:
    text = to_base64(data)
    lines = [text[at : at + 70] for at in range(0, len(text), 70)]
    return "\n".join(["-----BEGIN SSH SIGNATURE-----", *lines, "-----END SSH SIGNATURE-----", ""])


def holds(data: bytes, message: bytes = MESSAGE) -> bool:
    return verify_signature(ADA.public, "sshsig:" + to_base64(data), message)


@needs_ssh
@pytest.mark.parametrize("options", [(), ("-O", "hashalg=sha256"), ("-O", "hashalg=sha512")])
def test_a_signature_by_ssh_keygen_holds(tmp_path: Path, options: tuple[str, ...]) -> None:
    key, armour = signed_by_ssh(tmp_path, *options)
    assert verify_signature(key, from_armour(armour), MESSAGE)
    assert not verify_signature(key, from_armour(armour), MESSAGE + b" ")


@needs_ssh
def test_a_signature_for_something_else_fits_no_act(tmp_path: Path) -> None:
    key, armour = signed_by_ssh(tmp_path, namespace=b"git")
    with pytest.raises(KeyTextError, match="expected the namespace"):
        from_armour(armour)
    spelled = "".join(armour.split("\n")[1:-2])
    assert not verify_signature(key, "sshsig:" + spelled, MESSAGE)


@needs_ssh
def test_a_signature_by_another_key_does_not_hold(tmp_path: Path) -> None:
    _, armour = signed_by_ssh(tmp_path)
    assert not verify_signature(ADA.public, from_armour(armour), MESSAGE)


@needs_ssh
@pytest.mark.parametrize("kind", [PLAIN, TOUCHED])
def test_ssh_keygen_takes_the_blobs_of_these_tests(tmp_path: Path, kind: bytes) -> None:
    (tmp_path / "sig").write_text(armoured(blob(kind=kind)))
    told = ["-Y", "check-novalidate", "-n", NAMESPACE.decode(), "-s", str(tmp_path / "sig")]
    judged = subprocess.run(["ssh-keygen", *told], input=MESSAGE, capture_output=True, check=False)
    assert judged.returncode == 0, judged.stderr
    assert holds(blob(kind=kind))


@pytest.mark.parametrize("kind", [PLAIN, TOUCHED])
@pytest.mark.parametrize("hash_name", [b"sha256", b"sha512"])
def test_a_signature_holds_for_its_message_only(kind: bytes, hash_name: bytes) -> None:
    made = blob(kind=kind, hash_name=hash_name)
    assert holds(made)
    assert from_armour(armoured(made)) == "sshsig:" + to_base64(made)
    assert not holds(made, MESSAGE + b"\n")


@pytest.mark.parametrize(
    ("forged", "match"),
    [
        (blob(magic=b"SSHSIX\0\0\0\1"), "begins with"),
        (blob(magic=b"SSHSIG\0\0\0\2"), "version"),
        (blob(namespace=b"file"), "namespace"),
        (blob(reserved=b"x"), "reserved"),
        (blob(hash_name=b"md5"), "sha512 or sha256"),
        (blob(end=b"\0"), "expected the end"),
        (blob()[:-1], "cut short"),
        (blob(kind=b"ssh-rsa"), "expected an Ed25519 key"),
        (blob(kind=TOUCHED, flags=0), "touched"),
        (blob(kind=TOUCHED, flags=4), "touched"),
        (blob(kind=TOUCHED, application=b"https://shop.example"), "made for ssh:"),
        (b"", "cut short"),
    ],
)
def test_what_openssh_would_pass_over_is_refused(forged: bytes, match: str) -> None:
    assert not holds(forged)
    with pytest.raises(KeyTextError, match=match):
        from_armour(armoured(forged) if forged else armoured(b"SSH"))


def test_no_byte_of_a_signature_can_be_changed() -> None:
    for made in (blob(), blob(kind=TOUCHED)):
        for at in range(len(made)):
            changed = bytearray(made)
            changed[at] ^= 0x40
            assert not holds(bytes(changed)), at


@pytest.mark.parametrize("text", ["", "SSHSIG", armoured(b"")[1:], armoured(b"x").replace("=", "")])
def test_what_is_no_armour_is_refused(text: str) -> None:
    with pytest.raises(KeyTextError, match="SSH signature"):
        from_armour(text)


@pytest.mark.parametrize("end", [b"", string(b"ssh:")])
def test_a_public_key_line_becomes_a_key(end: bytes) -> None:
    kind = TOUCHED if end else PLAIN
    spelled = to_base64(string(kind) + string(PUBLIC) + end)
    assert ssh_public_key(f"{kind.decode()} {spelled} Ada at work\n") == ADA.public
    assert ssh_public_key(f"{kind.decode()} {spelled}") == ADA.public


@pytest.mark.parametrize(
    ("line", "match"),
    [
        ("", "one line"),
        ("ssh-ed25519", "one line"),
        ("ssh-ed25519 !!!!", "base64"),
        ("ssh-rsa " + to_base64(string(b"ssh-rsa") + string(b"")), "ssh-keygen -t ed25519"),
        ("ssh-rsa " + to_base64(string(PLAIN) + string(PUBLIC)), "of type ssh-rsa"),
        ("ssh-ed25519 " + to_base64(string(PLAIN) + string(PUBLIC[1:])), "32 bytes"),
        ("ssh-ed25519 " + to_base64(string(PLAIN) + string(bytes(32))), "small order"),
        ("ssh-ed25519 " + to_base64(string(PLAIN) + string(PUBLIC)) + "\nmore", "one line"),
    ],
)
def test_other_lines_are_no_keys(line: str, match: str) -> None:
    with pytest.raises(KeyTextError, match=match):
        ssh_public_key(line)
