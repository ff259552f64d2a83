"""The sentences in which a person would tell a stage of a count."""

from collections.abc import Iterator, Sequence
from types import MappingProxyType
from typing import TypeAlias

from collegium.counting.stages import Event, Reason, Stage, Transfer
from collegium.counting.ties import Purpose, Tie, TieStep

Names: TypeAlias = Sequence[str]
"""Of the options, in their order."""

_REASONS: MappingProxyType[Reason, str] = MappingProxyType(
    {
        "guarded": "needed for a minimum share",
        "last-places": "no more candidates are left than places",
        "majority": "this is the majority needed",
        "most-votes": "these are the most votes",
        "only-one": "nobody else is left",
        "quota": "this reaches the quota",
        "score": "this is the best figure",
        "undefeated": "no defeat stands against it",
    }
)

_PURPOSES: MappingProxyType[Purpose, str] = MappingProxyType(
    {
        "elect": "for election",
        "exclude": "for exclusion",
        "order": "to come first",
        "surplus": "to have its surplus passed on first",
    }
)

_STEPS: MappingProxyType[TieStep, str] = MappingProxyType(
    {
        "ballot-order": "the order on the ballot",
        "first-difference": "the earliest stage at which they differed",
        "latest-difference": "the most recent stage at which they differed",
        "lot": "the lot drawn from the recorded seed",
        "officer": "the returning officer's recorded order",
    }
)


_WITHOUT_VOTES: frozenset[Event] = frozenset({"comparison", "completion", "election"})
"""Stages at which no votes pass on, so that none are exhausted or lost."""

FIGURES: MappingProxyType[str, str] = MappingProxyType(
    {
        "approval/1": "The figures are approvals.",
        "condorcet-irv/1": "The figures are votes.",
        "divisors/1": "The figures are votes over the divisor (its square for huntington-hill).",
        "equal-shares-budget/1": "The figures are what a unit of worth costs each supporter.",
        "equal-shares/1": "The figures are what each supporter pays; after them, the moments at "
        "which savings reach a seat, or approvals.",
        "grouped-approval/1": "The figures are approvals, or what an option adds to the content.",
        "majority-judgment/1": "The figures are median grades, 0 the lowest.",
        "minimax/1": "The figures are the worst defeats.",
        "pav/1": "1 stands for a member of the committee.",
        "ranked-pairs/1": "The figures are defeats of others that stand.",
        "remainders/1": "The figures are whole quotas at first, then remainders of a quota.",
        "score/1": "The figures are sums or averages of grades.",
        "sequential-pav/1": "The figures are what an option adds to the ballots' content.",
        "sequential-phragmen/1": "The figures are the moments at which savings reach a seat.",
        "top-set/1": "The figures are comparisons won.",
    }
)
"""Of a rule whose totals aren't votes: what they are."""


def listed(options: Sequence[int], names: Names) -> str:
    """The names of the options, parted by commas."""
    return ", ".join(names[option - 1] for option in options)


def sentences_of_stage(stage: Stage, names: Names) -> Iterator[str]:
    """What happened, who received what, who is elected or excluded and why."""
    yield _beginning(stage, names)
    for transfer in stage.transfers:
        yield from _transferred(transfer, names)
    for one in stage.elected:
        total = stage.totals[one.option - 1]
        yield f"{names[one.option - 1]} is elected with {total}: {_REASONS[one.reason]}."
    if stage.quota:
        yield f"Needed: {stage.quota}."
    if stage.event not in _WITHOUT_VOTES:
        yield f"Exhausted so far: {stage.exhausted}. Lost to rounding so far: {stage.lost}."


def _beginning(stage: Stage, names: Names) -> str:
    if stage.event == "surplus":
        sources = [transfer.source for transfer in stage.transfers]
        return f"What these hold above the quota passes on: {listed(sources, names)}."
    if stage.event == "exclusion":
        return f"Excluded: {listed(stage.excluded, names)}."
    return _BEGINNINGS[stage.event]


_BEGINNINGS: MappingProxyType[Event, str] = MappingProxyType(
    {
        "comparison": "The options are compared.",
        "completion": "A seat is settled otherwise, because the rule's main step can't.",
        "count": "The ballots are counted.",
        "election": "A seat is filled.",
        "keep-values": "The keep values of those elected are found anew.",
    }
)


def _transferred(transfer: Transfer, names: Names) -> Iterator[str]:
    source = names[transfer.source - 1]
    for value, ballots in transfer.values:
        yield f"{ballots} ballots of {source} pass on at a value of {value}."
    gains = [
        f"{names[place]} {gain}"
        for place, gain in enumerate(transfer.gains)
        if any(digit in gain for digit in "123456789")
    ]
    yield f"Received from {source}: {', '.join(gains) or 'nobody'}."
    yield f"Exhausted: {transfer.exhausted}; lost to rounding: {transfer.lost}."


def tie_sentence(tie: Tie, names: Names) -> str:
    """Who was tied, for what, and what decided."""
    return (
        f"Stage {tie.stage}: {listed(tie.among, names)} were tied {_PURPOSES[tie.purpose]}; "
        f"{_STEPS[tie.step]} chose {names[tie.chosen - 1]}."
    )
