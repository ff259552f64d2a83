"""What is proved about a margin, by the rule of the count."""

from collections.abc import Callable
from fractions import Fraction
from math import ceil
from types import MappingProxyType
from typing import Any

from msgspec import Struct

from collegium.counting.approvals import Approvals
from collegium.counting.comparisons import ComparedOutcome
from collegium.counting.debian import DebianOutcome
from collegium.counting.grades import Grades
from collegium.counting.margin import margin as debian_margin
from collegium.counting.margins import committees, defeats, purchases, runoffs, totals, transfers
from collegium.counting.margins.margin import Unit
from collegium.counting.margins.recounts import Witness
from collegium.counting.margins.seats import of_seats
from collegium.counting.outcome import Outcome
from collegium.counting.pav import PavOutcome
from collegium.counting.profile import Profile
from collegium.counting.schulze import SchulzeOutcome
from collegium.counting.score import Score
from collegium.counting.seats import Claims, SeatsOutcome
from collegium.counting.stages import StagedOutcome

MOST_FOLLOWED = 20_000
"""Different ballots that are followed through a count by stages; with more, nothing is proved."""


MOST_COMPARED, FEW_COMPARED = 40, 12
"""Options whose chains of defeats are looked at; fewer where one defeats all others anyway."""


class Bound(Struct, frozen=True, kw_only=True):
    """What is proved without a recount.

    Attributes:
        least: Fewer changed ballots don't suffice.
        most: So many do; None where that isn't proved.
        never: Whether no number does.
        proof: Why, in words.
        unit: What is changed.
        witness: Changed ballots, where the proof names them.
    """

    least: int = 1
    most: int | None = None
    never: bool = False
    proof: str = ""
    unit: Unit = "ballots"
    witness: Witness | None = None


NOTHING = Bound()
NEVER = Bound(never=True)


def bound_of(outcome: Outcome, profile: Any) -> Bound:
    """What is proved about this outcome's margin.

    Args:
        outcome: What the count came to.
        profile: The ballots, or None.
    """
    return _RULES.get(str(outcome.rule.__struct_config__.tag), _nothing)(outcome, profile)


def _nothing(outcome: Any, profile: Any) -> Bound:
    del outcome, profile
    return NOTHING


def _exact(number: int | None, proof: str) -> Bound:
    return NEVER if number is None else Bound(least=number, most=number, proof=proof)


def _from_below(number: int, proof: str, most: int | None = None) -> Bound:
    return Bound(least=number, most=most, proof=proof if number > 1 else "")


_BY_TOTALS = (
    "Every pair of one elected and one not was tried, changing first the ballots that bring the "
    "two closest."
)
_BY_FEWEST = (
    "With fewer they would not draw level, even if the ballots best for a rival were also those "
    "worst for a winner."
)


def _plurality(outcome: StagedOutcome, profile: Profile | None) -> Bound:
    del profile
    return _exact(totals.of_plurality(outcome), _BY_TOTALS)


def _majority(outcome: StagedOutcome, profile: Profile | None) -> Bound:
    del profile
    rule: Any = outcome.rule
    proof = "That many ballots give an option the majority needed, or take it from one."
    return _exact(totals.of_majority(outcome, rule), proof)


def _approval(outcome: StagedOutcome, profile: Approvals | None) -> Bound:
    if profile is not None:
        return _exact(totals.of_approvals(outcome, profile), _BY_TOTALS)
    least = totals.of_plurality(outcome)
    return NEVER if least is None else _from_below(least, "")


def _score(outcome: StagedOutcome, profile: Grades | None) -> Bound:
    rule: Any = outcome.rule
    if profile is None or not isinstance(rule, Score):
        return NOTHING
    if rule.by == "sum":
        return _exact(totals.of_sums(outcome, profile), _BY_TOTALS)
    least = totals.of_averages(outcome, profile)
    return NEVER if least is None else _from_below(least, _BY_FEWEST)


def _judgment(outcome: StagedOutcome, profile: Grades | None) -> Bound:
    rule: Any = outcome.rule
    if profile is None:
        return NOTHING
    least = totals.of_medians(outcome, profile, rule.values_of)
    return NEVER if least is None else _from_below(least, _BY_FEWEST)


