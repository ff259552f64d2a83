"""The rule `stv/1`: the single transferable vote with a quota and weighted surpluses.

Votes above the quota pass on as a share of every ballot that the elected candidate holds
(weighted inclusive Gregory); when nobody has a surplus, the lowest candidate is excluded. One
thing happens at a stage. The document states what differs between statutes and programs.

Source: Scottish Local Government Elections Order 2007 (SSI 2007/42), schedule 1, rules 45 to
52; reference WIGM rule of the Proportional Representation Foundation; RCTab, "multi-winner".
"""

from fractions import Fraction
from typing import Annotated, Literal, TypeAlias

from msgspec import Meta

from collegium.counting.ballot import WIDEST
from collegium.counting.deciding import DecidingRule
from collegium.counting.figures import Amount
from collegium.counting.outcome import FirstOut, check_first_out
from collegium.counting.parcels import EqualRanks, Parcels
from collegium.counting.profile import Profile
from collegium.counting.stages import Elected, Event, Reason, Stage, StagedOutcome, Transfer
from collegium.counting.ties import EARLIER_THEN_LOT, ONLY_LOT, History, TieBreaker, TieChain

MOST_DECIMALS = 12
Seats: TypeAlias = Annotated[int, Meta(ge=1, le=WIDEST)]
Decimals: TypeAlias = Annotated[int, Meta(ge=0, le=MOST_DECIMALS)]
QuotaFormula: TypeAlias = Literal[
    "droop", "droop-fraction", "droop-exact", "hare", "hare-whole", "hare-fraction"
]


