"""Every refusal has a short name that some test expects."""

import ast
import re
from functools import cache

from tests.house import tree


def refusals() -> dict[str, str]:
    """Each rule's name in the product, and a place where it is raised."""
    found = {}
    for path in tree.sources("collegium"):
        for node in ast.walk(tree.syntax(path)):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name)):
                continue
            if node.func.id == "Refused" and isinstance(node.args[0], ast.Constant):
                found[str(node.args[0].value)] = f"{path}:{node.lineno}"
    return found


@cache
def expected() -> frozenset[str]:
    """Every text that stands by itself somewhere in a test."""
    return frozenset(
        node.value
        for path in tree.sources("tests")
        if "house" not in path.parts
        for node in ast.walk(tree.syntax(path))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    )


def test_every_refusal_is_expected_by_a_test() -> None:
    assert {name: place for name, place in refusals().items() if name not in expected()} == {}


def test_a_refusals_name_is_short_and_plain() -> None:
    shape = re.compile(r"[a-z]+(-[a-z]+){0,3}")
    assert [name for name in refusals() if not shape.fullmatch(name)] == []


def test_a_refusal_gives_a_reason_in_one_sentence() -> None:
    assert len(refusals()) > 100
    for path in tree.sources("collegium"):
        for node in ast.walk(tree.syntax(path)):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Refused":
                assert len(node.args) == 2, f"{path}:{node.lineno}"
