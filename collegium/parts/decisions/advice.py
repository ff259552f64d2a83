"""Which counting method suits a vote: three to choose from, the others after them.

Advice, not a rule: whoever opens a vote may take any method that can count it.
"""

from functools import cache
from typing import Final, Literal, TypeAlias

from msgspec import Struct

from collegium.counting.methods import METHODS
from collegium.parts.decisions.acts import Base
from collegium.parts.decisions.methods_told import TOLD, Told

Aim: TypeAlias = Literal["adopt", "decide", "elect-one", "elect-several", "represent", "grade"]
"""What a vote is for: to adopt one of several proposals; to decide yes or no; to elect one; to
elect several; to elect a committee in which minorities have their share; to grade proposals."""

AIMS: Final[tuple[Aim, ...]] = (
    "adopt",
    "decide",
    "elect-one",
    "elect-several",
    "represent",
    "grade",
)

ELECTIONS: Final[tuple[Aim, ...]] = ("elect-one", "elect-several", "represent")
SEVERAL: Final[tuple[Aim, ...]] = ("elect-several", "represent")

_TWO: Final = 2
_FEW_SEATS: Final = 3

_SUITED: Final[dict[Aim, tuple[str, str, str]]] = {
    "adopt": ("debian-a6", "irv", "approval"),
    "decide": ("majority-votes", "majority-ballots", "majority-entitled"),
    "elect-one": ("irv", "schulze", "approval"),
    "elect-several": ("scottish-stv", "approval", "score"),
    "represent": ("scottish-stv", "meek", "sequential-phragmen"),
    "grade": ("majority-judgment", "score", "approval"),
}
_OF_TWO: Final[dict[Aim, tuple[str, str, str]]] = {
    "adopt": ("majority-votes", "debian-a6", "majority-entitled"),
    "elect-one": ("majority-votes", "majority-ballots", "approval"),
}
"""With two options every order is a yes or a no."""

USUAL: Final = frozenset().union(*_SUITED.values(), *_OF_TWO.values())
"""Every choice that is among the three for some vote."""


class Advised(Struct, frozen=True):
    """A way of counting that one may choose.

    Attributes:
        choice: Its short name in a form: the method's, with the base of a majority.
        method: The counting method, by name and version.
        base: What a majority is of, or empty.
        name: As a person would call it.
        why: When it suits.
        limit: What it can't do.
        source: Where it is laid down.
    """

    choice: str
    method: str
    base: Base
    name: str
    why: str
    limit: str
    source: str


class Advice(Struct, frozen=True):
    """Three ways of counting that suit, and every other that could count the vote.

    Attributes:
        suited: The three, the most usual first.
        more: The others, by name.
        note: What is to be known whichever is taken, or empty.
    """

    suited: tuple[Advised, Advised, Advised]
    more: tuple[Advised, ...]
    note: str


def advice(aim: Aim, options: int, seats: int) -> Advice:
    """What suits a vote.

    Args:
        aim: What the vote is for.
        options: How many options stand on the ballot, the default one among them.
        seats: How many are to be elected.

    Example:
        >>> [one.choice for one in advice("elect-one", 5, 1).suited]
        ['irv', 'schulze', 'approval']
    """
    if aim in SEVERAL and seats == 1:
        aim = "elect-one"
    chosen = _OF_TWO.get(aim, _SUITED[aim]) if options == _TWO else _SUITED[aim]
    first, second, third = map(advised, chosen)
    others = sorted(_fitting(aim, seats) - set(chosen))
    more = sorted(map(advised, others), key=lambda one: one.name)
    return Advice((first, second, third), tuple(more), _note(aim, options, seats))


def advised(choice: str) -> Advised:
    """A way of counting by its short name.

    Raises:
        KeyError: There is none.
    """
    told: Told = TOLD[choice]
    method = METHODS[f"{choice.partition('-')[0] if told.base else choice}/1"]
    return Advised(
        choice=choice,
        method=method.name,
        base=told.base,
        name=told.name,
        why=told.why,
        limit=told.limit,
        source=method.source,
    )


def choice_of(method: str, base: Base) -> str:
    """The short name of a way of counting.

    Example:
        >>> choice_of("majority/1", "votes"), choice_of("irv/1", "")
        ('majority-votes', 'irv')
    """
    name = method.partition("/")[0]
    return f"{name}-{base}" if base else name


def _fitting(aim: Aim, seats: int) -> set[str]:
    """Every choice that can count such a vote."""
    if aim == "decide":
        return {name for name, told in TOLD.items() if told.base} | {"debian-a6"}
    kept = set(TOLD)
    if aim in ELECTIONS:
        kept.discard("debian-a6")  # it asks for an option that changes nothing
    if seats > 1:
        kept = {name for name in kept if not TOLD[name].base and _elects_several(name)}
    return kept


@cache
def _elects_several(choice: str) -> bool:
    """Whether the method fills more than one place."""
    return hasattr(METHODS[f"{choice}/1"].make(3, 2, 2), "seats")


def _note(aim: Aim, options: int, seats: int) -> str:
    if aim in ELECTIONS and seats >= options:
        return "There are as many places as candidates: whoever stands is elected."
    if aim == "represent" and seats < _FEW_SEATS:
        return "With two places only a group of more than a third is sure of one."
    if options == _TWO and aim in _OF_TWO:
        return "With two options all methods come to the same, but for quorum and abstentions."
    return ""
