"""How few changed ballots would change an outcome, or bring it to a tie: exact or a bound."""

from collections.abc import Callable
from fractions import Fraction
from math import ceil
from types import MappingProxyType
from typing import Literal

from msgspec import Struct

from collegium.counting.comparisons import condorcet_winner
from collegium.counting.outcome import Outcome
from collegium.counting.pairwise import Matrix
from collegium.counting.stages import StagedOutcome

BOTH_SIDES = 2
"""A changed ballot may take a vote from one side and give it to the other."""


class Margin(Struct, frozen=True):
    """How few changed ballots would change the outcome.

    Attributes:
        ballots: How many.
        kind: `exact`; `at-least` where fewer can't, more may be needed; `at-most` where so
            many suffice, fewer may.
        sentence: The same in words.
    """

    ballots: int
    kind: Literal["exact", "at-least", "at-most"]
    sentence: str


def margin_of(outcome: Outcome) -> Margin | None:
    """The margin, where this rule has one that is proved; otherwise None.

    Example:
        >>> from collegium.counting import Plurality, Profile, count
        >>> rule = Plurality(options=2, seats=1, ties=("lot",))
        >>> margin_of(count(Profile(2, {"1-": 7, "-1": 4}), rule)).ballots
        2
    """
    name = str(outcome.rule.__struct_config__.tag)
    find = _RULES.get(name)
    return find(outcome) if find is not None and isinstance(outcome, StagedOutcome) else None


def _gap(outcome: StagedOutcome, totals: tuple[str, ...]) -> Fraction | None:
    """Between the weakest elected and the strongest other; None without an other."""
    inside = [Fraction(t) for n, t in enumerate(totals, 1) if n in outcome.winners and t]
    outside = [Fraction(t) for n, t in enumerate(totals, 1) if n not in outcome.winners and t]
    return min(inside) - max(outside) if inside and outside else None


def _by_plurality(outcome: StagedOutcome) -> Margin | None:
    gap = _gap(outcome, outcome.stages[0].totals)
    if gap is None:
        return None
    ballots = ceil(gap / BOTH_SIDES)
    return Margin(
        ballots,
        "exact",
        f"If {ballots} ballots said the next one instead of the last one elected, they would be "
        f"level or change places; fewer can't do that.",
    )


def _by_approvals(outcome: StagedOutcome) -> Margin | None:
    gap = _gap(outcome, outcome.stages[0].totals)
    if gap is None:
        return None
    return _at_least(ceil(gap / BOTH_SIDES))


def _by_runoff(outcome: StagedOutcome) -> Margin | None:
    """What the second lacks of a majority at the last stage.

    Ballots that count for the winner there are changed to name the second just before the winner:
    whoever was excluded keeps every vote, so that the winner goes out earlier or loses there.

    Source: T. Magrino, R. Rivest, E. Shen and D. Wagner, Computing the margin of victory in IRV
    elections (2011), "last-round margin".
    """
    last = outcome.stages[-1]
    gone = {option for stage in outcome.stages for option in stage.excluded}
    others = [
        int(total)
        for number, total in enumerate(last.totals, 1)
        if number not in gone and number not in outcome.winners
    ]
    if not others:
        return None
    ballots = int(last.quota) - max(others)
    return Margin(
        ballots,
        "at-most",
        f"At most {ballots} ballots that count for the winner at the last stage, changed to name "
        f"the second just before, would change the outcome; fewer may suffice.",
    )


def _by_quota(outcome: StagedOutcome) -> Margin | None:
    """Whoever reaches the quota with first preferences is elected under every STV rule."""
    first = outcome.stages[0]
    others = [Fraction(t) for n, t in enumerate(first.totals, 1) if n not in outcome.winners]
    if not others:
        return None
    ballots = ceil(Fraction(first.quota) - max(others)) + 1
    return Margin(
        ballots,
        "at-most",
        f"At most {ballots} ballots, changed to prefer one who isn't elected, would change the "
        f"outcome; fewer may suffice, often far fewer.",
    )


def _by_pairs(outcome: StagedOutcome) -> Margin | None:
    """As long as one option defeats every other, it stays the winner."""
    matrix: Matrix = getattr(outcome, "matrix", ())
    winner = condorcet_winner(matrix, range(1, len(matrix) + 1))
    if winner is None or len(matrix) == 1:
        return None
    row = matrix[winner - 1]
    gaps = [row[o] - matrix[o][winner - 1] for o in range(len(row)) if o != winner - 1]
    return _at_least(ceil(Fraction(min(gaps), BOTH_SIDES)))


def _at_least(ballots: int) -> Margin:
    return Margin(
        ballots,
        "at-least",
        f"At least {ballots} ballots would have to be changed before another outcome or a tie is "
        f"possible; more may be needed.",
    )


_RULES: MappingProxyType[str, Callable[[StagedOutcome], Margin | None]] = MappingProxyType(
    {
        "approval/1": _by_approvals,
        "condorcet-irv/1": _by_pairs,
        "irv/1": _by_runoff,
        "minimax/1": _by_pairs,
        "plurality/1": _by_plurality,
        "ranked-pairs/1": _by_pairs,
        "stv/1": _by_quota,
    }
)
