"""The rule `grouped-stv/1`: `stv/1` with minimum shares for groups.

Whoever reaches the quota but is doomed isn't elected; as long as somebody is doomed, the lowest
of the doomed is excluded instead of the lowest of all; a guarded candidate isn't excluded.

Source: I. D. Hill, STV with constraints, Voting matters 9 (1998).
"""

from collegium.counting.deciding import DecidingRule
from collegium.counting.grouped_approval import GroupedOutcome
from collegium.counting.groups import GroupShares, check_groups, doomed, guarded
from collegium.counting.parcels import Parcels
from collegium.counting.profile import Profile
from collegium.counting.stv import Stv, StvCount
from collegium.counting.ties import TieBreaker, Ties


class GroupedStv(
    DecidingRule, frozen=True, forbid_unknown_fields=True, kw_only=True, tag="grouped-stv/1"
):
    """The rule document of `grouped-stv/1`.

    Attributes:
        groups: The minimum shares.
        stv: The rule of the count.
    """

    groups: GroupShares
    stv: Stv

    def __post_init__(self) -> None:
        super().__post_init__()
        if self.stv.options != self.options or self.stv.ties != self.ties:
            raise ValueError("expected the same options and ties in the rule of the count")
        check_groups(self.groups, self.options, self.stv.seats)

    def decide(self, profile: Profile, breaker: TieBreaker) -> GroupedOutcome:
        """The stages of the count, and who would have been elected otherwise."""
        parcels = self.stv.parcels_of(profile)
        plain = _GroupedCount(self, parcels, breaker).outcome(profile)
        otherwise = self.stv.decide(profile, breaker.again(Ties(seed="otherwise")))
        return GroupedOutcome(
            ballots=plain.ballots,
            elected=plain.elected,
            otherwise=otherwise.winners,
            profile=plain.profile,
            rule=self,
            stages=plain.stages,
            ties=plain.ties,
            winners=plain.winners,
        )


class _GroupedCount(StvCount):
    def __init__(self, rule: GroupedStv, parcels: Parcels, breaker: TieBreaker) -> None:
        super().__init__(rule.stv, parcels, breaker)
        self.groups = rule.groups

    def may_be_elected(self, option: int) -> bool:
        """Whether the option isn't doomed."""
        standing = self.parcels.standing
        return option not in doomed(self.groups, self.elected, standing, self.rule.seats)

    def excludable(self) -> list[int]:
        """The doomed if there are any, otherwise whoever isn't guarded."""
        standing, seats = self.parcels.standing, self.rule.seats
        out = doomed(self.groups, self.elected, standing, seats)
        if out:
            return sorted(out)
        kept = guarded(self.groups, self.elected, standing, seats)
        return [option for option in standing if option not in kept]
