"""The sentences in which seats are told that are filled one by one, by figures other than votes."""

from collections.abc import Iterator
from fractions import Fraction
from types import MappingProxyType

from collegium.counting.divisors import Divisors
from collegium.counting.equal_shares import EqualShares
from collegium.counting.equal_shares_budget import EqualSharesBudget
from collegium.counting.grouped_approval import GroupedApproval
from collegium.counting.minimax import Minimax
from collegium.counting.outcome import RuleDocument
from collegium.counting.pav import Pav, PavOutcome
from collegium.counting.protocol.readable import (
    Names,
    exactly,
    listed,
    many,
    named,
    readable,
)
from collegium.counting.protocol.sentences import tie_sentence
from collegium.counting.ranked_pairs import RankedPairs
from collegium.counting.remainders import Remainders
from collegium.counting.score import Score
from collegium.counting.seats import SeatRule
from collegium.counting.stages import Stage, StagedOutcome
from collegium.counting.top_sets import TopSet

_FIRST_SEAT = 2**90
"""Above every quotient of `huntington-hill` for a claimant that has a seat."""


def is_of_seats(outcome: StagedOutcome) -> bool:
    """Whether the stages fill seats, or compare figures that are no votes."""
    return not any(one.quota or one.transfers for one in outcome.stages) and (
        figures_of(outcome.rule) != "Votes"
    )


def figures_of(rule: RuleDocument) -> str:
    """What the totals of a count by this rule are, as the heading of a column."""
    return _FIGURES.get(_variant(rule), "Votes")


def _variant(rule: RuleDocument) -> str:
    """Rule and version, with the parameter by which its figures are other ones."""
    tag = str(rule.__struct_config__.tag)
    match rule:
        case Score(by=which) | GroupedApproval(score=which) | Divisors(divisor=which):
            return f"{tag} {which}"
    return tag


_CONTENT = "What an option adds to the ballots' content"
_FIGURES: MappingProxyType[str, str] = MappingProxyType(
    {
        "approval/1": "Approvals",
        "divisors/1 dhondt": "Quotient",
        "divisors/1 huntington-hill": "Square of the quotient",
        "divisors/1 modified-sainte-lague": "Quotient",
        "divisors/1 sainte-lague": "Quotient",
        "equal-shares-budget/1": "What each supporter pays for a unit of worth",
        "equal-shares/1": "What each supporter pays; then moments of saving, or approvals",
        "grouped-approval/1 approvals": "Approvals",
        "grouped-approval/1 content": _CONTENT,
        "majority-judgment/1": "Median grade (0 is the lowest)",
        "minimax/1": "Worst defeat",
        "pav/1": "In the committee",
        "ranked-pairs/1": "Defeats of others that stand",
        "remainders/1": "Whole quotas, then remainders",
        "score/1 average": "Average grade",
        "score/1 sum": "Sum of grades",
        "sequential-pav/1": _CONTENT,
        "sequential-phragmen/1": "Moment at which savings reach a seat",
        "top-set/1": "Comparisons won",
    }
)

_QUOTIENT = "its quotient, {told}, is the highest"
_APPROVED = "{approvals}, the most of those left"
_WHY: MappingProxyType[str, str] = MappingProxyType(
    {
        "approval/1": _APPROVED,
        "divisors/1 dhondt": _QUOTIENT,
        "divisors/1 huntington-hill": "the square of its quotient, {told}, is the highest",
        "divisors/1 modified-sainte-lague": _QUOTIENT,
        "divisors/1 sainte-lague": _QUOTIENT,
        "equal-shares-budget/1": "each supporter pays {told} for a unit of worth, the least",
        "equal-shares/1": "each supporter pays {told} of a seat, the least",
        "grouped-approval/1 approvals": "{approvals}, the most that the minimum shares allow",
        "grouped-approval/1 content": "it adds {told}, the most that the minimum shares allow",
        "remainders/1": "its remainder, {told} of a quota, is the largest",
        "sequential-pav/1": "it adds {told} to the ballots' content, the most",
        "sequential-phragmen/1": "its supporters' savings reach a seat first, at {told}",
    }
)
"""Why an option has a seat."""


