"""Every act is named for part and deed, and nothing unbounded gets into a leaf."""

# How long a match can be; the public module does not say.
import re._parser as patterns  # type: ignore[import-not-found] # typeshed leaves it out
import subprocess
import sys
from collections.abc import Iterator
from typing import Any, get_origin

import msgspec
import msgspec.inspect as seen
import pytest

from collegium.secretariat.line import Line
from collegium.secretariat.registry import LINES
from tests.house import tree

REFERENCE = tree.ROOT / "docs" / "reference" / "acts.md"

LONGEST_TEXT = 8192
"""Characters a single text of an act may have; longer ones are sealed payloads."""


def kinds() -> list[str]:
    return [line.kind for line in LINES]


def struct_of(line: Line) -> Any:
    """The class itself, also where the registry fills in what a generic act carries."""
    return get_origin(line.struct) or line.struct


def longest(text: seen.StrType) -> int:
    """How long a text may be, by its length or by a pattern that covers all of it."""
    if text.max_length is not None:
        return text.max_length
    # `$` would let a line end through: a second spelling of the same name.
    covers = text.pattern and text.pattern.startswith("^") and text.pattern.endswith(r"\Z")
    return patterns.parse(text.pattern).getwidth()[1] if covers else sys.maxsize


def faults_of(kind: seen.Type, where: str) -> Iterator[str]:
    """Say what is unbounded, loose or inexact in a type, however deep."""
    match kind:
        case seen.Metadata(type=inner):
            yield from faults_of(inner, where)
        case seen.StrType():
            yield from [f"{where}: text of any length"] * (longest(kind) > LONGEST_TEXT)
        case seen.FloatType() | seen.DecimalType():
            yield f"{where}: a number that isn't whole"
        case seen.AnyType() | seen.RawType():
            yield f"{where}: anything at all"
        case seen.DictType(key_type=key, value_type=value, max_length=most):
            yield from [f"{where}: a mapping without max_length"] * (most is None)
            yield from faults_of(key, f"{where}[key]")
            yield from faults_of(value, f"{where}[]")
        case seen.ListType() | seen.VarTupleType() | seen.SetType() | seen.FrozenSetType():
            yield from [f"{where}: a list without max_length"] * (kind.max_length is None)
            yield from faults_of(kind.item_type, f"{where}[]")
        case seen.TupleType(item_types=items) | seen.UnionType(types=items):
            for item in items:
                yield from faults_of(item, where)
        case seen.StructType():
            yield from faults_of_struct(kind, where)
        case _:
            yield from faults_of_plain(kind, where)


def faults_of_plain(kind: seen.Type, where: str) -> Iterator[str]:
    exact = (seen.StrType, seen.IntType, seen.BoolType, seen.LiteralType, seen.EnumType)
    if not isinstance(kind, exact):
        yield f"{where}: {type(kind).__name__} has no place in an act"


def faults_of_struct(kind: seen.StructType, where: str) -> Iterator[str]:
    settings = (get_origin(kind.cls) or kind.cls).__struct_config__  # a generic has its origin's
    names = [field.encode_name for field in kind.fields]
    yield from [f"{where}: not frozen"] * (not settings.frozen)
    yield from [f"{where}: unknown fields are let in"] * (not kind.forbid_unknown_fields)
    yield from [f"{where}: fields aren't in alphabetical order"] * (names != sorted(names))
    for field in kind.fields:
        yield from [f"{where}.{field.name}: may be left out"] * (not field.required)
        yield from faults_of(field.type, f"{where}.{field.name}")


@pytest.mark.parametrize("line", LINES, ids=kinds())
def test_an_act_is_named_for_part_and_deed(line: Line) -> None:
    part, _, deed_and_version = line.kind.partition(".")
    deed, _, version = deed_and_version.partition("/")
    module = struct_of(line).__module__.split(".")
    assert "".join(word.capitalize() for word in deed.split("-")) == struct_of(line).__name__
    assert part in module
    assert module[-1] in {"acts", f"acts_v{version}"} or module[-1].endswith("_acts")
    assert version.isdecimal()
    assert "-" in deed, "a deed is a verb and a noun"


def test_every_kind_stands_in_the_registry_once() -> None:
    assert sorted(kinds()) == sorted(set(kinds()))


@pytest.mark.parametrize("line", LINES, ids=kinds())
def test_an_act_holds_nothing_unbounded(line: Line) -> None:
    faults = list(faults_of(seen.type_info(line.struct), line.kind))
    assert faults == []


def test_a_loose_act_would_be_seen() -> None:
    class Loose(msgspec.Struct):
        text: str
        share: float = 0.5

    faults = list(faults_of(seen.type_info(Loose), "Loose"))
    assert len(faults) == 6


@pytest.mark.parametrize("pattern", ["[a-z]*", "^[a-z]*$", r"^[a-z]{2}", "^[a-z]{2}$"])
def test_a_pattern_that_leaves_text_open_would_be_seen(pattern: str) -> None:
    assert longest(seen.StrType(pattern=pattern)) > LONGEST_TEXT
    assert longest(seen.StrType(pattern=r"^[a-z]{2}\Z")) == 2


def test_every_struct_of_a_part_that_is_an_act_stands_in_the_registry() -> None:
    held = {id(struct_of(line)) for line in LINES}
    forgotten = [
        f"{module.__name__}.{name}"
        for module in {sys.modules[struct_of(line).__module__] for line in LINES}
        for name, struct in vars(module).items()
        if isinstance(struct, type)
        and struct.__module__ == module.__name__
        and "happened_at" in getattr(struct, "__struct_fields__", ())
        and id(struct) not in held
    ]
    assert forgotten == []


def test_the_generated_reference_is_not_stale() -> None:
    command = [sys.executable, "-m", "collegium.secretariat.reference"]
    printed = subprocess.run(command, cwd=tree.ROOT, capture_output=True, text=True, check=True)
    assert REFERENCE.read_text(encoding="utf-8") == printed.stdout
