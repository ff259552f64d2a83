"""From below, for the instant runoff: how many ballots leave who goes out before whom.

Let L be options that all went out between two stages. If they together have fewer votes at the
first of them than any other, by a gap g, then with fewer than g/2 changed ballots all of L still
go out before anybody else, in whatever order. A chain of such steps from the first stage to the
last, where the winner has more votes than all others together, bounds the margin by its narrowest
gap; the best chain is taken.

Source: D. Cary, Estimating the margin of victory for instant-runoff voting, EVT/WOTE 2011, the
larger of its lower bounds.

Where the ballots are known, another bound is found too, and the larger one taken: whoever goes
out while certain options stand must have the fewest votes there, so that k changed ballots bridge
at most 2k votes between it and the lowest. Of all orders in which somebody else would be left,
the one whose widest such bridge is the narrowest bounds the margin.

Source: T. Magrino, R. Rivest, E. Shen and D. Wagner, Computing the margin of victory in IRV
elections, EVT/WOTE 2011, whose linear program for an order is relaxed to one set at a time.
"""

from collections.abc import Sequence
from fractions import Fraction
from heapq import heappop, heappush

from collegium.counting.irv import Irv
from collegium.counting.orders import strict_orders
from collegium.counting.profile import Profile
from collegium.counting.stages import StagedOutcome

MOST_LOOKS = 1_000_000
"""Different ballots, and pairs of options, that are looked at while orders are compared."""


def of_runoff(outcome: StagedOutcome, rule: Irv, *, equal_ranks: bool) -> int:
    """Fewer changed ballots than this leave the winner; at least 1.

    Args:
        outcome: What the count came to.
        rule: Its document.
        equal_ranks: Whether ballots may have equal ranks; they end at a stage that depends on
            the order in which options go out, so that only steps of one option are proved.
    """
    standing = _standing(outcome)
    stages = len(outcome.stages)
    if rule.first_out or (equal_ranks and rule.batch != "one" and stages > 1):
        return 1
    best: list[Fraction | None] = [None] * stages
    best[-1] = _final_gap(outcome, standing[-1])
    for start in reversed(range(stages - 1)):
        ways = []
        for end in range(start + 1, stages):
            gone = standing[start] - standing[end]
            onward = best[end]
            if onward is None or (equal_ranks and (len(gone) > 1 or end > start + 1)):
                continue
            ways.append(min(onward, _gap(outcome, start, gone, standing[start] - gone)))
        final = _final_gap(outcome, standing[start], outcome.winners, start)
        if not equal_ranks:
            ways.append(final)
        best[start] = max(ways, default=None)
    gap = best[0]
    return max(-(-gap.numerator // (2 * gap.denominator)), 1) if gap is not None else 1


def _standing(outcome: StagedOutcome) -> list[set[int]]:
    """Who stands at each stage."""
    left = set(range(1, len(outcome.stages[0].totals) + 1))
    found = []
    for stage in outcome.stages:
        left = left - set(stage.excluded)
        found.append(left)
    return found


def _gap(outcome: StagedOutcome, stage: int, gone: set[int], rest: set[int]) -> Fraction:
    """The fewest votes of any of the rest over those of all who go, at this stage."""
    totals = outcome.stages[stage].totals
    together = sum(Fraction(totals[option - 1]) for option in gone)
    return min(Fraction(totals[option - 1]) for option in rest) - together


def _final_gap(
    outcome: StagedOutcome,
    standing: set[int],
    winners: tuple[int, ...] = (),
    stage: int = -1,
) -> Fraction:
    """The winner's votes over those of all others together."""
    (winner,) = winners or outcome.winners
    totals = outcome.stages[stage].totals
    others = sum(Fraction(totals[option - 1]) for option in standing if option != winner)
    return Fraction(totals[winner - 1]) - others


def of_other_orders(profile: Profile, outcome: StagedOutcome) -> int:
    """Fewer changed ballots than this lead to no other order with another winner; at least 1.

    The ballots have no equal ranks, and the rule names nobody who goes out first.
    """
    ballots = list(strict_orders(profile))
    standing = frozenset(range(1, profile.options + 1))
    # The narrowest bridges first: what is taken from the heap is never wider than what is left.
    ahead = [(0, sorted(standing))]
    seen: set[frozenset[int]] = set()
    bridge = 0
    for _ in range(max(MOST_LOOKS // (len(ballots) + len(standing) ** 2), 1)):
        if not ahead:
            return profile.ballots + 1
        bridge, left = heappop(ahead)
        still = frozenset(left)
        if still in seen:
            continue
        seen.add(still)
        if len(left) == 1:
            if left[0] not in outcome.winners:
                break
            continue
        votes = _votes(ballots, still)
        fewest = min(votes[option] for option in left)
        for option in left:
            needed = -(-(votes[option] - fewest) // 2)
            heappush(ahead, (max(bridge, needed), [o for o in left if o != option]))
    return max(bridge, 1)


def _votes(
    ballots: Sequence[tuple[Sequence[int], int]], standing: frozenset[int]
) -> dict[int, int]:
    """For whom the ballots count while these stand."""
    votes = dict.fromkeys(standing, 0)
    for order, weight in ballots:
        for option in order:
            if option in standing:
                votes[option] += weight
                break
    return votes
