"""Which picture a count has."""

from collegium.counting.outcome import Outcome
from collegium.counting.protocol.bars import bars_picture
from collegium.counting.protocol.flow import flow_picture
from collegium.counting.protocol.pairs import pairs_picture
from collegium.counting.protocol.pairs_told import matrix_of
from collegium.counting.protocol.readable import Names
from collegium.counting.protocol.seats_told import figures_of, is_of_seats
from collegium.counting.seats import SeatsOutcome
from collegium.counting.stages import StagedOutcome

_IN_BARS = ("Votes", "Approvals", "Sum of grades", "Average grade", "Median grade")


def picture_of(outcome: Outcome, names: Names, *, alone: bool = False) -> str:
    """The comparisons in pairs, the flow of votes, or bars; empty where none says anything.

    Args:
        outcome: What the count came to.
        names: Of the options, in their order.
        alone: Whether it is a file of its own, not a part of a page.
    """
    if matrix := matrix_of(outcome):
        return pairs_picture(matrix, names, alone=alone)
    if not isinstance(outcome, StagedOutcome):
        return ""
    if has_flow(outcome):
        return flow_picture(outcome, names, alone=alone)
    if isinstance(outcome, SeatsOutcome) or figures_of(outcome.rule).startswith(_IN_BARS):
        return bars_picture(outcome, names, alone=alone)
    return ""


def has_flow(outcome: Outcome) -> bool:
    """Whether votes pass on from stage to stage."""
    staged = isinstance(outcome, StagedOutcome) and not is_of_seats(outcome)
    return staged and isinstance(outcome, StagedOutcome) and len(outcome.stages) > 1
