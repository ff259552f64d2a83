"""What the rules that compare options in pairs have in common."""

from collections.abc import Collection, Sequence
from itertools import permutations

from collegium.counting.outcome import RuleDocument
from collegium.counting.pairwise import Matrix, defeats
from collegium.counting.profile import Profile
from collegium.counting.schwartz import Defeat, schwartz_set
from collegium.counting.stages import Stage, StagedOutcome
from collegium.counting.ties import Tie


class ComparedOutcome(StagedOutcome, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What comparing the options in pairs decides.

    Attributes:
        matrix: Row a, column b: ballots that rank option a + 1 above option b + 1.
        schwartz: The Schwartz set, ascending.
        smith: The Smith set, ascending.
    """

    matrix: Matrix
    schwartz: tuple[int, ...]
    smith: tuple[int, ...]


def all_defeats(matrix: Matrix) -> list[Defeat]:
    """Every pair of which one option is preferred, by winner, then loser."""
    return [
        Defeat(loser=b + 1, opposed=matrix[b][a], votes=matrix[a][b], winner=a + 1)
        for a, b in permutations(range(len(matrix)), 2)
        if defeats(matrix, a, b)
    ]


def smith_set(matrix: Matrix, standing: Collection[int]) -> set[int]:
    """The fewest options, at least one, that each defeat every standing option outside.

    Source: J. H. Smith, Aggregation of preferences with variable electorate (1973); found as
    the Schwartz set in which a draw counts for both.
    """
    pairs = [
        (one, other)
        for one, other in permutations(standing, 2)
        if not defeats(matrix, other - 1, one - 1)
    ]
    return schwartz_set(standing, pairs)


def condorcet_winner(matrix: Matrix, standing: Collection[int]) -> int | None:
    """The option that defeats every other standing one, or None."""
    for option in standing:
        if all(defeats(matrix, option - 1, other - 1) for other in standing if other != option):
            return option
    return None


def compared_outcome(  # noqa: PLR0913, PLR0917 - an outcome has these parts
    profile: Profile,
    matrix: Matrix,
    rule: RuleDocument,
    ranking: Sequence[tuple[int, ...]],
    stages: Sequence[Stage],
    ties: Sequence[Tie] = (),
) -> ComparedOutcome:
    """The outcome in which the first place of the ranking wins."""
    everyone = range(1, profile.options + 1)
    pairs = [(defeat.winner, defeat.loser) for defeat in all_defeats(matrix)]
    return ComparedOutcome(
        ballots=profile.ballots,
        elected=ranking[0],
        matrix=matrix,
        profile=profile.digest(),
        ranking=tuple(ranking),
        rule=rule,
        schwartz=tuple(sorted(schwartz_set(everyone, pairs))),
        smith=tuple(sorted(smith_set(matrix, everyone))),
        stages=tuple(stages),
        ties=tuple(ties),
        winners=tuple(sorted(ranking[0])),
    )


def places_by(scores: Sequence[tuple[int, ...]]) -> tuple[tuple[int, ...], ...]:
    """Option numbers by places, the smallest score first; equal scores share a place."""
    return tuple(
        tuple(number for number, score in enumerate(scores, 1) if score == value)
        for value in sorted(set(scores))
    )
