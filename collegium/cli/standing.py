"""Options by the numbers that they have in the file, where some have withdrawn.

A rule counts those who stand, numbered anew; whoever types an option's number reads it in the file.
"""

from collections.abc import Sequence
from typing import Any

from collegium.counting.methods import MethodError


def by_standing(options: dict[str, Any], standing: Sequence[int], of: int) -> dict[str, Any]:
    """The same parameters, with options numbered as the rule numbers them.

    Args:
        options: Parameters by name; `officer`, `first_out`, `default` and the members of
            `groups` are numbers of options.
        standing: The numbers in the file of those who stand, in their order.
        of: How many options are in the file.

    Raises:
        MethodError: An officer's order that isn't of options of the file, each once; a default
            option that has withdrawn.
    """
    found = dict(options)
    if "officer" in found:
        found["officer"] = _left(_checked(found["officer"], of), standing, of)
    if isinstance(found.get("first_out"), list):
        found["first_out"] = _left(found["first_out"], standing, of)
    if "default" in found:
        left = _left([found["default"]], standing, of)
        if not left:
            raise MethodError(f"expected a default option that stands, not {found['default']}")
        found["default"] = left[0]
    if isinstance(found.get("groups"), list):
        found["groups"] = [_group(group, standing, of) for group in found["groups"]]
    return found


def _checked(officer: Any, of: int) -> list[int]:
    numbers = officer if isinstance(officer, list) else []
    whole = all(type(number) is int and 1 <= number <= of for number in numbers)
    if not numbers or not whole or len(set(numbers)) < len(numbers):
        raise MethodError(
            f"expected a list of options 1 to {of} as officer, each once, not {officer!r}"
        )
    return numbers


def _group(group: Any, standing: Sequence[int], of: int) -> Any:
    if not isinstance(group, dict) or not isinstance(group.get("members"), list):
        return group
    return group | {"members": _left(group["members"], standing, of)}


def _left(numbers: list[Any], standing: Sequence[int], of: int) -> list[Any]:
    """Those who stand by their new numbers; strangers as they are, to be refused by the rule."""
    new = {old: number for number, old in enumerate(standing, 1)}
    withdrawn = set(range(1, of + 1)) - set(standing)
    return [
        new.get(number, number) if isinstance(number, int) else number
        for number in numbers
        if not isinstance(number, int) or number not in withdrawn
    ]
