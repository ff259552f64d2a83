"""From a vote as the record has it to what `collegium.counting` counts, and back.

A quorum in per cent of the electorate is asked here, after the count: the counting rules
know quorums only of votes for an option.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, Final

from collegium.counting import (
    Approvals,
    BallotPolicy,
    DebianA6,
    Grades,
    Majority,
    Outcome,
    Profile,
    Ratio,
    ReadBallots,
    RuleDocument,
    Ties,
    check_ballot,
    count,
    read_marks,
)
from collegium.counting import Quorum as RootQuorum
from collegium.counting.ballot import RANKS, UNRANKED
from collegium.counting.methods import METHODS, Kind, Method
from collegium.counting.outcomes import read_outcome
from collegium.ids import Moment
from collegium.parts.decisions.acts import Counting, Option, Quorum
from collegium.parts.decisions.state import Vote
from collegium.record.moments import after

APPROVED: Final = "x"
GRADES: Final = "0123456789abcdefghijklmnopqrstuvwxyz"
"""The grades in order, as they stand on a ballot."""

_COMPARING: Final = ("debian-a6", "minimax", "ranked-pairs", "schulze", "schwartz", "smith")
"""Beginnings of the methods that compare in pairs, to which equal ranks are welcome."""

NOT_FOR_VOTES: Final = {
    "pav/1": "it may find no end; take sequential-pav/1",
    "rctab/1": "it follows a file of settings; take irv/1 or rctab-stv/1",
}
"""Methods that count files of ballots and no votes, and why."""

_IN_PRODUCT: Final = ("ranked", "approvals", "grades")


def method_of(counting: Counting) -> Method:
    """The method by which ballots are counted.

    Raises:
        ValueError: There is none of that name, or none that counts ballots.
    """
    method = METHODS.get(counting.method)
    if method is None or method.kind not in _IN_PRODUCT:
        raise ValueError(f"no method {counting.method} counts ballots")
    if method.name in NOT_FOR_VOTES:
        raise ValueError(f"no vote is counted by {method.name}: {NOT_FOR_VOTES[method.name]}")
    return method


def kind_of(counting: Counting) -> Kind:
    """Which kind of ballot it is: ranked, approvals or grades."""
    return METHODS[counting.method].kind


def accepts_equal(counting: Counting) -> bool:
    """Whether a ranked ballot may rank options equally under the method."""
    return counting.method.startswith(_COMPARING)


# Ballots.


def check_marks(counting: Counting, options: int, marks: str) -> None:
    """Refuse a text that is no ballot of this vote.

    Equal ranks are accepted where the method compares in pairs; elsewhere the ballot policy
    says what becomes of them on paper, and a member is asked to choose.

    Raises:
        ValueError: A wrong length, or a character that says nothing here.
    """
    kind = kind_of(counting)
    if kind == "ranked":
        check_ballot(marks, options)
        return
    allowed = APPROVED if kind == "approvals" else GRADES[: counting.levels]
    if len(marks) != options:
        raise ValueError(f"expected a mark for each of the {options} options, not {marks!r}")
    strays = marks.strip(allowed + UNRANKED)
    if strays or set(marks) - set(allowed + UNRANKED):
        raise ValueError(f"expected only {allowed} and - in a ballot of this vote, not {marks!r}")


def ranks_equally(counting: Counting, marks: str) -> bool:
    """Whether a ballot ranks options equally although its method asks for an order."""
    if kind_of(counting) != "ranked" or accepts_equal(counting):
        return False
    ranked = marks.replace(UNRANKED, "")
    return len(set(ranked)) < len(ranked)


def weights_of(vote: Vote) -> Counter[str]:
    """How often each ballot was given, as marked; empty once the outcome is declared."""
    weights = Counter(vote.ballots.values())
    weights.update(vote.anonymous)
    for parts in vote.cards.values():
        for part in parts:
            weights[part.marks] += part.count
    return weights


def read_weights(counting: Counting, options: int, weights: Mapping[str, int]) -> ReadBallots:
    """Ranked ballots as marked, read by the vote's ballot policy."""
    policy = BallotPolicy(
        most_skips=None if counting.skips >= len(RANKS) else counting.skips,
        overvotes=counting.equal,
    )
    marked: Counter[tuple[tuple[int, ...], ...]] = Counter()
    for text, weight in weights.items():
        marked[_ranks_of(text)] += weight
    return read_marks(options, marked, policy)


def profile_of(counting: Counting, options: int, weights: Mapping[str, int]) -> Any:
    """The ballots, grouped, of the kind that the method counts."""
    kind = kind_of(counting)
    if kind == "approvals":
        approved: Counter[tuple[int, ...]] = Counter()
        for text, weight in weights.items():
            approved[tuple(n for n, mark in enumerate(text, 1) if mark == APPROVED)] += weight
        return Approvals(options, approved)
    if kind == "grades":
        given = {tuple(map(GRADES.find, text)): weight for text, weight in weights.items()}
        return Grades(options, counting.levels, given)
    if counting.equal == "equal" and counting.skips >= len(RANKS):
        return Profile(options, weights)
    return read_weights(counting, options, weights).profile


def _ranks_of(text: str) -> tuple[tuple[int, ...], ...]:
    """The options marked at each rank, with a gap where a rank was left out."""
    last = max((RANKS.index(mark) for mark in text if mark != UNRANKED), default=-1)
    return tuple(
        tuple(n for n, mark in enumerate(text, 1) if mark == rank) for rank in RANKS[: last + 1]
    )


# Rules.


def rule_of(vote: Vote) -> RuleDocument:
    """The rule document by which the vote is counted."""
    return counting_rule(
        vote.counting, vote.options, vote.default, vote.quorum, vote.entitled, present_at(vote)
    )


