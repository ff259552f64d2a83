"""The rule `equal-shares/1`: every ballot has an equal share of the seats to spend.

Each seat costs 1, each ballot starts with seats/ballots. The option goes first whose supporters
can pay for it with the smallest payment by each, those with less paying all that they have.

Source: D. Peters and P. Skowron, Proportionality and the limits of welfarism (2020), "rule X";
M. Lackner and P. Skowron, Multi-winner voting with approval preferences (2023), rule 11.
"""

from fractions import Fraction
from typing import Literal, TypeAlias

from collegium.counting.approvals import ApprovalRule, Approvals, Approved
from collegium.counting.phragmen import buy
from collegium.counting.seating import Seating
from collegium.counting.stages import StagedOutcome
from collegium.counting.ties import TieBreaker

Purses: TypeAlias = dict[Approved, Fraction]
"""Of each different ballot: what a voter who cast it has left."""


class EqualShares(
    ApprovalRule, frozen=True, forbid_unknown_fields=True, kw_only=True, tag="equal-shares/1"
):
    """The rule document of `equal-shares/1`.

    Attributes:
        completion: What fills the seats that nobody can pay for: `phragmen` lets the ballots
            earn on from what they have left; `approvals` takes those with most approvals;
            `none` leaves the seats empty.
    """

    completion: Literal["phragmen", "approvals", "none"]

    def decide(self, profile: Approvals, breaker: TieBreaker) -> StagedOutcome:
        """The committee, seat by seat; the totals are the payments that each option needs."""
        seating = Seating(breaker)
        share = Fraction(self.seats, max(profile.ballots, 1))
        purses = dict.fromkeys(profile.weights, share)
        self._spend(profile, seating, purses)
        if self.completion == "phragmen":
            loads = {ballot: share - left for ballot, left in purses.items()}
            buy(profile, seating, self.seats, loads)
        elif self.completion == "approvals":
            self._add_most_approved(profile, seating)
        return seating.outcome(profile, self)

    def _spend(self, profile: Approvals, seating: Seating, purses: Purses) -> None:
        supporters = [
            [ballot for ballot in profile.weights if number in ballot]
            for number in range(1, self.options + 1)
        ]
        while len(seating.elected) < self.seats:
            needed: list[Fraction | int | None] = [
                None
                if place + 1 in seating.elected
                else payment(profile, ballots, purses, Fraction(1))
                for place, ballots in enumerate(supporters)
            ]
            if all(each is None for each in needed):
                return
            chosen = seating.seat(needed, highest=False)
            most = Fraction(needed[chosen - 1] or 0)
            for ballot in supporters[chosen - 1]:
                purses[ballot] -= min(most, purses[ballot])

    def _add_most_approved(self, profile: Approvals, seating: Seating) -> None:
        totals = profile.totals()
        while len(seating.elected) < self.seats:
            seating.seat(
                [
                    None if number in seating.elected else total
                    for number, total in enumerate(totals, 1)
                ],
                event="completion",
                room=self.seats - len(seating.elected),
            )


def payment(
    profile: Approvals, ballots: list[Approved], purses: Purses, cost: Fraction
) -> Fraction | None:
    """The smallest payment by each supporter that covers the cost; None if they can't.

    Args:
        profile: How often each ballot was cast.
        ballots: Those that support the option.
        purses: What each has left.
        cost: Of the option.
    """
    rich = sorted(ballots, key=lambda ballot: purses[ballot])
    payers = sum(profile.weights[ballot] for ballot in rich)
    owed = cost
    for ballot in rich:
        if purses[ballot] * payers >= owed:
            return owed / payers
        owed -= purses[ballot] * profile.weights[ballot]
        payers -= profile.weights[ballot]
    return None
