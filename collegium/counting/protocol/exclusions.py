"""Why options are excluded at a stage of a count: the words for each way that a rule has."""

from collections.abc import Collection, Sequence
from fractions import Fraction

from msgspec import Struct

from collegium.counting.comparisons import ComparedOutcome, smith_set
from collegium.counting.condorcet_irv import CondorcetIrv
from collegium.counting.grouped_stv import GroupedStv
from collegium.counting.irv import Irv
from collegium.counting.protocol.readable import Names, named, votes
from collegium.counting.stages import StagedOutcome
from collegium.counting.stv import Stv


class Exclusion(Struct, frozen=True):
    """Options excluded at a stage, with what it takes to say why.

    Attributes:
        before: The totals at the end of the stage before.
        options: Who is excluded.
        outcome: Of the whole count.
        standing: Who stood until now, the excluded among them.
        tied: Whether a tie decided between them and others.
    """

    before: Sequence[str]
    options: tuple[int, ...]
    outcome: StagedOutcome
    standing: Collection[int]
    tied: bool


def exclusion_of(outcome: StagedOutcome, number: int) -> Exclusion:
    """Who is excluded at the stage of that number, from 1."""
    stages = outcome.stages
    gone = {
        option
        for stage in stages[: number - 1]
        for option in (*stage.excluded, *(one.option for one in stage.elected))
    }
    before = stages[number - 2].totals
    standing = [option for option in range(1, len(before) + 1) if option not in gone]
    tied = any(tie.stage == number and tie.purpose == "exclude" for tie in outcome.ties)
    return Exclusion(before, stages[number - 1].excluded, outcome, standing, tied)


def exclusion_sentence(what: Exclusion, names: Names) -> str:
    """Who is excluded with how many votes, and why."""
    out, held = what.options, [what.before[option - 1] for option in what.options]
    if len(out) == 1:
        return f"{names[out[0] - 1]} is excluded with {votes(held[0])}{_why_one(what)}."
    each = [f"{names[n - 1]} ({votes(total)})" for n, total in zip(out, held, strict=True)]
    return f"Excluded together: {', '.join(each)}{_why_many(what, names)}."


def _why_one(what: Exclusion) -> str:
    rest = [what.before[n - 1] for n in what.standing if n not in what.options]
    own = Fraction(what.before[what.options[0] - 1])
    if _is_first_out(what):
        return ", as the rule says of this option"
    if _is_outside(what):
        return ": it is outside the Smith set"
    if isinstance(what.outcome.rule, GroupedStv) and any(Fraction(one) < own for one in rest):
        return ", so that the minimum shares can be kept"
    if what.tied or any(Fraction(one) <= own for one in rest):
        return ""
    return ", the fewest"


def _why_many(what: Exclusion, names: Names) -> str:
    if _is_first_out(what):
        return ", as the rule says of these options"
    if _is_outside(what):
        return ". They are outside the Smith set"
    left = [option for option in what.standing if option not in what.options]
    if isinstance(what.outcome, ComparedOutcome):
        return f". {named(left, names)} is preferred to each of them"
    together = sum((Fraction(what.before[n - 1]) for n in what.options), Fraction(0))
    if all(together < Fraction(what.before[n - 1]) for n in left):
        return ". Together they have fewer votes than anybody else"
    return ""


def _is_first_out(what: Exclusion) -> bool:
    rule = what.outcome.rule
    rule = rule.stv if isinstance(rule, GroupedStv) else rule
    return isinstance(rule, Irv | Stv) and set(what.options) <= set(rule.first_out)


def _is_outside(what: Exclusion) -> bool:
    """Whether it was asked who is in the Smith set, and not who has the fewest votes."""
    rule, outcome = what.outcome.rule, what.outcome
    if not isinstance(rule, CondorcetIrv) or not isinstance(outcome, ComparedOutcome):
        return False
    if rule.variant == "benham":
        return False
    first = rule.variant == "smith-first"
    inside = set(outcome.smith) if first else smith_set(outcome.matrix, what.standing)
    return not inside & set(what.options)
