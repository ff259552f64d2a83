"""SSH keys and the signatures that `ssh-keygen -Y sign -n collegium-approval FILE` makes.

Everybody who uses SSH can sign with these outside the browser, also with a security key
(`sk-ssh-ed25519@openssh.com`): that one signs only when touched, over its own envelope.

Source: OpenSSH, PROTOCOL.sshsig and PROTOCOL.u2f.
"""

import hashlib
from typing import NamedTuple

from collegium.record import ed25519
from collegium.record.base64_text import NotBase64Error, from_base64

NAMESPACE = b"collegium-approval"
"""What signatures are for; one made for mail or git fits no act."""

_MAGIC = b"SSHSIG"
_VERSION = b"\x00\x00\x00\x01"
_PLAIN = b"ssh-ed25519"
_TOUCHED = b"sk-ssh-ed25519@openssh.com"
_HASHES = {b"sha256": hashlib.sha256, b"sha512": hashlib.sha512}
_USER_PRESENT = 0x01
_COUNTER_SIZE = 4
_BEGIN = "-----BEGIN SSH SIGNATURE-----"
_END = "-----END SSH SIGNATURE-----"


class SshError(ValueError):
    """SSH key or signature text that is malformed or of a type that isn't taken."""


class _Signature(NamedTuple):
    public: bytes
    application: bytes
    hash_name: bytes
    raw: bytes
    envelope: bytes


class _Fields:
    """Bytes read from the front: strings with a four-byte length, as SSH writes them."""

    def __init__(self, data: bytes) -> None:
        self._rest = data

    def take(self, size: int) -> bytes:
        taken, self._rest = self._rest[:size], self._rest[size:]
        if len(taken) != size:
            raise SshError("expected an SSH key or signature: this one is cut short")
        return taken

    def string(self) -> bytes:
        return self.take(int.from_bytes(self.take(4), "big"))

    def expect(self, found: bytes, wanted: bytes, what: str) -> None:
        if found != wanted:
            raise SshError(f"expected {what} {wanted!r}, not {found[:60]!r}")

    def end(self) -> None:
        if self._rest:
            raise SshError(f"expected the end of an SSH key or signature, not {len(self._rest)} B")


def public_key(line: str) -> bytes:
    """The 32 bytes of a public key line: `ssh-ed25519 AAAA… comment`.

    A security key's line gives its 32 bytes alike: key material has one name, however it is
    kept, so that nobody holds one key under two.

    Raises:
        SshError: Not one line of such a key.
    """
    words = line.strip().split(None, 2)
    if len(words) < 2 or "\n" in line.strip():  # noqa: PLR2004 - type and key
        raise SshError("expected an SSH public key in one line: ssh-ed25519 AAAA… comment")
    try:
        blob = from_base64(words[1])
    except NotBase64Error as error:
        raise SshError(f"SSH public key: {error}") from error
    kind, public, _ = _public(blob)
    if kind.decode() != words[0]:
        raise SshError(f"expected a key of type {words[0]}, not {kind.decode()}")
    return public


def unarmoured(text: str) -> bytes:
    """The binary signature in what `ssh-keygen` wrote to `FILE.sig`.

    Raises:
        SshError: No such armour, or no signature in it that could ever verify.
    """
    lines = [line.rstrip() for line in text.strip().split("\n")]
    if len(lines) < 3 or lines[0] != _BEGIN or lines[-1] != _END:  # noqa: PLR2004 - one between
        raise SshError(f"expected an SSH signature, from {_BEGIN} to {_END}")
    try:
        blob = from_base64("".join(lines[1:-1]))
    except NotBase64Error as error:
        raise SshError(f"SSH signature: {error}") from error
    _parse(blob)
    return blob


def verify(public: bytes, blob: bytes, message: bytes) -> bool:
    """Whether the binary signature is the key's over the message, for our namespace."""
    try:
        signature = _parse(blob)
    except SshError:
        return False
    if signature.public != public:
        return False
    digest = _HASHES[signature.hash_name](message).digest()
    fields = (NAMESPACE, b"", signature.hash_name, digest)
    signed = _MAGIC + b"".join(len(field).to_bytes(4, "big") + field for field in fields)
    if signature.envelope:
        application = hashlib.sha256(signature.application).digest()
        signed = application + signature.envelope + hashlib.sha256(signed).digest()
    return ed25519.verify(public, signature.raw, signed)


def _parse(blob: bytes) -> _Signature:
    """The signature's fields; anything that OpenSSH would pass over is refused."""
    fields = _Fields(blob)
    fields.expect(fields.take(len(_MAGIC)), _MAGIC, "an SSH signature that begins with")
    fields.expect(fields.take(len(_VERSION)), _VERSION, "SSH signature version")
    kind, public, application = _public(fields.string())
    fields.expect(fields.string(), NAMESPACE, "the namespace (ssh-keygen -n)")
    fields.expect(fields.string(), b"", "a reserved field that is")
    hash_name = fields.string()
    if hash_name not in _HASHES:
        raise SshError(f"expected the hash sha512 or sha256, not {hash_name[:60]!r}")
    raw, envelope = _raw(kind, fields.string())
    fields.end()
    return _Signature(public, application, hash_name, raw, envelope)


def _public(blob: bytes) -> tuple[bytes, bytes, bytes]:
    """Type, 32 bytes and, of a security key, the application."""
    fields = _Fields(blob)
    kind = fields.string()
    if kind not in (_PLAIN, _TOUCHED):
        raise SshError(f"expected an Ed25519 key (ssh-keygen -t ed25519), not {kind[:60]!r}")
    public = fields.string()
    if len(public) != ed25519.PUBLIC_SIZE:
        raise SshError(f"expected a key of {ed25519.PUBLIC_SIZE} bytes, not {len(public)}")
    application = fields.string() if kind == _TOUCHED else b""
    fields.end()
    # a browser's application is a web site's name: its signatures are for logging in there
    if kind == _TOUCHED and not application.startswith(b"ssh:"):
        raise SshError(f"expected a security key made for ssh:, not for {application[:60]!r}")
    return kind, public, application


def _raw(kind: bytes, blob: bytes) -> tuple[bytes, bytes]:
    """The 64 bytes and, of a security key, its flags and counter."""
    fields = _Fields(blob)
    fields.expect(fields.string(), kind, "a signature of type")
    raw = fields.string()
    envelope = fields.take(1 + _COUNTER_SIZE) if kind == _TOUCHED else b""
    fields.end()
    if envelope and not envelope[0] & _USER_PRESENT:
        raise SshError("expected a security key that was touched: sign without no-touch-required")
    return raw, envelope
