"""The rule `condorcet-irv/1`: the instant runoff, held to whoever wins every comparison.

Source: J. Green-Armytage, Four Condorcet-Hare hybrid methods for single-winner elections,
Voting matters 29 (2011): Woodall/Smith (`smith-first`), Benham, and Tideman's alternative.
"""

from typing import Literal

from collegium.counting.comparisons import (
    ComparedOutcome,
    compared_outcome,
    condorcet_winner,
    smith_set,
)
from collegium.counting.deciding import DecidingRule
from collegium.counting.pairwise import Matrix, pairwise_matrix
from collegium.counting.parcels import EqualRanks, Parcels
from collegium.counting.profile import Profile
from collegium.counting.stages import Elected, Event, Stage, Transfer
from collegium.counting.ties import History, TieBreaker


class CondorcetIrv(
    DecidingRule, frozen=True, forbid_unknown_fields=True, kw_only=True, tag="condorcet-irv/1"
):
    """The rule document of `condorcet-irv/1`.

    Attributes:
        equal_ranks: What becomes of ballots with equal ranks when votes pass on
            (`parcels.EqualRanks`).
        variant: `smith-first` excludes everybody outside the Smith set once, then the lowest
            at a time; `benham` excludes the lowest until somebody defeats all who stand;
            `alternating` excludes everybody outside the Smith set, then the lowest, by turns.
    """

    equal_ranks: EqualRanks
    variant: Literal["smith-first", "benham", "alternating"]

    def decide(self, profile: Profile, breaker: TieBreaker) -> ComparedOutcome:
        """The stages of the count; one option wins."""
        counting = _Hybrid(self, profile, breaker)
        counting.run()
        (winner,) = counting.parcels.standing[:1]
        ranking = [(winner,), *reversed(counting.out)]
        return compared_outcome(
            profile, counting.matrix, self, ranking, counting.stages, breaker.named
        )


class _Hybrid:
    def __init__(self, rule: CondorcetIrv, profile: Profile, breaker: TieBreaker) -> None:
        self.rule = rule
        self.matrix: Matrix = pairwise_matrix(profile)
        places = None if rule.equal_ranks == "split" else 0
        self.parcels = Parcels(profile, places, rule.equal_ranks)
        self.breaker = breaker
        self.history = History()
        self.stages: list[Stage] = []
        self.out: list[tuple[int, ...]] = []

    def run(self) -> None:
        standing = self.parcels.standing
        self._finish_stage("count", [], [])
        while len(standing) > 1:
            winner = condorcet_winner(self.matrix, standing)
            outside = self._outside()
            if winner is not None and self.rule.variant == "benham":
                self._exclude([option for option in standing if option != winner])
            elif outside:
                self._exclude(outside)
            else:
                self._exclude([self._lowest()])

    def _outside(self) -> list[int]:
        """Who is outside the Smith set, if this is the time to ask."""
        standing = self.parcels.standing
        if self.rule.variant == "benham":
            return []
        if self.rule.variant == "smith-first" and len(self.stages) > 1:
            return []
        smith = smith_set(self.matrix, standing)
        return [option for option in standing if option not in smith]

    def _lowest(self) -> int:
        totals = self.parcels.totals
        fewest = min(totals[option - 1] for option in self.parcels.standing)
        lowest = [option for option in self.parcels.standing if totals[option - 1] == fewest]
        return self.breaker.choose(lowest, "exclude", len(self.stages) + 1, self.history)

    def _exclude(self, leaving: list[int]) -> None:
        for option in leaving:
            self.parcels.standing.remove(option)
        transfers = [self.parcels.pass_all(option) for option in leaving]
        self.out.append(tuple(leaving))
        self._finish_stage("exclusion", leaving, transfers)

    def _finish_stage(self, event: Event, out: list[int], transfers: list[Transfer]) -> None:
        standing = self.parcels.standing
        self.history.append(tuple(self.parcels.totals))
        alone = standing[:1] if len(standing) == 1 else []
        stage = Stage(
            elected=tuple(Elected(option, "only-one") for option in alone),
            event=event,
            excluded=tuple(out),
            exhausted=str(self.parcels.exhausted),
            lost="0",
            quota="",
            totals=tuple(map(str, self.parcels.totals)),
            transfers=tuple(transfers),
        )
        self.stages.append(stage)
