"""Counting: a profile and a rule document in, an outcome out."""

from typing import Protocol, TypeVar

from collegium.counting.outcome import Outcome
from collegium.counting.profile import Profile

OutcomeT_co = TypeVar("OutcomeT_co", bound=Outcome, covariant=True)


class Counts(Protocol[OutcomeT_co]):
    """A rule document, seen as that which counts; the rule's type says the outcome's."""

    @property
    def options(self) -> int:
        """How many options stand on the ballot."""

    def count(self, profile: Profile) -> OutcomeT_co:
        """The outcome of the ballots under this rule."""


def count(profile: Profile, rule: Counts[OutcomeT_co]) -> OutcomeT_co:
    """The outcome of the ballots under a rule: pure, exact, the same bytes everywhere.

    Raises:
        ValueError: Ballots and rule have different numbers of options.

    Example:
        >>> from collegium.counting import Profile, Schulze, count
        >>> ballots = Profile(3, {"123": 4, "312": 3, "231": 2})
        >>> count(ballots, Schulze(options=3, strength="winning-votes")).winners
        (1,)
    """
    if profile.options != rule.options:
        raise ValueError(
            f"expected ballots on the rule's {rule.options} options, not on {profile.options}"
        )
    return rule.count(profile)
