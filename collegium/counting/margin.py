"""How narrow an outcome of `debian-a6/1` was: ballots that, ranked otherwise, turn it.

The number is found twice. From above: ballots of those who preferred the winner are changed,
one after the other, to put a rival first and the winner last, until the count comes out
otherwise; whatever is found so is true, for it was counted. From below: as long as fewer
ballots change than any single comparison on which the outcome rests can bear, nothing turns.
Where both meet, the margin is exact.

Source: L. Xia, Computing the margin of victory for various voting rules, EC 2012 (the least
number of changed votes).
"""

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence

from msgspec import Struct

from collegium.counting.ballot import NOT_RANKED, WIDE_RANKS
from collegium.counting.debian import DebianA6, DebianOutcome
from collegium.counting.pairwise import Matrix, defeats, pairwise_matrix
from collegium.counting.profile import Profile
from collegium.counting.schwartz import sequential_dropping

_LOWEST = len(WIDE_RANKS)


class Margin(Struct, frozen=True):
    """How many changed ballots would have turned an outcome.

    Attributes:
        ballots: So many, changed as the next three say, turn it.
        least: Fewer than this turn it in no way.
        raised: The option that each of the changed ballots then puts first.
        sunk: The winners as they are, whom it then puts last.
        winners: Who would win then.
    """

    ballots: int
    least: int
    raised: int
    sunk: tuple[int, ...]
    winners: tuple[int, ...]

    @property
    def exact(self) -> bool:
        """Whether no smaller number of ballots could have turned it."""
        return self.ballots == self.least


def margin(profile: Profile, outcome: DebianOutcome) -> Margin | None:
    """How narrow the outcome was; None where no number of changed ballots turns it.

    Args:
        profile: The ballots that were counted.
        outcome: What they came to.

    Raises:
        ValueError: The outcome is of other ballots.

    Example:
        >>> from collegium.counting import Ratio, count
        >>> ballots = Profile(2, {"12": 10, "21": 4})
        >>> even = DebianA6(options=2, default=2, majorities=(Ratio(1, 1),) * 2, quorum=None)
        >>> found = margin(ballots, count(ballots, even))
        >>> found.ballots, found.exact, found.winners
        (3, True, (2,))
    """
    if outcome.profile != profile.digest():
        raise ValueError("expected the outcome of these very ballots")
    least = _least(outcome)
    best: Margin | None = None
    for change in _changes(profile, outcome):
        highest = profile.ballots if best is None else best.ballots - 1
        if highest < least or not change.turns(highest):
            continue
        needed = least + bisect_left(range(least, highest), x=True, key=change.turns)
        winners = change.winners(needed)
        best = Margin(needed, least, change.raised, outcome.winners, winners)
        if best.exact:
            break
    return best


# From above: ballots changed one after the other.


class _Change(Struct, frozen=True):
    """One way of changing ballots: which ones first, and what they become."""

    raised: int
    rule: DebianA6
    before: tuple[int, ...]
    matrix: Matrix
    order: Sequence[tuple[str, int]]
    becomes: Matrix

    def winners(self, ballots: int) -> tuple[int, ...]:
        """Who wins once so many ballots are changed."""
        taken: dict[str, int] = {}
        left = ballots
        for ballot, weight in self.order:
            if left == 0:
                break
            taken[ballot] = min(weight, left)
            left -= taken[ballot]
        gone = pairwise_matrix(Profile(self.rule.options, taken))
        options = range(self.rule.options)
        changed = tuple(
            tuple(self.matrix[a][b] - gone[a][b] + ballots * self.becomes[a][b] for b in options)
            for a in options
        )
        return _winners(self.rule, changed)

    def turns(self, ballots: int) -> bool:
        """Whether the outcome is another then."""
        return self.winners(ballots) != self.before


def _changes(profile: Profile, outcome: DebianOutcome) -> Iterator[_Change]:
    rule, winners = outcome.rule, outcome.winners
    weights = sorted(profile.weights.items())
    if not weights:
        return
    rivals = [option for option in range(1, rule.options + 1) if winners != (option,)]
    rivals.sort(key=lambda rival: _to_level(outcome.matrix, winners[0], rival))
    for raised in rivals:
        becomes = pairwise_matrix(Profile(rule.options, {_ballot(rule, raised, winners): 1}))
        for most in (_against(winners, raised), _against((rule.default,), raised)):
            order = sorted(weights, key=most)
            yield _Change(raised, rule, winners, outcome.matrix, order, becomes)


