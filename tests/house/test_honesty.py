"""Nothing is silenced without a reason, and every test can fail."""

import ast
import io
import re
import tokenize
from collections.abc import Iterator
from pathlib import Path

from tests.house import tree

SILENCED = re.compile(r"#\s*(noqa|type:\s*ignore|pragma|pylint|fmt:|isort:|ruff:)")
NOQA_WITH_REASON = re.compile(r"#\s*(ruff: )?noqa: [A-Z]+\d+(, ?[A-Z]+\d+)* - \S.{8,}")
IGNORE_WITH_REASON = re.compile(r"#\s*type: ignore\[[a-z, -]+\]\s+# \S.{8,}")
UNFINISHED = re.compile(r"\b(TO" + r"DO|FIX" + r"ME|X" + r"XX|HA" + r"CK)\b")
WAYS_TO_FAIL = {"raises", "fail", "warns", "assume_fails", "run_state_machine_as_test"}


def comments(path: Path) -> Iterator[tuple[int, str]]:
    for token in tokenize.generate_tokens(io.StringIO(tree.text(path)).readline):
        if token.type == tokenize.COMMENT:
            yield token.start[0], token.string


def called_names(node: ast.AST) -> set[str]:
    calls = [call.func for call in ast.walk(node) if isinstance(call, ast.Call)]
    plain = {function.id for function in calls if isinstance(function, ast.Name)}
    return plain | {function.attr for function in calls if isinstance(function, ast.Attribute)}


def can_fail(function: ast.AST, judges: set[str]) -> bool:
    """By an assertion of its own, or one in a function of the tests that it calls."""
    return any(isinstance(node, ast.Assert) for node in ast.walk(function)) or bool(
        called_names(function) & (WAYS_TO_FAIL | judges)
    )


def judges() -> set[str]:
    """Functions of the tests that assert something, and may do it for others."""
    return {
        function.name
        for path in tree.sources("tests")
        for function in tree.functions(path)
        if not function.name.startswith("test_") and can_fail(function, set())
    }


def test_every_silenced_complaint_has_a_reason() -> None:
    bare = [
        f"{path}:{line} {comment}"
        for path in tree.sources()
        for line, comment in comments(path)
        if SILENCED.match(comment)
        and not NOQA_WITH_REASON.match(comment)
        and not IGNORE_WITH_REASON.match(comment)
    ]
    assert bare == []


def test_nothing_is_marked_as_unfinished() -> None:
    marked = [
        f"{path}:{line} {comment}"
        for path in tree.sources()
        for line, comment in comments(path)
        if UNFINISHED.search(comment)
    ]
    assert marked == []


def test_every_test_can_fail() -> None:
    helpers = judges()
    idle = [
        f"{path}:{function.lineno} {function.name}"
        for path in tree.sources("tests")
        for function in tree.functions(path)
        if function.name.startswith("test_") and not can_fail(function, helpers)
    ]
    assert idle == []


def test_no_test_is_skipped_in_silence() -> None:
    silent = [
        f"{path}:{call.lineno}"
        for path in tree.sources("tests")
        for call in ast.walk(tree.syntax(path))
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Attribute)
        and call.func.attr in {"skip", "skipif", "xfail"}
        and not (call.args or call.keywords)
    ]
    assert silent == []


def test_a_test_that_asserts_nothing_would_be_seen() -> None:
    module = ast.parse("def test_idle():\n    print(1)\ndef test_busy():\n    assert 1 == 2\n")
    assert [can_fail(function, set()) for function in module.body] == [False, True]