def seats_told(outcome: StagedOutcome, names: Names) -> Iterator[str]:
    """Every seat in a sentence, in the order in which they were filled."""
    seat, turn = 0, 0
    for stage in outcome.stages:
        if stage.event in {"count", "comparison"} and isinstance(outcome.rule, SeatRule):
            yield from _beforehand(outcome, stage, names)
            seat += sum(int(held) for held in stage.totals)
            continue
        turn += 1
        for tie in outcome.ties:
            if tie.stage == turn:
                yield tie_sentence(tie, names)
        if stage.event in {"count", "comparison"}:
            yield from _compared(outcome, stage, names)
            continue
        for one in stage.elected:
            seat += 1
            label = "Project" if isinstance(outcome.rule, EqualSharesBudget) else "Seat"
            why = _why(outcome, stage, stage.totals[one.option - 1])
            why = why.removesuffix(" of those left") if seat == 1 else why
            yield f"{label} {seat}: {names[one.option - 1]}; {why}."
        for option in stage.excluded:
            seat -= 1
            yield f"{names[option - 1]} gives a seat back: its share goes least beyond its seats."


def _beforehand(outcome: StagedOutcome, stage: Stage, names: Names) -> Iterator[str]:
    """Seats that are given before the others."""
    held = [
        f"{name} {seats}" for name, seats in zip(names, stage.totals, strict=True) if seats != "0"
    ]
    given = f"{', '.join(held) or 'nobody has one'}."
    if isinstance(outcome.rule, Remainders):
        quota = exactly(str(outcome.rule.quota_of(outcome.ballots)))
        yield f"A seat for each whole quota of {quota} votes: {given}"
    else:
        yield f"The fewest seats of each come first: {given}"


def _why(outcome: StagedOutcome, stage: Stage, figure: str) -> str:
    rule, why = outcome.rule, _WHY[_variant(outcome.rule)]
    if isinstance(rule, Divisors) and Fraction(figure) > _FIRST_SEAT:
        why = "it has no seat yet"
    if isinstance(rule, EqualShares):
        if stage.event == "completion":
            why = _APPROVED
        elif Fraction(figure) * outcome.ballots > rule.seats:
            why = "nobody can pay any more; with later savings it comes first, at {told}"
    approvals = many(int(figure), "approval") if figure.isdigit() else figure
    return why.format(told=readable(figure), approvals=approvals)


def _compared(outcome: StagedOutcome, stage: Stage, names: Names) -> Iterator[str]:
    """What decided where all options are compared at once."""
    won = [one.option for one in stage.elected]
    match outcome.rule:
        case Pav():
            yield from _committee(outcome, names)
        case TopSet(which=which):
            yield f"The {which.capitalize()} set: {listed(won, names)}."
            if len(won) < len(names):
                yield "Nobody outside it is preferred to anybody inside."
        case RankedPairs():
            verb = "is" if len(won) == 1 else "are"
            yield f"No defeat that stands is against {named(won, names)}, who {verb} elected."
        case Minimax():
            yield _least_defeated(stage, won, names)
        case _:
            for option in won:
                yield f"{names[option - 1]} is elected{_graded(outcome, stage, option, names)}."


def _committee(outcome: StagedOutcome, names: Names) -> Iterator[str]:
    yield f"The committee is {named(outcome.elected, names)}."
    if isinstance(outcome, PavOutcome):
        score = exactly(outcome.score)
        if len(outcome.committees) == 1:
            yield f"Its score is {score}; every other committee has less."
        else:
            yield f"Its score is {score}; {len(outcome.committees)} committees have as much:"
            for committee in outcome.committees:
                yield f"{named(committee, names)}."


def _least_defeated(stage: Stage, won: list[int], names: Names) -> str:
    worst = readable(stage.totals[won[0] - 1])
    if worst == "0":
        return f"{named(won, names)}: nobody is preferred to {'it' if len(won) == 1 else 'them'}."
    if len(won) == 1:
        return f"{named(won, names)} is elected: its worst defeat, {worst}, is the smallest."
    return f"{named(won, names)} are level: their worst defeats, {worst}, are the smallest."


def _graded(outcome: StagedOutcome, stage: Stage, option: int, names: Names) -> str:
    told, rule = readable(stage.totals[option - 1]), outcome.rule
    if isinstance(rule, Score):
        of_all = "" if len(stage.elected) > 1 else ", the highest"
        return f" with {'a sum' if rule.by == 'sum' else 'an average'} of {told}{of_all}"
    level = [
        number
        for number, total in enumerate(stage.totals, 1)
        if total == stage.totals[option - 1] and number not in outcome.winners
    ]
    if not level:
        return f": its median grade is {told}"
    return (
        f": its median grade is {told}, like that of {named(level, names)}; with medians taken "
        "away one by one, its own stays higher"
    )
