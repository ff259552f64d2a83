"""Exact margins of seats: how few votes that go from one claimant to another move a seat.

Under a rule by divisors or by largest remainders the seats are right exactly if no seat would
be better placed with another claimant; so each pair of claimants can be looked at alone, and of
k changed votes those do most that go from the one who would lose the seat to the other.

Source: M. L. Balinski and H. P. Young, Fair representation (2001).
"""

from bisect import bisect_left
from fractions import Fraction
from functools import partial

from collegium.counting.divisors import Divisors
from collegium.counting.margins.recounts import Witness, another_result, result_of
from collegium.counting.remainders import Remainders
from collegium.counting.seats import Claims, SeatsOutcome

MOST_PAIRS = 40_000
"""Pairs of claimants that are looked at; with more, nothing is said."""


def of_seats(outcome: SeatsOutcome, profile: Claims) -> Witness | None:
    """The fewest votes that move a seat or bring one to a tie, and the recount that shows it."""
    rule = outcome.rule
    if not isinstance(rule, Divisors | Remainders) or profile.options**2 > MOST_PAIRS:
        return None
    low, high = rule.floors(), rule.ceilings()
    best: tuple[int, int, int] | None = None
    for loser, held in enumerate(outcome.seats):
        for gainer, has in enumerate(outcome.seats):
            if loser == gainer or held <= low[loser] or has >= high[gainer]:
                continue
            most = profile.votes[loser] if best is None else min(profile.votes[loser], best[0] - 1)
            moves = partial(_moves, rule, profile, outcome.seats, loser, gainer)
            needed = bisect_left(range(most + 1), x=True, key=moves)
            if needed <= most:
                best = (needed, loser, gainer)
    return None if best is None else _witness(outcome, profile, *best)


def _moves(  # noqa: PLR0913, PLR0917 - one seat's two claimants and their figures
    rule: Divisors | Remainders,
    profile: Claims,
    seats: tuple[int, ...],
    loser: int,
    gainer: int,
    votes: int,
) -> bool:
    """Whether the seat is as well placed with the gainer once so many votes went over."""
    less, more = profile.votes[loser] - votes, profile.votes[gainer] + votes
    if isinstance(rule, Divisors):
        return rule.quotient(more, seats[gainer]) >= rule.quotient(less, seats[loser] - 1)
    quota = rule.quota_of(profile.ballots)
    shares = (more / quota, less / quota) if quota else (Fraction(0), Fraction(0))
    return shares[0] - seats[gainer] >= shares[1] - seats[loser] + 1


def _witness(
    outcome: SeatsOutcome, profile: Claims, needed: int, loser: int, gainer: int
) -> Witness | None:
    votes = list(profile.votes)
    votes[loser] -= needed
    votes[gainer] += needed
    changed = Claims(votes)
    then = another_result(changed, outcome.rule, result_of(outcome))
    if then is None:
        return None
    return Witness(needed, changed, gainer + 1, loser + 1, then, seats=True)
