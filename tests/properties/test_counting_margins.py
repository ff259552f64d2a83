"""Margins against trying every change of every few ballots, on elections small enough for that."""

from collections.abc import Iterator, Sequence
from itertools import combinations, combinations_with_replacement, permutations, product
from typing import Any, Literal

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from collegium.counting import (
    ONLY_LOT,
    Approvals,
    Claims,
    EqualShares,
    Grades,
    GroupedApproval,
    GroupedStv,
    GroupShare,
    Irv,
    Majority,
    MajorityJudgment,
    Minimax,
    Outcome,
    Profile,
    Remainders,
    Schulze,
    Score,
    Ties,
    count,
    dense_ballot,
    scottish_stv,
)
from collegium.counting.margins import Margin, margin_of
from collegium.counting.margins.recounts import another_result, remade, result_of
from collegium.counting.methods import METHODS
from collegium.counting.ties import EARLIER_THEN_LOT

LOT = Ties(seed="margins")
FEW = settings(max_examples=8)
"""Each example tries thousands of changes, and there are many rules."""

MOST = 2
"""Changed ballots that are tried."""

WEAK = sorted({dense_ballot("".join(ranks)) for ranks in product("123-", repeat=3)})
STRICT = sorted(
    {
        "".join(str(order.index(n) + 1) if n in order else "-" for n in range(3))
        for ranked in range(4)
        for order in permutations(range(3), ranked)
    }
)
SETS = [approved for many in range(4) for approved in combinations((1, 2, 3), many)]
COMPARING = ("debian", "minimax", "ranked-pairs", "schulze", "schwartz", "smith")


def outcome_of(profile: Any, rule: Any) -> Outcome:
    outcome: Outcome = count(profile, rule, LOT) if hasattr(rule, "ties") else count(profile, rule)
    return outcome


def some_of(weights: Sequence[tuple[Any, int]], many: int) -> Iterator[dict[Any, int]]:
    """Every choice of so many ballots."""
    if not weights:
        if not many:
            yield {}
        return
    (ballot, weight), *others = weights
    for taken in range(min(weight, many) + 1):
        for rest in some_of(others, many - taken):
            yield {ballot: taken, **rest}


def by_trying(profile: Any, rule: Any, every: Sequence[Any]) -> int | None:
    """The fewest ballots by which the outcome changes or comes to a tie, up to `MOST`."""
    before = result_of(outcome_of(profile, rule))
    for changed in range(MOST + 1):
        for gone in some_of(sorted(profile.weights.items()), changed):
            kept = {b: w - gone[b] for b, w in profile.weights.items() if w > gone[b]}
            for new in combinations_with_replacement(every, changed):
                weights = dict(kept)
                for ballot in new:
                    weights[ballot] = weights.get(ballot, 0) + 1
                if another_result(remade(profile, weights), rule, before) is not None:
                    return changed
    return None


def assert_margin(profile: Any, rule: Any, every: Sequence[Any], *, exact: bool = False) -> None:
    margin = margin_of(outcome_of(profile, rule), profile)
    tried = by_trying(profile, rule, every)
    if tried is None:
        assert margin is None or margin.most is None or margin.most > MOST
    elif exact:
        assert margin is not None
        assert (margin.least, margin.most) == (tried, tried)
    else:
        assert margin is None or margin.least <= tried
        assert margin is None or margin.most is None or tried <= margin.most
    assert_recounted(margin, profile, rule)


def assert_recounted(margin: Margin | None, profile: Any, rule: Any) -> None:
    """So many ballots of the witness differ, and its recount has another outcome or a tie."""
    if margin is None or margin.witness is None:
        return
    witness = margin.witness
    new, old = witness.profile.weights, profile.weights
    assert witness.profile.ballots == profile.ballots
    assert sum(max(new.get(b, 0) - old.get(b, 0), 0) for b in new) <= witness.ballots
    assert another_result(witness.profile, rule, result_of(outcome_of(profile, rule))) is not None


def few(ballots: Sequence[Any]) -> st.SearchStrategy[list[Any]]:
    """Up to six ballots, of which several are likely to be alike."""
    return st.lists(st.sampled_from(ballots), min_size=1, max_size=3).flatmap(
        lambda pool: st.lists(st.sampled_from(pool), min_size=1, max_size=6)
    )


