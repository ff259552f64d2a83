"""Minimum shares taken apart: solvers of equations say who fits, libraries count the votes.

No library counts by minimum shares. OR-tools and HiGHS know nothing of elections: they say
whether seats can be filled so that every group has its share, and find the best way.
"""

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any, Literal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from collegium.counting import (
    ONLY_LOT,
    Approvals,
    GroupedApproval,
    GroupedStv,
    GroupShare,
    Profile,
    Stv,
    count,
    tied_outcomes,
)
from collegium.counting.files import read_abcvoting
from tests.elections import approvals, strict_profiles
from tests.judging import FEW, LOT, in_abcvoting, in_votelib, library
from tests.published import files_in, profile_of, ranked, text_of

pytestmark = pytest.mark.filterwarnings("ignore")

Groups = tuple[GroupShare, ...]
NAMES = ("women", "the north", "the young")


def model_of(options: Iterable[int], seats: int, groups: Groups) -> tuple[Any, dict[int, Any]]:
    """The committees that meet the minimum shares, for OR-tools."""
    model = library("ortools.sat.python.cp_model").CpModel()
    sits = {option: model.new_bool_var(str(option)) for option in options}
    model.add(sum(sits.values()) == seats)
    for group in groups:
        model.add(sum(sits[one] for one in group.members if one in sits) >= group.least)
    return model, sits


def solver() -> Any:
    """OR-tools' solver in one thread: so small a problem isn't worth a second one."""
    made = library("ortools.sat.python.cp_model").CpSolver()
    made.parameters.num_workers = 1
    return made


@cache
def can_be_filled(
    options: frozenset[int], seats: int, groups: Groups, sure: frozenset[int]
) -> bool:
    """Whether a committee out of these options, with all who are sure, meets the shares."""
    cp_model = library("ortools.sat.python.cp_model")
    model, sits = model_of(sorted(options), seats, groups)
    for option in sure:
        model.add(sits[option] == 1)
    found: bool = solver().solve(model) == cp_model.OPTIMAL
    return found


@st.composite
def groups_for(draw: st.DrawFn, options: int, seats: int, *, apart: bool = False) -> Groups:
    """Up to three groups, apart or not, whose shares can be met."""
    left = set(range(1, options + 1))
    made: list[GroupShare] = []
    for name in NAMES[: draw(st.integers(1, 3))]:
        if not left:
            break
        members = draw(st.sets(st.sampled_from(sorted(left)), min_size=1))
        least = draw(st.integers(1, min(len(members), seats)))
        made.append(GroupShare(least=least, members=tuple(sorted(members)), name=name))
        left -= members if apart else set()
    assume(can_be_filled(frozenset(range(1, options + 1)), seats, tuple(made), frozenset()))
    return tuple(made)


def rule_of(
    profile: Approvals, seats: int, groups: Groups, score: Literal["approvals", "content"]
) -> GroupedApproval:
    return GroupedApproval(
        groups=groups, options=profile.options, score=score, seats=seats, ties=ONLY_LOT
    )


def greedy(profile: Approvals, seats: int, groups: Groups, score: str) -> set[tuple[int, ...]]:
    """Seat by seat whoever adds most by abcvoting's scores, if OR-tools finds room for the rest."""
    scores = library("abcvoting.scores")
    gain = scores.get_marginal_scorefct({"approvals": "av", "content": "pav"}[score])
    cast, everybody = in_abcvoting(profile), frozenset(range(1, profile.options + 1))
    committees = {frozenset[int]()}
    for _ in range(seats):
        longer = set()
        for seated in committees:
            added = scores.marginal_thiele_scores_add(gain, cast, [one - 1 for one in seated])
            able = [
                option
                for option in everybody - seated
                if can_be_filled(everybody, seats, groups, seated | {option})
            ]
            most = max(added[option - 1] for option in able)
            longer |= {seated | {option} for option in able if added[option - 1] == most}
        committees = longer
    return {tuple(sorted(committee)) for committee in committees}


@pytest.mark.parametrize("score", ["approvals", "content"])
@FEW
@given(approvals(), st.data())
def test_abcvoting_and_ortools_seat_the_same_members_of_groups(
    score: Any, profile: Approvals, data: st.DataObject
) -> None:
    seats = data.draw(st.integers(1, profile.options))
    groups = data.draw(groups_for(profile.options, seats))
    ours = tied_outcomes(profile, rule_of(profile, seats, groups, score), 20_000)
    assert greedy(profile, seats, groups, score) == ours


