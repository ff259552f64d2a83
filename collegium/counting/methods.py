"""Methods by name: a rule with its parameters set by a statute, a program or custom."""

from collections.abc import Callable, Mapping
from functools import partial
from types import MappingProxyType
from typing import Any, Literal, TypeAlias, TypeVar

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from collegium.counting.approval import Approval
from collegium.counting.condorcet_irv import CondorcetIrv
from collegium.counting.debian import developers_vote
from collegium.counting.divisors import Divisors
from collegium.counting.equal_shares import EqualShares
from collegium.counting.grouped_approval import GroupedApproval
from collegium.counting.grouped_stv import GroupedStv
from collegium.counting.groups import GroupShares
from collegium.counting.irv import burlington_irv, irv, minneapolis_irv
from collegium.counting.majority import Majority
from collegium.counting.majority_judgment import MajorityJudgment
from collegium.counting.meek import reference_meek
from collegium.counting.minimax import Minimax
from collegium.counting.outcome import RuleDocument
from collegium.counting.pav import Pav
from collegium.counting.phragmen import SequentialPhragmen
from collegium.counting.plurality import Plurality
from collegium.counting.ranked_pairs import RankedPairs
from collegium.counting.remainders import Remainders
from collegium.counting.schulze import Schulze
from collegium.counting.score import Score
from collegium.counting.sequential_pav import SequentialPav
from collegium.counting.stv import (
    Stv,
    albany_stv,
    exact_stv,
    rctab_stv,
    reference_wigm,
    scottish_stv,
)
from collegium.counting.ties import EARLIER_THEN_LOT, ONLY_LOT
from collegium.counting.top_sets import TopSet

RuleT = TypeVar("RuleT", bound=RuleDocument)
Kind: TypeAlias = Literal["ranked", "approvals", "grades", "claims"]


class MethodError(ValueError):
    """A method or an option of it that doesn't exist, or has a value that it can't have."""


class Method(Struct, frozen=True):
    """A method that can be asked for by name.

    Attributes:
        kind: Of the ballots that it counts.
        make: From options, seats and levels of grades to its rule document.
        name: With its version.
        source: Where it is laid down or comes from.
    """

    kind: Kind
    make: Callable[[int, int, int], RuleDocument]
    name: str
    source: str


def _made(rule: Callable[..., RuleDocument], **fixed: object) -> Callable[..., RuleDocument]:
    """A rule by options alone: seats don't enter it."""
    return lambda options, _seats, _levels: rule(options=options, **fixed)


def _seated(rule: Callable[..., RuleDocument], **fixed: object) -> Callable[..., RuleDocument]:
    return lambda options, seats, _levels: rule(options=options, seats=seats, **fixed)


def _graded(rule: Callable[..., RuleDocument], **fixed: object) -> Callable[..., RuleDocument]:
    return lambda options, seats, levels: rule(
        levels=levels, options=options, seats=seats, ties=ONLY_LOT, **fixed
    )


def _hybrid(variant: str) -> Callable[..., RuleDocument]:
    return _made(CondorcetIrv, equal_ranks="refuse", ties=EARLIER_THEN_LOT, variant=variant)


_shared = partial(_seated, largest=(), least=(), ties=ONLY_LOT)

