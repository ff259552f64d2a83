"""More twins by brute force: transfers in fractions, Meek, the hybrids, seats, top sets."""

from collections.abc import Callable, Iterator
from fractions import Fraction
from itertools import combinations
from typing import Literal, TypeAlias

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from collegium.counting import (
    ONLY_LOT,
    Claims,
    CondorcetIrv,
    Divisors,
    Grades,
    Majority,
    MajorityJudgment,
    Profile,
    Remainders,
    StagedOutcome,
    Ties,
    TopSet,
    count,
    exact_stv,
    pairwise_matrix,
    reference_meek,
    reference_wigm,
)
from tests.elections import claims, grades, ranked_profiles, strict_profiles

LOT = Ties(seed="slow twins")
Orders: TypeAlias = list[list[int]]
Quota: TypeAlias = Literal["hare", "droop", "hagenbach-bischoff", "rounded-hagenbach-bischoff"]
CLOSE = Fraction(1, 10**5)


def orders_of(profile: Profile) -> Orders:
    """One list a voter: option numbers, the first preference first."""
    found = []
    for text, weight in profile.weights.items():
        ranked = sorted((rank, n) for n, rank in enumerate(text, 1) if rank != "-")
        found += [[n for _, n in ranked]] * weight
    return found


def first_of(order: list[int], standing: set[int]) -> int | None:
    return next((option for option in order if option in standing), None)


def only(pool: set[int], figures: dict[int, Fraction], best: Callable[..., Fraction]) -> int:
    """The one of them with the least or most; the example is dropped if several have it."""
    wanted = best(figures[option] for option in pool)
    found = [option for option in pool if figures[option] == wanted]
    assume(len(found) == 1)
    return found[0]


def carried(
    profile: Profile, seats: int, quota: Fraction, places: int | None
) -> Iterator[dict[int, Fraction]]:
    """Who holds what after each stage, by one who carries every ballot with its value."""

    def cut(value: Fraction) -> Fraction:
        return value if places is None else Fraction(int(value * 10**places), 10**places)

    standing = set(range(1, profile.options + 1))
    piles: dict[int, list[tuple[list[int], Fraction]]] = {option: [] for option in standing}
    held = dict.fromkeys(standing, Fraction(0))
    moving = [(order, Fraction(1)) for order in orders_of(profile)]
    elected, waiting = 0, set[int]()
    while True:
        for order, value in moving:
            to = first_of(order, standing)
            if to is not None:
                piles[to].append((order, value))
                held[to] += value
        yield dict(held)
        over = {o for o in standing if (held[o] > quota if places is None else held[o] >= quota)}
        elected += len(over)
        standing -= over
        waiting |= {option for option in over if held[option] > quota}
        if elected >= seats or len(standing) <= seats - elected:
            return
        source = only(waiting, held, max) if waiting else only(standing, held, min)
        surplus = source in waiting
        share = (held[source] - quota) / held[source] if surplus else Fraction(1)
        moving = [(order, cut(value * share)) for order, value in piles[source]]
        held[source], piles[source] = (quota if surplus else Fraction(0)), []
        standing.discard(source)
        waiting.discard(source)


def figures(outcome: StagedOutcome) -> list[dict[int, Fraction]]:
    return [
        {n: Fraction(total) for n, total in enumerate(stage.totals, 1)} for stage in outcome.stages
    ]


@given(strict_profiles(), st.integers(1, 3))
def test_transfers_in_fractions_are_those_of_one_who_carries_every_ballot(
    profile: Profile, seats: int
) -> None:
    valid = sum(bool(order) for order in orders_of(profile))
    slowly = list(carried(profile, seats, Fraction(valid, seats + 1), None))
    assert figures(count(profile, exact_stv(profile.options, seats), LOT)) == slowly


