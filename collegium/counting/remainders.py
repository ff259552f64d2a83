"""The rule `remainders/1`: a seat for each whole quota, the rest by the largest remainders.

Source: M. L. Balinski and H. P. Young, Fair representation (2001), "Hamilton"; Slovak Act
180/2014 (rounded quota of votes over seats and one).
"""

from fractions import Fraction
from typing import Literal

from collegium.counting.figures import fraction_text
from collegium.counting.seating import Seating
from collegium.counting.seats import Claims, SeatRule, SeatsOutcome, seats_outcome
from collegium.counting.stages import plain_stage
from collegium.counting.ties import TieBreaker

_HALF = Fraction(1, 2)


class Remainders(
    SeatRule, frozen=True, forbid_unknown_fields=True, kw_only=True, tag="remainders/1"
):
    """The rule document of `remainders/1`.

    Where whole quotas are more than the seats (only the smaller quotas allow it), or the fewest
    seats of some leave too few, the smallest remainders give a seat back.

    Attributes:
        quota: With v votes and s seats: `hare` v/s; `droop` the first whole number above
            v/(s+1); `hagenbach-bischoff` v/(s+1); `rounded-hagenbach-bischoff` that, rounded to
            a whole number.
    """

    quota: Literal["hare", "droop", "hagenbach-bischoff", "rounded-hagenbach-bischoff"]

    def decide(self, profile: Claims, breaker: TieBreaker) -> SeatsOutcome:
        """The whole quotas, then the remainders one by one."""
        quota = self.quota_of(profile.ballots)
        shares = [votes / quota if quota else Fraction(0) for votes in profile.votes]
        floors, ceilings = self.floors(), self.ceilings()
        held = [
            min(max(int(share), low), high)
            for share, low, high in zip(shares, floors, ceilings, strict=True)
        ]
        stages = [plain_stage([str(seats) for seats in held])]
        given = [number for number, seats in enumerate(held, 1) for _ in range(seats)]
        seating = Seating(breaker)
        while len(given) < self.seats:
            left = [
                share - seats if seats < high else None
                for share, seats, high in zip(shares, held, ceilings, strict=True)
            ]
            given.append(seating.seat(left, room=self.seats - len(given)))
            held[given[-1] - 1] += 1
        stages += seating.stages
        while len(given) > self.seats:
            back = self._gives_back(shares, held, breaker, len(stages) + 1)
            given.reverse()
            given.remove(back)
            given.reverse()
            held[back - 1] -= 1
            stages.append(plain_stage([fraction_text(s) for s in shares], "completion", (), [back]))
        return seats_outcome(profile, self, given, stages, breaker)

    def quota_of(self, votes: int) -> Fraction:
        """The quota for so many votes."""
        match self.quota:
            case "hare":
                return Fraction(votes, self.seats)
            case "droop":
                return Fraction(votes // (self.seats + 1) + 1)
            case "hagenbach-bischoff":
                return Fraction(votes, self.seats + 1)
            case "rounded-hagenbach-bischoff":
                return Fraction(int(Fraction(votes, self.seats + 1) + _HALF))

    def _gives_back(
        self, shares: list[Fraction], held: list[int], breaker: TieBreaker, stage: int
    ) -> int:
        room = [number for number, low in enumerate(self.floors(), 1) if held[number - 1] > low]
        least = min(shares[number - 1] - held[number - 1] for number in room)
        tied = [number for number in room if shares[number - 1] - held[number - 1] == least]
        return breaker.choose(tied, "exclude", stage)