_RANKED: tuple[tuple[str, Callable[..., RuleDocument], str], ...] = (
    ("albany-stv/1", _seated(albany_stv), "Albany, California, 2022 (six places, dynamic quota)"),
    ("benham/1", _hybrid("benham"), "Green-Armytage, Voting matters 29 (2011)"),
    ("burlington-irv/1", _made(burlington_irv), "Burlington, Vermont, 2009"),
    ("condorcet-irv/1", _hybrid("smith-first"), "Woodall; Green-Armytage (2011)"),
    (
        "debian-a6/1",
        lambda options, _s, _l: replace(developers_vote(options, 1, {}), quorum=None),
        "Debian 1.1 to 1.5, A.6; the last option is the default one; no quorum",
    ),
    ("exact-stv/1", _seated(exact_stv), "weighted inclusive Gregory method in fractions"),
    ("irv/1", _made(irv), "Robert's Rules of Order, preferential voting"),
    (
        "majority/1",
        _made(Majority, base="votes", exactly=False, members=0, share=(1, 2)),
        "Robert's Rules of Order, section 44",
    ),
    ("meek/1", _seated(reference_meek), "PR Foundation, Meek STV reference rule"),
    ("minimax/1", _made(Minimax, strength="winning-votes"), "Simpson (1969), Kramer (1977)"),
    ("minimax-margins/1", _made(Minimax, strength="margins"), "Simpson (1969), Kramer (1977)"),
    ("minneapolis-irv/1", _made(minneapolis_irv), "Minneapolis Code of Ordinances 167.60"),
    ("plurality/1", _seated(Plurality, ties=ONLY_LOT), "first past the post"),
    (
        "ranked-pairs/1",
        _made(RankedPairs, strength="winning-votes", ties=ONLY_LOT),
        "Tideman (1987), by winning votes",
    ),
    (
        "ranked-pairs-margins/1",
        _made(RankedPairs, strength="margins", ties=ONLY_LOT),
        "Tideman (1987), by margins",
    ),
    (
        "rctab/1",
        lambda options, seats, _l: rctab_stv(options, seats) if seats > 1 else irv(options),
        "RCTab, by its configuration (--option config=FILE), otherwise as it counts unless told",
    ),
    ("rctab-stv/1", _seated(rctab_stv), "RCTab, multi-winner, whole threshold, four places"),
    (
        "rctab-stv-fraction/1",
        _seated(partial(rctab_stv, fraction=True)),
        "RCTab, multi-winner, fractional threshold, four places",
    ),
    ("schulze/1", _made(Schulze, strength="winning-votes"), "Schulze (2011), by winning votes"),
    ("schulze-margins/1", _made(Schulze, strength="margins"), "Schulze (2011), by margins"),
    ("schwartz/1", _made(TopSet, which="schwartz"), "Schwartz (1972)"),
    ("scottish-stv/1", _seated(scottish_stv), "SSI 2007/42, schedule 1, rules 45 to 52"),
    ("smith/1", _made(TopSet, which="smith"), "Smith (1973)"),
    ("tideman-alternative/1", _hybrid("alternating"), "Green-Armytage (2011)"),
    ("wigm-stv/1", _seated(reference_wigm), "PR Foundation, WIGM reference rule"),
)

_APPROVALS: tuple[tuple[str, Callable[..., RuleDocument], str], ...] = (
    ("approval/1", _seated(Approval, ties=ONLY_LOT), "Brams and Fishburn (1978)"),
    (
        "equal-shares/1",
        _seated(EqualShares, completion="phragmen", ties=ONLY_LOT),
        "Peters and Skowron (2020), completed by Phragmén",
    ),
    ("pav/1", _seated(Pav, most_steps=1_000_000, ties=ONLY_LOT), "Thiele (1895), exact"),
    ("sequential-pav/1", _seated(SequentialPav, ties=ONLY_LOT), "Thiele (1895), seat by seat"),
    ("sequential-phragmen/1", _seated(SequentialPhragmen, ties=ONLY_LOT), "Phragmén (1894)"),
)

_GRADES: tuple[tuple[str, Callable[..., RuleDocument], str], ...] = (
    ("majority-judgment/1", _graded(MajorityJudgment, middle="lower"), "Balinski-Laraki (2007)"),
    ("score/1", _graded(Score, by="sum"), "Smith (2000)"),
)

