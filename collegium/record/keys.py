"""Keys of members and logs, and signatures over acts, as text.

A key is `ed25519:` and its 32 bytes in base64: one text a key, so that equal keys are equal
texts. A signature's prefix tells how it was made:

- `ed25519:` and 64 bytes in base64, over the message itself;
- `sshsig:` and an SSH signature in base64, made by `ssh-keygen -Y sign` (see `record.ssh`).

`webauthn:` is kept for passkeys. What this release doesn't know it doesn't take as valid.
"""

import os
import stat
from pathlib import Path

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from collegium.ids import Key
from collegium.record import ed25519, ssh
from collegium.record.base64_text import NotBase64Error, from_base64, to_base64

_ED25519 = "ed25519:"
_SSHSIG = "sshsig:"
_OTHERS = stat.S_IRWXG | stat.S_IRWXO


class KeyTextError(ValueError):
    """A key, signature or key file that is malformed, weak or open to others."""


def check_key(text: str) -> Key:
    """The key, if it can stand in a record.

    Raises:
        KeyTextError: Not `ed25519:` and 32 bytes in strict base64, or bytes that
            `ed25519.check_point` refuses.
    """
    try:
        ed25519.check_point(_public(text))
    except ed25519.WeakPointError as error:
        raise KeyTextError(str(error)) from error
    return Key(text)


def verify_signature(key: Key, sig: str, message: bytes) -> bool:
    """Whether a signature text of any kind we know is the key's over the message.

    False for all that is malformed, unknown or made with a key that `check_key` refuses.
    """
    kind, colon, spelled = sig.partition(":")
    try:
        public, signature = _public(key), from_base64(spelled)
    except (KeyTextError, NotBase64Error):
        return False
    if kind + colon == _ED25519:
        return ed25519.verify(public, signature, message)
    return kind + colon == _SSHSIG and ssh.verify(public, signature, message)


def ssh_public_key(line: str) -> Key:
    """The key in an SSH public key line, `ssh-ed25519 AAAA… comment`.

    Raises:
        KeyTextError: No such line, another type of key, or a weak one.
    """
    try:
        return check_key(_ED25519 + to_base64(ssh.public_key(line)))
    except ssh.SshError as error:
        raise KeyTextError(str(error)) from error


def from_armour(text: str) -> str:
    """The signature text for what `ssh-keygen -Y sign` wrote to `FILE.sig`.

    Raises:
        KeyTextError: No SSH signature, or one that can't be valid over any act (namespace,
            type of key, hash).
    """
    try:
        return _SSHSIG + to_base64(ssh.unarmoured(text))
    except ssh.SshError as error:
        raise KeyTextError(str(error)) from error


class PrivateKey:
    """A secret key; printed, it shows its public half only."""

    def __init__(self, private: Ed25519PrivateKey) -> None:
        self._private = private
        self.public = Key(_ED25519 + to_base64(private.public_key().public_bytes_raw()))

    @classmethod
    def generate(cls) -> "PrivateKey":
        """A new key from the operating system's source of chance."""
        return cls(Ed25519PrivateKey.generate())

    @classmethod
    def from_seed(cls, seed: bytes) -> "PrivateKey":
        """The key of 32 secret bytes (RFC 8032, section 5.1.5).

        Raises:
            KeyTextError: Another number of bytes.
        """
        if len(seed) != ed25519.PUBLIC_SIZE:
            raise KeyTextError(f"expected a seed of {ed25519.PUBLIC_SIZE} bytes, not {len(seed)}")
        return cls(Ed25519PrivateKey.from_private_bytes(seed))

    @classmethod
    def load(cls, path: Path) -> "PrivateKey":
        """The key in a PEM file, as `save` or `openssl genpkey -algorithm ed25519` writes it.

        Raises:
            KeyTextError: Others than the owner may open the file, or it holds no Ed25519 key.
            OSError: The file can't be read.
        """
        from cryptography.hazmat.primitives.serialization import (  # noqa: PLC0415 - a site starts without it
            load_pem_private_key,
        )

        with path.open("rb") as file:
            if os.fstat(file.fileno()).st_mode & _OTHERS:
                raise KeyTextError(
                    f"expected a key file that only its owner can open; run: chmod 600 {path}"
                )
            data = file.read()
        try:
            private = load_pem_private_key(data, password=None)
        except (ValueError, TypeError, UnsupportedAlgorithm) as error:
            raise KeyTextError(f"expected an unencrypted PEM key in {path}") from error
        if not isinstance(private, Ed25519PrivateKey):
            raise KeyTextError(f"expected an Ed25519 key in {path}")
        return cls(private)

    def save(self, path: Path) -> None:
        """Write a new file that only its owner can open, and wait until it is on disk.

        Raises:
            FileExistsError: There is a file already: a key is never written over.
        """
        from cryptography.hazmat.primitives.serialization import (  # noqa: PLC0415 - a site starts without it
            Encoding,
            NoEncryption,
            PrivateFormat,
        )

        pem = self._private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(pem)
            file.flush()
            os.fsync(file.fileno())
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)

    @property
    def seed(self) -> bytes:
        """The 32 secret bytes, for `notes.Signer`."""
        return self._private.private_bytes_raw()

    def sign(self, message: bytes) -> str:
        """The signature text `ed25519:…` over the message."""
        return _ED25519 + to_base64(self._private.sign(message))

    def __repr__(self) -> str:
        return f"PrivateKey(public={self.public!r})"


def _public(text: str) -> bytes:
    if not text.startswith(_ED25519):
        raise KeyTextError(f"expected a key that begins with {_ED25519}, not {text[:60]!r}")
    try:
        return from_base64(text.removeprefix(_ED25519), ed25519.PUBLIC_SIZE)
    except NotBase64Error as error:
        raise KeyTextError(f"key {text[:60]!r}: {error}") from error
