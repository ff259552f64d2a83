"""The sentences in which a returning officer would tell a stage at which votes are counted."""

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from types import MappingProxyType

from msgspec import Struct

from collegium.counting.grouped_stv import GroupedStv
from collegium.counting.majority import Majority
from collegium.counting.meek import Meek
from collegium.counting.outcome import RuleDocument
from collegium.counting.plurality import Plurality
from collegium.counting.protocol.exclusions import exclusion_of, exclusion_sentence
from collegium.counting.protocol.readable import (
    Names,
    exactly,
    is_something,
    many,
    named,
    readable,
    votes,
)
from collegium.counting.stages import Elected, Event, Reason, Stage, StagedOutcome, Transfer
from collegium.counting.stv import Stv
from collegium.counting.ties import Purpose, Tie, TieStep

_REASONS: MappingProxyType[Reason, str] = MappingProxyType(
    {
        "guarded": "needed for a minimum share",
        "last-places": "no more options are left than places",
        "majority": "this is the majority needed",
        "most-votes": "no other has more",
        "only-one": "nobody else is left",
        "quota": "this reaches the quota",
        "score": "this is the best figure",
        "undefeated": "no defeat stands against it",
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

_PURPOSES: MappingProxyType[Purpose, str] = MappingProxyType(
    {
        "elect": "for election; {step} elects {chosen}",
        "exclude": "for exclusion; {step} excludes {chosen}",
        "order": "for which comes first; {step} chooses {chosen}",
        "surplus": "for whose surplus passes on first; {step} chooses {chosen}",
    }
)


class StageTold(Struct, frozen=True):
    """A stage in words.

    Attributes:
        title: What happened, in a few words.
        sentences: Ties, who received what, who is excluded and why.
        elected: Who is elected and why, a sentence each.
        standing: Quota, exhausted and lost so far, in one line; may be empty.
    """

    title: str
    sentences: tuple[str, ...]
    elected: tuple[str, ...]
    standing: str


def stage_told(outcome: StagedOutcome, number: int, names: Names) -> StageTold:
    """The stage of that number, from 1, of a count of votes."""
    stage = outcome.stages[number - 1]
    elected = tuple(_elected(one, stage, outcome.rule, names) for one in stage.elected)
    return StageTold(
        f"Stage {number}: {event_told(stage, names)}",
        tuple(_sentences(outcome, number, names)),
        elected,
        _standing(stage, outcome.rule),
    )


def event_told(stage: Stage, names: Names) -> str:
    """What happened, in a few words."""
    sources = [transfer.source for transfer in stage.transfers]
    if stage.event == "surplus":
        return f"{'surplus' if len(sources) == 1 else 'surpluses'} of {named(sources, names)}"
    if stage.event == "exclusion":
        out = stage.excluded
        return f"{named(out, names) if len(out) == 1 else f'{len(out)} options'} excluded"
    return _EVENTS[stage.event]


_EVENTS: MappingProxyType[Event, str] = MappingProxyType(
    {
        "comparison": "comparison",
        "completion": "a seat filled",
        "count": "first preferences",
        "election": "a seat filled",
        "keep-values": "keep values found anew",
    }
)


def tie_sentence(tie: Tie, names: Names) -> str:
    """Who was tied, for what, and what decided."""
    chosen, step = names[tie.chosen - 1], _STEPS[tie.step]
    return f"{named(tie.among, names)} are level {_PURPOSES[tie.purpose]}.".format(
        step=step, chosen=chosen
    )


def nobody_word(rule: RuleDocument) -> str:
    """What votes are called that no option holds: where nothing passes on, none is exhausted."""
    return "For none of them" if isinstance(rule, Majority | Plurality) else "Exhausted"


def quota_word(rule: RuleDocument) -> str:
    """What the votes are called that elect: a quota, or just what is needed."""
    return "Quota" if isinstance(rule, Stv | GroupedStv | Meek) else "Needed"


def _sentences(outcome: StagedOutcome, number: int, names: Names) -> Iterator[str]:
    stage = outcome.stages[number - 1]
    for tie in outcome.ties:
        if tie.stage == number:
            yield tie_sentence(tie, names)
    if stage.event == "count":
        yield f"{_ranked(stage.totals, names)}."
    if stage.excluded:
        yield exclusion_sentence(exclusion_of(outcome, number), names)
    if number == 1:
        return
    before = outcome.stages[number - 2]
    if stage.event == "keep-values" and any(one.elected for one in outcome.stages[: number - 1]):
        yield "The keep values of those elected are found anew."
    for transfer in stage.transfers:
        yield from _transferred(transfer, stage, before, names)
    if len(stage.transfers) != 1 and stage.totals != before.totals:
        yield f"Now: {_ranked(stage.totals, names, before)}."


def _elected(one: Elected, stage: Stage, rule: RuleDocument, names: Names) -> str:
    total = stage.totals[one.option - 1]
    reason = _REASONS[one.reason]
    stv = rule.stv if isinstance(rule, GroupedStv) else rule
    if one.reason == "quota" and isinstance(stv, Stv) and stv.quota == "droop-exact":
        reason = "this exceeds the quota"
    verb = "has" if isinstance(rule, Majority) else "is elected with"
    return f"{names[one.option - 1]} {verb} {votes(total)}: {reason}."


def _standing(stage: Stage, rule: RuleDocument) -> str:
    parts = [f"{quota_word(rule)}: {readable(stage.quota)}."] if stage.quota else []
    if is_something(stage.exhausted) or stage.transfers or "." in stage.exhausted:
        word = nobody_word(rule)
        so_far = " so far" if word == "Exhausted" else ""
        parts.append(f"{word}{so_far}: {readable(stage.exhausted)}.")
    if "." in stage.lost or is_something(stage.lost):
        parts.append(f"Lost to rounding so far: {readable(stage.lost)}.")
    return " ".join(parts)


def _ranked(totals: tuple[str, ...], names: Names, before: Stage | None = None) -> str:
    """Names with their totals, the highest first; since a stage only those that changed."""
    places = [
        place
        for place, total in enumerate(totals)
        if not before or (total != before.totals[place] and is_something(total))
    ]
    places.sort(key=lambda place: (-Fraction(totals[place] or 0), place))
    return ", ".join(f"{names[place]} {readable(totals[place] or '0')}" for place in places)


def _transferred(transfer: Transfer, stage: Stage, before: Stage, names: Names) -> Iterator[str]:
    source = names[transfer.source - 1]
    single = len(stage.transfers) == 1
    if stage.event == "surplus":
        kept = stage.totals[transfer.source - 1]
        surplus = _difference(before.totals[transfer.source - 1], kept)
        yield f"{source} has {votes(surplus)} more than needed. {_passing(transfer)}"
    elif transfer.values:
        yield f"{_passing(transfer)}" if single else f"From {source}: {_passing(transfer)}"
    gained = [place for place, gain in enumerate(transfer.gains) if is_something(gain)]
    gained.sort(key=lambda place: (-Fraction(transfer.gains[place]), place))
    received = [
        f"{names[place]} {readable(transfer.gains[place])}"
        + (f" (now {readable(stage.totals[place])})" if single else "")
        for place in gained
    ]
    said = [f"Received: {', '.join(received)}"] if received else ["Nobody receives any of them"]
    if is_something(transfer.exhausted):
        said.append(f"exhausted: {readable(transfer.exhausted)}")
    if is_something(transfer.lost):
        said.append(f"lost to rounding: {readable(transfer.lost)}")
    if received or transfer.values:
        yield f"{'; '.join(said)}."


def _passing(transfer: Transfer) -> str:
    """How many ballots pass on at which value."""
    told: list[str] = []
    for value, ballots in transfer.values:
        whole = Fraction(value) == 1
        at = "at full value" if whole else f"at a value of {exactly(value)}"
        told.append(f"{ballots} {at}" if told else f"{_pass_on(ballots)} {at}")
    return f"{', '.join(told)}." if told else "No ballot passes on."


def _pass_on(ballots: int) -> str:
    return many(ballots, "ballot passes on", "ballots pass on")


def _difference(more: str, less: str) -> str:
    """By how much the one figure exceeds the other, in as many decimals or as a fraction."""
    if "/" in more or "/" in less or "." not in more:
        return str(Fraction(more) - Fraction(less))
    return str(Decimal(more) - Decimal(less))