_CLAIMS: tuple[tuple[str, Callable[..., RuleDocument], str], ...] = (
    ("dhondt/1", _shared(Divisors, divisor="dhondt"), "D'Hondt (1878), Jefferson"),
    ("droop/1", _shared(Remainders, quota="droop"), "largest remainders, Droop quota"),
    ("hare/1", _shared(Remainders, quota="hare"), "largest remainders, Hare quota (Hamilton)"),
    (
        "huntington-hill/1",
        lambda options, seats, _levels: Divisors(
            divisor="huntington-hill",
            largest=(),
            least=(1,) * options if options <= seats else (),
            options=options,
            seats=seats,
            ties=ONLY_LOT,
        ),
        "2 U.S.C. 2a; everybody has one seat at least",
    ),
    ("sainte-lague/1", _shared(Divisors, divisor="sainte-lague"), "Sainte-Laguë (1910), Webster"),
)

_KINDS: tuple[tuple[Kind, tuple[tuple[str, Callable[..., RuleDocument], str], ...]], ...] = (
    ("ranked", _RANKED),
    ("approvals", _APPROVALS),
    ("grades", _GRADES),
    ("claims", _CLAIMS),
)

METHODS: Mapping[str, Method] = MappingProxyType(
    {
        name: Method(kind=kind, make=make, name=name, source=source)
        for kind, methods in _KINDS
        for name, make, source in methods
    }
)
"""Every method by its name and version."""


def method_named(name: str) -> Method:
    """The method of this name, with its version or, for the newest, without.

    Raises:
        MethodError: There is none.
    """
    versions = sorted(full for full in METHODS if name in (full, full.partition("/")[0]))
    if not versions:
        raise MethodError(f"expected a method that `collegium count --list` names, not {name!r}")
    return METHODS[versions[-1]]


def adjusted(rule: RuleT, changes: Mapping[str, Any]) -> RuleT:
    """The rule with some parameters changed.

    Args:
        rule: The document.
        changes: Name of a parameter to its value, as JSON has it.

    Raises:
        MethodError: A parameter that the rule hasn't, or a value that it can't have.
    """
    if not changes:
        return rule
    plain = msgspec.json.decode(rule.document())
    strangers = sorted(set(changes) - set(plain) | set(changes) & {"rule"})
    if strangers:
        known = ", ".join(sorted(set(plain) - {"rule", "options"}))
        raise MethodError(f"expected one of the parameters {known}, not {strangers[0]!r}")
    try:
        found = msgspec.convert({**plain, **changes}, type=type(rule))
    except (msgspec.ValidationError, ValueError) as error:
        raise MethodError(f"expected other values for the rule {plain['rule']}: {error}") from error
    return found


def refuses_equal_ranks(rule: RuleDocument) -> bool:
    """Whether the rule counts no ballot with equal ranks."""
    if isinstance(rule, GroupedStv):
        return refuses_equal_ranks(rule.stv)
    plain = isinstance(rule, Plurality | Majority)
    return plain or getattr(rule, "equal_ranks", "") == "refuse"


def with_groups(rule: RuleDocument, groups: Any) -> RuleDocument:
    """The rule with minimum shares for groups.

    Args:
        rule: A document of `stv/1`, `approval/1` or `sequential-pav/1`.
        groups: A list of objects with `least`, `members` and `name`, as JSON has them.

    Raises:
        MethodError: Another rule, or groups that aren't as expected.
    """
    try:
        shares = msgspec.convert(groups, type=GroupShares)
        if isinstance(rule, Stv):
            return GroupedStv(groups=shares, options=rule.options, stv=rule, ties=rule.ties)
        if isinstance(rule, Approval | SequentialPav):
            return GroupedApproval(
                groups=shares,
                options=rule.options,
                score="approvals" if isinstance(rule, Approval) else "content",
                seats=rule.seats,
                ties=rule.ties,
            )
    except ValueError as error:
        raise MethodError(f"expected groups with least, members and name: {error}") from error
    raise MethodError(
        "expected stv, approval or sequential-pav where groups have minimum shares, "
        f"not {type(rule).__name__}"
    )