@pytest.mark.parametrize("score", ["approvals", "content"])
@pytest.mark.parametrize("instance", files_in("abcvoting", ".abc.yaml")[::10])
def test_abcvoting_and_ortools_seat_the_same_of_published_ballots(
    instance: str, score: Any
) -> None:
    file = read_abcvoting(text_of(f"abcvoting/{instance}.abc.yaml"), instance)
    many = file.profile.options
    groups = (
        GroupShare(least=1, members=tuple(range(1, many + 1, 2)), name="odd"),
        GroupShare(least=2, members=tuple(range(many // 2, many + 1)), name="late"),
    )
    ours = tied_outcomes(file.profile, rule_of(file.profile, file.seats, groups, score), 20_000)
    assert greedy(file.profile, file.seats, groups, score) == ours


def best_total(totals: Mapping[int, int], seats: int, groups: Groups) -> int:
    """The most approvals of a committee that meets the shares, found by HiGHS."""
    pulp = library("pulp")
    problem = pulp.LpProblem("committee", pulp.LpMaximize)
    sits = {option: pulp.LpVariable(f"sits{option}", cat="Binary") for option in totals}
    problem += pulp.lpSum(total * sits[option] for option, total in totals.items())
    problem += pulp.lpSum(sits.values()) == seats
    for group in groups:
        problem += pulp.lpSum(sits[option] for option in group.members) >= group.least
    assert pulp.LpStatus[problem.solve(pulp.HiGHS(msg=False))] == "Optimal"
    best: float = pulp.value(problem.objective)
    return round(best)


@FEW
@given(approvals(), st.data())
def test_two_solvers_find_the_same_best_committees_of_groups_apart(
    profile: Approvals, data: st.DataObject
) -> None:
    """Where no option is in two groups, going seat by seat leads to every best committee.

    Then the committees that meet the shares are the bases of a matroid (J. Edmonds, Matroids and
    the greedy algorithm, 1971).
    """
    seats = data.draw(st.integers(1, profile.options))
    groups = data.draw(groups_for(profile.options, seats, apart=True))
    totals = dict(enumerate(profile.totals(), 1))
    best = best_total(totals, seats, groups)
    model, sits = model_of(totals, seats, groups)
    model.add(sum(total * sits[option] for option, total in totals.items()) == best)
    ours = tied_outcomes(profile, rule_of(profile, seats, groups, "approvals"), 20_000)
    assert every_solution(model, sits) == ours


def every_solution(model: Any, sits: Mapping[int, Any]) -> set[tuple[int, ...]]:
    cp_model = library("ortools.sat.python.cp_model")
    found: set[tuple[int, ...]] = set()

    def collect(seen: Any) -> None:
        found.add(tuple(option for option, var in sits.items() if seen.value(var)))

    collector = type(
        "Collector", (cp_model.CpSolverSolutionCallback,), {"on_solution_callback": collect}
    )
    every = solver()
    every.parameters.enumerate_all_solutions = True
    every.solve(model, collector())
    return found


class Guarding:
    """What votelib asks whom to keep: everybody but the lowest who may be excluded."""

    def __init__(self) -> None:
        self.able: set[int] = set()

    def evaluate(self, votes: Mapping[int, Any]) -> list[int]:
        fewest = min(votes[option] for option in self.able)
        (lowest,) = [option for option in self.able if votes[option] == fewest]
        return [option for option in votes if option != lowest]


def elected_in_votelib(profile: Profile, seats: int, groups: Groups) -> set[int]:
    """Votelib moves the votes in fractions; OR-tools says at each step who is doomed or guarded."""
    steps, keeper = library("votelib.evaluate.sequential"), Guarding()
    counting = steps.TransferableVoteDistributor(retainer=keeper, quota_function="droop")
    cast = in_votelib(profile)
    allocation, elected = steps.initial_allocation(cast), set[int]()

    def doomed(standing: frozenset[int], sure: frozenset[int]) -> set[int]:
        left = standing | sure
        return {o for o in standing if not can_be_filled(left, seats, groups, sure | {o})}

    while len(elected) < seats:
        totals = steps.allocation_totals(allocation)
        standing = frozenset(totals) - {None} - elected
        sure = frozenset(elected)
        quota = counting.quota_function(sum(cast.values()), seats)
        for option in sorted(standing, key=totals.__getitem__, reverse=True):
            if totals[option] >= quota and option not in doomed(standing - sure, sure):
                sure |= {option}
        out = doomed(standing - sure, sure)
        keeper.able = out or {
            option
            for option in standing - sure
            if can_be_filled((standing | sure) - {option}, seats, groups, sure)
        }
        most = {o: int(o in sure or (o not in out and totals[o] < quota)) for o in standing}
        allocation, found = counting.next_count(
            allocation,
            seats,
            sum(cast.values()),
            prev_gains=dict.fromkeys(elected, 1),
            max_seats=most | dict.fromkeys(elected, 1),
        )
        elected |= {option for option, seated in found.items() if seated}
    return elected


def votelib_stv(profile: Profile, seats: int) -> Stv:
    """Votelib's way: fractions, a whole quota, all surpluses at once."""
    return Stv(
        options=profile.options,
        decimals=None,
        equal_ranks="refuse",
        first_out=(),
        quota="droop",
        requota=False,
        seats=seats,
        surpluses="all-at-once",
        ties=ONLY_LOT,
        transfer="each-ballot",
    )


def stv_with(profile: Profile, seats: int, groups: Groups) -> GroupedStv:
    stv = votelib_stv(profile, seats)
    return GroupedStv(groups=groups, options=profile.options, stv=stv, ties=ONLY_LOT)


@FEW
@given(strict_profiles(least=3, most=6), st.data())
def test_votelib_and_ortools_elect_the_same_members_of_groups(
    profile: Profile, data: st.DataObject
) -> None:
    # Votelib knows only whom a ballot ranks.
    assume(len({option for order in in_votelib(profile) for option in order}) == profile.options)
    seats = data.draw(st.integers(1, profile.options))
    groups = data.draw(groups_for(profile.options, seats))
    outcome = count(profile, stv_with(profile, seats, groups), LOT)
    assume(not outcome.ties)
    assert elected_in_votelib(profile, seats, groups) == set(outcome.winners)


@pytest.mark.parametrize("ward", files_in("scotland", ".blt")[::12])
def test_votelib_and_ortools_elect_the_same_members_of_groups_in_a_ward(ward: str) -> None:
    file = ranked(f"scotland/{ward}.blt")
    profile = profile_of(file)
    plain = set(count(profile, votelib_stv(profile, file.seats), LOT).winners)
    beaten = tuple(sorted(set(range(1, profile.options + 1)) - plain))
    groups = (GroupShare(least=2, members=beaten, name="who would have lost"),)
    outcome = count(profile, stv_with(profile, file.seats, groups), LOT)
    assert not outcome.ties
    assert elected_in_votelib(profile, file.seats, groups) == set(outcome.winners)
