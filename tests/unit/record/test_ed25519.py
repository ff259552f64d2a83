"""Which 32 bytes may be a public key, beside a plain twin of the curve's arithmetic."""

import contextlib

import pytest

from collegium.record import ed25519
from collegium.record.ed25519 import WeakPointError, check_point

P = 2**255 - 19
D = -121665 * pow(121666, -1, P) % P
ROOT_OF_MINUS_ONE = pow(2, (P - 1) // 4, P)
Point = tuple[int, int]


def added(a: Point, b: Point) -> Point:
    (x1, y1), (x2, y2) = a, b
    product = D * x1 * x2 * y1 * y2 % P
    x = (x1 * y2 + x2 * y1) * pow(1 + product, -1, P) % P
    return x, (y1 * y2 + x1 * x2) * pow(1 - product, -1, P) % P


def x_of(y: int) -> int | None:
    square = (y * y - 1) * pow(D * y * y + 1, -1, P) % P
    root = pow(square, (P + 3) // 8, P)
    roots = (root, root * ROOT_OF_MINUS_ONE % P)
    return next((x for x in roots if x * x % P == square), None)


def encoded(y: int, sign: int = 0) -> bytes:
    return (y | sign << 255).to_bytes(32, "little")


def times_eight(y: int) -> Point:
    x = x_of(y)
    assert x is not None
    point = (x, y)
    for _ in range(3):
        point = added(point, point)
    return point


@pytest.mark.parametrize("sign", [0, 1])
@pytest.mark.parametrize("y", sorted(ed25519._SMALL_ORDER))
def test_points_that_vanish_eightfold_are_refused(y: int, sign: int) -> None:
    assert times_eight(y) == (0, 1)
    with pytest.raises(WeakPointError, match="small order"):
        check_point(encoded(y, sign))


def test_the_curve_has_no_other_points_of_small_order() -> None:
    points = {(x, y) for y in ed25519._SMALL_ORDER if (x := x_of(y)) is not None}
    both_signs = points | {(-x % P, y) for x, y in points}
    assert len(both_signs) == 8


@pytest.mark.parametrize("y", range(P, 2**255))
def test_second_encodings_are_refused(y: int) -> None:
    with pytest.raises(WeakPointError, match="one encoding"):
        check_point(encoded(y))


def test_exactly_the_points_of_the_curve_are_taken() -> None:
    for y in range(2, 100):
        with contextlib.nullcontext() if x_of(y) else pytest.raises(WeakPointError, match="no po"):
            check_point(encoded(y))


@pytest.mark.parametrize("size", [0, 31, 33])
def test_other_sizes_are_refused(size: int) -> None:
    with pytest.raises(WeakPointError, match="32 bytes"):
        check_point(bytes(size))


def test_the_identity_verifies_nothing_though_the_equation_holds() -> None:
    identity = encoded(1)
    assert not ed25519.verify(identity, identity + bytes(32), b"any message at all")
