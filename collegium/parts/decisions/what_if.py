"""What the same ballots would come to by another method: never the outcome of a vote.

Whoever votes knows the method; under another one many would have voted otherwise. So this is
shown only when nobody can object to the outcome any more, and only to learn from.
"""

from collections.abc import Mapping

from msgspec.structs import replace

from collegium.counting import Outcome, RuleDocument
from collegium.parts.decisions.acts import Counting, Quorum
from collegium.parts.decisions.advice import Advised, advised, choice_of
from collegium.parts.decisions.methods_told import TOLD
from collegium.parts.decisions.state import Vote
from collegium.parts.decisions.tallying import (
    accepts_equal,
    counted_by,
    counting_rule,
    kind_of,
    profile_of,
)

_NO_QUORUM = Quorum(den=1, kind="none", num=0)
_HALF = (1, 2)
_DEFAULT_ASKED = "debian-a6"


def alternatives(vote: Vote) -> tuple[Advised, ...]:
    """The other methods that count ballots like these, by name."""
    own = choice_of(vote.counting.method, vote.counting.base)
    found = [advised(choice) for choice in TOLD if choice != own and _is_able(vote, choice)]
    return tuple(sorted(found, key=lambda one: one.name))


def otherwise(vote: Vote, weights: Mapping[str, int], choice: str) -> Outcome:
    """What such ballots come to by another method, with lots drawn from the vote's seed.

    Args:
        vote: The vote.
        weights: How often each ballot was given, as marked.
        choice: One of `alternatives`.

    Raises:
        ValueError: The method can't count these ballots.
    """
    counting = _counting(vote, choice)
    profile = profile_of(counting, len(vote.options), weights)
    return counted_by(_rule(vote, counting), profile, vote.seed)


def _is_able(vote: Vote, choice: str) -> bool:
    counting = _counting(vote, choice)
    if kind_of(counting) != kind_of(vote.counting):
        return False
    if counting.base in {"present", "entitled"} and vote.electors.count:
        return False
    if choice == _DEFAULT_ASKED and not vote.default:
        return False
    try:
        _rule(vote, counting)
    except ValueError:
        return False
    return True


def _counting(vote: Vote, choice: str) -> Counting:
    found = advised(choice)
    own = vote.counting
    other = replace(own, base=found.base, method=found.method)
    equal = own.equal if own.equal != "equal" else "skip"
    return replace(
        other,
        equal="equal" if accepts_equal(other) else equal,
        levels=own.levels,
        share=_HALF if found.base else (1, 1),
    )


def _rule(vote: Vote, counting: Counting) -> RuleDocument:
    options = vote.options
    if counting.method != "debian-a6/1":
        options = tuple(replace(option, majority=(1, 1)) for option in options)
    entitled = max(vote.entitled, 1)
    return counting_rule(
        counting, options, vote.default, _NO_QUORUM, entitled, vote.present or entitled
    )
