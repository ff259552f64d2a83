"""Every rule against a twin that does the same slowly, straight from the definition."""

from collections.abc import Callable, Iterator
from fractions import Fraction
from itertools import combinations, permutations
from typing import Literal, TypeAlias, get_args

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from collegium.counting import (
    ONLY_LOT,
    Approvals,
    Claims,
    CondorcetIrv,
    Divisors,
    EqualShares,
    Grades,
    MajorityJudgment,
    Minimax,
    Pav,
    Profile,
    RankedPairs,
    Remainders,
    Score,
    SequentialPav,
    SequentialPhragmen,
    Ties,
    TopSet,
    count,
    exact_stv,
    irv,
    pairwise_matrix,
    reference_meek,
    scottish_stv,
)
from collegium.counting.ballot import ballot_of, ranks_for
from collegium.counting.orders import named_orders
from collegium.counting.seats import SeatsOutcome
from collegium.counting.ties import TieBreaker
from tests.elections import approvals, claims, grades, ranked_profiles, strict_profiles

LOT = Ties(seed="twins")
Divisor: TypeAlias = Literal["dhondt", "sainte-lague", "huntington-hill"]
Middle: TypeAlias = Literal["lower", "upper"]
DIVISORS: tuple[Divisor, ...] = get_args(Divisor)


def orders(profile: Profile) -> Iterator[list[int]]:
    """One list a voter: option numbers, the first preference first."""
    for text, weight in profile.weights.items():
        ranked = sorted((rank, n) for n, rank in enumerate(text, 1) if rank != "-")
        yield from [[n for _, n in ranked]] * weight


def voters(profile: Approvals) -> list[set[int]]:
    return [set(ballot) for ballot, weight in profile.weights.items() for _ in range(weight)]


def first_of(order: list[int], standing: set[int]) -> int | None:
    return next((option for option in order if option in standing), None)


@given(st.sampled_from([1, 4, 35, 36, 60]), st.data())
def test_options_stand_in_the_order_of_their_ranks(options: int, data: st.DataObject) -> None:
    names = ranks_for(options)
    order = data.draw(st.lists(st.integers(0, options - 1), unique=True))
    ranks = [order.index(option) + 1 if option in order else None for option in range(options)]
    named = "".join(names[option] for option in order)
    assert named_orders([ballot_of(ranks), "-" * options, names]) == [named, "", names]


@given(strict_profiles())
def test_the_runoff_is_that_of_one_who_reads_every_ballot_at_every_stage(profile: Profile) -> None:
    outcome = count(profile, irv(profile.options), LOT)
    standing = set(range(1, profile.options + 1))
    for stage in outcome.stages:
        standing -= set(stage.excluded)
        tops = [first_of(order, standing) for order in orders(profile)]
        votes = [tops.count(option) for option in range(1, profile.options + 1)]
        assert stage.totals == tuple(map(str, votes))
        assert stage.exhausted == str(tops.count(None))
        alone = list(standing) if len(standing) == 1 else []
        elected = [n for n in standing if 2 * votes[n - 1] > sum(votes)] or alone
        assert [one.option for one in stage.elected] == elected


def naive_stv(profile: Profile, seats: int, places: int) -> list[list[Fraction]]:
    """Totals at every stage of a Scottish count, ballot by ballot; [] if it comes to a tie."""
    ballots = [(order, Fraction(1)) for order in orders(profile) if order]
    quota = len(ballots) // (seats + 1) + 1
    everyone = list(range(1, profile.options + 1))
    piles: dict[int, list[tuple[list[int], Fraction]]] = {option: [] for option in everyone}
    kept = dict.fromkeys(everyone, Fraction(0))
    standing, elected = set(everyone), 0
    waiting: list[int] = []
    moving, stages = ballots, []
    while True:
        for order, value in moving:
            to = first_of(order, standing)
            if to is not None:
                piles[to].append((order, value))
                kept[to] += value
        stages.append([kept[option] for option in everyone])
        reached = {option for option in standing if kept[option] >= quota}
        waiting += [option for option in reached if kept[option] > quota]
        standing -= reached
        elected += len(reached)
        if elected >= seats or len(standing) <= seats - elected:
            return stages
        pool, best = (waiting, max) if waiting else (sorted(standing), min)
        figure = best(kept[option] for option in pool)
        if sum(kept[option] == figure for option in pool) > 1:
            return []
        source = next(option for option in pool if kept[option] == figure)
        share = (figure - quota) / figure if waiting else Fraction(1)
        moving = [(order, cut(value * share, places)) for order, value in piles[source]]
        kept[source] = Fraction(quota) if waiting else Fraction(0)
        piles[source] = []
        standing.discard(source)
        if source in waiting:
            waiting.remove(source)


