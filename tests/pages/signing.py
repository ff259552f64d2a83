"""Signing outside the browser, as a member does."""

import os
import subprocess
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat


def signature(folder: Path, seed: bytes, text: bytes) -> str:
    """What `ssh-keygen` makes, with the key of somebody invented."""
    key, file = folder / "key", folder / "text"
    private = Ed25519PrivateKey.from_private_bytes(seed)
    form = (Encoding.PEM, PrivateFormat.OpenSSH, NoEncryption())
    descriptor = os.open(key, os.O_WRONLY | os.O_CREAT, 0o600)
    os.write(descriptor, private.private_bytes(*form))
    os.close(descriptor)
    file.write_bytes(text)
    command = ["ssh-keygen", "-Y", "sign", "-n", "collegium-approval", "-f", str(key), str(file)]
    subprocess.run(command, check=True, capture_output=True)
    return (folder / "text.sig").read_text()
