"""An outcome as one object for programs, with names instead of numbers."""

from typing import Any

import msgspec

from collegium.counting.grouped_approval import GroupedOutcome
from collegium.counting.margins import Margin, margin_of
from collegium.counting.outcome import Outcome
from collegium.counting.pav import PavOutcome
from collegium.counting.protocol.pairs_told import matrix_of
from collegium.counting.protocol.readable import Names
from collegium.counting.seats import SeatsOutcome
from collegium.counting.stages import Stage, StagedOutcome
from collegium.counting.ties import Tie


def as_json(
    outcome: Outcome, names: Names, method: str, margin: Margin | None = None
) -> dict[str, Any]:
    """Method, elected, ranking, rounds and ties; figures are texts, decimals or fractions.

    Args:
        outcome: What the count came to.
        names: Of the options, in their order.
        method: The name by which it was asked for.
        margin: How few changed ballots would change it; without one, what the figures alone show.
    """
    ranking: tuple[tuple[int, ...], ...] = getattr(outcome, "ranking", ())
    elected = outcome.winners
    stages: tuple[Stage, ...] = ()
    ties: tuple[Tie, ...] = ()
    if isinstance(outcome, StagedOutcome):
        elected, stages, ties = outcome.elected, outcome.stages, outcome.ties
    found: dict[str, Any] = {
        "method": method,
        "elected": _named(elected, names),
        "rounds": [_round(one, names) for one in stages],
        "ties": [_tie(tie, names) for tie in ties],
        "ballots": outcome.ballots,
        "profile": outcome.profile,
        "rule": msgspec.json.decode(outcome.rule.document()),
    }
    if ranking:
        found["ranking"] = [_place(place, names) for place in ranking]
    if isinstance(outcome, SeatsOutcome):
        found["elected"] = _named(outcome.winners, names)
        found["seats"] = dict(zip(names, outcome.seats, strict=True))
    if isinstance(outcome, PavOutcome):
        found["committees"] = [_named(committee, names) for committee in outcome.committees]
        found["score"] = outcome.score
    if isinstance(outcome, GroupedOutcome):
        found["without_minimum_shares"] = _named(outcome.otherwise, names)
    if matrix := matrix_of(outcome):
        found["pairwise"] = [list(row) for row in matrix]
    if margin := margin or margin_of(outcome):
        found["margin"] = _margin(margin, names)
    return found


def _margin(margin: Margin, names: Names) -> dict[str, Any]:
    """The margin's bounds, and the recount that shows the upper one where there was one."""
    found: dict[str, Any] = {
        "ballots": margin.ballots,
        "kind": margin.kind,
        "least": margin.least,
        "most": margin.most,
        "unit": margin.unit,
        "words": list(margin.told(names)),
    }
    if witness := margin.witness:
        then = list(witness.then) if witness.seats else _named(witness.then, names)
        found["recounted"] = {
            "changed": witness.ballots,
            "digest": witness.profile.digest(),
            "in_favour_of": names[witness.raised - 1],
            "at_the_cost_of": names[witness.sunk - 1],
            "may_lead_to": dict(zip(names, then, strict=True)) if witness.seats else then,
        }
    return found


def _named(options: tuple[int, ...], names: Names) -> list[str]:
    return [names[option - 1] for option in options]


def _place(place: tuple[int, ...], names: Names) -> str | list[str]:
    """A name, or the names that share the place."""
    return names[place[0] - 1] if len(place) == 1 else _named(place, names)


def _round(stage: Stage, names: Names) -> dict[str, Any]:
    found: dict[str, Any] = {
        "totals": {name: votes for name, votes in zip(names, stage.totals, strict=True) if votes},
        "elected": _named(tuple(one.option for one in stage.elected), names),
        "excluded": _named(stage.excluded, names),
        "exhausted": stage.exhausted,
        "lost_to_rounding": stage.lost,
        "event": stage.event,
    }
    if stage.quota:
        found["quota"] = stage.quota
    if stage.transfers:
        found["transfers"] = [
            {
                "from": names[one.source - 1],
                "gains": dict(zip(names, one.gains, strict=True)),
                "exhausted": one.exhausted,
                "lost_to_rounding": one.lost,
                "values": [{"value": value, "ballots": many} for value, many in one.values],
            }
            for one in stage.transfers
        ]
    return found


def _tie(tie: Tie, names: Names) -> dict[str, Any]:
    return {
        "among": _named(tie.among, names),
        "chosen": names[tie.chosen - 1],
        "for": tie.purpose,
        "round": tie.stage,
        "decided_by": tie.step,
    }
