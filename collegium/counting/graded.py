"""What the rules for graded ballots have in common."""

from collections.abc import Sequence
from typing import Annotated

from msgspec import Meta

from collegium.counting.ballot import check_options
from collegium.counting.grades import MOST_GRADES, Grades
from collegium.counting.outcome import OptionCount, RuleDocument
from collegium.counting.seating import Seating
from collegium.counting.stages import StagedOutcome
from collegium.counting.stv import Seats
from collegium.counting.ties import TieBreaker, TieChain, Ties


class GradeRule(RuleDocument, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A rule for ballots that give grades.

    Attributes:
        levels: How many grades there are; `Grades.levels`.
        options: How many options stand on the ballot.
        seats: How many are elected.
        ties: The steps that decide a tie, in order.
    """

    levels: Annotated[int, Meta(ge=2, le=MOST_GRADES)]
    options: OptionCount
    seats: Seats
    ties: TieChain

    def __post_init__(self) -> None:
        check_options(self.options)
        if not 1 <= self.seats <= self.options:
            raise ValueError(f"expected 1 to {self.options} seats, not {self.seats}")
        super().__post_init__()

    def count(self, profile: Grades) -> StagedOutcome:
        """The outcome when nothing was recorded for ties.

        Raises:
            UndecidedError: A tie came up.
        """
        return self.decide(profile, TieBreaker(self.ties, Ties()))

    def decide(self, profile: Grades, breaker: TieBreaker) -> StagedOutcome:
        """The outcome, with ties decided by the breaker.

        Raises:
            ValueError: The ballots have another number of grades than the rule.
        """
        raise NotImplementedError

    def check_levels(self, profile: Grades) -> None:
        """Refuse ballots on another scale.

        Raises:
            ValueError: The ballots have another number of grades than the rule.
        """
        if profile.levels != self.levels:
            raise ValueError(f"expected ballots of {self.levels} grades, not of {profile.levels}")


def graded_outcome(
    profile: Grades,
    rule: GradeRule,
    ranking: Sequence[tuple[int, ...]],
    totals: Sequence[str],
    breaker: TieBreaker,
) -> StagedOutcome:
    """The outcome in which the seats go to the first places of the ranking."""
    places = {option: place for place, tied in enumerate(ranking) for option in tied}
    seating = Seating(breaker)
    everyone = range(1, rule.options + 1)
    while len(seating.elected) < rule.seats:
        left = [None if n in seating.elected else places[n] for n in everyone]
        seating.seat(left, highest=False, room=rule.seats - len(seating.elected))
    stage = seating.stages[0]
    stage = type(stage)(
        elected=tuple(one for each in seating.stages for one in each.elected),
        event="count",
        excluded=(),
        exhausted="0",
        lost="0",
        quota="",
        totals=tuple(totals),
    )
    return StagedOutcome(
        ballots=profile.ballots,
        elected=tuple(seating.elected),
        profile=profile.digest(),
        ranking=tuple(ranking),
        rule=rule,
        stages=(stage,),
        ties=tuple(breaker.named),
        winners=tuple(sorted(seating.elected)),
    )
