"""The rule `minimax/1`: whose worst defeat is the least.

Source: P. B. Simpson, On defining areas of voter choice (1969); G. H. Kramer, A dynamical
model of political equilibrium (1977).
"""

from typing import Literal

from collegium.counting.comparisons import ComparedOutcome, compared_outcome, places_by
from collegium.counting.outcome import Rule
from collegium.counting.pairwise import Matrix, defeats, measured, pairwise_matrix
from collegium.counting.profile import Profile
from collegium.counting.stages import Elected, plain_stage


class Minimax(Rule, frozen=True, forbid_unknown_fields=True, kw_only=True, tag="minimax/1"):
    """The rule document of `minimax/1`.

    Attributes:
        strength: How a defeat is measured (`pairwise.Measure`); `opposition` measures the
            votes for the other option in every comparison, lost or not.
    """

    strength: Literal["winning-votes", "plain-winning-votes", "margins", "opposition"]

    def count(self, profile: Profile) -> ComparedOutcome:
        """The places of all options by their worst defeats; several may share the first."""
        matrix = pairwise_matrix(profile)
        worst = [self._worst(matrix, option) for option in range(self.options)]
        ranking = places_by(worst)
        elected = [Elected(option, "score") for option in ranking[0]]
        stage = plain_stage([str(score[0]) for score in worst], "comparison", elected)
        return compared_outcome(profile, matrix, self, ranking, [stage])

    def _worst(self, matrix: Matrix, option: int) -> tuple[int, int]:
        others = [other for other in range(self.options) if other != option]
        if self.strength == "opposition":
            return max(((matrix[other][option], 0) for other in others), default=(0, 0))
        return max(
            (
                measured(matrix, other, option, self.strength)
                for other in others
                if defeats(matrix, other, option)
            ),
            default=(0, 0),
        )
