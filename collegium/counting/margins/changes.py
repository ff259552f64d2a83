"""Ways of changing ballots that may turn an outcome: for one option, at the cost of another."""

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction
from itertools import pairwise
from typing import Any

from collegium.counting.approvals import Approvals, Approved
from collegium.counting.ballot import ballot_of
from collegium.counting.condorcet_irv import CondorcetIrv
from collegium.counting.grades import Given, Grades
from collegium.counting.margins.recounts import Change
from collegium.counting.marks import Marks, marks_of
from collegium.counting.outcome import Outcome
from collegium.counting.profile import Profile
from collegium.counting.stages import Stage, StagedOutcome

Pairs = Sequence[tuple[int, int]]
"""An option that isn't elected and one that is, the most promising pair first."""


def ranked_changes(profile: Profile, outcome: Outcome) -> Iterator[Change]:
    """Ballots become others that put a rival first and leave a winner out.

    For counts in stages also: at each exclusion, ballots of one who stayed become ballots of the
    one who went; and at the last stage of a runoff, ballots of the winner put the second before.
    """
    ballots = [(text, weight, marks_of(text)) for text, weight in sorted(profile.weights.items())]
    if isinstance(outcome, StagedOutcome):
        yield from _last_stage(ballots, outcome, profile.options)
        yield from _at_exclusions(ballots, outcome, profile.options)
    for raised, sunk in _pairs(outcome, profile.options):
        order = sorted(ballots, key=lambda each: (_help(each[2], sunk, raised), each[0]))
        yield Change(
            _favouring(raised, sunk, profile.options),
            [(text, weight) for text, weight, _ in order],
            raised,
            sunk,
        )
        if _takes_equal_ranks(outcome):
            yield Change(
                _above_all(raised, sunk, profile.options),
                [(text, weight) for text, weight, _ in order],
                raised,
                sunk,
            )


def _takes_equal_ranks(outcome: Outcome) -> bool:
    return hasattr(outcome, "matrix") and not isinstance(outcome.rule, CondorcetIrv)


Ballots = Sequence[tuple[str, int, Marks]]


def _pairs(outcome: Outcome, options: int) -> Pairs:
    """Rivals who came near first, each with the winners who were weakest first."""
    strength = _strengths(outcome, options)
    inside = sorted(outcome.winners, key=lambda option: strength[option - 1])
    outside = [option for option in range(1, options + 1) if option not in outcome.winners]
    outside.sort(key=lambda option: strength[option - 1], reverse=True)
    return [(raised, sunk) for raised in outside for sunk in inside] + [
        (raised, sunk) for raised in inside for sunk in inside if raised != sunk and not outside
    ]


def _strengths(outcome: Outcome, options: int) -> list[tuple[int, Fraction]]:
    """By which options are called near: the stage to which they came, and the votes there."""
    matrix = getattr(outcome, "matrix", ())
    if matrix:
        first = outcome.winners[0] - 1
        return [(0, Fraction(matrix[o][first] - matrix[first][o])) for o in range(options)]
    if not isinstance(outcome, StagedOutcome):
        return [(0, Fraction(0))] * options
    found = [(0, Fraction(0))] * options
    for number, stage in enumerate(outcome.stages):
        for place, total in enumerate(stage.totals):
            if total and Fraction(total):
                found[place] = (number, Fraction(total))
    return found


def _help(marks: Marks, sunk: int, raised: int) -> tuple[int, int]:
    """Small where changing the ballot helps much: it favours the one and not the other."""
    places = {option: place for place, tied in enumerate(marks) for option in tied}
    below = len(marks)
    own, other = places.get(sunk, below), places.get(raised, below)
    return (own + (own >= below)) * 2 - min(other, own + 1), -other


def _favouring(raised: int, sunk: int, options: int) -> Callable[[str], str]:
    """The same ballot with the one option first and without the other."""

    def becomes(text: str) -> str:
        ranks: list[int | None] = [None] * options
        for place, tied in enumerate(marks_of(text), 2):
            for option in tied:
                ranks[option - 1] = None if option == sunk else place
        ranks[raised - 1] = 1
        return ballot_of(ranks)

    return becomes


def _above_all(raised: int, sunk: int, options: int) -> Callable[[str], str]:
    """The one option first, the other last, everybody else level: no comparison is wasted."""
    ranks = [2] * options
    ranks[raised - 1], ranks[sunk - 1] = 1, 3
    made = ballot_of(ranks)
    return lambda _text: made