def present_at(vote: Vote) -> int:
    """How many were present: those counted at a show of hands, or the delegates named."""
    return vote.present or max(vote.entitled, 1)


def counting_rule(  # noqa: PLR0913, PLR0917 - a rule has these parameters
    counting: Counting,
    options: Sequence[Option],
    default: int,
    quorum: Quorum,
    entitled: int,
    present: int,
) -> RuleDocument:
    """The rule document for a vote with such options, quorum and electorate.

    Raises:
        ValueError: They don't fit each other or the method.
    """
    method = method_of(counting)
    _check_fit(counting, method)
    rule = method.make(len(options), counting.seats, counting.levels)
    if counting.seats > 1 and not hasattr(rule, "seats"):
        raise ValueError(f"{method.name} elects one")
    if method.name == "debian-a6/1":
        return _debian(options, default, quorum, entitled)
    if quorum.kind == "root":
        raise ValueError("only debian-a6/1 asks for votes over a default option")
    if any(option.majority != (1, 1) for option in options):
        raise ValueError("only debian-a6/1 asks each option for a majority of its own")
    if method.name == "majority/1":
        members = {"present": present, "entitled": entitled}.get(counting.base, 0)
        return Majority(
            base=counting.base,  # type: ignore[arg-type] # not empty: _check_fit has asked
            exactly=False,
            members=members,
            options=len(options),
            share=counting.share,
        )
    return rule


def _check_fit(counting: Counting, method: Method) -> None:
    if (method.name == "majority/1") != bool(counting.base):
        raise ValueError("a majority of something is what majority/1 asks for, and only that")
    if not counting.base and counting.share != (1, 1):
        raise ValueError("a share is written 1/1 where there is no base")
    if (method.kind == "grades") != (counting.levels > 1):
        raise ValueError("grades are at least two, and given in methods with grades only")
    if (counting.equal == "equal") != accepts_equal(counting):
        raise ValueError(
            "equal ranks are equal where a method compares in pairs; elsewhere they stop a ballot "
            "or are skipped"
        )


def _debian(options: Sequence[Option], default: int, quorum: Quorum, entitled: int) -> RuleDocument:
    root = None
    if quorum.kind == "root":
        root = RootQuorum(electorate=entitled, numerator=quorum.num, denominator=quorum.den)
    return DebianA6(
        options=len(options),
        default=default,
        majorities=tuple(Ratio(*option.majority) for option in options),
        quorum=root,
    )


# Outcomes.


def outcome_of(vote: Vote) -> Outcome:
    """What the vote's ballots decided: kept where it was declared, else counted now."""
    if vote.outcome:
        return read_outcome(vote.outcome.encode())
    return outcome_by(vote, weights_of(vote))


def outcome_by(vote: Vote, weights: Mapping[str, int]) -> Outcome:
    """What such ballots come to by the vote's rule, with lots drawn from its seed."""
    rule: Any = rule_of(vote)
    return counted_by(rule, profile_of(vote.counting, len(vote.options), weights), vote.seed)


def counted_by(rule: Any, profile: Any, seed: str) -> Outcome:
    """What a profile comes to by a rule, with lots drawn from a seed."""
    ties = (Ties(seed=seed),) if hasattr(rule, "ties") else ()
    found: Outcome = count(profile, rule, *ties)
    return found


def winners_of(vote: Vote, outcome: Outcome) -> tuple[int, ...]:
    """The options that won; the default option alone if too few took part or no other won.

    Where every ballot is blank nothing has won, though a method would draw lots.
    """
    stands = (vote.default,) if vote.default else ()
    if outcome.ballots + vote.spoilt < fewest_ballots(vote.quorum, vote.entitled):
        return stands
    if outcome.profile == _blank(vote, outcome.ballots):
        return stands
    return outcome.winners or stands


def _blank(vote: Vote, ballots: int) -> str:
    """The digest of so many ballots that say nothing."""
    options = len(vote.options)
    weights = {UNRANKED * options: ballots} if ballots else {}
    digest: str = profile_of(vote.counting, options, weights).digest()
    return digest


def objections_until(vote: Vote) -> Moment:
    """The first moment at which no objection to a declared outcome is heard."""
    return after(Moment(vote.declared), days=vote.terms.objection_days)


def paper_until(vote: Vote) -> Moment:
    """The first moment at which the close can be recorded: paper is counted in before it.

    That is the end of the vote's time where no ballot is on paper.
    """
    on_paper = vote.manner.kind == "ballots" and (vote.secret or vote.anonymous or vote.spoilt)
    return after(vote.closes, days=vote.terms.paper_days) if on_paper else vote.closes


def certified_until(vote: Vote) -> Moment:
    """The first moment at which anybody declares what a silent commission doesn't certify."""
    return after(Moment(vote.closed), days=vote.terms.certify_days)


def is_refused(vote: Vote) -> bool:
    """Whether so many of the commission refuse that the others are too few to certify."""
    return len(vote.commission.members) - len(vote.refused) < vote.commission.needed


def fewest_ballots(quorum: Quorum, entitled: int) -> int:
    """The fewest ballots with which anything but the default option can win.

    Example:
        >>> fewest_ballots(Quorum(den=1, kind="percent", num=10), 25)
        3
        >>> fewest_ballots(Quorum(den=2, kind="root", num=3), 1000)
        48
    """
    if quorum.kind == "percent":
        return -(-quorum.num * entitled // (100 * quorum.den))
    if quorum.kind == "root":
        return RootQuorum(
            electorate=entitled, numerator=quorum.num, denominator=quorum.den
        ).needed()
    return 0