_BY_GAPS = (
    "With fewer, whoever went out would still go out before the others, by the narrowest gap of "
    "the best chain of stages (Cary 2011)."
)

_BY_ORDERS = (
    "With fewer, no order of going out could leave somebody else: at some stage of each, whoever "
    "goes out would not be the lowest (after Magrino and others 2011)."
)


def _runoff(outcome: StagedOutcome, profile: Profile | None) -> Bound:
    """From above: the winner's ballots put the second just before, until a majority is lost.

    Source: T. Magrino, R. Rivest, E. Shen and D. Wagner, Computing the margin of victory in IRV
    elections (2011).
    """
    rule: Any = outcome.rule
    equal = _may_be_equal(rule, profile)
    ends = equal and rule.equal_ranks == "stop-if-several-stand"
    least, proof = runoffs.of_runoff(outcome, rule, equal_ranks=ends), _BY_GAPS
    followed = profile is not None and profile.different <= MOST_FOLLOWED
    if profile is not None and followed and not equal and not rule.first_out:
        orders = runoffs.of_other_orders(profile, outcome)
        least, proof = max((least, _BY_GAPS), (orders, _BY_ORDERS))
    last = outcome.stages[-1]
    gone = {option for stage in outcome.stages for option in stage.excluded} | set(outcome.winners)
    others = [total for number, total in enumerate(last.totals, 1) if number not in gone]
    most = None
    if others and not equal and not rule.first_out:
        most = int(last.quota) - max(map(int, others))
    return _from_below(least, proof, most)


def _may_be_equal(rule: Any, profile: Profile | None) -> bool:
    """Whether ballots with equal ranks may have been counted."""
    if getattr(rule, "equal_ranks", "refuse") == "refuse":
        return False
    return profile is None or bool(profile.with_equal_ranks())


_BY_STAGES = "Fewer could not change what any stage decides, however they changed its figures."


def _transfers(outcome: StagedOutcome, profile: Profile | None) -> Bound:
    """From above: whoever reaches the quota with first preferences is elected under every rule."""
    rule: Any = outcome.rule
    tag = str(rule.__struct_config__.tag)
    first = outcome.stages[0]
    rivals = [Fraction(t) for n, t in enumerate(first.totals, 1) if n not in outcome.winners]
    if not rivals:
        return NEVER
    most = None
    if tag in {"stv/1", "meek/1"} and not getattr(rule, "first_out", ()):
        votes = sum(map(Fraction, first.totals))
        most = ceil(Fraction(first.quota) - max(rivals)) + 1
        most = most if most + max(rivals) <= votes else None
    plain = rule.stv if tag == "grouped-stv/1" else rule
    if profile is None or profile.different > MOST_FOLLOWED or _may_be_equal(plain, profile):
        return Bound(most=most)
    if tag == "meek/1":
        return _from_below(transfers.of_first_quotas(profile, outcome, rule), _BY_STAGES, most)
    return _from_below(transfers.of_transfers(profile, outcome, rule), _BY_STAGES, most)


_BY_LEADS = "With fewer, the winner would still defeat every other option."
_BY_DEFEATS = "With fewer, the same option would win, however they changed the comparisons."


def _compared(
    outcome: ComparedOutcome | SchulzeOutcome,
    find: Callable[[Any, Any], int],
) -> Bound:
    if len(outcome.matrix) == 1:
        return NEVER
    leads = defeats.by_condorcet_winner(outcome.matrix)
    if len(outcome.matrix) > (MOST_COMPARED if leads == 1 else FEW_COMPARED):
        return _from_below(leads, _BY_LEADS)
    least = find(outcome, outcome.rule)
    return _from_below(max(leads, least), _BY_LEADS if leads >= least else _BY_DEFEATS)


def _schulze(outcome: SchulzeOutcome, profile: Profile | None) -> Bound:
    del profile
    return _compared(
        outcome,
        lambda o, rule: defeats.of_schulze(o.matrix, o.winners, rule.strength, o.ballots),
    )


