"""Ballots on paper as they lie on the table: piles that say the same, each with its fields."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from django import forms
from django.forms import BoundField
from msgspec import Struct

from collegium.counting.ballot import RANKS, UNRANKED
from collegium.parts.decisions.tallying import APPROVED, GRADES
from collegium.server.web.decisions.ballot_lists import MOST_BALLOTS
from collegium.server.web.decisions.papers import Ballots, grade_name

FEWEST: Final = 4
"""Piles that a form begins with, and that it grows by."""

MOST: Final = 40
_MOST_FIELDS: Final = 800
"""Django takes a thousand fields of one form."""


class Pile(Struct, frozen=True):
    """One pile on a page: its number, how many ballots, and what they say."""

    number: int
    many: BoundField
    says: list[BoundField]


def most_piles(ballots: Ballots) -> int:
    """How many piles one form has room for."""
    return max(FEWEST, min(MOST, _MOST_FIELDS // (ballots.options + 1)))


def pile_fields(ballots: Ballots, piles: int, titles: Sequence[str]) -> dict[str, forms.Field]:
    """The fields of so many piles, by name."""
    fields: dict[str, forms.Field] = {}
    for pile in range(1, piles + 1):
        fields[f"pile-{pile}"] = forms.IntegerField(
            min_value=0, max_value=MOST_BALLOTS, required=False, label=f"Pile {pile}, how many"
        )
        for option, title in enumerate(titles, 1):
            label = f"Pile {pile}, {title}"
            fields[f"pile-{pile}-{option}"] = _mark_field(ballots, label)
    return fields


def _mark_field(ballots: Ballots, label: str) -> forms.Field:
    if ballots.kind == "tick":
        return forms.BooleanField(required=False, label=label)
    if ballots.kind == "grade":
        named = [(GRADES[n], grade_name(ballots, n)) for n in reversed(range(ballots.levels))]
        return forms.ChoiceField(choices=[("", "none"), *named], required=False, label=label)
    return forms.IntegerField(min_value=1, max_value=ballots.options, required=False, label=label)


def marks_of_pile(ballots: Ballots, sent: Mapping[str, Any], pile: int) -> str:
    """What the ballots of a pile say, as the record spells it."""
    values = [sent.get(f"pile-{pile}-{option}") for option in range(1, ballots.options + 1)]
    if ballots.kind == "tick":
        return "".join(APPROVED if value else UNRANKED for value in values)
    if ballots.kind == "grade":
        return "".join(value or UNRANKED for value in values)
    return "".join(RANKS[value - 1] if value else UNRANKED for value in values)


def pile_fault(ballots: Ballots, count: int | None, marks: str) -> str:
    """What is wrong with a pile as a whole; empty where nothing is."""
    silent = not marks.strip(UNRANKED)
    if count and silent and ballots.kind != "tick":
        return (
            "Say what is on these ballots. Those on which nothing readable stands go under Spoilt."
        )
    if not count and not silent:
        return "Say how many ballots are in this pile."
    return ""
