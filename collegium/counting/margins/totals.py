"""Margins of rules by which options have totals that one ballot changes apart from the others.

An outcome changes, or comes to a tie, exactly where somebody who isn't elected draws level with
somebody who is. For each such pair it is known how much a ballot can narrow the difference, and
the ballots that narrow it most are changed first.

Source: L. Xia, Computing the margin of victory for various voting rules, EC 2012 (approval and
other rules of positions); for several seats the same holds of each pair.
"""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from functools import partial

from collegium.counting.approvals import Approvals
from collegium.counting.grades import Grades
from collegium.counting.majority import Majority
from collegium.counting.stages import StagedOutcome

Narrowing = Mapping[int, int]
"""By how much ballots narrow a difference, to how many ballots narrow it so."""

BOTH_SIDES = 2
"""A changed ballot may take a vote from one side and give it to the other."""


def pairs(outcome: StagedOutcome) -> Iterator[tuple[int, int]]:
    """Everybody who is elected with everybody who isn't."""
    everyone = range(1, len(outcome.stages[0].totals) + 1)
    return ((w, o) for w in outcome.winners for o in everyone if o not in outcome.winners)


def least_to_level(difference: Fraction | int, narrowing: Narrowing) -> int | None:
    """The fewest ballots that make up for the difference; None if all of them don't.

    Example:
        >>> least_to_level(5, {2: 1, 1: 9})
        4
    """
    changed, left = 0, Fraction(difference)
    for step in sorted(narrowing, reverse=True):
        if left <= 0 or step <= 0:
            break
        needed = -(-left // step)
        taken = min(needed, narrowing[step])
        changed += taken
        left -= taken * step
    return changed if left <= 0 else None


def of_plurality(outcome: StagedOutcome) -> int | None:
    """Exact: half of the lead, rounded up, goes from the last one elected to the next."""
    totals = [int(total) for total in outcome.stages[0].totals]
    gaps = [totals[w - 1] - totals[o - 1] for w, o in pairs(outcome)]
    return -(-min(gaps) // BOTH_SIDES) if gaps else None


def of_approvals(outcome: StagedOutcome, profile: Approvals) -> int | None:
    """Exact, for approval with any number of seats."""
    totals = profile.totals()
    found = []
    for winner, other in pairs(outcome):
        narrowing = {2: 0, 1: 0}
        for approved, weight in profile.weights.items():
            step = 1 + (winner in approved) - (other in approved)
            if step:
                narrowing[step] += weight
        found.append(least_to_level(totals[winner - 1] - totals[other - 1], narrowing))
    return _least(found)


def of_sums(outcome: StagedOutcome, profile: Grades) -> int | None:
    """Exact, for sums of grades."""
    best = profile.levels - 1
    found = []
    for winner, other in pairs(outcome):
        narrowing: dict[int, int] = {}
        difference = 0
        for given, weight in profile.weights.items():
            step = max(given[winner - 1], 0) - max(given[other - 1], 0)
            difference += step * weight
            narrowing[step + best] = narrowing.get(step + best, 0) + weight
        found.append(least_to_level(difference, narrowing))
    return _least(found)


def of_averages(outcome: StagedOutcome, profile: Grades) -> int | None:
    """From below: as if the ballots best for the rival were those worst for the winner."""

    def reached(winner: int, other: int, ballots: int) -> bool:
        highest = _average_after(profile, other, ballots, profile.levels - 1)
        return highest >= _average_after(profile, winner, ballots, 0)

    return _by_pairs(outcome, profile, reached)


def _average_after(profile: Grades, option: int, ballots: int, grade: int) -> Fraction:
    """The best (or worst) average after so many ballots gave the option this grade."""
    given = profile.histogram(option)
    none = sum(weight for grades, weight in profile.weights.items() if grades[option - 1] < 0)
    given[0] -= none
    order = list(enumerate(given))
    if not grade:
        order.reverse()
    extreme = Fraction(-1)
    for replaced in {max(ballots - none, 0), min(ballots, sum(given))}:
        kept, left = [], replaced
        for level, many in order:
            taken = min(many, left)
            left -= taken
            kept.append((level, many - taken))
        number = sum(many for _, many in kept) + ballots
        total = sum(level * many for level, many in kept) + grade * ballots
        average = Fraction(total, number) if number else Fraction(-1)
        better = average > extreme if grade else average < extreme
        if extreme < 0 or better:
            extreme = average
    return extreme


def of_medians(
    outcome: StagedOutcome,
    profile: Grades,
    values: Callable[[Sequence[list[int]]], list[tuple[int, ...]]],
) -> int | None:
    """From below: as if the ballots best for the rival were those worst for the winner.

    Of all grades, raising the lowest ones lifts the whole order of medians most, and sinking the
    highest ones lowers it most.

    Args:
        outcome: What the count came to.
        profile: The grades.
        values: From histograms to the medians in the order in which they are taken away.
    """

    def reached(winner: int, other: int, ballots: int) -> bool:
        mine = _regraded(profile.histogram(winner)[::-1], ballots)[::-1]
        theirs = _regraded(profile.histogram(other), ballots)
        lower, higher = values([mine, theirs])
        return higher >= lower

    return _by_pairs(outcome, profile, reached)


def _regraded(histogram: list[int], ballots: int) -> list[int]:
    """The first so many are moved to the end."""
    left, moved = ballots, list(histogram)
    for place, many in enumerate(histogram):
        taken = min(many, left)
        moved[place] -= taken
        left -= taken
    moved[-1] += ballots
    return moved


def _by_pairs(
    outcome: StagedOutcome, profile: Grades, reached: Callable[[int, int, int], bool]
) -> int | None:
    """The fewest ballots with which some rival draws level with some winner."""
    most = profile.ballots + 1
    found = min(
        (
            bisect_left(range(most), x=True, key=partial(reached, winner, other))
            for winner, other in pairs(outcome)
        ),
        default=most,
    )
    return found if found < most else None


def of_majority(outcome: StagedOutcome, rule: Majority) -> int | None:
    """Exact: the fewest ballots by which one option reaches its majority, or one loses it."""
    totals = [int(total) for total in outcome.stages[0].totals]
    votes, most = sum(totals), outcome.ballots + 1

    def turned(number: int, ballots: int) -> bool:
        wins, total = number in outcome.winners, totals[number - 1]
        if wins:
            moved = min(ballots, total)
            after, now = total - moved, votes if len(totals) > 1 else votes - moved
        else:
            moved = min(ballots, votes - total)
            filled = min(ballots - moved, outcome.ballots - votes)
            after, now = total + moved + filled, votes + filled
        base = {"votes": now, "ballots": outcome.ballots}.get(rule.base, rule.members)
        return (after > 0 and after >= rule.needed(base)) != wins

    found = min(bisect_left(range(most), x=True, key=partial(turned, n)) for n in _numbers(totals))
    return found if found < most else None


def _numbers(totals: Sequence[int]) -> range:
    return range(1, len(totals) + 1)


def _least(found: Iterable[int | None]) -> int | None:
    return min((each for each in found if each is not None), default=None)