@pytest.mark.parametrize("name", sorted(n for n, m in METHODS.items() if m.kind == "ranked"))
@FEW
@given(data=st.data(), seats=st.integers(1, 2))
def test_no_change_of_ranked_ballots_is_outside_the_margin(
    name: str, data: st.DataObject, seats: int
) -> None:
    every = WEAK if name.startswith(COMPARING) else STRICT
    profile = Profile.of(3, data.draw(few(every)))
    rule = METHODS[name].make(3, seats, 0)
    exact = name in {"plurality/1", "majority/1"} and profile.ballots > 0
    assert_margin(profile, rule, every, exact=exact)


@pytest.mark.parametrize("strength", ["opposition", "plain-winning-votes"])
@FEW
@given(ballots=few(WEAK))
def test_no_strength_of_defeats_leads_outside_the_margin(strength: str, ballots: list[str]) -> None:
    profile = Profile.of(3, ballots)
    rule: Any = Minimax(options=3, strength=strength)  # type: ignore[arg-type]  # one of its values
    assert_margin(profile, rule, WEAK)
    if strength != "opposition":
        assert_margin(profile, Schulze(options=3, strength=strength), WEAK)  # type: ignore[arg-type]  # one of its other values


@FEW
@given(ballots=few(WEAK), first_out=st.sampled_from([(), (1,), (2, 3)]))
def test_runoffs_with_equal_ranks_and_write_ins_keep_within_the_margin(
    ballots: list[str], first_out: tuple[int, ...]
) -> None:
    rule: Any = Irv(
        batch="cannot-win",
        equal_ranks="stop-if-several-stand",
        first_out=first_out,
        options=3,
        stop="majority",
        ties=EARLIER_THEN_LOT,
    )
    assert_margin(Profile.of(3, ballots), rule, WEAK)


@FEW
@given(
    ballots=few(STRICT),
    base=st.sampled_from(["votes", "ballots", "present"]),
    share=st.sampled_from([(1, 2), (2, 3), (1, 3)]),
    exactly=st.booleans(),
)
def test_the_margin_of_a_majority_is_exact(
    ballots: list[str], base: str, share: tuple[int, int], *, exactly: bool
) -> None:
    rule = Majority(
        base=base,  # type: ignore[arg-type]  # sampled from its values
        exactly=exactly,
        members=8 if base == "present" else 0,
        options=3,
        share=share,
    )
    assert_margin(Profile.of(3, ballots), rule, STRICT, exact=True)


@FEW
@given(ballots=few(STRICT), members=st.sets(st.integers(1, 3), min_size=1))
def test_minimum_shares_keep_within_the_margin(ballots: list[str], members: set[int]) -> None:
    share = GroupShare(least=1, members=tuple(sorted(members)), name="women")
    stv = scottish_stv(3, 2)
    rule = GroupedStv(groups=(share,), options=3, stv=stv, ties=stv.ties)
    assert_margin(Profile.of(3, ballots), rule, STRICT)


@pytest.mark.parametrize("name", sorted(n for n, m in METHODS.items() if m.kind == "approvals"))
@FEW
@given(ballots=few(SETS), seats=st.integers(1, 2))
def test_no_change_of_approvals_is_outside_the_margin(
    name: str, ballots: list[tuple[int, ...]], seats: int
) -> None:
    rule = METHODS[name].make(3, seats, 0)
    assert_margin(Approvals.of(3, ballots), rule, SETS, exact=name in {"approval/1", "pav/1"})


@pytest.mark.parametrize("completion", ["none", "approvals"])
@FEW
@given(ballots=few(SETS))
def test_equal_shares_keep_within_the_margin_whatever_completes_them(
    completion: str, ballots: list[tuple[int, ...]]
) -> None:
    rule = EqualShares(completion=completion, options=3, seats=2, ties=ONLY_LOT)  # type: ignore[arg-type]  # one of its values
    assert_margin(Approvals.of(3, ballots), rule, SETS)


