"""The rule `sequential-phragmen/1`: ballots earn at one speed and buy seats together.

Each seat costs 1; it goes to the option whose supporters have saved 1 first, and their savings
are spent. The totals are the moments at which each option could be bought.

Source: E. Phragmén, Sur une méthode nouvelle pour réaliser, dans les élections, la
représentation proportionnelle des partis (1894); M. Brill, R. Freeman, S. Janson and
M. Lackner, Phragmén's voting methods and justified representation (2017).
"""

from fractions import Fraction
from typing import TypeAlias

from collegium.counting.approvals import ApprovalRule, Approvals, Approved
from collegium.counting.seating import Seating
from collegium.counting.stages import StagedOutcome
from collegium.counting.ties import TieBreaker

Loads: TypeAlias = dict[Approved, Fraction]
"""Of each different ballot: what a voter who cast it has paid for."""


class SequentialPhragmen(
    ApprovalRule, frozen=True, forbid_unknown_fields=True, kw_only=True, tag="sequential-phragmen/1"
):
    """The rule document of `sequential-phragmen/1`."""

    def decide(self, profile: Approvals, breaker: TieBreaker) -> StagedOutcome:
        """The committee, seat by seat."""
        seating = Seating(breaker)
        buy(profile, seating, self.seats, {ballot: Fraction(0) for ballot in profile.weights})
        return seating.outcome(profile, self)


def buy(profile: Approvals, seating: Seating, seats: int, loads: Loads) -> None:
    """Fill the seats that are left, changing `loads`.

    When nobody approves of anyone left, the seats are filled by ties.
    """
    supporters = [
        [ballot for ballot in profile.weights if number in ballot]
        for number in range(1, profile.options + 1)
    ]
    totals = profile.totals()
    while len(seating.elected) < seats:
        moments: list[Fraction | int | None] = [
            None
            if not totals[place] or place + 1 in seating.elected
            else _moment(profile, ballots, loads, totals[place])
            for place, ballots in enumerate(supporters)
        ]
        if all(moment is None for moment in moments):
            seating.seat(
                [None if n in seating.elected else 0 for n in range(1, profile.options + 1)],
                event="completion",
            )
            continue
        chosen = seating.seat(moments, highest=False)
        moment = moments[chosen - 1]
        for ballot in supporters[chosen - 1]:
            loads[ballot] = Fraction(moment or 0)


def _moment(profile: Approvals, ballots: list[Approved], loads: Loads, total: int) -> Fraction:
    paid = sum((profile.weights[ballot] * loads[ballot] for ballot in ballots), Fraction(0))
    return (1 + paid) / total
