"""The rule `meek/1`: the single transferable vote by keep values (Meek).

An elected candidate keeps just so much of every ballot that a quota is left, and passes the
rest on; the keep values are found by turns in fixed decimals, so that everybody finds the same.

Source: B. L. Meek, Une nouvelle approche du scrutin transférable (1969), and its second part
(1970), section 6, for equal preferences; PR Foundation, "Meek-STV reference rule": nine places,
products rounded up, omega 10^-6.
"""

from collections.abc import Sequence
from fractions import Fraction
from math import comb, prod
from typing import Annotated, Literal

from msgspec import Meta

from collegium.counting.deciding import DecidingRule
from collegium.counting.figures import decimal_text
from collegium.counting.orders import orders
from collegium.counting.profile import Profile
from collegium.counting.stages import Elected, Event, Reason, Stage, StagedOutcome
from collegium.counting.stv import Seats
from collegium.counting.ties import ONLY_LOT, History, TieBreaker


class Meek(DecidingRule, frozen=True, forbid_unknown_fields=True, kw_only=True, tag="meek/1"):
    """The rule document of `meek/1`.

    Attributes:
        decimals: Places of votes and keep values.
        equal_ranks: `refuse` counts no ballot with equal ranks; `split` counts it as every order
            of the equal ones in equal parts, each cut after the last place.
        omega: Units of the last place: a total surplus below it ends the search for values.
        seats: How many are elected.
    """

    decimals: Annotated[int, Meta(ge=1, le=18)]
    equal_ranks: Literal["refuse", "split"]
    omega: Annotated[int, Meta(ge=1, le=10**18)]
    seats: Seats

    def decide(self, profile: Profile, breaker: TieBreaker) -> StagedOutcome:
        """The stages of the count: one a set of elections, or an exclusion."""
        return _MeekCount(self, profile, breaker).outcome(profile)