@pytest.mark.parametrize("score", ["approvals", "content"])
@FEW
@given(ballots=few(SETS), members=st.sets(st.integers(1, 3), min_size=1))
def test_approvals_with_minimum_shares_keep_within_the_margin(
    score: str, ballots: list[tuple[int, ...]], members: set[int]
) -> None:
    share = GroupShare(least=1, members=tuple(sorted(members)), name="women")
    rule = GroupedApproval(groups=(share,), options=3, score=score, seats=2, ties=ONLY_LOT)  # type: ignore[arg-type]  # one of its values
    assert_margin(Approvals.of(3, ballots), rule, SETS)


@pytest.mark.parametrize(
    "rule",
    [
        Score(by="sum", levels=3, options=2, seats=1, ties=ONLY_LOT),
        Score(by="average", levels=3, options=2, seats=1, ties=ONLY_LOT),
        MajorityJudgment(levels=3, middle="lower", options=2, seats=1, ties=ONLY_LOT),
        MajorityJudgment(levels=3, middle="upper", options=2, seats=1, ties=ONLY_LOT),
    ],
)
@settings(max_examples=15)
@given(ballots=few(list(product((-1, 0, 1, 2), repeat=2))))
def test_no_change_of_grades_is_outside_the_margin(
    rule: Score | MajorityJudgment, ballots: list[tuple[int, ...]]
) -> None:
    every = list(product((-1, 0, 1, 2), repeat=2))
    exact = isinstance(rule, Score) and rule.by == "sum"
    assert_margin(Grades.of(2, 3, ballots), rule, every, exact=exact)


def moved(votes: Sequence[int], many: int) -> set[tuple[int, ...]]:
    """Every way in which so many votes may go to other claimants."""
    found = {tuple(votes)}
    for _ in range(many):
        found |= {
            tuple(v - (n == a) + (n == b) for n, v in enumerate(one))
            for one in found
            for a in range(len(votes))
            for b in range(len(votes))
            if a != b and one[a]
        }
    return found


@pytest.mark.parametrize("name", sorted(n for n, m in METHODS.items() if m.kind == "claims"))
@settings(max_examples=40)
@given(
    votes=st.lists(st.integers(0, 12), min_size=2, max_size=3).filter(any),
    seats=st.integers(1, 7),
    limits=st.sampled_from(["none", "least", "largest"]),
)
def test_margins_of_seats_are_exact(name: str, votes: list[int], seats: int, limits: str) -> None:
    rule: Any = METHODS[name].make(len(votes), seats, 0)
    bound = {"least": (1,) * len(votes), "largest": (5,) * len(votes)}.get(limits)
    assume(limits != "least" or seats >= len(votes))
    if bound:
        rule = type(rule)(**{f: getattr(rule, f) for f in rule.__struct_fields__} | {limits: bound})
    outcome = outcome_of(Claims(votes), rule)
    margin, before = margin_of(outcome, Claims(votes)), result_of(outcome)
    for many in range(sum(votes) + 1):
        turned = any(another_result(Claims(v), rule, before) for v in moved(votes, many))
        if margin is None or many < margin.least:
            assert not turned
        else:
            assert turned
            return
    assert margin is None


@settings(max_examples=60)
@given(
    votes=st.lists(st.integers(0, 9), min_size=3, max_size=3).filter(any), seats=st.integers(1, 9)
)
def test_every_quota_of_remainders_has_an_exact_margin(votes: tuple[int, ...], seats: int) -> None:
    assume(any(votes))
    quotas: tuple[Literal["hagenbach-bischoff", "rounded-hagenbach-bischoff"], ...]
    quotas = ("hagenbach-bischoff", "rounded-hagenbach-bischoff")
    for quota in quotas:
        rule = Remainders(
            largest=(),
            least=(),
            options=3,
            quota=quota,
            seats=seats,
            ties=ONLY_LOT,
        )
        outcome = outcome_of(Claims(votes), rule)
        margin, before = margin_of(outcome, Claims(votes)), result_of(outcome)
        for many in range(sum(votes) + 1):
            turned = any(another_result(Claims(v), rule, before) for v in moved(votes, many))
            assert turned == (margin is not None and many >= margin.least)
            if turned:
                break
