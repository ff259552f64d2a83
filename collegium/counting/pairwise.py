"""How many ballots prefer each option to each other one.

The ballots are compared by bits, all at once: a column of ballots becomes an integer with a
bit a ballot for each binary place of the rank, and two options are compared place by place.
A weight is a sum of powers of two, so that the ballots whose weight has a certain bit are
compared together and counted that many times.
"""

from collections.abc import Sequence
from typing import Literal, TypeAlias

from collegium.counting.ballot import RANKS, UNRANKED
from collegium.counting.profile import Profile

Matrix: TypeAlias = tuple[tuple[int, ...], ...]
"""Row a, column b (from 0): ballots that rank option a + 1 above option b + 1; 0 on the
diagonal. An unranked option is below every ranked one and equal to every unranked one."""

_LEVELS = RANKS + UNRANKED
_PLACES = len(_LEVELS).bit_length()


def _bit_of_rank(place: int) -> bytes:
    """A table for `bytes.translate`: a rank's character to the digit of its binary place."""
    table = bytearray(b"0" * 256)
    for level, character in enumerate(_LEVELS):
        table[ord(character)] = ord("0") + (level >> place & 1)
    return bytes(table)


_BITS = tuple(_bit_of_rank(place) for place in reversed(range(_PLACES)))
"""Tables for the binary places of a rank, the highest first."""


def pairwise_matrix(profile: Profile) -> Matrix:
    """How many ballots prefer each option to each other one.

    Example:
        >>> pairwise_matrix(Profile(3, {"123": 2, "-1-": 1}))
        ((0, 2, 2), (1, 0, 3), (0, 0, 0))
    """
    table = profile.table()
    if table is not None:
        return tuple(map(tuple, table.below()))
    options = profile.options
    totals = [[0] * options for _ in range(options)]
    heaviest = max(profile.weights.values(), default=0)
    for power in range(heaviest.bit_length()):
        ballots = [text for text, weight in profile.weights.items() if weight >> power & 1]
        if ballots:
            _add_preferences(totals, ballots, 1 << power)
    return tuple(tuple(row) for row in totals)


def _add_preferences(totals: list[list[int]], ballots: Sequence[str], times: int) -> None:
    """Add to `totals`, in place, what the ballots prefer, each counted so many times."""
    options = len(totals)
    together = "".join(ballots).encode("ascii")
    columns = [
        [int(together[option::options].translate(bits), 2) for bits in _BITS]
        for option in range(options)
    ]
    everyone = (1 << len(ballots)) - 1
    for first in range(options):
        for second in range(first + 1, options):
            above, below = _compare(columns[first], columns[second], everyone)
            totals[first][second] += times * above
            totals[second][first] += times * below


def _compare(first: list[int], second: list[int], everyone: int) -> tuple[int, int]:
    """How many ballots give the first column the smaller rank, and how many the second."""
    undecided = everyone
    above = 0
    for mine, theirs in zip(first, second, strict=True):
        differ = (mine ^ theirs) & undecided
        above |= differ & theirs
        undecided ^= differ
    smaller = above.bit_count()
    return smaller, everyone.bit_count() - undecided.bit_count() - smaller


def defeats(matrix: Matrix, winner: int, loser: int) -> bool:
    """Whether more ballots prefer the one option (from 0) than the other."""
    return matrix[winner][loser] > matrix[loser][winner]


def strength(matrix: Matrix, winner: int, loser: int) -> tuple[int, int]:
    """How strong a defeat is, for comparing: more winning votes, then fewer opposed.

    Source: Debian constitution, A.6.7; "winning votes" in M. Schulze, A new monotonic,
    clone-independent, reversal symmetric, and Condorcet-consistent single-winner election
    method, Social Choice and Welfare 36 (2011), section 2.1.
    """
    return matrix[winner][loser], -matrix[loser][winner]


Measure: TypeAlias = Literal["winning-votes", "plain-winning-votes", "margins"]
"""How defeats are compared. `winning-votes`: more votes for the winner, and of equal ones fewer
for the loser; `plain-winning-votes`: more votes for the winner; `margins`: the difference."""


def measured(matrix: Matrix, winner: int, loser: int, measure: Measure) -> tuple[int, int]:
    """How strong a defeat is by a measure, for comparing; more is stronger.

    The second number is 0 unless the measure looks at both sides.
    """
    votes, opposed = matrix[winner][loser], matrix[loser][winner]
    match measure:
        case "winning-votes":
            return votes, -opposed
        case "plain-winning-votes":
            return votes, 0
        case "margins":
            return votes - opposed, 0