@given(strict_profiles(), st.integers(1, 3))
def test_the_reference_rule_cuts_as_one_who_carries_every_ballot(
    profile: Profile, seats: int
) -> None:
    valid = sum(bool(order) for order in orders_of(profile))
    unit = Fraction(1, 10**4)
    quota = (Fraction(valid, seats + 1) // unit + 1) * unit
    slowly = list(carried(profile, seats, quota, 4))
    assert figures(count(profile, reference_wigm(profile.options, seats), LOT)) == slowly


def kept(profile: Profile, standing: set[int], seats: int) -> dict[int, Fraction]:
    """Votes by keep values in fractions, once everybody elected holds little more than a quota."""
    keep = dict.fromkeys(standing, Fraction(1))
    chosen = set[int]()
    while True:
        votes = dict.fromkeys(standing, Fraction(0))
        for order in orders_of(profile):
            left = Fraction(1)
            for option in order:
                if option in standing:
                    votes[option] += left * keep[option]
                    left *= 1 - keep[option]
        quota = sum(votes.values()) / (seats + 1)
        chosen |= {option for option in standing if votes[option] > quota}
        if sum(votes[option] - quota for option in chosen) < CLOSE / 100:
            return votes
        for option in chosen:
            keep[option] = Fraction(keep[option] * quota / votes[option]).limit_denominator(10**15)


@given(strict_profiles(most=4, heaviest=6), st.integers(1, 2))
@settings(max_examples=40, deadline=None)
def test_keep_values_come_near_those_in_fractions(profile: Profile, seats: int) -> None:
    """By Meek, whoever is elected keeps a quota; the lowest goes out once no surplus is left."""
    assume(seats < profile.options)
    outcome = count(profile, reference_meek(profile.options, seats), LOT)
    standing, elected = set(range(1, profile.options + 1)), set[int]()
    for stage in outcome.stages:
        if stage.excluded:
            slowly = kept(profile, standing, seats)
            least = min(slowly[option] for option in standing - elected)
            assert slowly[stage.excluded[0]] <= least + CLOSE
            standing -= set(stage.excluded)
        elected |= {one.option for one in stage.elected}


def hybrid(profile: Profile, variant: str) -> int:
    """Who wins, by one who reads every ballot and every comparison at each stage."""
    matrix = pairwise_matrix(profile)
    standing = set(range(1, profile.options + 1))

    def smith() -> set[int]:
        for size in range(1, len(standing) + 1):
            for inside in map(set, combinations(sorted(standing), size)):
                if all(
                    matrix[a - 1][b - 1] > matrix[b - 1][a - 1]
                    for a in inside
                    for b in standing - inside
                ):
                    return inside
        return standing

    if variant != "benham":
        standing = smith()
    while len(standing) > 1:
        inside = smith()
        if variant == "benham" and len(inside) == 1:
            return inside.pop()
        if variant == "alternating":
            standing = inside
            if len(standing) == 1:
                break
        tops = [first_of(order, standing) for order in orders_of(profile)]
        standing.remove(only(standing, {o: Fraction(tops.count(o)) for o in standing}, min))
    return standing.pop()


@given(strict_profiles(most=4), st.sampled_from(["benham", "smith-first", "alternating"]))
def test_a_hybrid_elects_whom_reading_every_ballot_elects(
    profile: Profile, variant: Literal["benham", "smith-first", "alternating"]
) -> None:
    rule = CondorcetIrv(
        equal_ranks="refuse", options=profile.options, ties=ONLY_LOT, variant=variant
    )
    slowly = hybrid(profile, variant)
    assert count(profile, rule, LOT).winners == (slowly,)


@given(ranked_profiles())
def test_the_schwartz_set_is_all_that_nobody_outside_defeats_and_no_smaller_part(
    profile: Profile,
) -> None:
    matrix = pairwise_matrix(profile)
    everyone = set(range(1, profile.options + 1))
    unbeaten = [
        set(inside)
        for size in range(1, profile.options + 1)
        for inside in combinations(sorted(everyone), size)
        if not any(
            matrix[b - 1][a - 1] > matrix[a - 1][b - 1]
            for a in inside
            for b in everyone - set(inside)
        )
    ]
    least = [one for one in unbeaten if not any(other < one for other in unbeaten)]
    outcome = count(profile, TopSet(options=profile.options, which="schwartz"))
    assert set(outcome.winners) == set().union(*least)


@given(
    claims(),
    st.integers(1, 30),
    st.sampled_from(["hare", "droop", "hagenbach-bischoff", "rounded-hagenbach-bischoff"]),
)
def test_seats_by_remainders_are_those_worked_out_by_hand(
    votes: Claims, seats: int, quota: Quota
) -> None:
    cast = votes.ballots
    share = {
        "hare": Fraction(cast, seats),
        "droop": Fraction(cast // (seats + 1) + 1),
        "hagenbach-bischoff": Fraction(cast, seats + 1),
        "rounded-hagenbach-bischoff": Fraction((2 * cast + seats + 1) // (2 * (seats + 1))),
    }[quota]
    assume(share > 0)
    held = [int(mine / share) for mine in votes.votes]
    assume(sum(held) <= seats)
    left = sorted(((mine / share) % 1 for mine in votes.votes), reverse=True)
    room = seats - sum(held)
    assume(room < len(held) and (not room or left[room - 1] > left[room]))
    for place, mine in enumerate(votes.votes):
        held[place] += bool(room) and (mine / share) % 1 >= left[room - 1]
    rule = Remainders(
        largest=(), least=(), options=len(held), quota=quota, seats=seats, ties=ONLY_LOT
    )
    assert count(votes, rule, LOT).seats == tuple(held)


@given(claims(), st.integers(1, 30))
def test_the_modified_first_divisor_is_seven_fifths(votes: Claims, seats: int) -> None:
    offers = [
        (mine / (Fraction(7, 5) if not has else Fraction(2 * has + 1)), place)
        for place, mine in enumerate(votes.votes)
        for has in range(seats)
    ]
    offers.sort(reverse=True)
    assume(len(offers) == seats or offers[seats - 1][0] > offers[seats][0])
    rule = Divisors(
        divisor="modified-sainte-lague",
        largest=(),
        least=(),
        options=votes.options,
        seats=seats,
        ties=ONLY_LOT,
    )
    taken = [place for _, place in offers[:seats]]
    assert count(votes, rule, LOT).seats == tuple(map(taken.count, range(votes.options)))


@given(grades())
def test_the_upper_median_is_taken_away_again_and_again(cast: Grades) -> None:
    values = []
    for option in range(cast.options):
        left = sorted(max(g[option], 0) for g, w in cast.weights.items() for _ in range(w))
        values.append([left.pop(len(left) // 2) for _ in range(len(left))])
    rule = MajorityJudgment(
        levels=cast.levels, middle="upper", options=cast.options, seats=1, ties=ONLY_LOT
    )
    best = [n for n, value in enumerate(values, 1) if value == max(values)]
    assert count(cast, rule, LOT).ranking[0] == tuple(best)


def test_the_middle_that_is_taken_may_decide() -> None:
    """Of two grades, the lower one is Ana's 0, the upper one her 5; Ben has 2 from both."""
    cast = Grades(2, 6, {(5, 2): 1, (0, 2): 1})
    lower, upper = (
        MajorityJudgment(levels=6, middle=middle, options=2, seats=1, ties=())
        for middle in ("lower", "upper")
    )
    assert (count(cast, lower).winners, count(cast, upper).winners) == ((2,), (1,))


@given(
    strict_profiles(),
    st.sampled_from(["votes", "ballots", "present", "entitled"]),
    st.integers(1, 9),
    st.integers(1, 9),
    st.booleans(),
)
def test_a_majority_is_the_share_of_what_it_is_of(
    profile: Profile,
    base: Literal["votes", "ballots", "present", "entitled"],
    above: int,
    below: int,
    exactly: bool,  # noqa: FBT001 - Hypothesis draws it
) -> None:
    assume(above <= below)
    tops = [order[0] for order in orders_of(profile) if order]
    more = profile.ballots + 3
    whole = {"votes": len(tops), "ballots": profile.ballots}.get(base, more)
    members = more if base in ("present", "entitled") else 0
    rule = Majority(
        base=base, exactly=exactly, members=members, options=profile.options, share=(above, below)
    )
    wanted = Fraction(above, below) * whole
    slowly = [
        option
        for option in range(1, profile.options + 1)
        if tops.count(option) > wanted or (exactly and 0 < tops.count(option) == wanted)
    ]
    assert list(count(profile, rule).winners) == slowly
