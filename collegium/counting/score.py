"""The rule `score/1`: the highest sum, or the highest average, of grades.

Source: W. D. Smith, Range voting (2000); `average` leaves ballots without a grade out.
"""

from fractions import Fraction
from typing import Literal

from collegium.counting.comparisons import places_by
from collegium.counting.figures import fraction_text
from collegium.counting.graded import GradeRule, graded_outcome
from collegium.counting.grades import Grades
from collegium.counting.stages import StagedOutcome
from collegium.counting.ties import TieBreaker


class Score(GradeRule, frozen=True, forbid_unknown_fields=True, kw_only=True, tag="score/1"):
    """The rule document of `score/1`.

    Attributes:
        by: `sum` of the grades, no grade being 0; or `average` of those given.
    """

    by: Literal["sum", "average"]

    def decide(self, profile: Grades, breaker: TieBreaker) -> StagedOutcome:
        """The options by their sums or averages."""
        self.check_levels(profile)
        scores = [self._score(profile, number) for number in range(1, self.options + 1)]
        order = sorted(set(scores), reverse=True)
        ranking = places_by([(order.index(score),) for score in scores])
        return graded_outcome(profile, self, ranking, [fraction_text(s) for s in scores], breaker)

    def _score(self, profile: Grades, option: int) -> Fraction:
        total = given = 0
        for grades, weight in profile.weights.items():
            if grades[option - 1] >= 0:
                total += grades[option - 1] * weight
                given += weight
        if self.by == "sum":
            return Fraction(total)
        return Fraction(total, given) if given else Fraction(-1)