def cut(value: Fraction, places: int) -> Fraction:
    return Fraction(int(value * 10**places), 10**places)


@given(strict_profiles(), st.integers(1, 3))
@settings(max_examples=300)
def test_a_scottish_count_is_that_of_one_who_carries_every_ballot(
    profile: Profile, seats: int
) -> None:
    slowly = naive_stv(profile, seats, 5)
    assume(slowly)
    outcome = count(profile, scottish_stv(profile.options, seats), LOT)
    assert [list(map(Fraction, stage.totals)) for stage in outcome.stages] == slowly


@given(strict_profiles(least=3), st.integers(1, 3))
def test_no_vote_is_created_or_forgotten(profile: Profile, seats: int) -> None:
    for rule in (exact_stv, scottish_stv, reference_meek):
        outcome = count(profile, rule(profile.options, seats), LOT)
        for stage in outcome.stages:
            held = sum(map(Fraction, stage.totals))
            assert held + Fraction(stage.exhausted) + Fraction(stage.lost) == profile.ballots


@given(ranked_profiles())
def test_minimax_takes_the_least_of_the_worst_defeats(profile: Profile) -> None:
    matrix = pairwise_matrix(profile)
    everyone = range(profile.options)
    worst = [max([0, *(matrix[b][a] - matrix[a][b] for b in everyone)]) for a in everyone]
    winners = tuple(a + 1 for a in everyone if worst[a] == min(worst))
    assert count(profile, Minimax(options=profile.options, strength="margins")).winners == winners