def _before(raised: int, sunk: int, options: int) -> Callable[[str], str]:
    """The same ballot with the one option moved to just before the other."""

    def becomes(text: str) -> str:
        ranks: list[int | None] = [None] * options
        place = 1
        for tied in marks_of(text):
            if sunk in tied:
                ranks[raised - 1] = place
                place += 1
            for option in tied:
                if option != raised:
                    ranks[option - 1] = place
            place += 1
        return ballot_of(ranks)

    return becomes


def _holder(marks: Marks, standing: set[int]) -> int:
    """For whom a ballot counts while these stand; 0 for nobody."""
    return next((tied[0] for tied in marks if tied[0] in standing), 0)


def _last_stage(ballots: Ballots, outcome: StagedOutcome, options: int) -> Iterator[Change]:
    """Source: Magrino, Rivest, Shen and Wagner (2011)."""
    last = outcome.stages[-1]
    gone = {option for stage in outcome.stages for option in stage.excluded}
    others = [o for o in range(1, options + 1) if o not in gone and o not in outcome.winners]
    if len(outcome.winners) != 1 or not others or not last.totals[0]:
        return
    second = max(others, key=lambda option: (Fraction(last.totals[option - 1]), option))
    standing = {*others, *outcome.winners}
    (winner,) = outcome.winners
    held = [(text, weight) for text, weight, marks in ballots if _holder(marks, standing) == winner]
    lead = Fraction(last.totals[winner - 1]) - Fraction(last.totals[second - 1])
    tries = _around(lead)
    yield Change(_before(second, winner, options), held, second, winner, tries)


def _at_exclusions(ballots: Ballots, outcome: StagedOutcome, options: int) -> Iterator[Change]:
    """At each exclusion, the last first: who would have gone instead, and by how much."""
    for before, stage in reversed([*pairwise(outcome.stages)]):
        if len(stage.excluded) != 1:
            continue
        (gone,) = stage.excluded
        standing = _standing_before(outcome.stages, stage, options)
        totals = {option: Fraction(before.totals[option - 1]) for option in standing}
        others = sorted(standing - {gone}, key=lambda option: (totals[option], option))
        for other in others:
            held = [
                (text, weight)
                for text, weight, marks in ballots
                if _holder(marks, standing) == other
            ]
            tries = _around(totals[other] - totals[gone])
            yield Change(_favouring(gone, other, options), held, gone, other, tries)


def _standing_before(stages: Sequence[Stage], until: Stage, options: int) -> set[int]:
    standing = set(range(1, options + 1))
    for stage in stages:
        if stage is until:
            break
        standing -= {*stage.excluded, *(one.option for one in stage.elected)}
    return standing


def _around(lead: Fraction) -> tuple[int, ...]:
    """Numbers of ballots that may make up for a lead, each of them twice."""
    half = int(lead / 2)
    return (max(half, 1), half + 1, half + 2)


def approval_changes(profile: Approvals, outcome: Outcome) -> Iterator[Change]:
    """Ballots become ones that approve a rival alone, those of a winner's friends first."""

    def alone(raised: int) -> Callable[[Approved], Approved]:
        return lambda _approved: (raised,)

    for raised, sunk in _pairs(outcome, profile.options):
        order = sorted(
            profile.weights.items(),
            key=lambda each: (
                (raised in each[0]) - (sunk in each[0]),
                len(set(each[0]) - set(outcome.winners)),
                each[0],
            ),
        )
        yield Change(alone(raised), order, raised, sunk)


def grade_changes(profile: Grades, outcome: Outcome) -> Iterator[Change]:
    """Ballots give a rival the best grade and a winner the worst; three orders are tried."""
    best = profile.levels - 1

    def becomes(raised: int, sunk: int) -> Callable[[Given], Given]:
        def turned(given: Given) -> Given:
            grades = list(given)
            grades[raised - 1], grades[sunk - 1] = best, 0
            return tuple(grades)

        return turned

    for raised, sunk in _pairs(outcome, profile.options):

        def gain(each: tuple[Given, int], raised: int = raised, sunk: int = sunk) -> Any:
            return max(each[0][raised - 1], 0) - max(each[0][sunk - 1], 0), each[0]

        def high(each: tuple[Given, int], raised: int = raised, sunk: int = sunk) -> Any:
            return -max(each[0][sunk - 1], 0), max(each[0][raised - 1], 0), each[0]

        def low(each: tuple[Given, int], raised: int = raised, sunk: int = sunk) -> Any:
            return max(each[0][raised - 1], 0), -max(each[0][sunk - 1], 0), each[0]

        for key in (gain, high, low):
            order = sorted(profile.weights.items(), key=key)
            yield Change(becomes(raised, sunk), order, raised, sunk)
