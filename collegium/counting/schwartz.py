"""Cloneproof Schwartz sequential dropping, step by step as the Debian constitution says it.

Options are numbered from 1 in all that comes back.

Source: Debian constitution, versions 1.1 (21 June 2003) to 1.7, A.6.4 to A.6.8.
"""

from collections.abc import Collection
from itertools import permutations

from msgspec import Struct

from collegium.counting.pairwise import Matrix, defeats, strength


class Defeat(Struct, frozen=True, forbid_unknown_fields=True):
    """One option preferred to another.

    Attributes:
        loser: The option that fewer ballots prefer.
        opposed: Ballots that prefer the loser.
        votes: Ballots that prefer the winner.
        winner: The option that more ballots prefer.
    """

    loser: int
    opposed: int
    votes: int
    winner: int


class Round(Struct, frozen=True, forbid_unknown_fields=True):
    """One round of dropping defeats.

    Attributes:
        schwartz: The Schwartz set of the defeats that were left, ascending.
        weakest: The defeats inside it that this round dropped, by winner, then loser.
    """

    schwartz: tuple[int, ...]
    weakest: tuple[Defeat, ...]


class Dropping(Struct, frozen=True):
    """Where dropping ended, and how it came there.

    Attributes:
        rounds: The rounds, first to last; none when no defeat stood inside the first set.
        schwartz: The options left, ascending, with no defeat between any two of them.
    """

    rounds: tuple[Round, ...]
    schwartz: tuple[int, ...]


def sequential_dropping(matrix: Matrix, standing: Collection[int]) -> Dropping:
    """Drop the weakest defeats of the Schwartz set until none is left inside it.

    Args:
        matrix: Preferences between all options.
        standing: The option numbers (from 1) that are still considered, at least one.
    """
    left = {
        (winner, loser)
        for winner, loser in permutations(standing, 2)
        if defeats(matrix, winner - 1, loser - 1)
    }
    rounds: list[Round] = []
    while True:
        schwartz = schwartz_set(standing, left)
        inside = [pair for pair in left if pair[0] in schwartz and pair[1] in schwartz]
        if not inside:
            return Dropping(tuple(rounds), tuple(sorted(schwartz)))
        least = min(strength(matrix, winner - 1, loser - 1) for winner, loser in inside)
        weakest = sorted(
            (winner, loser)
            for winner, loser in inside
            if strength(matrix, winner - 1, loser - 1) == least
        )
        rounds.append(
            Round(tuple(sorted(schwartz)), tuple(_defeat(matrix, *pair) for pair in weakest))
        )
        left.difference_update(weakest)


def schwartz_set(standing: Collection[int], pairs: Collection[tuple[int, int]]) -> set[int]:
    """The options that beat, perhaps through others, whatever beats them so (A.6.5, A.6.6).

    Args:
        standing: The options considered.
        pairs: Defeats, winner first.
    """
    beaten = dict.fromkeys(standing, 0)  # option to a bit for each option it beats
    for winner, loser in pairs:
        beaten[winner] |= 1 << loser
    for through in standing:
        for option in standing:
            if beaten[option] >> through & 1:
                beaten[option] |= beaten[through]
    return {
        option
        for option in standing
        if all(beaten[option] >> other & 1 for other in standing if beaten[other] >> option & 1)
    }


def _defeat(matrix: Matrix, winner: int, loser: int) -> Defeat:
    return Defeat(
        loser=loser,
        opposed=matrix[loser - 1][winner - 1],
        votes=matrix[winner - 1][loser - 1],
        winner=winner,
    )
