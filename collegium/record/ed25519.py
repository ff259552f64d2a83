"""Ed25519 as every checker of a record must apply it, so that all reach the same verdict.

A signature is valid if its S is below the group order and the point R, computed from S and
the key without multiplying by the cofactor, has exactly the signature's first 32 bytes. A
public key must be the one encoding of a point of the curve that isn't of small order: under
a key of small order one signature fits many messages.

Source: RFC 8032, section 5.1; K. Chalkias, F. Garillot, V. Nikolaenko, Taming the Many
EdDSAs (SSR 2020), sections 3 and 4.
"""

from functools import lru_cache

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

PUBLIC_SIZE = 32
"""Bytes of a public key, and of the seed of a private one (RFC 8032, section 5.1.5)."""

SIGNATURE_SIZE = 64
"""Bytes of a signature (RFC 8032, section 5.1.6)."""

_P = 2**255 - 19
_D = -121665 * pow(121666, -1, _P) % _P
# y of a point of order 8; libsodium's list (ge25519_has_small_order) has it low byte first
_Y8 = 0x7A03AC9277FDC74EC6CC392CFA53202A0F67100D760B3CBA4FD84D3D706A17C7
_SMALL_ORDER = frozenset({0, 1, _P - 1, _Y8, _P - _Y8})


class WeakPointError(ValueError):
    """Bytes that are no public key, or one whose signatures prove nothing."""


def check_point(public: bytes) -> None:
    """Refuse bytes that can't serve as a public key.

    A point with an added part of small order is let through: it takes a secret to sign with.

    Raises:
        WeakPointError: Not 32 bytes, not the one encoding of its point, no point of the
            curve, or a point of order 1, 2, 4 or 8.
    """
    if len(public) != PUBLIC_SIZE:
        raise WeakPointError(f"expected a public key of {PUBLIC_SIZE} bytes, not {len(public)}")
    y = int.from_bytes(public, "little") & (2**255 - 1)
    if y >= _P:
        raise WeakPointError("expected a public key in its one encoding (y below 2^255 - 19)")
    if y in _SMALL_ORDER:
        raise WeakPointError("expected a public key from a generator: this one is of small order")
    if not _on_curve(y):
        raise WeakPointError("expected a public key: these 32 bytes are no point of the curve")


def _on_curve(y: int) -> bool:
    """Whether x^2 = (y^2 - 1) / (d y^2 + 1) has a root, by Euler's criterion."""
    square = y * y % _P
    # the product with the denominator is a square exactly if the quotient is one
    return pow((square - 1) * (_D * square + 1), (_P - 1) // 2, _P) == 1


@lru_cache(maxsize=16384)
def _usable(public: bytes) -> Ed25519PublicKey | None:
    try:
        check_point(public)
    except WeakPointError:
        return None
    return Ed25519PublicKey.from_public_bytes(public)


def verify(public: bytes, signature: bytes, message: bytes) -> bool:
    """Whether the signature fits key and message; false for a key that `check_point` refuses."""
    key = _usable(public)
    if key is None or len(signature) != SIGNATURE_SIZE:
        return False
    try:
        key.verify(signature, message)
    except InvalidSignature:
        return False
    return True
