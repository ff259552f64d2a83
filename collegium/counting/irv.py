"""The rule `irv/1`: the instant runoff (alternative vote).

Each ballot counts for the first option on it that still stands; the lowest goes out until one
has a majority.

Source: Robert's Rules of Order, "preferential voting"; Minneapolis Code of Ordinances, chapter
167; RCTab, "single winner majority" (batches, two left).
"""

from fractions import Fraction
from typing import Literal

from collegium.counting.deciding import DecidingRule
from collegium.counting.figures import Amount, fraction_text
from collegium.counting.outcome import FirstOut, check_first_out
from collegium.counting.parcels import EqualRanks, Parcels
from collegium.counting.profile import Profile
from collegium.counting.stages import Elected, Event, Reason, Stage, StagedOutcome, Transfer
from collegium.counting.ties import EARLIER_THEN_LOT, History, TieBreaker

HALVES = 2
FINALISTS = 2


class Irv(DecidingRule, frozen=True, forbid_unknown_fields=True, kw_only=True, tag="irv/1"):
    """The rule document of `irv/1`.

    Attributes:
        batch: `one` excludes the lowest; `cannot-win` excludes together the most options whose
            votes, all added, are fewer than those of the next one (and leaves two where the
            rule goes on until two are left).
        equal_ranks: What becomes of ballots with equal ranks (`parcels.EqualRanks`); with
            `split` the votes are fractions, and the quota is half of them, to be exceeded.
        first_out: Options that are excluded as soon as they hold votes, before anybody is elected
            (undeclared write-ins).
        stop: `majority` elects whoever has more than half of the votes that still count;
            `majority-of-cast` more than half of the first count; `two-left` goes on until two
            options are left; `one-left` until only one is.
    """

    batch: Literal["one", "cannot-win"]
    equal_ranks: EqualRanks
    first_out: FirstOut
    stop: Literal["majority", "majority-of-cast", "two-left", "one-left"]

    def __post_init__(self) -> None:
        super().__post_init__()
        check_first_out(self.first_out, self.options)

    def decide(self, profile: Profile, breaker: TieBreaker) -> StagedOutcome:
        """The stages of the count."""
        places = None if self.equal_ranks == "split" else 0
        parcels = Parcels(profile, places, self.equal_ranks)
        return _IrvCount(self, parcels, breaker).outcome(profile)


