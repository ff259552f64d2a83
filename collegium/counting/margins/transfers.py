"""From below, for the single transferable vote: what k changed ballots can do to every figure.

Of the ballots that stay as they are, all is followed through the count, and their values are
known between two bounds. A changed ballot is worth at most one vote, wherever it is. As long as
all that is decided at the stages would be decided so anywhere between the bounds, fewer ballots
than that change nothing. Options that together have surely fewer votes than any other go out
before them in whatever order, as long as nobody reaches the quota meanwhile; and the last seat
surely goes to whoever has more votes than all others together.

Source: interval arithmetic over the count's own rule; the steps over several exclusions are those
of D. Cary, Estimating the margin of victory for instant-runoff voting (2011), and of M. Blom,
P. J. Stuckey and V. Teague, Toward computing the margin of victory in single transferable vote
elections, INFORMS Journal on Computing 31 (2019).
"""

from bisect import bisect_left
from collections.abc import Iterable
from typing import TypeAlias

from collegium.counting.figures import Amount, Arithmetic
from collegium.counting.grouped_stv import GroupedStv
from collegium.counting.groups import doomed, guarded
from collegium.counting.margins.piles import Label, Standing, stands_of
from collegium.counting.meek import Meek
from collegium.counting.profile import Profile
from collegium.counting.stages import StagedOutcome
from collegium.counting.stv import Stv

Range: TypeAlias = tuple[Amount, Amount]
"""The least and the most."""


def of_transfers(profile: Profile, outcome: StagedOutcome, rule: Stv | GroupedStv) -> int:
    """Fewer changed ballots than this leave who is elected; at least 1."""
    stands = stands_of(profile, outcome)

    def unsure(ballots: int) -> bool:
        return not _Bounds(profile, outcome, rule, stands, ballots).safe()

    return max(bisect_left(range(profile.ballots + 1), x=True, key=unsure), 1)


def of_first_quotas(profile: Profile, outcome: StagedOutcome, rule: Meek) -> int:
    """As long as all winners reach the quota with first preferences; 1 where they don't."""
    first = outcome.stages[0]
    if len(outcome.winners) < rule.seats:
        return 1
    unit: int = 10**rule.decimals
    votes = [_units(first.totals[winner - 1], rule.decimals) for winner in outcome.winners]
    cast = profile.ballots - profile.blank

    def unsure(ballots: int) -> bool:
        active = (cast + min(ballots, profile.blank)) * unit
        return min(votes) - ballots * unit < active // (rule.seats + 1) + 1

    return max(bisect_left(range(profile.ballots + 1), x=True, key=unsure), 1)


def _units(text: str, decimals: int) -> int:
    whole, _, part = text.partition(".")
    return int(whole + part.ljust(decimals, "0"))


