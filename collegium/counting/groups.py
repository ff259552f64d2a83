"""Minimum shares for groups: at least so many of those elected belong to a branch, are women.

An option is *doomed* when the places left couldn't be filled by the minima if it were elected,
and *guarded* when they couldn't be filled without it. A doomed option isn't elected; a guarded
one isn't excluded.

Source: I. D. Hill, STV with constraints, Voting matters 9 (1998).
"""

from collections import Counter
from collections.abc import Collection
from typing import Annotated

from msgspec import Meta, Struct

from collegium.counting.ballot import WIDEST

MOST_GROUPS = 6


class GroupShare(Struct, frozen=True, forbid_unknown_fields=True):
    """A group of options and how many of them must be elected.

    Attributes:
        least: The fewest of them.
        members: Option numbers, ascending.
        name: Of the group, for the protocol.
    """

    least: Annotated[int, Meta(ge=1, le=WIDEST)]
    members: Annotated[tuple[int, ...], Meta(min_length=1, max_length=WIDEST)]
    name: Annotated[str, Meta(min_length=1, max_length=100)]


GroupShares = Annotated[tuple[GroupShare, ...], Meta(min_length=1, max_length=MOST_GROUPS)]


def check_groups(groups: Collection[GroupShare], options: int, seats: int) -> None:
    """Refuse minima that nobody can fulfil.

    Raises:
        ValueError: A member that isn't on the ballot, or minima that the seats can't fulfil.
    """
    for group in groups:
        if list(group.members) != sorted(set(group.members) & set(range(1, options + 1))):
            raise ValueError(
                f"expected members of {group.name!r} among options 1 to {options}, ascending, "
                f"not {group.members}"
            )
    if not can_fulfil(groups, (), range(1, options + 1), seats):
        raise ValueError(f"expected minimum shares that {seats} seats can fulfil together")


def can_fulfil(
    groups: Collection[GroupShare], elected: Collection[int], standing: Collection[int], seats: int
) -> bool:
    """Whether the seats left can be filled from the standing so that every minimum is met."""
    needs = tuple(
        max(group.least - sum(option in group.members for option in elected), 0) for group in groups
    )
    kinds = Counter(tuple(option in group.members for group in groups) for option in standing)
    room = min(seats - len(elected), len(standing))
    return _fillable(needs, sorted(kinds.items(), reverse=True), room)


def _fillable(needs: tuple[int, ...], kinds: list[tuple[tuple[bool, ...], int]], room: int) -> bool:
    if not any(needs):
        return True
    if not room or not kinds:
        return False
    (belongs, many), *others = kinds
    if not any(belongs):
        return _fillable(needs, others, room)
    return any(
        _fillable(
            tuple(
                max(need - taken * inside, 0) for need, inside in zip(needs, belongs, strict=True)
            ),
            others,
            room - taken,
        )
        for taken in range(min(many, room), -1, -1)
    )


def doomed(
    groups: Collection[GroupShare], elected: Collection[int], standing: Collection[int], seats: int
) -> set[int]:
    """The standing options whose election would leave too few places for the minima."""
    return {
        option
        for option in standing
        if not can_fulfil(
            groups, [*elected, option], [other for other in standing if other != option], seats
        )
    }


def guarded(
    groups: Collection[GroupShare], elected: Collection[int], standing: Collection[int], seats: int
) -> set[int]:
    """The standing options without whom the minima can't be met."""
    return {
        option
        for option in standing
        if not can_fulfil(groups, elected, [other for other in standing if other != option], seats)
    }
