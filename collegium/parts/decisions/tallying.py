"""From a vote as the record has it to what `collegium.counting` counts, and back.

A quorum in per cent of the electorate is asked here, after the count: the counting rules
know quorums only of votes for an option.
"""

from collections import Counter
from collections.abc import Sequence

from collegium.counting import DebianA6, DebianOutcome, Profile, Ratio, count
from collegium.counting import Quorum as RootQuorum
from collegium.parts.decisions.acts import Option, Quorum
from collegium.parts.decisions.state import Vote


def profile_of(vote: Vote) -> Profile:
    """The vote's ballots, cast and counted in, grouped; empty once the outcome is declared."""
    weights = Counter(vote.ballots.values())
    weights.update(vote.anonymous)
    return Profile(len(vote.options), weights)


def rule_of(vote: Vote) -> DebianA6:
    """The rule document by which the vote is counted."""
    return counting_rule(vote.options, vote.default, vote.quorum, vote.entitled)


def counting_rule(
    options: Sequence[Option], default: int, quorum: Quorum, entitled: int
) -> DebianA6:
    """The rule document for such options, default option, quorum and electorate.

    Raises:
        ValueError: They don't fit each other or the rule.
    """
    root = None
    if quorum.kind == "root":
        root = RootQuorum(electorate=entitled, numerator=quorum.num, denominator=quorum.den)
    return DebianA6(
        options=len(options),
        default=default,
        majorities=tuple(Ratio(*option.majority) for option in options),
        quorum=root,
    )


def outcome_of(vote: Vote) -> DebianOutcome:
    """What the vote's ballots decided: kept where it was declared, else counted now."""
    return vote.outcome or count(profile_of(vote), rule_of(vote))


def winners_of(vote: Vote, outcome: DebianOutcome) -> tuple[int, ...]:
    """The options that won, or the default option alone if too few took part."""
    if outcome.ballots < fewest_ballots(vote.quorum, vote.entitled):
        return (vote.default,)
    return outcome.winners


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
