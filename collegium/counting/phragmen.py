"""The rule `sequential-phragmen/1`: ballots earn at one speed and buy seats together.

Each seat costs 1; it goes to the option whose supporters have saved 1 first, and their savings
are spent. The totals are the moments at which each option could be bought.

Source: E. Phragmén, Sur une méthode nouvelle pour réaliser, dans les élections, la
représentation proportionnelle des partis (1894); M. Brill, R. Freeman, S. Janson and
M. Lackner, Phragmén's voting methods and justified representation (2017).
"""

from fractions import Fraction

from collegium.counting.approvals import ApprovalRule, Approvals
from collegium.counting.purses import Purses
from collegium.counting.seating import Seating
from collegium.counting.stages import StagedOutcome
from collegium.counting.ties import TieBreaker


class SequentialPhragmen(
    ApprovalRule, frozen=True, forbid_unknown_fields=True, kw_only=True, tag="sequential-phragmen/1"
):
    """The rule document of `sequential-phragmen/1`."""

    def decide(self, profile: Approvals, breaker: TieBreaker) -> StagedOutcome:
        """The committee, seat by seat."""
        seating = Seating(breaker)
        buy(profile, seating, self.seats, Purses(profile, Fraction(0)))
        return seating.outcome(profile, self)


def buy(profile: Approvals, seating: Seating, seats: int, paid: Purses) -> None:
    """Fill the seats that are left, changing what each voter has paid.

    When nobody approves of anyone left, the seats are filled by ties.
    """
    totals = profile.totals()
    everyone = range(1, profile.options + 1)
    while len(seating.elected) < seats:
        moments: list[Fraction | int | None] = [
            None
            if not totals[number - 1] or number in seating.elected
            else _moment(paid, number, totals[number - 1])
            for number in everyone
        ]
        if all(moment is None for moment in moments):
            seating.seat(
                [None if n in seating.elected else 0 for n in everyone], event="completion"
            )
            continue
        chosen = seating.seat(moments, highest=False)
        _pay(paid, chosen, Fraction(moments[chosen - 1] or 0))


def _moment(paid: Purses, option: int, total: int) -> Fraction:
    spent = sum((amount * many for amount, many in paid.of(option)), Fraction(0))
    return (1 + spent) / total


def _pay(paid: Purses, option: int, moment: Fraction) -> None:
    """Whoever supports the option has paid all that was earned until that moment."""
    paid.change(option, lambda _: moment)
