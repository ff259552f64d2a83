"""Margins of committees by approvals: exact by comparing, or from below by what may be chosen.

A rule that fills seats one by one chooses by a figure for each option. With k changed ballots
each figure stays between two bounds, so that at each seat only certain options may be chosen.
As long as all ways that are possible lead to the same committee, k ballots change nothing.

Source: for exact PAV, a committee is compared with every other one, each ballot narrowing the
difference by what it is worth to both (as for scoring rules: L. Xia, Computing the margin of
victory for various voting rules, EC 2012); for the others, an interval argument over the rule.
"""

from bisect import bisect_left
from collections.abc import Callable
from fractions import Fraction
from itertools import combinations
from math import comb, lcm

from collegium.counting.approvals import Approvals
from collegium.counting.grouped_approval import GroupedApproval
from collegium.counting.groups import doomed
from collegium.counting.margins.totals import least_to_level
from collegium.counting.pav import PavOutcome
from collegium.counting.sequential_pav import SequentialPav, content_added
from collegium.counting.stages import StagedOutcome

MOST_STEPS = 400_000
"""Ballots compared with committees; where more would be needed nothing is proved."""

MOST_WAYS = 2_000
"""Ways in which seats may be filled that are followed."""


def of_pav(outcome: PavOutcome, profile: Approvals) -> int | None:
    """Exact; None where there are too many committees."""
    seats, options = len(outcome.winners), profile.options
    if comb(options, seats) * max(len(profile.weights), 1) > MOST_STEPS:
        return None
    scale = lcm(*range(1, seats + 1))
    content = [0]
    for share in range(1, seats + 1):
        content.append(content[-1] + scale // share)
    mine = set(outcome.winners)
    ballots = [(set(approved), weight) for approved, weight in profile.weights.items()]
    found = []
    for committee in combinations(range(1, options + 1), seats):
        others = set(committee)
        if others == mine:
            continue
        best = content[len(others - mine)]
        difference, narrowing = 0, dict[int, int]()
        for approved, weight in ballots:
            step = content[len(approved & mine)] - content[len(approved & others)]
            difference += step * weight
            narrowing[step + best] = narrowing.get(step + best, 0) + weight
        needed = least_to_level(difference, narrowing)
        if needed is not None:
            found.append(needed)
    return min(found, default=None)


def of_sequence(
    outcome: StagedOutcome, profile: Approvals, rule: SequentialPav | GroupedApproval
) -> int:
    """From below; at least 1.

    Each changed ballot adds at most one to the figure of one option and takes at most one from
    another's; who is elected already decides all figures.
    """
    ballots = [(set(approved), weight) for approved, weight in profile.weights.items()]
    by_content = isinstance(rule, SequentialPav) or rule.score == "content"
    totals: list[Fraction] = [Fraction(total) for total in profile.totals()]
    known: dict[frozenset[int], dict[int, Fraction]] = {}

    def figures(elected: frozenset[int]) -> dict[int, Fraction]:
        if elected not in known:
            all_ = content_added(ballots, sorted(elected), rule.options) if by_content else totals
            left = [n for n in range(1, rule.options + 1) if n not in elected]
            out = set[int]()
            if isinstance(rule, GroupedApproval):
                out = doomed(rule.groups, elected, left, rule.seats)
            known[elected] = {n: all_[n - 1] for n in left if n not in out}
        return known[elected]

    def holds(changed: int) -> bool:
        seen: set[frozenset[int]] = set()
        ahead = [frozenset[int]()]
        while ahead:
            elected = ahead.pop()
            if elected in seen:
                continue
            seen.add(elected)
            if not elected <= set(outcome.winners) or len(seen) > MOST_WAYS:
                return False
            if len(elected) < rule.seats:
                each = figures(elected)
                enough = max(each.values()) - 2 * changed
                ahead += [elected | {n} for n, figure in each.items() if figure >= enough]
        return True

    return least_unsure(profile.ballots, holds)


def least_unsure(ballots: int, holds: Callable[[int], bool]) -> int:
    """The fewest changed ballots with which the outcome isn't sure any more; at least 1.

    Args:
        ballots: How many there are.
        holds: Whether it is sure with so many changed; never true again once false.
    """
    return max(bisect_left(range(ballots + 1), x=True, key=lambda k: not holds(k)), 1)
