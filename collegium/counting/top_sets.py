"""The rule `top-set/1`: the Smith or the Schwartz set, for bodies that decide among the few.

Source: J. H. Smith (1973); T. Schwartz, Rationality and the myth of the maximum (1972).
"""

from typing import Literal

from collegium.counting.comparisons import ComparedOutcome, compared_outcome
from collegium.counting.outcome import Rule
from collegium.counting.pairwise import pairwise_matrix
from collegium.counting.profile import Profile
from collegium.counting.stages import Elected, plain_stage


class TopSet(Rule, frozen=True, forbid_unknown_fields=True, kw_only=True, tag="top-set/1"):
    """The rule document of `top-set/1`.

    Attributes:
        which: `smith`, each of which defeats everybody outside; or `schwartz`, smaller where
            draws stand.
    """

    which: Literal["smith", "schwartz"]

    def count(self, profile: Profile) -> ComparedOutcome:
        """The options of the set, all of them winners."""
        matrix = pairwise_matrix(profile)
        everyone = [tuple(range(1, self.options + 1))]
        both = compared_outcome(profile, matrix, self, everyone, [])
        inside = both.smith if self.which == "smith" else both.schwartz
        outside = tuple(number for number in everyone[0] if number not in inside)
        wins = [
            str(sum(mine > matrix[other][number] for other, mine in enumerate(row)))
            for number, row in enumerate(matrix)
        ]
        stage = plain_stage(wins, "comparison", [Elected(o, "undefeated") for o in inside])
        ranking = [inside, outside] if outside else [inside]
        return compared_outcome(profile, matrix, self, ranking, [stage])