@given(ranked_profiles(most=4))
def test_ranked_pairs_agree_with_the_best_of_all_orders(profile: Profile) -> None:
    """With no two defeats equally strong, the order that keeps the strongest defeats wins."""
    matrix = pairwise_matrix(profile)
    defeats = sorted(
        ((matrix[a][b] - matrix[b][a], a, b) for a, b in permutations(range(profile.options), 2)),
        reverse=True,
    )
    positive = [defeat for defeat in defeats if defeat[0] > 0]
    assume(len({margin for margin, *_ in positive}) == len(positive))
    assume(len(positive) == profile.options * (profile.options - 1) // 2)
    best = max(
        permutations(range(profile.options)),
        key=lambda order: [order.index(a) < order.index(b) for _, a, b in positive],
    )
    rule = RankedPairs(options=profile.options, strength="margins", ties=())
    assert count(profile, rule).ranking == tuple((option + 1,) for option in best)


@given(ranked_profiles())
def test_the_smith_set_is_the_least_that_defeats_all_outside(profile: Profile) -> None:
    matrix = pairwise_matrix(profile)
    everyone = set(range(profile.options))
    found: list[tuple[int, ...]] = []
    for size in range(1, profile.options + 1):
        found = [
            inside
            for inside in combinations(sorted(everyone), size)
            if all(matrix[a][b] > matrix[b][a] for a in inside for b in everyone - set(inside))
        ]
        if found:
            break
    outcome = count(profile, TopSet(options=profile.options, which="smith"))
    assert [tuple(a + 1 for a in inside) for inside in found] == [outcome.winners]


@given(strict_profiles())
def test_the_three_hybrids_elect_from_the_smith_set(profile: Profile) -> None:
    smith = count(profile, TopSet(options=profile.options, which="smith")).winners
    for variant in ("smith-first", "benham", "alternating"):
        rule = CondorcetIrv(
            equal_ranks="refuse", options=profile.options, ties=ONLY_LOT, variant=variant
        )
        assert set(count(profile, rule, LOT).winners) <= set(smith)


def content(committee: tuple[int, ...], profile: Approvals) -> Fraction:
    shares = (len(ballot & set(committee)) for ballot in voters(profile))
    return sum((Fraction(1, k) for share in shares for k in range(1, share + 1)), Fraction(0))


@given(approvals(), st.integers(1, 3))
def test_pav_finds_every_best_committee(profile: Approvals, seats: int) -> None:
    assume(seats <= profile.options)
    every = list(combinations(range(1, profile.options + 1), seats))
    best = max(content(committee, profile) for committee in every)
    rule = Pav(most_steps=10_000, options=profile.options, seats=seats, ties=ONLY_LOT)
    outcome = rule.decide(profile, breaker=breaker())
    assert outcome.score == str(best)
    assert list(outcome.committees) == [c for c in every if content(c, profile) == best]
    assert outcome.winners in outcome.committees


def breaker() -> TieBreaker:
    return TieBreaker(ONLY_LOT, LOT)


@given(approvals(), st.integers(1, 4))
def test_each_seat_of_sequential_pav_adds_the_most_content(profile: Approvals, seats: int) -> None:
    assume(seats <= profile.options)
    rule = SequentialPav(options=profile.options, seats=seats, ties=ONLY_LOT)
    elected = count(profile, rule, LOT).elected
    for place, option in enumerate(elected):
        before = elected[:place]
        others = set(range(1, profile.options + 1)) - set(before)
        best = max(content((*before, other), profile) for other in others)
        assert content((*before, option), profile) == best


@given(approvals(), st.integers(1, 4))
def test_phragmen_buys_what_savings_reach_first(profile: Approvals, seats: int) -> None:
    assume(seats <= profile.options)
    rule = SequentialPhragmen(options=profile.options, seats=seats, ties=ONLY_LOT)
    saved, elected, now = voters(profile), list[int](), Fraction(0)
    purse = [Fraction(0)] * len(saved)
    for option in count(profile, rule, LOT).elected:
        waits = {}
        for other in set(range(1, profile.options + 1)) - set(elected):
            fans = [voter for voter, ballot in enumerate(saved) if other in ballot]
            if fans:
                waits[other] = (1 - sum((purse[voter] for voter in fans), Fraction(0))) / len(fans)
        elected.append(option)
        if not waits:
            continue
        assert waits[option] == min(waits.values())
        now += waits[option]
        purse = [money + waits[option] for money in purse]
        for voter, ballot in enumerate(saved):
            if option in ballot:
                purse[voter] = Fraction(0)


def least_payment(purses: list[Fraction]) -> Fraction | None:
    """The least rho with sum(min(purse, rho)) = 1, by trying every number of full payers."""
    for poor in range(len(purses) + 1):
        rest = sorted(purses)[poor:]
        left = 1 - sum(sorted(purses)[:poor])
        if rest and left >= 0 and rest[0] * len(rest) >= left:
            return Fraction(left) / len(rest)
    return None


@given(approvals(), st.integers(1, 4))
def test_equal_shares_buy_what_costs_each_supporter_least(profile: Approvals, seats: int) -> None:
    assume(seats <= profile.options)
    rule = EqualShares(completion="none", options=profile.options, seats=seats, ties=ONLY_LOT)
    ballots, elected = voters(profile), list[int]()
    purses = [Fraction(seats, len(ballots))] * len(ballots)
    for option in (*count(profile, rule, LOT).elected, None):
        prices = {}
        for other in set(range(1, profile.options + 1)) - set(elected):
            fans = [purses[v] for v, ballot in enumerate(ballots) if other in ballot]
            price = least_payment(fans)
            if price is not None:
                prices[other] = price
        if option is None:
            assert not prices or len(elected) == seats
            return
        assert prices[option] == min(prices.values())
        elected.append(option)
        for voter, ballot in enumerate(ballots):
            if option in ballot:
                purses[voter] -= min(purses[voter], prices[option])


@given(claims(), st.integers(1, 30), st.sampled_from(DIVISORS))
def test_no_seat_of_a_divisor_method_belongs_elsewhere(
    votes: Claims, seats: int, divisor: Divisor
) -> None:
    rule = Divisors(
        divisor=divisor,
        largest=(),
        least=(),
        options=votes.options,
        seats=seats,
        ties=ONLY_LOT,
    )
    outcome = count(votes, rule, LOT)
    assert isinstance(outcome, SeatsOutcome)
    held = outcome.seats
    squares: dict[str, Callable[[int], Fraction]] = {
        "dhondt": lambda s: Fraction((s + 1) ** 2),
        "sainte-lague": lambda s: Fraction((2 * s + 1) ** 2),
        "huntington-hill": lambda s: Fraction(s * (s + 1)),
    }
    square = squares[divisor]
    assert sum(held) == seats
    for mine, has in zip(votes.votes, held, strict=True):
        for other, gave in zip(votes.votes, held, strict=True):
            if gave:
                # mine / next divisor <= other / last divisor, squared and multiplied out
                assert mine**2 * square(gave - 1) <= other**2 * square(has)


@given(claims(), st.integers(1, 30))
def test_hare_seats_are_the_share_rounded_down_or_up(votes: Claims, seats: int) -> None:
    rule = Remainders(
        largest=(), least=(), options=votes.options, quota="hare", seats=seats, ties=ONLY_LOT
    )
    outcome = count(votes, rule, LOT)
    assert isinstance(outcome, SeatsOutcome)
    for mine, has in zip(votes.votes, outcome.seats, strict=True):
        assert abs(has - Fraction(mine * seats, votes.ballots)) < 1


def majority_value(given_grades: list[int]) -> list[int]:
    left, value = sorted(given_grades), []
    while left:
        value.append(left.pop((len(left) - 1) // 2))
    return value


@given(grades())
@settings(max_examples=400)
def test_majority_judgment_takes_the_lower_median_away_again_and_again(cast: Grades) -> None:
    rule = MajorityJudgment(
        levels=cast.levels, middle="lower", options=cast.options, seats=1, ties=ONLY_LOT
    )
    values = [
        majority_value([max(g[o], 0) for g, w in cast.weights.items() for _ in range(w)])
        for o in range(cast.options)
    ]
    ranking = count(cast, rule, LOT).ranking
    assert [values[place[0] - 1] for place in ranking] == sorted(
        {tuple(v): v for v in values}.values(), reverse=True
    )


@given(grades(), st.integers(1, 10**12))
def test_as_many_times_the_ballots_are_judged_alike(cast: Grades, times: int) -> None:
    """However many there are: no list as long as the ballots is made."""
    more = Grades(cast.options, cast.levels, {g: w * times for g, w in cast.weights.items()})
    for middle in get_args(Middle):
        rule = MajorityJudgment(
            levels=cast.levels, middle=middle, options=cast.options, seats=1, ties=ONLY_LOT
        )
        once, often = count(cast, rule, LOT), count(more, rule, LOT)
        assert often.ballots == cast.ballots * times
        if cast.ballots % 2 == 0:
            assert (once.ranking, once.stages) == (often.ranking, often.stages)


@given(grades())
def test_scores_are_sums(cast: Grades) -> None:
    rule = Score(by="sum", levels=cast.levels, options=cast.options, seats=1, ties=ONLY_LOT)
    sums = [sum(max(g[o], 0) * w for g, w in cast.weights.items()) for o in range(cast.options)]
    outcome = count(cast, rule, LOT)
    assert outcome.stages[0].totals == tuple(map(str, sums))
    assert sums[outcome.winners[0] - 1] == max(sums)
