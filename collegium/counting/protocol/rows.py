"""The stages of a count as CSV: a row for each option at each stage, and for each pair."""

import csv
import io
from collections.abc import Iterator, Sequence

from collegium.counting.outcome import Outcome
from collegium.counting.protocol.pairs_told import matrix_of
from collegium.counting.protocol.readable import Names
from collegium.counting.stages import Stage, StagedOutcome

HEADING = ("stage", "event", "option", "total", "received", "elected", "excluded", "against")


def as_rows(outcome: Outcome, names: Names) -> str:
    """The stages as CSV; what isn't an option's stands under `(exhausted)`, `(lost)`, `(quota)`.

    Comparisons in pairs follow as the event `pair`: ballots that prefer `option` to `against`. An
    outcome without stages begins with a row for each option that says whether it is elected.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(HEADING)
    if not isinstance(outcome, StagedOutcome):
        for number, name in enumerate(names, 1):
            won = _yes(number in outcome.winners)
            writer.writerow([1, "comparison", name, "", "", won, "", ""])
    else:
        for number, stage in enumerate(outcome.stages, 1):
            writer.writerows(_stage(number, stage, names))
    for a, row in enumerate(matrix_of(outcome)):
        for b, votes in enumerate(row):
            if a != b:
                writer.writerow(["", "pair", names[a], votes, "", "", "", names[b]])
    return out.getvalue()


def _stage(number: int, stage: Stage, names: Names) -> Iterator[Sequence[object]]:
    elected = {one.option for one in stage.elected}
    for option, name in enumerate(names, 1):
        received = _received(stage, option)
        marks = [_yes(option in elected), _yes(option in stage.excluded)]
        yield [number, stage.event, name, stage.totals[option - 1], received, *marks, ""]
    others = [("(exhausted)", stage.exhausted), ("(lost)", stage.lost), ("(quota)", stage.quota)]
    for name, figure in others:
        if figure:
            yield [number, stage.event, name, figure, "", "", "", ""]


def _yes(mark: bool) -> str:  # noqa: FBT001 - it spells a truth value
    return "yes" if mark else ""


def _received(stage: Stage, option: int) -> str:
    gains = [transfer.gains[option - 1] for transfer in stage.transfers]
    return " + ".join(gain for gain in gains if any(digit in gain for digit in "123456789"))
