"""Rules that decide ties by a chain of their own."""

from collegium.counting.outcome import Rule
from collegium.counting.profile import Profile
from collegium.counting.stages import StagedOutcome
from collegium.counting.ties import TieBreaker, TieChain, Ties


class DecidingRule(Rule, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A rule for ranked ballots with a chain for its ties.

    Attributes:
        ties: The steps that decide a tie, in order (`collegium.counting.ties`).
    """

    ties: TieChain

    def count(self, profile: Profile) -> StagedOutcome:
        """The outcome when nothing was recorded for ties.

        Raises:
            UndecidedError: A tie came up that no earlier stage decides.
        """
        return self.decide(profile, TieBreaker(self.ties, Ties()))

    def decide(self, profile: Profile, breaker: TieBreaker) -> StagedOutcome:
        """The outcome, with ties decided by the breaker; `count` asks it."""
        raise NotImplementedError
