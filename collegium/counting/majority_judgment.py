"""The rule `majority-judgment/1`: the highest median grade, ties by taking medians away.

An option without a grade on a ballot has the lowest one there.

Source: M. Balinski and R. Laraki, A theory of measuring, electing, and ranking, PNAS 104
(2007), "majority value".
"""

from itertools import chain, repeat
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
        values = [self.value_of(profile.histogram(number)) for number in range(1, self.options + 1)]
        ranking = places_by([tuple(-grade for grade in value) for value in values])
        medians = [str(value[0]) if value else "" for value in values]
        return graded_outcome(profile, self, ranking, medians, breaker)

    def value_of(self, histogram: list[int]) -> list[int]:
        """The median grades in the order in which they are taken away.

        An odd number begins with the one in the middle. Then as many are on either side, and
        one of each side goes by turns, first from the side on which the rule takes the median.
        """
        ascending = list(
            chain.from_iterable(repeat(grade, count) for grade, count in enumerate(histogram))
        )
        half, odd = divmod(len(ascending), 2)
        below, above = ascending[:half][::-1], ascending[half + odd :]
        middle = ascending[half : half + odd]
        first, second = (below, above) if self.middle == "lower" else (above, below)
        return middle + [grade for pair in zip(first, second, strict=True) for grade in pair]
