"""How few changed ballots would change an outcome, or bring it to a tie: exact or between bounds.

From below a number is proved, from the figures of the count; from above it is found, by changing
ballots and counting them anew. Where both meet, the margin is exact. A changed ballot may say
anything that a ballot may say; none is added or taken away. An outcome changes where other options
win, or where seats are shared out otherwise; a tie counts as a change where the steps of the
rule's chain that follow no earlier stage (the lot, the returning officer) may let others win.
"""

from collections.abc import Callable, Iterable
from typing import Any, TypeAlias

from collegium.counting.approvals import Approvals
from collegium.counting.equal_shares_budget import EqualSharesBudget
from collegium.counting.grades import Grades
from collegium.counting.margins.bounds import MOST_FOLLOWED, Bound, bound_of
from collegium.counting.margins.changes import approval_changes, grade_changes, ranked_changes
from collegium.counting.margins.margin import Margin
from collegium.counting.margins.recounts import (
    MOST_WAYS,
    Change,
    Recounts,
    Witness,
    affordable,
    another_result,
    result_of,
)
from collegium.counting.outcome import Outcome
from collegium.counting.profile import Profile
from collegium.counting.seats import Claims
from collegium.counting.stages import StagedOutcome
from collegium.counting.ties import EARLIER_STEPS

__all__ = ["EFFORT", "Margin", "Witness", "margin_of"]

EFFORT = 60_000
"""Different ballots, and pairs of options, that recounts look at in all, unless another number is
asked for."""

FEWEST_WAYS = 4
"""In which the ties of an outcome may fall, that are tried whatever the effort."""

AnyProfile: TypeAlias = Profile | Approvals | Grades | Claims


def margin_of(
    outcome: Outcome, profile: AnyProfile | None = None, effort: int = EFFORT
) -> Margin | None:
    """The margin of an outcome; None where no number of ballots is known to change it.

    Args:
        outcome: What the count came to.
        profile: The ballots. Without them only what the outcome's figures show is said.
        effort: Different ballots, and pairs of options, that recounts may look at in all.

    Raises:
        ValueError: The outcome is of other ballots.

    Example:
        >>> from collegium.counting import Plurality, Profile, count
        >>> rule = Plurality(options=2, seats=1, ties=("lot",))
        >>> margin_of(count(Profile(2, {"1-": 7, "-1": 4}), rule)).ballots
        2
    """
    if isinstance(profile, Profile) and profile.different > max(MOST_FOLLOWED, effort):
        # Neither are so many ballots followed nor recounted: the figures say all that is said.
        profile = None
    if profile is not None and profile.digest() != outcome.profile:
        raise ValueError("expected the outcome of these very ballots")
    if profile is not None and _hung_on_a_tie(outcome, profile, effort):
        return Margin(least=0, most=0)
    bound = bound_of(outcome, profile)
    if bound.never:
        return None
    witness = bound.witness or _found(outcome, profile, bound, effort)
    numbers = [bound.most, None if witness is None else witness.ballots]
    most = min((number for number in numbers if number is not None), default=None)
    if most is None and bound.least <= 1:
        return None
    if witness is not None and witness.ballots != most:
        witness = None
    return Margin(least=bound.least, most=most, proof=bound.proof, unit=bound.unit, witness=witness)


def _hung_on_a_tie(outcome: Outcome, profile: AnyProfile, effort: int) -> bool:
    """Whether a tie fell by a step after which other options might have won."""
    if not isinstance(outcome, StagedOutcome):
        return False
    if all(tie.step in EARLIER_STEPS for tie in outcome.ties):
        return False
    counts = (
        FEWEST_WAYS if isinstance(profile, Claims) else affordable(profile, outcome.rule, effort)
    )
    ways = min(max(counts, FEWEST_WAYS), MOST_WAYS)
    return another_result(profile, outcome.rule, result_of(outcome), ways) is not None


_CHANGES: tuple[tuple[type, Callable[[Any, Outcome], Iterable[Change]]], ...] = (
    (Profile, ranked_changes),
    (Approvals, approval_changes),
    (Grades, grade_changes),
)


def _found(
    outcome: Outcome, profile: AnyProfile | None, bound: Bound, effort: int
) -> Witness | None:
    """The fewest changed ballots that a search by recounts finds."""
    if isinstance(outcome.rule, EqualSharesBudget):
        return None
    for kind, changes in _CHANGES:
        if isinstance(profile, kind):
            recounts = Recounts(profile, outcome, effort)
            return recounts.search(changes(profile, outcome), bound.least)
    return None
