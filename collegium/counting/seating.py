"""Filling seats one by one, as every sequential rule for committees does."""

from collections.abc import Callable, Sequence
from fractions import Fraction

from collegium.counting.approvals import ApprovalRule, Approvals
from collegium.counting.figures import fraction_text
from collegium.counting.stages import Elected, Event, Reason, Stage, StagedOutcome, plain_stage
from collegium.counting.ties import TieBreaker


class Seating:
    """A committee that grows.

    Args:
        breaker: Decides between equally good options.

    Attributes:
        elected: Option numbers in the order of their election.
        stages: A stage an election.
    """

    def __init__(self, breaker: TieBreaker) -> None:
        self.breaker = breaker
        self.elected: list[int] = []
        self.stages: list[Stage] = []

    def seat(
        self,
        scores: Sequence[Fraction | int | None],
        *,
        highest: bool = True,
        room: int = 0,
        event: Event = "election",
        reason: Reason = "score",
    ) -> int:
        """Elect the option with the best score; its number comes back.

        Args:
            scores: In the order of the options; None for who isn't eligible (any more).
            highest: Whether the highest score is the best, or the lowest.
            room: Seats left, where electing one changes no other's score: a tie of no more
                options than that is none, since all of them are elected.
            event: What the stage is called.
            reason: Why the option is elected.
        """
        best = (max if highest else min)(score for score in scores if score is not None)
        tied = [number for number, score in enumerate(scores, 1) if score == best]
        chosen = tied[0]
        if len(tied) > room:
            chosen = self.breaker.choose(tied, "elect", len(self.stages) + 1)
        self.elected.append(chosen)
        texts = ["" if score is None else fraction_text(score) for score in scores]
        self.stages.append(plain_stage(texts, event, [Elected(chosen, reason)]))
        return chosen

    def outcome(self, profile: Approvals, rule: ApprovalRule) -> StagedOutcome:
        """The outcome with the committee as it stands."""
        return StagedOutcome(
            ballots=profile.ballots,
            elected=tuple(self.elected),
            profile=profile.digest(),
            rule=rule,
            stages=tuple(self.stages),
            ties=tuple(self.breaker.named),
            winners=tuple(sorted(self.elected)),
        )


Scores = Callable[[Sequence[int]], list[Fraction | int | None]]
"""From who is elected to the scores of all options."""


def fill(
    profile: Approvals,
    rule: ApprovalRule,
    breaker: TieBreaker,
    scores: Scores,
    *,
    apart: bool = False,
) -> StagedOutcome:
    """Fill all seats, each with the option of the highest score given those before.

    Args:
        profile: The ballots.
        rule: The rule document.
        breaker: Decides ties.
        scores: From who is elected to everybody's score.
        apart: Whether electing one changes no other's score.
    """
    seating = Seating(breaker)
    while len(seating.elected) < rule.seats:
        room = rule.seats - len(seating.elected) if apart else 0
        seating.seat(scores(seating.elected), room=room)
    return seating.outcome(profile, rule)
