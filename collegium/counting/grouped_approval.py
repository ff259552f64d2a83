"""The rule `grouped-approval/1`: approval or sequential PAV with minimum shares for groups.

The seats are filled one by one with the best option that isn't doomed (`groups`).

Source: R. Bredereck, P. Faliszewski, A. Igarashi, M. Lackner and P. Skowron, Multiwinner
elections with diversity constraints (2018), greedy rule.
"""

from collections.abc import Sequence
from fractions import Fraction
from typing import Literal

from collegium.counting.approval import Approval
from collegium.counting.approvals import ApprovalRule, Approvals
from collegium.counting.groups import GroupShares, check_groups, doomed
from collegium.counting.seating import fill
from collegium.counting.sequential_pav import SequentialPav, content_added
from collegium.counting.stages import StagedOutcome
from collegium.counting.ties import TieBreaker, Ties


class GroupedOutcome(StagedOutcome, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What the ballots decide under minimum shares.

    Attributes:
        otherwise: Who would have been elected without the minimum shares, ascending; empty if
            that count came to a tie that nothing recorded decides.
    """

    otherwise: tuple[int, ...]


class GroupedApproval(
    ApprovalRule, frozen=True, forbid_unknown_fields=True, kw_only=True, tag="grouped-approval/1"
):
    """The rule document of `grouped-approval/1`.

    Attributes:
        groups: The minimum shares.
        score: What seats are filled by: `approvals`, or `content` as in `sequential-pav/1`.
    """

    groups: GroupShares
    score: Literal["approvals", "content"]

    def __post_init__(self) -> None:
        super().__post_init__()
        check_groups(self.groups, self.options, self.seats)

    def decide(self, profile: Approvals, breaker: TieBreaker) -> GroupedOutcome:
        """The committee, seat by seat, and who would have been elected otherwise."""
        everyone = range(1, self.options + 1)
        ballots = [(set(approved), weight) for approved, weight in profile.weights.items()]
        totals = profile.totals()

        def scores(elected: Sequence[int]) -> list[Fraction | int | None]:
            left = [number for number in everyone if number not in elected]
            out = doomed(self.groups, elected, left, self.seats) | set(elected)
            found: list[Fraction | int] = list(totals)
            if self.score == "content":
                found = list(content_added(ballots, elected, self.options))
            return [None if n in out else score for n, score in enumerate(found, 1)]

        plain = fill(profile, self, breaker, scores)
        free: ApprovalRule = Approval(options=self.options, seats=self.seats, ties=self.ties)
        if self.score == "content":
            free = SequentialPav(options=self.options, seats=self.seats, ties=self.ties)
        otherwise = free.decide(profile, breaker.again(Ties(seed="otherwise")))
        return GroupedOutcome(
            ballots=plain.ballots,
            elected=plain.elected,
            otherwise=otherwise.winners,
            profile=plain.profile,
            rule=self,
            stages=plain.stages,
            ties=plain.ties,
            winners=plain.winners,
        )
