"""From below, where options are compared in pairs: what k changed ballots can do to the figures.

A changed ballot adds at most one vote to each side of a comparison and takes at most one away.
So k of them leave every figure within k of what it was, and an outcome that all figures within
these bounds lead to can't be changed by k ballots. The largest such k is found by halving.

Source: an interval argument over D. C. Parkes and L. Xia, A complexity-of-strategic-behavior
comparison between Schulze's rule and ranked pairs (2012), and M. Schulze (2011).
"""

from bisect import bisect_left
from collections.abc import Callable, Sequence
from fractions import Fraction
from itertools import pairwise, permutations
from math import ceil
from typing import TypeAlias

from collegium.counting.comparisons import ComparedOutcome, condorcet_winner, smith_set
from collegium.counting.pairwise import Matrix, Measure
from collegium.counting.top_sets import TopSet

Strength: TypeAlias = tuple[int, int]
"""Comparable as in `pairwise.measured`; `NONE` where no defeat is."""

NONE: Strength = (0, 0)


def least_for(matrix: Matrix, ballots: int, holds: Callable[[int], bool]) -> int:
    """Fewer changed ballots than this leave what `holds` says; at least 1.

    Args:
        matrix: The comparisons.
        ballots: How many there are.
        holds: Whether the outcome is certain with so many changed; never true again once false.
    """
    del matrix
    first_unsure = bisect_left(range(ballots + 1), x=True, key=lambda k: not holds(k))
    return max(first_unsure, 1)


def by_condorcet_winner(matrix: Matrix) -> int:
    """Half of the narrowest lead of who defeats everybody, rounded up; otherwise 1."""
    everyone = range(1, len(matrix) + 1)
    winner = condorcet_winner(matrix, everyone)
    if winner is None or len(matrix) == 1:
        return 1
    row = matrix[winner - 1]
    leads = [row[o] - matrix[o][winner - 1] for o in range(len(row)) if o != winner - 1]
    return max(ceil(Fraction(min(leads), 2)), 1)


def _surely(matrix: Matrix, first: int, second: int, measure: Measure, ballots: int) -> Strength:
    """How strong the defeat is at least, after so many changes; `NONE` if it may be none."""
    votes, opposed = matrix[first][second], matrix[second][first]
    if votes - opposed <= 2 * ballots:
        return NONE
    match measure:
        case "winning-votes":
            return votes - ballots, -(opposed + ballots)
        case "plain-winning-votes":
            return votes - ballots, 0
        case "margins":
            return votes - opposed - 2 * ballots, 0


def _perhaps(
    matrix: Matrix, first: int, second: int, measure: Measure, ballots: int
) -> Strength | None:
    """How strong the defeat is at most, after so many changes; None if there is none."""
    votes, opposed = matrix[first][second], matrix[second][first]
    if votes - opposed + 2 * ballots <= 0:
        return None
    match measure:
        case "winning-votes":
            return votes + ballots, -max(opposed - ballots, 0)
        case "plain-winning-votes":
            return votes + ballots, 0
        case "margins":
            return votes - opposed + 2 * ballots, 0


def _strongest(
    edges: dict[tuple[int, int], Strength], options: int
) -> dict[tuple[int, int], Strength]:
    """The weakest link of the strongest chain between each two that a chain joins."""
    paths = dict(edges)
    for through in range(options):
        for first in range(options):
            reach = paths.get((first, through))
            if reach is None:
                continue
            for second in range(options):
                onward = paths.get((through, second))
                if onward is None or first == second:
                    continue
                chain = min(reach, onward)
                if (first, second) not in paths or chain > paths[first, second]:
                    paths[first, second] = chain
    return paths


def of_schulze(matrix: Matrix, winners: Sequence[int], measure: Measure, ballots: int) -> int:
    """As long as the winner's chains are surely stronger than any chain back."""
    if len(winners) != 1:
        return 1
    (winner,) = (option - 1 for option in winners)
    options = len(matrix)

    def holds(changed: int) -> bool:
        every = [*permutations(range(options), 2)]
        surely = {(a, b): _surely(matrix, a, b, measure, changed) for a, b in every}
        perhaps = {(a, b): _perhaps(matrix, a, b, measure, changed) for a, b in every}
        out = _strongest({pair: s for pair, s in surely.items() if s != NONE}, options)
        back = _strongest({pair: s for pair, s in perhaps.items() if s is not None}, options)
        return all(
            (winner, other) in out
            and ((other, winner) not in back or out[winner, other] > back[other, winner])
            for other in range(options)
            if other != winner
        )

    return least_for(matrix, ballots, holds)


def of_minimax(matrix: Matrix, winners: Sequence[int], strength: str, ballots: int) -> int:
    """As long as everybody else surely has a worse defeat."""
    if len(winners) != 1:
        return 1
    (winner,) = (option - 1 for option in winners)
    options = range(len(matrix))

    def at_most(option: int, changed: int) -> Strength:
        others = [other for other in options if other != option]
        if strength == "opposition":
            return max(((matrix[o][option] + changed, 0) for o in others), default=NONE)
        found = [_perhaps(matrix, o, option, strength, changed) for o in others]  # type: ignore[arg-type]  # the other measures
        return max((each for each in found if each is not None), default=NONE)

    def at_least(option: int, changed: int) -> Strength:
        others = [other for other in options if other != option]
        if strength == "opposition":
            return max(((max(matrix[o][option] - changed, 0), 0) for o in others), default=NONE)
        return max(_surely(matrix, o, option, strength, changed) for o in others)  # type: ignore[arg-type]  # one of its other values

    def holds(changed: int) -> bool:
        worst = at_most(winner, changed)
        return all(worst < at_least(other, changed) for other in options if other != winner)

    return least_for(matrix, ballots, holds)


def of_ranked_pairs(matrix: Matrix, winners: Sequence[int], measure: Measure, ballots: int) -> int:
    """As long as the Smith set surely stays, and its defeats their order.

    Outside the Smith set no defeat leads back into it, so that none of them matters.
    """
    if len(winners) != 1:
        return 1
    inside = sorted(option - 1 for option in smith_set(matrix, range(1, len(matrix) + 1)))
    outside = [option for option in range(len(matrix)) if option not in inside]

    def holds(changed: int) -> bool:
        within = [pair for pair in permutations(inside, 2) if _leads(matrix, pair, changed)]
        if 2 * len(within) != len(inside) * (len(inside) - 1):
            return False
        if not all(_leads(matrix, (a, b), changed) for a in inside for b in outside):
            return False
        ranges = sorted(
            (
                _surely(matrix, a, b, measure, changed),
                _perhaps(matrix, a, b, measure, changed) or NONE,
            )
            for a, b in within
        )
        return all(weaker[1] < stronger[0] for weaker, stronger in pairwise(ranges))

    return least_for(matrix, ballots, holds)


def of_top_set(outcome: ComparedOutcome, rule: TopSet) -> int:
    """As long as no comparison of a member of the set with anybody turns."""
    matrix = outcome.matrix
    inside = outcome.smith if rule.which == "smith" else outcome.schwartz
    leads = [
        abs(matrix[a - 1][b] - matrix[b][a - 1])
        for a in inside
        for b in range(len(matrix))
        if b != a - 1
    ]
    return max(ceil(Fraction(min(leads, default=0), 2)), 1)


def _leads(matrix: Matrix, pair: tuple[int, int], changed: int) -> bool:
    first, second = pair
    return matrix[first][second] - matrix[second][first] > 2 * changed
