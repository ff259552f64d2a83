"""The rule `majority/1`: an option wins with a stated share of a stated base.

Source: Robert's Rules of Order, section 44 ("majority of those voting, present, or of the
entire membership").
"""

from typing import Annotated, Literal

from msgspec import Meta

from collegium.counting.outcome import Rule
from collegium.counting.parcels import Parcels
from collegium.counting.profile import MOST_BALLOTS, Profile
from collegium.counting.stages import Elected, Stage, StagedOutcome


class Majority(Rule, frozen=True, forbid_unknown_fields=True, kw_only=True, tag="majority/1"):
    """The rule document of `majority/1`.

    Attributes:
        base: What the share is of: `votes` that prefer an option, `ballots` with blank ones,
            members `present`, or members `entitled`.
        exactly: Whether exactly the share suffices; otherwise more is needed.
        members: How many are present or entitled; 0 for the other bases.
        share: For example 1/2 as (1, 2), 2/3 as (2, 3).
    """

    base: Literal["votes", "ballots", "present", "entitled"]
    exactly: bool
    members: Annotated[int, Meta(ge=0, le=MOST_BALLOTS)]
    share: tuple[Annotated[int, Meta(ge=1, le=1000)], Annotated[int, Meta(ge=1, le=1000)]]

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.share[0] > self.share[1]:
            raise ValueError(f"expected a share of at most the whole, not {self.share}")
        if (self.base in ("present", "entitled")) != bool(self.members):
            raise ValueError(
                f"expected a number of members for present and entitled only, not "
                f"{self.members} for {self.base!r}"
            )

    def count(self, profile: Profile) -> StagedOutcome:
        """Who has the share: nobody, one option, or several if the share is a half or less.

        Raises:
            ValueError: More ballots than members.
        """
        parcels = Parcels(profile, 0)
        totals = [int(total) for total in parcels.totals]
        base = self._base(profile, sum(totals))
        needed = self.needed(base)
        winners = tuple(n for n, total in enumerate(totals, 1) if total and total >= needed)
        stage = Stage(
            elected=tuple(Elected(option, "majority") for option in winners),
            event="count",
            excluded=(),
            exhausted=str(parcels.exhausted),
            lost="0",
            quota=str(needed),
            totals=tuple(map(str, totals)),
        )
        return StagedOutcome(
            ballots=profile.ballots,
            elected=winners,
            profile=profile.digest(),
            rule=self,
            stages=(stage,),
            winners=winners,
        )

    def needed(self, base: int) -> int:
        """The fewest votes that have the share of so large a base."""
        above, below = self.share
        return -(-above * base // below) if self.exactly else above * base // below + 1

    def _base(self, profile: Profile, votes: int) -> int:
        if self.base == "votes":
            return votes
        if self.base == "ballots":
            return profile.ballots
        if profile.ballots > self.members:
            raise ValueError(
                f"expected at most a ballot for each of the {self.members} members {self.base}, "
                f"not {profile.ballots}"
            )
        return self.members
