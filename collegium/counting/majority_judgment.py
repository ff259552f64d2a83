"""The rule `majority-judgment/1`: the highest median grade, ties by taking medians away.

An option without a grade on a ballot has the lowest one there.

Source: M. Balinski and R. Laraki, A theory of measuring, electing, and ranking, PNAS 104
(2007), "majority value".
"""

from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import Literal

from collegium.counting.comparisons import places_by
from collegium.counting.graded import GradeRule, graded_outcome
from collegium.counting.grades import Grades
from collegium.counting.stages import StagedOutcome
from collegium.counting.ties import TieBreaker


class MajorityJudgment(
    GradeRule, frozen=True, forbid_unknown_fields=True, kw_only=True, tag="majority-judgment/1"
):
    """The rule document of `majority-judgment/1`.

    Attributes:
        middle: Of an even number of grades, the `lower` middle one is the median (Balinski
            and Laraki) or the `upper` one (belenios-tool).
    """

    middle: Literal["lower", "upper"]

    def decide(self, profile: Grades, breaker: TieBreaker) -> StagedOutcome:
        """The options by their majority values; the totals are the median grades."""
        self.check_levels(profile)
        values = self.values_of(
            [profile.histogram(number) for number in range(1, self.options + 1)]
        )
        ranking = places_by([tuple(-grade for grade in value) for value in values])
        medians = [str(value[0]) if value else "" for value in values]
        return graded_outcome(profile, self, ranking, medians, breaker)

    def values_of(self, histograms: Sequence[list[int]]) -> list[tuple[int, ...]]:
        """The median grades in the order in which they are taken away, for comparing.

        An odd number begins with the one in the middle. Then as many are on either side, and
        one of each side goes by turns, first from the side on which the rule takes the median.
        Turns at which nothing changes for any option are left out, so that a value is as long as
        grades are many, and not as ballots are.

        Args:
            histograms: How many ballots give each option each grade; in all as many for each.
        """
        orders = [self._turns_of(histogram) for histogram in histograms]
        turns = sorted({turn for order in orders for turn in order})
        return [tuple(_at(order, turns)) for order in orders]

    def _turns_of(self, histogram: list[int]) -> dict[int, tuple[int, ...]]:
        """From a turn to the grades that are taken away at it, and at those up to the next."""
        half, odd = divmod(sum(histogram), 2)
        below, above = _lowest(histogram, half), _lowest(histogram[::-1], half)[::-1]
        middle = [
            all_ - low - high for all_, low, high in zip(histogram, below, above, strict=True)
        ]
        found: dict[int, tuple[int, ...]] = {0: (middle.index(1),)} if odd else {}
        highest = len(histogram) - 1
        sides = [
            [(highest - place, many) for place, many in enumerate(below[::-1]) if many],
            [(place, many) for place, many in enumerate(above) if many],
        ]
        if self.middle == "upper":
            sides.reverse()
        for turn in {1, *_ends(sides[0]), *_ends(sides[1])} - {half + 1}:
            found[turn] = tuple(_grade_at(side, turn) for side in sides)
        return found


def _lowest(histogram: list[int], many: int) -> list[int]:
    """The lowest so many of the grades."""
    taken = []
    for each in histogram:
        taken.append(min(each, many))
        many -= taken[-1]
    return taken


def _ends(side: list[tuple[int, int]]) -> list[int]:
    """The turns after which a side goes on with another grade."""
    return [1 + turns for turns in accumulate(many for _, many in side)]


def _grade_at(side: list[tuple[int, int]], turn: int) -> int:
    """Which grade of this side is taken away at the turn, from 1."""
    until = accumulate(many for _, many in side)
    return next(grade for (grade, _), last in zip(side, until, strict=True) if turn <= last)


def _at(order: dict[int, tuple[int, ...]], turns: list[int]) -> Iterator[int]:
    """What is taken away at these turns."""
    grades: tuple[int, ...] = ()
    for turn in turns:
        grades = order.get(turn, grades)
        yield from grades