class _MeekCount:
    def __init__(self, rule: Meek, profile: Profile, breaker: TieBreaker) -> None:
        self.rule = rule
        self.ballots = list(orders(profile, equal=rule.equal_ranks == "split"))
        self.cast = profile.ballots
        self.breaker = breaker
        self.unit = 10**rule.decimals
        self.keep = [self.unit] * profile.options
        self.totals = [0] * profile.options
        self.standing = list(range(1, profile.options + 1))
        self.elected: list[int] = []
        self.quota = 0
        self.exhausted = 0
        self.surplus = 0
        self.history = History()
        self.stages: list[Stage] = []

    def outcome(self, profile: Profile) -> StagedOutcome:
        self._distribute()
        self._finish_stage("count", self._elect_last(), [])
        settled = False
        while len(self.elected) < self.rule.seats and self.standing:
            if settled:
                settled = self._exclude_lowest()
            else:
                chosen = self._find_values()
                settled = not chosen
                if chosen:
                    self._finish_stage("keep-values", [*chosen, *self._elect_last()], [])
        return StagedOutcome(
            ballots=profile.ballots,
            elected=tuple(self.elected),
            profile=profile.digest(),
            rule=self.rule,
            stages=tuple(self.stages),
            ties=tuple(self.breaker.named),
            winners=tuple(sorted(self.elected)),
        )

    def _distribute(self) -> None:
        """Votes by the keep values; each product is rounded up (reference rule, B.2.a)."""
        totals = [0] * len(self.totals)
        left_over = 0
        split: dict[tuple[int, ...], list[Fraction]] = {}
        for order, weight in self.ballots:
            left = self.unit
            for place in order:
                if isinstance(place, int):
                    kept = -(-left * self.keep[place - 1] // self.unit)
                    totals[place - 1] += kept * weight
                    left -= kept
                else:
                    left = self._share_out(place, left, weight, totals, split)
                if not left:
                    break
            left_over += left * weight
        self.totals, self.exhausted = totals, left_over
        self.quota = sum(totals) // (self.rule.seats + 1) + 1

    def _share_out(
        self,
        equal: tuple[int, ...],
        left: int,
        weight: int,
        totals: list[int],
        split: dict[tuple[int, ...], list[Fraction]],
    ) -> int:
        """Votes of ballots that rank these equally, into `totals`; what each then passes on."""
        if equal not in split:
            split[equal] = kept_of_equals([Fraction(self.keep[n - 1], self.unit) for n in equal])
        *shares, onward = split[equal]
        for option, share in zip(equal, shares, strict=True):
            totals[option - 1] += left * share.numerator // share.denominator * weight
        return left * onward.numerator // onward.denominator

    def _find_values(self) -> list[Elected]:
        """Adjust keep values until somebody reaches the quota, or until nothing more moves."""
        before: int | None = None
        while True:
            self._distribute()
            chosen = self._elect_by_quota()
            self.surplus = sum(self.totals[o - 1] - self.quota for o in self.elected)
            if chosen or self.surplus < self.rule.omega:
                return chosen
            if before is not None and self.surplus >= before:
                return chosen
            before = self.surplus
            for option in self.elected:
                value = -(-self.keep[option - 1] * self.quota // self.unit)
                self.keep[option - 1] = -(-value * self.unit // self.totals[option - 1])

    def _elect_by_quota(self) -> list[Elected]:
        reached = [option for option in self.standing if self.totals[option - 1] >= self.quota]
        reached.sort(key=lambda option: (-self.totals[option - 1], option))
        room = self.rule.seats - len(self.elected)
        for option in reached[:room]:
            self._elect(option)
        return [Elected(option, "quota") for option in reached[:room]]

    def _elect_last(self) -> list[Elected]:
        """Those who stand when there are no more of them than places."""
        if len(self.standing) > self.rule.seats - len(self.elected):
            return []
        reason: Reason = "last-places"
        last = sorted(self.standing, key=lambda option: (-self.totals[option - 1], option))
        for option in last:
            self._elect(option)
        return [Elected(option, reason) for option in last]

    def _elect(self, option: int) -> None:
        self.elected.append(option)
        self.standing.remove(option)

    def _exclude_lowest(self) -> bool:
        """Exclude one and find the values anew; whether nobody is elected by that.

        Whoever is within the surplus of the lowest counts as tied with it (B.3).
        """
        fewest = min(self.totals[option - 1] for option in self.standing)
        lowest = [
            option
            for option in self.standing
            if self.totals[option - 1] <= fewest + max(self.surplus, 0)
        ]
        excluded = self.breaker.choose(lowest, "exclude", len(self.stages) + 1, self.history)
        self.standing.remove(excluded)
        self.keep[excluded - 1] = 0
        chosen = self._elect_last()
        if not chosen:
            chosen = self._find_values()
            chosen = [*chosen, *self._elect_last()]
        self._finish_stage("exclusion", chosen, [excluded])
        return not chosen

    def _finish_stage(self, event: Event, chosen: list[Elected], out: list[int]) -> None:
        self.history.append(tuple(self.totals))
        held = sum(self.totals) + self.exhausted
        stage = Stage(
            elected=tuple(chosen),
            event=event,
            excluded=tuple(out),
            exhausted=self._text(self.exhausted),
            lost=self._text(self.cast * self.unit - held),
            quota=self._text(self.quota),
            totals=tuple(map(self._text, self.totals)),
        )
        self.stages.append(stage)

    def _text(self, value: int) -> str:
        return decimal_text(value, self.rule.decimals)


def kept_of_equals(keep: Sequence[Fraction]) -> list[Fraction]:
    """What each of some equals keeps of a ballot, and at the end what passes on.

    The mean over every order of the equals, each of which keeps its share of what those before it
    leave: who is before it is every set of the others, equally often for each size.

    Args:
        keep: Their keep values.

    Example:
        >>> [str(share) for share in kept_of_equals([Fraction(1), Fraction(1, 2)])]
        ['3/4', '1/4', '0']
    """
    passing = [1 - value for value in keep]
    found = []
    for place, value in enumerate(keep):
        others = [*passing[:place], *passing[place + 1 :]]
        sums = [Fraction(1)]
        zero = Fraction(0)
        for one in others:
            sums = [a + b * one for a, b in zip([*sums, zero], [zero, *sums], strict=True)]
        means = (each / comb(len(others), size) for size, each in enumerate(sums))
        found.append(value * sum(means, zero) / len(keep))
    return [*found, prod(passing, start=Fraction(1))]


def reference_meek(options: int, seats: int) -> Meek:
    """The document of the PR Foundation's reference rule: nine places, omega 10^-6.

    Source: prfound.org, "Meek STV reference rule"; ties by lot.
    """
    return Meek(
        options=options, decimals=9, equal_ranks="refuse", omega=1000, seats=seats, ties=ONLY_LOT
    )
