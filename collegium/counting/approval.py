"""The rule `approval/1`: the options that most ballots approve.

Source: S. J. Brams and P. C. Fishburn, Approval voting, American Political Science Review 72
(1978); with several seats, block approval.
"""

from collegium.counting.approvals import ApprovalRule, Approvals
from collegium.counting.seating import fill
from collegium.counting.stages import StagedOutcome
from collegium.counting.ties import TieBreaker


class Approval(
    ApprovalRule, frozen=True, forbid_unknown_fields=True, kw_only=True, tag="approval/1"
):
    """The rule document of `approval/1`."""

    def decide(self, profile: Approvals, breaker: TieBreaker) -> StagedOutcome:
        """The options with most approvals."""
        totals = profile.totals()
        return fill(
            profile,
            self,
            breaker,
            lambda elected: [
                None if number in elected else total for number, total in enumerate(totals, 1)
            ],
            apart=True,
        )
