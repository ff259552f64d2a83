"""The rule `sequential-pav/1`: each seat to the option that adds most to the ballots' content.

A ballot of whose approved options r are elected adds 1/(r+1) to each further one.

Source: T. N. Thiele, Om Flerfoldsvalg (1895); M. Lackner and P. Skowron, Multi-winner voting
with approval preferences (2023).
"""

from collections.abc import Sequence
from fractions import Fraction

from collegium.counting.approvals import ApprovalRule, Approvals
from collegium.counting.seating import fill
from collegium.counting.stages import StagedOutcome
from collegium.counting.ties import TieBreaker


class SequentialPav(
    ApprovalRule, frozen=True, forbid_unknown_fields=True, kw_only=True, tag="sequential-pav/1"
):
    """The rule document of `sequential-pav/1`."""

    def decide(self, profile: Approvals, breaker: TieBreaker) -> StagedOutcome:
        """The committee, seat by seat; the totals are what each option would add."""
        ballots = [(set(approved), weight) for approved, weight in profile.weights.items()]

        def scores(elected: Sequence[int]) -> list[Fraction | int | None]:
            added = content_added(ballots, elected, self.options)
            return [None if n in elected else score for n, score in enumerate(added, 1)]

        return fill(profile, self, breaker, scores)


def content_added(
    ballots: Sequence[tuple[set[int], int]], elected: Sequence[int], options: int
) -> list[Fraction]:
    """What each option would add to the content of the ballots, in the order of the options.

    Args:
        ballots: Approved options and weights.
        elected: Who is elected already.
        options: How many options there are.
    """
    by_share = [[0] * (len(elected) + 1) for _ in range(options)]
    for approved, weight in ballots:
        share = sum(option in approved for option in elected)
        for option in approved:
            by_share[option - 1][share] += weight
    return [_content(row) for row in by_share]


def _content(weights: Sequence[int]) -> Fraction:
    return sum(
        (Fraction(weight, share) for share, weight in enumerate(weights, 1) if weight),
        Fraction(0),
    )
