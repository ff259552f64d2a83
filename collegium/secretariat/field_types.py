"""The fields of an act in words: name, what fits, and what the docstring says of it."""

import re
from collections.abc import Iterator
from types import UnionType
from typing import Annotated, Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

from msgspec import Meta, Struct

from collegium.record import fields as declared

_DEED = 'a deed: `{"body": …, "kind": …}` of a kind that needs joint approval'

_COMMON = {"happened_at": "When it happened, if not when it was entered; judges imports only."}


def _words(name: str) -> str:
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", name).lower()


NAMED: dict[Any, str] = {
    alias: _words(name)
    for name, alias in vars(declared).items()
    if not name.startswith("_") and get_origin(alias) is Annotated
}
"""The types of `collegium.record.fields`, each by its name in words."""


def fields_of(struct: Any, prefix: str = "") -> Iterator[tuple[str, str, str]]:
    """Of each field its name, what fits and what it means; of objects in it likewise."""
    plain = get_origin(struct) or struct
    meanings = _meanings(plain)
    for name, annotation in get_type_hints(plain, include_extras=True).items():
        meaning = meanings.get(name) or _COMMON.get(name, "")
        yield prefix + name, fits(annotation), _cell(meaning)
        inner, path = _inner(annotation)
        if inner is not None:
            yield from fields_of(inner, f"{prefix}{name}{path}.")


def fits(annotation: Any) -> str:
    """What fits an annotation, in words."""
    if annotation in NAMED:
        return NAMED[annotation]
    return bounds_of(annotation)


def bounds_of(annotation: Any) -> str:
    """The same, without the name that an annotation may have."""
    if get_origin(annotation) is Annotated:
        bare, *notes = get_args(annotation)
        meta = next((note for note in notes if isinstance(note, Meta)), Meta())
        return _bounded(bare, meta)
    return _bounded(annotation, Meta())


def _bounded(bare: Any, meta: Meta) -> str:
    origin, inside = get_origin(bare), get_args(bare)
    if origin is Literal:
        return " or ".join(f"`{choice}`" for choice in inside)
    if origin in (Union, UnionType):
        return " or ".join(fits(one) for one in inside)
    if origin is dict:
        return f"object with {_count(meta)} keys: {fits(inside[0])} to {fits(inside[1])}"
    if origin is tuple:
        return _list(inside, meta)
    return _DEED if isinstance(bare, TypeVar) else _single(bare, meta)


def _single(bare: Any, meta: Meta) -> str:
    if bare is bool:
        return "`true` or `false`"
    if bare is int:
        return "whole number" if meta.ge is None else f"whole number, {meta.ge} to {meta.le}"
    if isinstance(bare, type) and issubclass(bare, Struct):
        return "object"
    return _text(meta)


def _text(meta: Meta) -> str:
    if meta.pattern is not None:
        return "text that fits `" + _cell(meta.pattern) + "`"
    return f"text of {_count(meta)} characters"


def _list(inside: tuple[Any, ...], meta: Meta) -> str:
    if inside[-1] is Ellipsis:
        return f"list of {_count(meta)}: {fits(inside[0])}"
    return f"list of exactly {len(inside)}: " + ", ".join(fits(one) for one in inside)


def _count(meta: Meta) -> str:
    if meta.min_length == meta.max_length:
        return f"exactly {meta.max_length}"
    return f"{meta.min_length or 0} to {meta.max_length}"


def _inner(annotation: Any) -> tuple[Any, str]:
    """The struct that a field holds, itself or in a list, and how its path goes on."""
    if get_origin(annotation) is Annotated:
        annotation = get_args(annotation)[0]
    path = ""
    if get_origin(annotation) is tuple:
        annotation, path = get_args(annotation)[0], "[]"
    if isinstance(annotation, type) and issubclass(annotation, Struct):
        return annotation, path
    return None, ""


def _meanings(struct: Any) -> dict[str, str]:
    """What the docstring says under `Attributes:`, by the attribute's name."""
    section = (struct.__doc__ or "").partition("Attributes:")[2]
    found: dict[str, str] = {}
    name = ""
    for line in section.split("\n"):
        start = re.match(r" {8}(\w+): (.*)", line)
        if start:
            name, found[start[1]] = start[1], start[2]
        elif name and line.strip():
            found[name] += f" {line.strip()}"
    return found


def _cell(text: str) -> str:
    return text.replace("|", r"\|")