def _minimax(outcome: ComparedOutcome, profile: Profile | None) -> Bound:
    del profile
    if getattr(outcome.rule, "strength", "") == "opposition":
        return _from_below(
            defeats.of_minimax(outcome.matrix, outcome.winners, "opposition", outcome.ballots),
            _BY_DEFEATS,
        )
    return _compared(
        outcome,
        lambda o, rule: defeats.of_minimax(o.matrix, o.winners, rule.strength, o.ballots),
    )


def _ranked_pairs(outcome: ComparedOutcome, profile: Profile | None) -> Bound:
    del profile
    return _compared(
        outcome,
        lambda o, rule: defeats.of_ranked_pairs(o.matrix, o.winners, rule.strength, o.ballots),
    )


def _hybrid(outcome: ComparedOutcome, profile: Profile | None) -> Bound:
    del profile
    return _compared(outcome, lambda _outcome, _rule: 1)


def _top_set(outcome: ComparedOutcome, profile: Profile | None) -> Bound:
    del profile
    return _compared(outcome, defeats.of_top_set)


def _debian(outcome: DebianOutcome, profile: Profile | None) -> Bound:
    """Counted anew from changed comparisons (`collegium.counting.margin`)."""
    if profile is None:
        return NOTHING
    found = debian_margin(profile, outcome)
    proof = "Fewer leave every comparison on which the outcome rests as it is."
    return NEVER if found is None else _from_below(found.least, proof, found.ballots)


_BY_COMMITTEES = (
    "Every other committee was tried, changing first the ballots that bring the two closest."
)
_BY_SEATS = "With fewer, every way in which the seats could be filled leads to the same committee."


def _pav(outcome: PavOutcome, profile: Approvals | None) -> Bound:
    if profile is None:
        return NOTHING
    if len(outcome.winners) == profile.options:
        return NEVER
    exact = committees.of_pav(outcome, profile)
    return NOTHING if exact is None else _exact(exact, _BY_COMMITTEES)


def _sequence(outcome: StagedOutcome, profile: Approvals | None) -> Bound:
    rule: Any = outcome.rule
    if rule.seats == rule.options:
        return NEVER
    if profile is None:
        return NOTHING
    return _from_below(committees.of_sequence(outcome, profile, rule), _BY_SEATS)


def _purchases(outcome: StagedOutcome, profile: Approvals | None) -> Bound:
    rule: Any = outcome.rule
    if len(outcome.winners) == rule.options:
        return NEVER
    if profile is None or len(profile.weights) > MOST_FOLLOWED:
        return NOTHING
    return _from_below(purchases.of_purchases(outcome, profile, rule), _BY_SEATS)


_BY_CLAIMS = (
    "For each two claimants it was found how few votes would move a seat from the one to the other."
)


def _seats(outcome: SeatsOutcome, profile: Claims | None) -> Bound:
    if profile is None:
        return Bound(unit="votes")
    witness = of_seats(outcome, profile)
    if witness is None:
        return NEVER
    return Bound(
        least=witness.ballots,
        most=witness.ballots,
        proof=_BY_CLAIMS,
        unit="votes",
        witness=witness,
    )


_RULES: MappingProxyType[str, Callable[[Any, Any], Bound]] = MappingProxyType(
    {
        "approval/1": _approval,
        "condorcet-irv/1": _hybrid,
        "debian-a6/1": _debian,
        "divisors/1": _seats,
        "equal-shares/1": _purchases,
        "grouped-approval/1": _sequence,
        "grouped-stv/1": _transfers,
        "irv/1": _runoff,
        "majority-judgment/1": _judgment,
        "majority/1": _majority,
        "meek/1": _transfers,
        "minimax/1": _minimax,
        "pav/1": _pav,
        "plurality/1": _plurality,
        "ranked-pairs/1": _ranked_pairs,
        "remainders/1": _seats,
        "schulze/1": _schulze,
        "score/1": _score,
        "sequential-pav/1": _sequence,
        "sequential-phragmen/1": _purchases,
        "stv/1": _transfers,
        "top-set/1": _top_set,
    }
)