def _ballot(rule: DebianA6, raised: int, sunk: tuple[int, ...]) -> str:
    ranks = ["3" if option in sunk else "2" for option in range(1, rule.options + 1)]
    ranks[raised - 1] = "1"
    return "".join(ranks)


def _against(
    options: tuple[int, ...], raised: int
) -> Callable[[tuple[str, int]], tuple[int, int, str]]:
    """Sorts first the ballots whose change helps the raised option most against these."""

    def least_help(weighed: tuple[str, int]) -> tuple[int, int, str]:
        ballot, _ = weighed
        ranks = [_LOWEST if rank in NOT_RANKED else WIDE_RANKS.index(rank) for rank in ballot]
        own = ranks[raised - 1]
        others = [ranks[option - 1] for option in options if option != raised]
        help_ = sum((rank <= own) + (rank < own) for rank in others)
        return -help_, -sum(rank < own for rank in ranks), ballot

    return least_help


def _winners(rule: DebianA6, matrix: Matrix) -> tuple[int, ...]:
    standing = [option for option in range(1, rule.options + 1) if _stands(rule, matrix, option)]
    return sequential_dropping(matrix, standing).schwartz


def _stands(rule: DebianA6, matrix: Matrix, option: int) -> bool:
    if option == rule.default:
        return True
    above = matrix[option - 1][rule.default - 1]
    below = matrix[rule.default - 1][option - 1]
    reached = rule.quorum is None or rule.quorum.reached(above)
    return reached and rule.majorities[option - 1].exceeded(above, below)


# From below: what every comparison bears.


def _least(outcome: DebianOutcome) -> int:
    """A number of ballots below which nothing can turn; 1 where no option beats all others."""
    matrix, winners = outcome.matrix, outcome.winners
    dropped = {one.option for one in outcome.dropped}
    others = [option for option in range(1, outcome.rule.options + 1) if option not in winners]
    standing = [option for option in others if option not in dropped]
    if len(winners) != 1 or not all(
        defeats(matrix, winners[0] - 1, other - 1) for other in standing
    ):
        return 1
    (winner,) = winners
    figures = [_to_level(matrix, winner, other) for other in standing]
    figures += [
        max(_to_level(matrix, winner, other), _to_return(outcome, other))
        for other in others
        if other in dropped
    ]
    figures.append(_to_fall(outcome, winner))
    return max(min(figures), 1)


def _to_level(matrix: Matrix, winner: int, other: int) -> int:
    """Ballots until the winner beats the other option no more; each narrows it by two."""
    lead = matrix[winner - 1][other - 1] - matrix[other - 1][winner - 1]
    return max(-(-lead // 2), 0)


def _to_return(outcome: DebianOutcome, option: int) -> int:
    """Ballots until a dropped option would stand; one more than there are if it never can."""
    rule, above, below = _sides(outcome, option)
    ratio = rule.majorities[option - 1]
    reached = max(rule.quorum.needed() - above, 0) if rule.quorum else 0
    most = outcome.ballots + 1
    return bisect_left(
        range(most),
        x=True,
        lo=min(reached, most),
        key=lambda k: ratio.exceeded(above + k, max(below - k, 0)),
    )


def _to_fall(outcome: DebianOutcome, winner: int) -> int:
    """Ballots until the winner would be dropped; one more than there are for the default."""
    most = outcome.ballots + 1
    rule, above, below = _sides(outcome, winner)
    if winner == rule.default:
        return most
    ratio = rule.majorities[winner - 1]
    majority = bisect_left(
        range(most), x=True, key=lambda k: not ratio.exceeded(max(above - k, 0), below + k)
    )
    return min(majority, above - rule.quorum.needed() + 1) if rule.quorum else majority


def _sides(outcome: DebianOutcome, option: int) -> tuple[DebianA6, int, int]:
    default = outcome.rule.default - 1
    return outcome.rule, outcome.matrix[option - 1][default], outcome.matrix[default][option - 1]
