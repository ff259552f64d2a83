"""The stages of a count as CSV: a row for each option at each stage."""

import csv
import io

from collegium.counting.outcome import Outcome
from collegium.counting.protocol.readable import Names
from collegium.counting.stages import Stage, StagedOutcome

HEADING = ("stage", "event", "option", "total", "received", "elected", "excluded")


def as_rows(outcome: Outcome, names: Names) -> str:
    """The stages as CSV; votes that nobody holds stand under `(exhausted)` and `(lost)`.

    An outcome without stages gives a row for each option that says whether it is elected.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(HEADING)
    if not isinstance(outcome, StagedOutcome):
        for number, name in enumerate(names, 1):
            writer.writerow([1, "comparison", name, "", "", _yes(number in outcome.winners), ""])
        return out.getvalue()
    for number, stage in enumerate(outcome.stages, 1):
        elected = {one.option for one in stage.elected}
        for option, name in enumerate(names, 1):
            received = _received(stage, option)
            marks = [_yes(option in elected), _yes(option in stage.excluded)]
            total = stage.totals[option - 1]
            writer.writerow([number, stage.event, name, total, received, *marks])
        writer.writerow([number, stage.event, "(exhausted)", stage.exhausted, "", "", ""])
        writer.writerow([number, stage.event, "(lost)", stage.lost, "", "", ""])
    return out.getvalue()


def _yes(mark: bool) -> str:  # noqa: FBT001 - it spells a truth value
    return "yes" if mark else ""


def _received(stage: Stage, option: int) -> str:
    gains = [transfer.gains[option - 1] for transfer in stage.transfers]
    return " + ".join(gain for gain in gains if any(digit in gain for digit in "123456789"))