class Stv(DecidingRule, frozen=True, forbid_unknown_fields=True, kw_only=True, tag="stv/1"):
    """The rule document of `stv/1`.

    Attributes:
        decimals: Places that every value is cut to; None counts in exact fractions.
        equal_ranks: What becomes of ballots with equal ranks (`parcels.EqualRanks`); the parts
            of one are cut like every value.
        first_out: Options that are excluded as soon as they hold votes, before anybody is elected
            (undeclared write-ins).
        quota: With v votes and s seats: `droop` is the first whole number above v/(s+1),
            `droop-fraction` the first one of so many decimals, `droop-exact` v/(s+1) itself,
            which must be exceeded, `hare` v/s, cut to the decimals, `hare-whole` the first whole
            number from v/s on, `hare-fraction` the first one of so many decimals.
        requota: Whether the quota is found anew at each stage from the votes still held.
        seats: How many are elected.
        surpluses: `largest-first`, one at a stage, or `all-at-once`; `one-by-one` also elects one
            at a stage, so that others who reached the quota receive of its surplus.
        transfer: `each-ballot` multiplies a ballot's value by the surplus, divides by the
            votes held and cuts; `factor-first` cuts surplus/votes, then each product.
    """

    decimals: Decimals | None
    equal_ranks: EqualRanks
    first_out: FirstOut
    quota: QuotaFormula
    requota: bool
    seats: Seats
    surpluses: Literal["largest-first", "all-at-once", "one-by-one"]
    transfer: Literal["each-ballot", "factor-first"]

    def __post_init__(self) -> None:
        super().__post_init__()
        check_first_out(self.first_out, self.options)

    def decide(self, profile: Profile, breaker: TieBreaker) -> StagedOutcome:
        """The stages of the count."""
        return StvCount(self, self.parcels_of(profile), breaker).outcome(profile)

    def parcels_of(self, profile: Profile) -> Parcels:
        """The ballots, each with its first preference."""
        return Parcels(profile, self.decimals, self.equal_ranks)

    def quota_of(self, votes: Amount, unit: Amount) -> Amount:
        """The quota for so many votes, both in the units of the count."""
        match self.quota:
            case "droop":
                return (votes // ((self.seats + 1) * unit) + 1) * unit
            case "droop-fraction":
                return votes // (self.seats + 1) + 1
            case "droop-exact":
                return self._divided(votes, self.seats + 1)
            case "hare":
                return self._divided(votes, self.seats)
            case "hare-whole":
                return -(-votes // (self.seats * unit)) * unit
            case "hare-fraction":
                return -(-votes // self.seats)

    def _divided(self, votes: Amount, parts: int) -> Amount:
        return Fraction(votes, parts) if self.decimals is None else votes // parts

    def reaches(self, votes: Amount, quota: Amount) -> bool:
        """Whether so many votes elect."""
        return votes > quota if self.quota == "droop-exact" else votes >= quota


class StvCount:
    """One count under way.

    Args:
        rule: The rule document.
        parcels: The ballots, held by nobody yet.
        breaker: Decides ties.
    """

    def __init__(self, rule: Stv, parcels: Parcels, breaker: TieBreaker) -> None:
        self.rule = rule
        self.parcels = parcels
        self.breaker = breaker
        self.quota: Amount = 0
        self.elected: list[int] = []
        self.out: list[int] = []
        self.pending: list[int] = []
        self.history = History()
        self.stages: list[Stage] = []

    def outcome(self, profile: Profile) -> StagedOutcome:
        """Count to the end."""
        self._finish_stage("count", [], [])
        while len(self.elected) < self.rule.seats and self.parcels.standing:
            first = self.first_out()
            if self.pending:
                self._transfer_surpluses()
            elif first:
                self._exclude(first)
            else:
                self._exclude([self._lowest()])
        return StagedOutcome(
            ballots=profile.ballots,
            elected=tuple(self.elected),
            profile=profile.digest(),
            rule=self.rule,
            stages=tuple(self.stages),
            ties=tuple(self.breaker.named),
            winners=tuple(sorted(self.elected)),
        )

    def may_be_elected(self, option: int) -> bool:
        """Whether an option that reached the quota is elected; a rule with groups overrides it."""
        return option in self.parcels.standing

    def excludable(self) -> list[int]:
        """Who may be excluded now; a rule with groups overrides it."""
        return list(self.parcels.standing)

    @property
    def _number(self) -> int:
        """The number of the stage under way."""
        return len(self.stages) + 1

    def _transfer_surpluses(self) -> None:
        sources = list(self.pending)
        if self.rule.surpluses == "largest-first":
            most = max(self.parcels.totals[option - 1] for option in sources)
            largest = [option for option in sources if self.parcels.totals[option - 1] == most]
            sources = [self.breaker.choose(largest, "surplus", self._number, self.history)]
        transfers = []
        for source in sources:
            self.pending.remove(source)
            factor_first = self.rule.transfer == "factor-first"
            transfers.append(
                self.parcels.pass_surplus(source, self.quota, factor_first=factor_first)
            )
        self._finish_stage("surplus", [], transfers)

    def first_out(self) -> list[int]:
        """Who goes out before anybody is elected, because it holds votes."""
        standing, totals = self.parcels.standing, self.parcels.totals
        return [o for o in sorted(self.rule.first_out) if o in standing and totals[o - 1]]

    def _lowest(self) -> int:
        able = self.excludable()
        fewest = min(self.parcels.totals[option - 1] for option in able)
        lowest = [option for option in able if self.parcels.totals[option - 1] == fewest]
        return self.breaker.choose(lowest, "exclude", self._number, self.history)

    def _exclude(self, leaving: list[int]) -> None:
        for option in leaving:
            self.parcels.standing.remove(option)
        self.out += leaving
        transfers = [self.parcels.pass_all(option) for option in leaving]
        self._finish_stage("exclusion", leaving, transfers)

    def _finish_stage(self, event: Event, out: list[int], transfers: list[Transfer]) -> None:
        totals = tuple(self.parcels.totals)
        if self.rule.requota or not self.stages:
            self.quota = self.rule.quota_of(sum(totals), self.parcels.arithmetic.unit)
        waiting = self.first_out()
        elected = [] if waiting else [*self._elect_by_quota(), *self._elect_last()]
        self.history.append(totals)
        text = self.parcels.arithmetic.text
        stage = Stage(
            elected=tuple(elected),
            event=event,
            excluded=tuple(out),
            exhausted=text(self.parcels.exhausted),
            lost=text(self.parcels.lost),
            quota=text(self.quota),
            totals=tuple(map(text, totals)),
            transfers=tuple(transfers),
        )
        self.stages.append(stage)

    def _elect_by_quota(self) -> list[Elected]:
        totals = self.parcels.totals
        reached = [
            option
            for option in self.parcels.standing
            if self.rule.reaches(totals[option - 1], self.quota)
        ]
        chosen = []
        one_by_one = self.rule.surpluses == "one-by-one"
        room = min(self.rule.seats - len(self.elected), 1 if one_by_one else len(reached))
        for option in self._most_votes(reached, room):
            if self.may_be_elected(option):
                chosen.append(Elected(option, "quota"))
                self._elect(option)
                if totals[option - 1] > self.quota or one_by_one:
                    self.pending.append(option)
        return chosen

    def _elect_last(self) -> list[Elected]:
        """Those who stand when there are no more of them than places."""
        if len(self.parcels.standing) > self.rule.seats - len(self.elected):
            return []
        reason: Reason = "last-places"
        last = self._most_votes(list(self.parcels.standing), len(self.parcels.standing))
        for option in last:
            self._elect(option)
        return [Elected(option, reason) for option in last]

    def _elect(self, option: int) -> None:
        self.elected.append(option)
        self.parcels.standing.remove(option)

    def _most_votes(self, options: list[int], places: int) -> list[int]:
        """The options with most votes, most first; a tie counts only where not all find room."""
        totals = self.parcels.totals
        left = sorted(options, key=lambda option: (-totals[option - 1], option))
        if len(left) <= places:
            return left
        chosen: list[int] = []
        while len(chosen) < places:
            most = [option for option in left if totals[option - 1] == totals[left[0] - 1]]
            fits = len(chosen) + len(most) <= places
            one = (
                most[0] if fits else self.breaker.choose(most, "elect", self._number, self.history)
            )
            chosen.append(one)
            left.remove(one)
        return chosen


def scottish_stv(options: int, seats: int) -> Stv:
    """The document for elections of councillors in Scotland since 2007.

    Source: SSI 2007/42, schedule 1, rules 46 (quota), 48 and 49 (transfers, five places,
    the remainder ignored; ties by the most recent stage, then lot), 51 and 52.
    """
    return _weighted(options, seats, 5, "droop", EARLIER_THEN_LOT)


def reference_wigm(options: int, seats: int) -> Stv:
    """The document of the PR Foundation's reference WIGM rule: four places, fractional quota.

    Source: prfound.org, "WIGM reference STV rule"; single defeats, ties by lot.
    """
    return _weighted(options, seats, 4, "droop-fraction", ONLY_LOT)


def exact_stv(options: int, seats: int) -> Stv:
    """The weighted inclusive Gregory method with nothing rounded, v/(s+1) to be exceeded."""
    return _weighted(options, seats, None, "droop-exact", EARLIER_THEN_LOT)


def rctab_stv(
    options: int, seats: int, *, fraction: bool = False, hare: bool = False, at_once: bool = True
) -> Stv:
    """The document of RCTab's multi-winner mode, four places.

    Args:
        options: How many options stand on the ballot.
        seats: How many are elected.
        fraction: `nonIntegerWinningThreshold`.
        hare: `hareQuota`.
        at_once: `multiWinnerAllowMultipleWinnersPerRound`; else only one winner a round.
    """
    droop: QuotaFormula = "droop-fraction" if fraction else "droop"
    ceiling: QuotaFormula = "hare-fraction" if fraction else "hare-whole"
    return Stv(
        options=options,
        decimals=4,
        equal_ranks="refuse",
        first_out=(),
        quota=ceiling if hare else droop,
        requota=False,
        seats=seats,
        surpluses="all-at-once" if at_once else "one-by-one",
        ties=("latest-difference", "officer", "lot"),
        transfer="factor-first",
    )


def albany_stv(options: int, seats: int) -> Stv:
    """The document of Albany, California, 2022: six places, quota found anew at each stage."""
    return Stv(
        options=options,
        decimals=6,
        equal_ranks="refuse",
        first_out=(),
        quota="droop",
        requota=True,
        seats=seats,
        surpluses="largest-first",
        ties=EARLIER_THEN_LOT,
        transfer="factor-first",
    )


def _weighted(
    options: int, seats: int, decimals: int | None, quota: QuotaFormula, ties: TieChain
) -> Stv:
    return Stv(
        options=options,
        decimals=decimals,
        equal_ranks="refuse",
        first_out=(),
        quota=quota,
        requota=False,
        seats=seats,
        surpluses="largest-first",
        ties=ties,
        transfer="each-ballot",
    )
