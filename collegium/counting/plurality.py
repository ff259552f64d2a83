"""The rule `plurality/1`: the options with most first preferences.

Source: "first past the post"; with several seats, the single non-transferable vote.
"""

from collegium.counting.deciding import DecidingRule
from collegium.counting.parcels import Parcels
from collegium.counting.profile import Profile
from collegium.counting.stages import Elected, Stage, StagedOutcome
from collegium.counting.stv import Seats
from collegium.counting.ties import TieBreaker


class Plurality(
    DecidingRule, frozen=True, forbid_unknown_fields=True, kw_only=True, tag="plurality/1"
):
    """The rule document of `plurality/1`.

    Attributes:
        seats: How many are elected.
    """

    seats: Seats

    def decide(self, profile: Profile, breaker: TieBreaker) -> StagedOutcome:
        """One stage: the first preferences."""
        parcels = Parcels(profile, 0)
        votes = {number: int(total) for number, total in enumerate(parcels.totals, 1)}
        elected: list[int] = []
        while votes and len(elected) < self.seats:
            most = max(votes.values())
            tied = [option for option, total in votes.items() if total == most]
            chosen = tied[0]
            if len(elected) + len(tied) > self.seats:
                chosen = breaker.choose(tied, "elect", 1)
            elected.append(chosen)
            del votes[chosen]
        stage = Stage(
            elected=tuple(Elected(option, "most-votes") for option in elected),
            event="count",
            excluded=(),
            exhausted=str(parcels.exhausted),
            lost="0",
            quota="",
            totals=tuple(map(str, parcels.totals)),
        )
        return StagedOutcome(
            ballots=profile.ballots,
            elected=tuple(elected),
            profile=profile.digest(),
            rule=self,
            stages=(stage,),
            ties=tuple(breaker.named),
            winners=tuple(sorted(elected)),
        )
