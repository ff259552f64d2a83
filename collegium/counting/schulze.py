"""The rule `schulze/1`: who has the stronger chain of defeats to every other option.

Source: M. Schulze, A new monotonic, clone-independent, reversal symmetric, and
Condorcet-consistent single-winner election method, Social Choice and Welfare 36 (2011). Its
winners are those that Schwartz sequential dropping leaves (`schwartz`).
"""

from itertools import permutations
from typing import TypeAlias

from collegium.counting.outcome import Outcome, Rule
from collegium.counting.pairwise import Matrix, Measure, defeats, measured, pairwise_matrix
from collegium.counting.profile import Profile

Paths: TypeAlias = tuple[tuple[tuple[int, int], ...], ...]
"""Row a, column b (from 0): the weakest defeat of the strongest chain of defeats from a to b,
as (votes for, votes against) by winning votes, otherwise as (what is measured, 0); `(0, 0)`
where there is none."""


class SchulzeOutcome(Outcome, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What the Schulze method makes of the ballots.

    Attributes:
        matrix: Row a, column b: ballots that rank option a + 1 above option b + 1.
        paths: The strength of the strongest chain from each option to each other one.
        ranking: Option numbers by places, the winners first; options in one place are tied
            or can't be compared.
        rule: The rule document.
    """

    matrix: Matrix
    paths: Paths
    ranking: tuple[tuple[int, ...], ...]
    rule: "Schulze"


class Schulze(Rule, frozen=True, forbid_unknown_fields=True, tag="schulze/1"):
    """The rule document of `schulze/1`.

    Attributes:
        strength: How defeats are compared (`pairwise.Measure`).
    """

    strength: Measure

    def count(self, profile: Profile) -> SchulzeOutcome:
        """The winners, the places of the others, and the chains that decide."""
        matrix = pairwise_matrix(profile)
        paths = strongest_paths(matrix, self.strength)
        ranking = places_by_paths(paths)
        return SchulzeOutcome(
            ballots=profile.ballots,
            matrix=matrix,
            paths=paths,
            profile=profile.digest(),
            ranking=ranking,
            rule=self,
            winners=ranking[0],
        )


def strongest_paths(matrix: Matrix, measure: Measure = "winning-votes") -> Paths:
    """How strong the strongest chain of defeats from each option to each other one is.

    Source: Schulze 2011 (the algorithm of Floyd and Warshall).
    """
    options = range(len(matrix))
    paths = [[(0, 0)] * len(matrix) for _ in options]
    for first, second in permutations(options, 2):
        if defeats(matrix, first, second):
            paths[first][second] = measured(matrix, first, second, measure)
    for through in options:
        onward = paths[through]
        for first in options:
            reach = paths[first][through]
            row = paths[first]
            for second in options:
                chain = min(reach, onward[second])
                if first != second and chain > row[second]:
                    row[second] = chain
    return tuple(tuple((votes, -opposed) for votes, opposed in row) for row in paths)


def places_by_paths(paths: Paths) -> tuple[tuple[int, ...], ...]:
    """The options by places: nobody in a place is beaten by another in it or after it."""
    left = set(range(len(paths)))
    places: list[tuple[int, ...]] = []
    while left:
        place = {
            option for option in left if not any(_beats(paths, other, option) for other in left)
        }
        places.append(tuple(sorted(option + 1 for option in place)))
        left -= place
    return tuple(places)


def _beats(paths: Paths, first: int, second: int) -> bool:
    """Whether the chain from the first to the second is stronger than the one back."""
    votes, opposed = paths[first][second]
    back_votes, back_opposed = paths[second][first]
    return (votes, -opposed) > (back_votes, -back_opposed)
