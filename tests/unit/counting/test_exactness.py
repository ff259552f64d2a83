"""No count knows a float: not in its code, not in its documents, not in its outcomes."""

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from collegium.counting import (
    RULES,
    Approvals,
    Claims,
    EqualShares,
    Grades,
    Outcome,
    Profile,
    StagedOutcome,
    Ties,
    count,
    exact_stv,
    irv,
    tied_outcomes,
)
from collegium.counting.methods import METHODS
from collegium.counting.outcomes import _OWN

PACKAGE = Path(__file__).parents[3] / "collegium"
FILES = sorted((PACKAGE / "counting").rglob("*.py")) + sorted((PACKAGE / "kernels").glob("*.py"))
EXACT = {"ceil", "comb", "gcd", "isqrt", "lcm", "prod"}
"""What may be taken from `math`: of integers and fractions it makes integers and fractions."""


def inexact(tree: ast.AST) -> Iterator[int]:
    """The lines on which something is, or becomes, a float."""
    for node in ast.walk(tree):
        match node:
            case ast.Constant(value=float() | complex()):
                yield node.lineno
            case ast.Name(id="float" | "round") | ast.Attribute(attr="float32" | "float64"):
                yield node.lineno
            case ast.ImportFrom(module="math", names=names):
                if not {name.name for name in names} <= EXACT:
                    yield node.lineno
            case ast.Import(names=names) if any(name.name in {"math", "cmath"} for name in names):
                yield node.lineno


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(PACKAGE)))
def test_no_line_makes_a_float(file: Path) -> None:
    assert not list(inexact(ast.parse(file.read_text("utf-8"))))


def test_a_float_would_be_seen() -> None:
    for line in ("x = 0.5", "x = float(1)", "x = round(y)", "from math import sqrt", "np.float64"):
        assert list(inexact(ast.parse(line))) == [1]


@pytest.mark.parametrize("struct", [*RULES.values(), Outcome, StagedOutcome, *_OWN.values()])
def test_no_field_may_hold_a_float(struct: type) -> None:
    assert "FloatType" not in repr(msgspec.inspect.type_info(struct))


SMALL: dict[str, list[Any]] = {
    "ranked": [
        Profile(2, {"1-": 3}),
        Profile(3, {}),
        Profile(3, {"---": 4}),
        Profile(3, {"-1-": 1}),
        Profile(3, {"???": 2, "1??": 1}),
        Profile(3, {"123": 1, "231": 1, "312": 1}),
    ],
    "approvals": [Approvals(1, {(1,): 3}), Approvals(3, {}), Approvals(3, {(): 4, (1, 2, 3): 4})],
    "grades": [Grades(1, 6, {(3,): 1}), Grades(3, 6, {}), Grades(3, 6, {(-1, -1, -1): 2})],
    "claims": [Claims([5]), Claims([0, 0, 0]), Claims([5, 5, 5, 5]), Claims([10, 0])],
}
"""Elections of one, of nobody, of blank ballots, of a circle, and where all are level."""


@pytest.mark.parametrize("name", METHODS)
def test_no_election_is_too_small_to_be_counted(name: str) -> None:
    method = METHODS[name]
    for profile in SMALL[method.kind]:
        rule: Any = method.make(profile.options, 1, 6)
        ties = (Ties(seed="small"),) if hasattr(rule, "ties") else ()
        outcome: Outcome = count(profile, rule, *ties)
        assert type(outcome).read(outcome.canonical()) == outcome
        if isinstance(outcome, StagedOutcome) and ties:
            assert tuple(sorted(outcome.elected)) in tied_outcomes(profile, rule)


def test_the_only_one_who_stands_is_elected() -> None:
    assert count(Profile(1, {"1": 3}), irv(1)).winners == (1,)
    assert count(Profile(1, {}), irv(1)).winners == (1,)


def test_two_who_are_level_are_told_apart_by_no_rounding() -> None:
    """Both come to 7/3; in floats 2 + 1/3 and 1 + 4/3 are 2.3333333333333335 and 2.333333333333333.

    Source: github.com/mggg/VoteKit, issue 311: 8.000000000000014 beat 8.0.
    """
    ballots = Profile(4, {"12--": 1, "1-2-": 4, "-1--": 2, "--1-": 1, "---1": 2})
    outcome = count(ballots, exact_stv(4, 2), Ties(seed="level"))
    assert outcome.stages[1].totals == ("10/3", "7/3", "7/3", "2")
    assert [(tie.among, tie.step) for tie in outcome.ties] == [((2, 3), "latest-difference")]
    assert outcome.elected == (1, 2)


def test_a_ballot_that_approves_everybody_is_no_abstention() -> None:
    """Left out, it would raise what every other ballot may spend.

    Source: github.com/Equal-Vote/bettervoting, issue 1478.
    """
    cast: dict[tuple[int, ...], int] = {(1,): 3, (2,): 2, (1, 2, 3): 1}
    some: dict[tuple[int, ...], int] = {(1,): 3, (2,): 2}
    rule = EqualShares(completion="none", options=3, seats=2, ties=())
    whole, without = (Approvals(3, one) for one in (cast, some))
    assert count(whole, rule).winners == (1,)
    assert count(whole, rule).ballots == 6
    assert count(without, rule).stages[0].totals != count(whole, rule).stages[0].totals
