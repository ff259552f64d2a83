"""The rule `equal-shares/1`: every ballot has an equal share of the seats to spend.

Each seat costs 1, each ballot starts with seats/ballots. The option goes first whose supporters
can pay for it with the smallest payment by each, those with less paying all that they have.

Source: D. Peters and P. Skowron, Proportionality and the limits of welfarism (2020), "rule X";
M. Lackner and P. Skowron, Multi-winner voting with approval preferences (2023).
"""

from collections.abc import Iterable
from fractions import Fraction
from typing import Literal

from collegium.counting.approvals import ApprovalRule, Approvals
from collegium.counting.phragmen import buy
from collegium.counting.purses import Purses
from collegium.counting.seating import Seating
from collegium.counting.stages import StagedOutcome
from collegium.counting.ties import TieBreaker


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
        purses = Purses(profile, share)
        self._spend(seating, purses)
        if self.completion == "phragmen":
            purses.change_all(lambda left: share - left)
            buy(profile, seating, self.seats, purses)
        elif self.completion == "approvals":
            self._add_most_approved(profile, seating)
        return seating.outcome(profile, self)

    def _spend(self, seating: Seating, purses: Purses) -> None:
        while len(seating.elected) < self.seats:
            needed: list[Fraction | int | None] = [
                None if number in seating.elected else payment(purses.of(number), Fraction(1))
                for number in range(1, self.options + 1)
            ]
            if all(each is None for each in needed):
                return
            chosen = seating.seat(needed, highest=False)
            spend(purses, chosen, Fraction(needed[chosen - 1] or 0))

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


def spend(purses: Purses, option: int, most: Fraction) -> None:
    """Take so much from each supporter of the option, or all from those who have less."""
    purses.change(option, lambda left: left - min(most, left))


def payment(purses: Iterable[tuple[Fraction, int]], cost: Fraction) -> Fraction | None:
    """The smallest payment by each supporter that covers the cost; None if they can't.

    Args:
        purses: What the supporters have, ascending, and how many have so much.
        cost: Of the option.
    """
    rich = list(purses)
    payers = sum(many for _, many in rich)
    owed = cost
    for amount, many in rich:
        if amount * payers >= owed:
            return owed / payers
        owed -= amount * many
        payers -= many
    return None
