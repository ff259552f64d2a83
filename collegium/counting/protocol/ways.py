"""Every outcome to which the ties of a count might have led, as far as a few counts tell."""

from typing import Any, Final

from collegium.counting.ballot import MOST_OPTIONS
from collegium.counting.count import tied_outcomes
from collegium.counting.outcome import Outcome
from collegium.counting.pav import PavOutcome
from collegium.counting.stages import StagedOutcome
from collegium.counting.ties import EARLIER_STEPS

MOST_RECOUNTS: Final = 200
"""Counts by which every way in which ties might have fallen is tried."""


def has_open_ties(outcome: Outcome) -> bool:
    """Whether a tie came up that no earlier stage decides: it might have fallen otherwise."""
    ties = outcome.ties if isinstance(outcome, StagedOutcome) else ()
    return any(tie.step not in EARLIER_STEPS for tie in ties)


def tied_ways(outcome: Outcome, profile: Any) -> frozenset[tuple[int, ...]]:
    """Who might have been elected, ascending numbers; empty without ties, or for very many ways.

    Args:
        outcome: What the count came to.
        profile: The ballots that were counted, of the kind that its rule counts.
    """
    if not has_open_ties(outcome):
        return frozenset()
    if isinstance(outcome, PavOutcome):
        return frozenset(outcome.committees)
    rule: Any = outcome.rule
    try:
        # A count takes longer by the square of its options, so that wide ones get fewer.
        wide = max(profile.options, MOST_OPTIONS) ** 2
        return tied_outcomes(profile, rule, max(MOST_RECOUNTS * MOST_OPTIONS**2 // wide, 1))
    except ValueError:
        return frozenset()