class _Bounds:
    """All figures of a count, between what so many changed ballots can make of them."""

    def __init__(
        self,
        profile: Profile,
        outcome: StagedOutcome,
        rule: Stv | GroupedStv,
        stands: list[Standing],
        changed: int,
    ) -> None:
        self.rule = rule.stv if isinstance(rule, GroupedStv) else rule
        self.groups = rule.groups if isinstance(rule, GroupedStv) else ()
        self.stages = outcome.stages
        self.stands = stands
        self.arithmetic = Arithmetic(self.rule.decimals)
        self.changed = changed * self.arithmetic.unit
        self.values: dict[Label, Range] = {(): (self.arithmetic.unit, self.arithmetic.unit)}
        self.unchanged: list[dict[int, Range]] = []
        self.quotas: list[Range] = []
        self._kept: dict[int, Range] = {}
        self._known: dict[int, bool] = {}
        valid = profile.ballots - profile.blank
        low, high = max(valid - changed, 0), valid + min(changed, profile.blank)
        unit = self.arithmetic.unit
        first = (self.rule.quota_of(low * unit, unit), self.rule.quota_of(high * unit, unit))
        for number in range(len(stands)):
            self._pass_surpluses(number)
            self.unchanged.append(
                {option: self._worth(labels) for option, labels in stands[number].held.items()}
            )
            again = self.rule.requota and number
            self.quotas.append(self._requota(number) if again else first)

    def _worth(self, labels: dict[Label, int]) -> Range:
        zero = 0 * self.arithmetic.unit
        low = sum((many * self.values[label][0] for label, many in labels.items()), zero)
        return low, sum((many * self.values[label][1] for label, many in labels.items()), zero)

    def total(self, number: int, option: int) -> Range:
        """An option's votes at a stage, with the changed ballots."""
        low, high = self.unchanged[number][option]
        return max(low - self.changed, 0 * self.changed), high + self.changed

    def _requota(self, number: int) -> Range:
        """From the votes still held; who has passed on a surplus kept a quota of its time."""
        low = high = 0 * self.changed
        for option, worth in self.unchanged[number].items():
            kept = self._kept.get(option, worth)
            low, high = low + kept[0], high + kept[1]
        unit = self.arithmetic.unit
        low = max(low - self.changed, 0 * self.changed)
        return self.rule.quota_of(low, unit), self.rule.quota_of(high + self.changed, unit)

    def _pass_surpluses(self, number: int) -> None:
        """What ballots are worth after this stage's surpluses."""
        if self.stages[number].event != "surplus":
            return
        quota = self.quotas[number - 1]
        for transfer in self.stages[number].transfers:
            source = transfer.source
            self._kept[source] = quota
            votes = self.total(number - 1, source)
            for label in self.stands[number - 1].held[source]:
                low, high = self.values[label]
                self.values[*label, (number, source)] = (
                    self._portion(low, votes[0], quota[1]),
                    self._portion(high, votes[1], quota[0]),
                )

    def _portion(self, value: Amount, votes: Amount, quota: Amount) -> Amount:
        """As `stv/1` passes a ballot on; nothing where there may be no surplus."""
        if votes <= quota:
            return 0 * value
        part, whole = votes - quota, votes
        if self.rule.transfer == "factor-first":
            unit = self.arithmetic.unit
            part, whole = self.arithmetic.portion(unit, part, whole), unit
        return self.arithmetic.portion(value, part, whole)

    # What is decided, and whether surely.

    def safe(self) -> bool:
        """Whether every decision falls as it fell."""
        return self._safe_from(0)

    def _safe_from(self, number: int) -> bool:
        """Whether it does from the end of this stage on."""
        if number not in self._known:
            self._known[number] = self._safe_after(number)
        return self._known[number]

    def _safe_after(self, number: int) -> bool:
        now = self.stands[number]
        if len(now.standing) <= self.rule.seats - now.elected:
            return True
        if not self._surely_elected(number):
            return False
        elected = now.elected + len(self.stages[number].elected)
        if elected >= self.rule.seats or number + 1 == len(self.stages):
            return True
        if now.pending:
            return self._surely_first(number) and self._safe_from(number + 1)
        return self._last_seat(number, elected) or any(
            self._safe_from(end) for end in self._ends(number)
        )

    def _surely_elected(self, number: int) -> bool:
        """Whether the same options reach the quota, with or without a surplus as they did."""
        low, high = self.quotas[number]
        now = self.stands[number]
        chosen = [one.option for one in self.stages[number].elected if one.reason == "quota"]
        full = now.elected + len(chosen) >= self.rule.seats
        if self.groups and len(chosen) > 1:
            return False
        for option in now.standing:
            votes = self.total(number, option)
            if option not in chosen:
                if self.rule.reaches(votes[1], low):
                    return False
            elif not self.rule.reaches(votes[0], high) or not (full or votes[0] > high):
                return False
        return True

    def _surely_first(self, number: int) -> bool:
        """Whether the same surplus passes on first."""
        sources = [transfer.source for transfer in self.stages[number + 1].transfers]
        if self.rule.surpluses == "all-at-once":
            return True
        (source,) = sources
        least = self.total(number, source)[0]
        others = [option for option in self.stands[number].pending if option != source]
        return all(self.total(number, other)[1] < least for other in others)

    def _last_seat(self, number: int, elected: int) -> bool:
        """Whether one seat is left, and its winner has more than all others together."""
        if self.groups or elected + 1 != self.rule.seats:
            return False
        left = self._left(number)
        (winner,) = [
            one.option for stage in self.stages[number + 1 :] for one in stage.elected
        ] or [0]
        return winner in left and self._below(number, set(left) - {winner}, {winner})

    def _left(self, number: int) -> list[int]:
        """Who stands after the elections of the stage."""
        elected = {one.option for one in self.stages[number].elected}
        return [option for option in self.stands[number].standing if option not in elected]

    def _ends(self, number: int) -> Iterable[int]:
        """Stages to which exclusions surely lead, whatever their order."""
        left = self._left(number)
        gone: set[int] = set()
        for end in range(number + 1, len(self.stages)):
            if self.stages[end].event != "exclusion":
                return
            gone |= set(self.stages[end].excluded)
            if len(gone) == 1:
                able = set(self._excludable(number, left))
                if self._below(number, gone, able - gone):
                    yield end
            elif self.groups or not self._still_going_out(end):
                return
            elif self._below(number, gone, set(left) - gone) and self._nobody_reaches(end):
                yield end

    def _still_going_out(self, end: int) -> bool:
        """Whether nobody was elected at this exclusion and the one before, unless as the last."""
        reasons = {one.reason for one in self.stages[end].elected}
        return reasons <= {"last-places"} and not self.stages[end - 1].elected

    def _excludable(self, number: int, left: list[int]) -> Iterable[int]:
        if not self.groups:
            return left
        before = [one.option for stage in self.stages[: number + 1] for one in stage.elected]
        out = doomed(self.groups, before, left, self.rule.seats)
        kept = guarded(self.groups, before, left, self.rule.seats)
        return out or [option for option in left if option not in kept]

    def _below(self, number: int, gone: set[int], rest: set[int]) -> bool:
        """Whether these together surely have fewer votes than any of the rest."""
        figures = self.unchanged[number]
        together = sum((figures[option][1] for option in gone), 0 * self.changed) + self.changed
        return all(together < figures[option][0] - self.changed for option in rest)

    def _nobody_reaches(self, number: int) -> bool:
        low = self.quotas[number][0]
        left = self.stands[number].standing
        return not any(self.rule.reaches(self.total(number, option)[1], low) for option in left)
