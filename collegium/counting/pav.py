"""The rule `pav/1`: the committee with which the ballots are most content in all.

A ballot of whose approved options r are elected is content by 1 + 1/2 + ... + 1/r. All
committees that tie for the best are found; the time may grow with the number of committees,
so the rule states how many steps are allowed.

Source: T. N. Thiele, Om Flerfoldsvalg (1895); M. Lackner and P. Skowron, Multi-winner voting
with approval preferences (2023).
"""

from fractions import Fraction
from math import lcm
from typing import Annotated

from msgspec import Meta

from collegium.counting.approvals import ApprovalRule, Approvals
from collegium.counting.figures import fraction_text
from collegium.counting.stages import Elected, StagedOutcome, plain_stage
from collegium.counting.ties import TieBreaker


class TooManyCommitteesError(ValueError):
    """The search for the best committee took more steps than the rule allows."""


class PavOutcome(StagedOutcome, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What proportional approval makes of the ballots.

    Attributes:
        committees: Every committee with the best score, ascending.
        score: The best score, a fraction; whoever finds a committee with more proves it wrong.
    """

    committees: tuple[tuple[int, ...], ...]
    score: str


class Pav(ApprovalRule, frozen=True, forbid_unknown_fields=True, kw_only=True, tag="pav/1"):
    """The rule document of `pav/1`.

    Attributes:
        most_steps: Committees, whole or in part, that the search may look at.
    """

    most_steps: Annotated[int, Meta(ge=1, le=10**9)]

    def decide(self, profile: Approvals, breaker: TieBreaker) -> PavOutcome:
        """The best committee; among several, seat by seat by the chain for ties.

        Raises:
            TooManyCommitteesError: More steps than the document allows.
        """
        search = _Search(profile, self.seats, self.most_steps)
        search.look((), 0, 0)
        committees = sorted(search.best)
        elected = _one_of(committees, breaker)
        everyone = range(1, self.options + 1)
        text = ["1" if number in elected else "0" for number in everyone]
        stage = plain_stage(text, "comparison", [Elected(option, "score") for option in elected])
        return PavOutcome(
            ballots=profile.ballots,
            committees=tuple(committees),
            elected=elected,
            profile=profile.digest(),
            rule=self,
            score=fraction_text(Fraction(search.score, search.scale)),
            stages=(stage,),
            ties=tuple(breaker.named),
            winners=elected,
        )


def _one_of(committees: list[tuple[int, ...]], breaker: TieBreaker) -> tuple[int, ...]:
    """Among tied committees, choose one by the options in which they differ."""
    left = committees
    stage = 1
    while len(left) > 1:
        inside_all = set.intersection(*map(set, left))
        differ = sorted(set().union(*left) - inside_all)
        chosen = breaker.choose(differ, "elect", stage)
        left = [committee for committee in left if chosen in committee]
        stage += 1
    return left[0]


class _Search:
    """Branch and bound: what is left can add at most its best options, each taken alone."""

    def __init__(self, profile: Approvals, seats: int, most_steps: int) -> None:
        self.seats = seats
        self.options = profile.options
        self.steps_left = most_steps
        self.scale = lcm(*range(1, seats + 1))
        self.ballots = [(set(approved), weight) for approved, weight in profile.weights.items()]
        self.best: list[tuple[int, ...]] = []
        self.score = -1

    def look(self, committee: tuple[int, ...], score: int, last: int) -> None:
        """Look at all committees that add later options to this one."""
        self.steps_left -= 1
        if self.steps_left < 0:
            raise TooManyCommitteesError(
                "expected fewer committees to compare: choose fewer seats or options, allow more "
                "steps, or count by sequential-pav/1"
            )
        room = self.seats - len(committee)
        if not room:
            self._keep(committee, score)
            return
        adds = self._adds(committee)
        for option in range(last + 1, self.options - room + 2):
            best_adds = sorted(adds[option - 1 :], reverse=True)[:room]
            if score + sum(best_adds) < self.score:
                return
            self.look((*committee, option), score + adds[option - 1], option)

    def _keep(self, committee: tuple[int, ...], score: int) -> None:
        if score > self.score:
            self.best, self.score = [], score
        if score == self.score:
            self.best.append(committee)

    def _adds(self, committee: tuple[int, ...]) -> list[int]:
        adds = [0] * self.options
        for approved, weight in self.ballots:
            share = sum(option in approved for option in committee) + 1
            for option in approved:
                adds[option - 1] += weight * self.scale // share
        return adds
