"""The rule `ranked-pairs/1`: defeats stand from the strongest on, unless they close a circle.

Source: T. N. Tideman, Independence of clones as a criterion for voting rules, Social Choice
and Welfare 4 (1987).
"""

from collections.abc import Iterable, Sequence
from itertools import groupby

from collegium.counting.comparisons import ComparedOutcome, all_defeats, compared_outcome
from collegium.counting.deciding import DecidingRule
from collegium.counting.outcome import RuleDocument
from collegium.counting.pairwise import Measure, measured, pairwise_matrix
from collegium.counting.profile import Profile
from collegium.counting.schwartz import Defeat
from collegium.counting.stages import Elected, plain_stage
from collegium.counting.ties import TieBreaker


class RankedPairsOutcome(ComparedOutcome, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What ranked pairs make of the ballots.

    Attributes:
        dropped: Defeats that would have closed a circle, in the order of their turn.
        locked: Defeats that stand, in the order of their turn.
    """

    dropped: tuple[Defeat, ...]
    locked: tuple[Defeat, ...]


class RankedPairs(
    DecidingRule, frozen=True, forbid_unknown_fields=True, kw_only=True, tag="ranked-pairs/1"
):
    """The rule document of `ranked-pairs/1`.

    Equally strong defeats stand together where they close no circle; where they do, the chain
    for ties chooses the winner, then the loser, of the defeat that comes first.

    Attributes:
        strength: How defeats are compared (`pairwise.Measure`).
    """

    strength: Measure

    def decide(self, profile: Profile, breaker: TieBreaker) -> RankedPairsOutcome:
        """The places of all options; several share one where no defeat parts them."""
        matrix = pairwise_matrix(profile)

        def weakness(defeat: Defeat) -> tuple[int, int]:
            more, other = measured(matrix, defeat.winner - 1, defeat.loser - 1, self.strength)
            return -more, -other

        locking = _Locking(breaker)
        for _, group in groupby(sorted(all_defeats(matrix), key=weakness), weakness):
            locking.lock(list(group))
        ranking = places({(one.winner, one.loser) for one in locking.locked}, self.options)
        stage = plain_stage(
            [str(sum(one.winner == number for one in locking.locked)) for number in self._all],
            "comparison",
            [Elected(option, "undefeated") for option in ranking[0]],
        )
        plain = compared_outcome(profile, matrix, self, ranking, [stage], breaker.named)
        return _with_locks(plain, self, locking)

    @property
    def _all(self) -> range:
        return range(1, self.options + 1)


def _with_locks(
    plain: ComparedOutcome, rule: RuleDocument, locking: "_Locking"
) -> RankedPairsOutcome:
    return RankedPairsOutcome(
        ballots=plain.ballots,
        dropped=tuple(locking.dropped),
        elected=plain.elected,
        locked=tuple(locking.locked),
        matrix=plain.matrix,
        profile=plain.profile,
        ranking=plain.ranking,
        rule=rule,
        schwartz=plain.schwartz,
        smith=plain.smith,
        stages=plain.stages,
        ties=plain.ties,
        winners=plain.winners,
    )


class _Locking:
    def __init__(self, breaker: TieBreaker) -> None:
        self.breaker = breaker
        self.locked: list[Defeat] = []
        self.dropped: list[Defeat] = []

    def lock(self, group: list[Defeat]) -> None:
        """Lock what can be locked of equally strong defeats."""
        while group:
            pairs = [(one.winner, one.loser) for one in self.locked]
            closing = [one for one in group if reaches(pairs, one.loser, one.winner)]
            self.dropped += closing
            group = [one for one in group if one not in closing]
            together = [*pairs, *((one.winner, one.loser) for one in group)]
            if not any(reaches(together, one.loser, one.winner) for one in group):
                self.locked += group
                return
            free = [one for one in group if not reaches(together, one.loser, one.winner)]
            first = free or [self._first(group)]
            self.locked += first
            group = [one for one in group if one not in first]

    def _first(self, group: Sequence[Defeat]) -> Defeat:
        stage = len(self.locked) + len(self.dropped) + 1
        winner = self.breaker.choose(_different(one.winner for one in group), "order", stage)
        losers = _different(one.loser for one in group if one.winner == winner)
        loser = self.breaker.choose(losers, "order", stage)
        return next(one for one in group if (one.winner, one.loser) == (winner, loser))


def _different(numbers: Iterable[int]) -> list[int]:
    return sorted(set(numbers))


def reaches(pairs: Iterable[tuple[int, int]], start: int, end: int) -> bool:
    """Whether a chain of pairs leads from the one option to the other."""
    onward: dict[int, list[int]] = {}
    for first, second in pairs:
        onward.setdefault(first, []).append(second)
    seen, ahead = {start}, [start]
    while ahead:
        for option in onward.get(ahead.pop(), ()):
            if option == end:
                return True
            if option not in seen:
                seen.add(option)
                ahead.append(option)
    return False


def places(pairs: Iterable[tuple[int, int]], options: int) -> tuple[tuple[int, ...], ...]:
    """Options by places: nobody in a place is beaten by another in it or after it.

    Args:
        pairs: Winner and loser; no circle among them.
        options: How many options there are.
    """
    beaten_by = {number: {a for a, b in pairs if b == number} for number in range(1, options + 1)}
    found: list[tuple[int, ...]] = []
    while beaten_by:
        place = tuple(sorted(option for option in beaten_by if not beaten_by[option]))
        found.append(place)
        for option in place:
            del beaten_by[option]
        for others in beaten_by.values():
            others.difference_update(place)
    return tuple(found)