class _IrvCount:
    def __init__(self, rule: Irv, parcels: Parcels, breaker: TieBreaker) -> None:
        self.rule = rule
        self.parcels = parcels
        self.breaker = breaker
        self.first_votes = sum(parcels.totals)
        self.history = History()
        self.stages: list[Stage] = []
        self.out: list[tuple[int, ...]] = []

    def outcome(self, profile: Profile) -> StagedOutcome:
        elected = self._finish_stage("count", [], [])
        while not elected:
            leaving = self._leaving()
            transfers = [self.parcels.pass_all(option) for option in self._together(leaving)]
            self.out.append(tuple(leaving))
            elected = self._finish_stage("exclusion", leaving, transfers)
        winner = elected[0].option
        return StagedOutcome(
            ballots=profile.ballots,
            elected=(winner,),
            profile=profile.digest(),
            ranking=self._ranking(winner),
            rule=self.rule,
            stages=tuple(self.stages),
            ties=tuple(self.breaker.named),
            winners=(winner,),
        )

    def _together(self, leaving: list[int]) -> list[int]:
        """Take all of them out first, so that none receives votes of another."""
        for option in leaving:
            self.parcels.standing.remove(option)
        return leaving

    def _leaving(self) -> list[int]:
        standing, totals = self.parcels.standing, self.parcels.totals
        first = self._first_out()
        if first:
            return first
        if self.rule.batch == "cannot-win":
            hopeless = self._hopeless()
            if hopeless:
                return hopeless
        fewest = min(totals[option - 1] for option in standing)
        lowest = [option for option in standing if totals[option - 1] == fewest]
        return [self.breaker.choose(lowest, "exclude", len(self.stages) + 1, self.history)]

    def _first_out(self) -> list[int]:
        """Who goes out before anybody is elected: with votes, and not the last to stand."""
        standing, totals = self.parcels.standing, self.parcels.totals
        first = [o for o in self.rule.first_out if o in standing and totals[o - 1]]
        return sorted(first) if len(first) < len(standing) else []

    def _hopeless(self) -> list[int]:
        """The most options that together have fewer votes than the next one; often none."""
        totals = self.parcels.totals
        ascending = sorted(self.parcels.standing, key=lambda option: totals[option - 1])
        together: Amount = 0
        hopeless: list[int] = []
        left = FINALISTS if self.rule.stop == "two-left" else 1
        for place, option in enumerate(ascending[:-left], 1):
            together += totals[option - 1]
            if together < totals[ascending[place] - 1]:
                hopeless = ascending[:place]
        return sorted(hopeless)

    def _finish_stage(
        self, event: Event, out: list[int], transfers: list[Transfer]
    ) -> list[Elected]:
        totals = tuple(self.parcels.totals)
        elected = self._elected()
        self.history.append(totals)
        needed = sum(totals) if self.rule.stop != "majority-of-cast" else self.first_votes
        stage = Stage(
            elected=tuple(elected),
            event=event,
            excluded=tuple(out),
            exhausted=str(self.parcels.exhausted),
            lost="0",
            quota=self._quota(needed),
            totals=tuple(map(str, totals)),
            transfers=tuple(transfers),
        )
        self.stages.append(stage)
        return elected

    def _quota(self, votes: Amount) -> str:
        whole = self.rule.equal_ranks != "split"
        return str(votes // HALVES + 1) if whole else fraction_text(Fraction(votes, HALVES))

    def _elected(self) -> list[Elected]:
        standing, totals = self.parcels.standing, self.parcels.totals
        if len(standing) == 1:
            return [Elected(standing[0], "only-one")]
        base = self.first_votes if self.rule.stop == "majority-of-cast" else sum(totals)
        enough = self.rule.stop in ("majority", "majority-of-cast") or (
            self.rule.stop == "two-left" and len(standing) == FINALISTS
        )
        reason: Reason = "majority"
        if not enough or self._first_out():
            return []
        return [
            Elected(option, reason) for option in standing if totals[option - 1] * HALVES > base
        ]

    def _ranking(self, winner: int) -> tuple[tuple[int, ...], ...]:
        """The winner, then who still stood by votes, then who went out, the last first."""
        totals = self.parcels.totals
        others = [option for option in self.parcels.standing if option != winner]
        places = sorted({totals[option - 1] for option in others}, reverse=True)
        still = [tuple(o for o in others if totals[o - 1] == votes) for votes in places]
        return ((winner,), *still, *reversed(self.out))


def irv(options: int, first_out: tuple[int, ...] = ()) -> Irv:
    """The plain document: one goes out at a stage, until one has most of what still counts."""
    return Irv(
        options=options,
        batch="one",
        equal_ranks="refuse",
        first_out=first_out,
        stop="majority",
        ties=EARLIER_THEN_LOT,
    )


def burlington_irv(options: int) -> Irv:
    """The document for the mayor of Burlington, Vermont, in 2009.

    An overvote ends a ballot only while several of the options on it still stand.

    Source: Burlington city charter, section 5 (2005 to 2010); the city's round totals of 2009.
    """
    return Irv(
        options=options,
        batch="cannot-win",
        equal_ranks="stop-if-several-stand",
        first_out=(),
        stop="majority",
        ties=EARLIER_THEN_LOT,
    )


def minneapolis_irv(options: int, first_out: tuple[int, ...] = ()) -> Irv:
    """The document for the mayor of Minneapolis: batches that can't win, until two are left.

    Source: Minneapolis Code of Ordinances 167.60; the city's final round of 2017.
    """
    return Irv(
        options=options,
        batch="cannot-win",
        equal_ranks="refuse",
        first_out=first_out,
        stop="two-left",
        ties=EARLIER_THEN_LOT,
    )
