"""The rule `divisors/1`: seats one by one, each to the highest vote over a divisor.

Source: M. L. Balinski and H. P. Young, Fair representation (2001); 2 U.S.C. 2a (equal
proportions, for the US House of Representatives).
"""

from collections.abc import Callable
from fractions import Fraction
from types import MappingProxyType
from typing import Literal

from collegium.counting.seating import Seating
from collegium.counting.seats import Claims, SeatRule, SeatsOutcome, seats_outcome
from collegium.counting.stages import plain_stage
from collegium.counting.ties import ONLY_LOT, TieBreaker

_Quotient = Callable[[int, int], Fraction]
_FIRST_OF_MODIFIED = Fraction(7, 5)

_QUOTIENTS: MappingProxyType[str, _Quotient] = MappingProxyType(
    {
        "dhondt": lambda votes, seats: Fraction(votes, seats + 1),
        "sainte-lague": lambda votes, seats: Fraction(votes, 2 * seats + 1),
        "modified-sainte-lague": lambda votes, seats: (
            Fraction(votes, 2 * seats + 1) if seats else votes / _FIRST_OF_MODIFIED
        ),
        # The square of votes over the geometric mean; it has the same order and is a fraction.
        "huntington-hill": lambda votes, seats: Fraction(votes * votes, seats * (seats + 1)),
    }
)


class Divisors(SeatRule, frozen=True, forbid_unknown_fields=True, kw_only=True, tag="divisors/1"):
    """The rule document of `divisors/1`.

    Attributes:
        divisor: For a claimant with s seats: `dhondt` s+1; `sainte-lague` 2s+1;
            `modified-sainte-lague` the same, but 7/5 at first; `huntington-hill` the root of
            s(s+1), by which everybody with votes gets a first seat before anybody a second.
    """

    divisor: Literal["dhondt", "sainte-lague", "modified-sainte-lague", "huntington-hill"]

    def decide(self, profile: Claims, breaker: TieBreaker) -> SeatsOutcome:
        """The seats in the order in which they are given, the fewest of each first."""
        floors, ceilings = self.floors(), self.ceilings()
        seating = Seating(breaker)
        given = [n for n, least in enumerate(floors, 1) for _ in range(least)]
        held = list(floors)
        stages = [plain_stage([str(least) for least in floors])] if given else []
        while len(given) < self.seats:
            quotients = [
                self.quotient(votes, seats) if seats < most else None
                for votes, seats, most in zip(profile.votes, held, ceilings, strict=True)
            ]
            chosen = seating.seat(quotients, room=self.seats - len(given))
            held[chosen - 1] += 1
            given.append(chosen)
        return seats_outcome(profile, self, given, [*stages, *seating.stages], breaker)

    def quotient(self, votes: int, seats: int) -> Fraction:
        """What a claimant of so many votes and seats offers for the next seat."""
        if self.divisor == "huntington-hill" and not seats:
            # Above every quotient of a claimant that has a seat, in the order of votes.
            return Fraction(votes * _ABOVE_ALL)
        return _QUOTIENTS[self.divisor](votes, seats)


_ABOVE_ALL = 2**106


def house_of_representatives(options: int, seats: int) -> Divisors:
    """The document for the US House: equal proportions, each state at least one seat.

    Source: 2 U.S.C. 2a(a); Constitution, article I, section 2.
    """
    return Divisors(
        options=options,
        divisor="huntington-hill",
        largest=(),
        least=(1,) * options,
        seats=seats,
        ties=ONLY_LOT,
    )
