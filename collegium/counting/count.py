"""Counting: a profile and a rule document in, an outcome out."""

from collections.abc import Iterator
from typing import Any, Protocol, TypeVar, overload

from collegium.counting.outcome import Outcome
from collegium.counting.stages import StagedOutcome
from collegium.counting.ties import EARLIER_STEPS, TieBreaker, TieChain, Ties

OutcomeT_co = TypeVar("OutcomeT_co", bound=Outcome, covariant=True)
StagedT_co = TypeVar("StagedT_co", bound=StagedOutcome, covariant=True)
ProfileT_contra = TypeVar("ProfileT_contra", bound="Optioned", contravariant=True)
ProfileT = TypeVar("ProfileT", bound="Optioned")


class Optioned(Protocol):
    """A profile of any kind of ballot."""

    @property
    def options(self) -> int:
        """How many options stand on the ballot."""


class Counts(Protocol[ProfileT_contra, OutcomeT_co]):
    """A rule document, seen as that which counts; the rule's type says the outcome's."""

    @property
    def options(self) -> int:
        """How many options stand on the ballot."""

    def count(self, profile: ProfileT_contra) -> OutcomeT_co:
        """The outcome of the ballots under this rule."""


class Decides(Protocol[ProfileT_contra, StagedT_co]):
    """A rule document with a chain for its ties; its type says the outcome's."""

    @property
    def options(self) -> int:
        """How many options stand on the ballot."""

    @property
    def ties(self) -> TieChain:
        """The steps that decide a tie, in order."""

    def decide(self, profile: ProfileT_contra, breaker: TieBreaker) -> StagedT_co:
        """The outcome of the ballots under this rule."""


@overload
def count(
    profile: ProfileT, rule: Decides[ProfileT, StagedT_co], ties: Ties | None = None
) -> StagedT_co: ...
@overload
def count(profile: ProfileT, rule: Counts[ProfileT, OutcomeT_co]) -> OutcomeT_co: ...


def count(profile: Any, rule: Any, ties: Ties | None = None) -> Outcome:
    """The outcome of the ballots under a rule: pure, exact, the same bytes everywhere.

    Args:
        profile: The ballots.
        rule: The rule document.
        ties: What was recorded for deciding ties, for a rule that has a chain for them.

    Raises:
        ValueError: Ballots and rule have different numbers of options.
        UndecidedError: A tie that neither the rule's chain nor what was recorded decides.

    Example:
        >>> from collegium.counting import Profile, Schulze, count
        >>> ballots = Profile(3, {"123": 4, "312": 3, "231": 2})
        >>> count(ballots, Schulze(options=3, strength="winning-votes")).winners
        (1,)
    """
    _check_options(profile, rule)
    outcome: Outcome
    if ties is None:
        outcome = rule.count(profile)
    else:
        outcome = rule.decide(profile, TieBreaker(rule.ties, ties))
    return outcome


def tied_outcomes(
    profile: ProfileT, rule: Decides[ProfileT, StagedOutcome], most: int = 1000
) -> frozenset[tuple[int, ...]]:
    """Who is elected in every way in which the ties may be decided; ascending numbers.

    Only ties that no earlier stage decides are decided otherwise. Where seats are shared out, a
    claimant stands as often as it has seats.

    Args:
        profile: The ballots.
        rule: The rule document.
        most: Counts that are tried before giving up.

    Raises:
        ValueError: More counts than that would be needed.
    """
    found: set[tuple[int, ...]] = set()
    for counts, outcome in enumerate(every_way(profile, rule)):
        if counts == most:
            raise ValueError(f"expected ties that fall in at most {most} ways, not in more")
        found.add(tuple(sorted(outcome.elected)))
    return frozenset(found)


def every_way(profile: ProfileT, rule: Decides[ProfileT, StagedT_co]) -> Iterator[StagedT_co]:
    """The outcome for every way in which ties that no earlier stage decides may fall.

    Each way is counted when it is asked for; the same outcome may come more than once.

    Args:
        profile: The ballots.
        rule: The rule document.
    """
    _check_options(profile, rule)
    ways: list[Iterator[list[int]]] = [iter([[]])]
    while ways:
        script = next(ways[-1], None)
        if script is None:
            ways.pop()
        else:
            breaker = TieBreaker(rule.ties, Ties(seed="every way"), script)
            yield rule.decide(profile, breaker)
            ways.append(_other_ways(breaker, len(script)))


def _other_ways(breaker: TieBreaker, decided: int) -> Iterator[list[int]]:
    """Scripts that fall otherwise at one of the ties after those already decided; the last first.

    Each is made when it is asked for: of a thousand options all tied there are half a million.
    """
    open_ties = [tie for tie in breaker.named if tie.step not in EARLIER_STEPS]
    chosen = [tie.chosen for tie in open_ties]
    for place in reversed(range(decided, len(open_ties))):
        for other in reversed(open_ties[place].left):
            if other != chosen[place]:
                yield [*chosen[:place], other]


def _check_options(profile: Optioned, rule: Any) -> None:
    if profile.options != rule.options:
        raise ValueError(
            f"expected ballots on the rule's {rule.options} options, not on {profile.options}"
        )
