"""What a rule can refuse, read from its source: the reference can't forget a refusal.

Followed are the functions that a rule calls by name and the methods of the house that it
calls; what it hands to others as a value isn't followed.
"""

import ast
import inspect
import textwrap
from collections.abc import Callable, Iterator
from functools import cache
from types import FunctionType
from typing import Any

from msgspec import Struct

from collegium.refusals import Refused
from collegium.secretariat.house import House

_PACKAGE = "collegium."
_PLACES = 2
"""What `Refused` is told: the rule's name and the reason."""


class Ruling(Struct, frozen=True):
    """A refusal that a rule may come to.

    Attributes:
        name: The rule's stable name.
        reason: The sentence for the member, with `…` where a figure or name stands.
    """

    name: str
    reason: str


def rulings(rule: Callable[..., Any]) -> tuple[Ruling, ...]:
    """Every refusal that the function may raise, each once, in the order of its source."""
    return tuple(dict.fromkeys(_rulings(rule, set())))


def asks_the_deeds_rule(rule: Callable[..., Any]) -> bool:
    """Whether the function also asks the rule of another kind, which only a request names."""
    return any(
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "rule"
        for function in _reached(rule, set())
        for node in ast.walk(_syntax(function))
    )


def _rulings(rule: Callable[..., Any], seen: set[FunctionType]) -> Iterator[Ruling]:
    function = _followed(rule, seen)
    if function is None:
        return
    for node in _in_order(_syntax(function)):
        called = _called(function, node)
        if called is Refused and isinstance(node, ast.Call) and len(node.args) == _PLACES:
            yield Ruling(_words(node.args[0]), _words(node.args[1]))
        elif called is not None:
            yield from _rulings(called, seen)


def _reached(rule: Callable[..., Any], seen: set[FunctionType]) -> Iterator[FunctionType]:
    function = _followed(rule, seen)
    if function is None:
        return
    yield function
    for node in ast.walk(_syntax(function)):
        called = _called(function, node)
        if called is not None:
            yield from _reached(called, seen)


def _followed(rule: Callable[..., Any], seen: set[FunctionType]) -> FunctionType | None:
    """The function, if it is one of ours and wasn't looked at before."""
    if not isinstance(rule, FunctionType) or rule in seen:
        return None
    if not rule.__module__.startswith(_PACKAGE):
        return None
    seen.add(rule)
    return rule


def _called(function: FunctionType, node: ast.AST) -> Callable[..., Any] | None:
    """What a call calls: a name of the function's module, or a method of the house."""
    if not isinstance(node, ast.Call):
        return None
    target = node.func
    if isinstance(target, ast.Name):
        found: Callable[..., Any] | None = function.__globals__.get(target.id)
        return found
    if isinstance(target, ast.Attribute) and _spelled(target.value) in {"house", "self"}:
        return getattr(House, target.attr, None)
    return None


def _spelled(node: ast.AST) -> str:
    return node.id if isinstance(node, ast.Name) else ""


def _in_order(node: ast.AST) -> Iterator[ast.AST]:
    for child in ast.iter_child_nodes(node):
        yield from _in_order(child)
    yield node  # after its arguments, which are asked first


@cache
def _syntax(function: FunctionType) -> ast.Module:
    return ast.parse(textwrap.dedent(inspect.getsource(function)))


def _words(node: ast.expr) -> str:
    if isinstance(node, ast.Constant):
        return str(node.value)
    if isinstance(node, ast.JoinedStr):
        return "".join(
            str(part.value) if isinstance(part, ast.Constant) else "…" for part in node.values
        )
    return "…"
