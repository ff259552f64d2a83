"""How many ballots prefer each option to each other one.

The ballots are compared by bits, all at once: a column of ballots becomes an integer with a
bit a ballot for each binary place of the rank, and two options are compared place by place.
A weight is a sum of powers of two, so that the ballots whose weight has a certain bit are
compared together and counted that many times. An option of which a ballot has no opinion is
compared with no other on that ballot.
"""

from collections.abc import Sequence
from typing import Literal, TypeAlias

from collegium.counting.ballot import NO_OPINION, UNRANKED, WIDE_RANKS
from collegium.counting.profile import Profile

Matrix: TypeAlias = tuple[tuple[int, ...], ...]
"""Row a, column b (from 0): ballots that rank option a + 1 above option b + 1; 0 on the
diagonal. An unranked option is below every ranked one and equal to every unranked one."""

_BYTE = 8


def _bit_of_byte(place: int) -> bytes:
    """A table for `bytes.translate`: a byte to the digit of its binary place."""
    return bytes(ord("0") + (byte >> place & 1) for byte in range(1 << _BYTE))


_BITS = tuple(map(_bit_of_byte, range(_BYTE)))


class _Columns:
    """What each option's ranks are on some ballots, as integers with a bit a ballot.

    Args:
        ballots: Their texts, all of one length.

    Attributes:
        held: Of each option: the ballots that have an opinion of it.
        planes: Of each option: the binary places of its rank, the highest first.
    """

    def __init__(self, ballots: Sequence[str]) -> None:
        options = len(ballots[0])
        together = "".join(ballots)
        levels = {ord(rank): level for level, rank in enumerate(WIDE_RANKS[:options])}
        levels[ord(UNRANKED)] = levels[ord(NO_OPINION)] = options
        by_bytes = together.translate(levels).encode("utf-16-be")
        columns = range(options)
        self.planes = [
            [
                int(by_bytes[2 * column + half :: 2 * options].translate(bit), 2)
                for half, bit in _bits_below(options.bit_length())
            ]
            for column in columns
        ]
        self.held = [_held(together[column::options]) for column in columns]


def _bits_below(places: int) -> list[tuple[int, bytes]]:
    """Which byte of two and which table finds each binary place, the highest first."""
    return [(place < _BYTE, _BITS[place % _BYTE]) for place in reversed(range(places))]


def _held(column: str) -> int:
    if NO_OPINION not in column:
        return (1 << len(column)) - 1
    return int("".join("0" if rank == NO_OPINION else "1" for rank in column), 2)


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
    columns = _Columns(ballots)
    for first in range(options):
        for second in range(first + 1, options):
            both = columns.held[first] & columns.held[second]
            above, below = _compare(columns.planes[first], columns.planes[second], both)
            totals[first][second] += times * above
            totals[second][first] += times * below


def _compare(first: list[int], second: list[int], both: int) -> tuple[int, int]:
    """How many of these ballots give the first column the smaller rank, how many the second."""
    undecided = both
    above = 0
    for mine, theirs in zip(first, second, strict=True):
        differ = (mine ^ theirs) & undecided
        above |= differ & theirs
        undecided ^= differ
    smaller = above.bit_count()
    return smaller, both.bit_count() - undecided.bit_count() - smaller


def defeats(matrix: Matrix, winner: int, loser: int) -> bool:
    """Whether more ballots prefer the one option (from 0) than the other."""
    return matrix[winner][loser] > matrix[loser][winner]


def strength(matrix: Matrix, winner: int, loser: int) -> tuple[int, int]:
    """How strong a defeat is, for comparing: more winning votes, then fewer opposed.

    Source: Debian constitution, A.6.7; "winning votes" in M. Schulze, A new monotonic,
    clone-independent, reversal symmetric, and Condorcet-consistent single-winner election
    method, Social Choice and Welfare 36 (2011).
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
