"""A second library for each rule of which the others know only one (`judges.md`)."""

from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from collegium.counting import (
    ONLY_LOT,
    Approvals,
    CondorcetIrv,
    EqualShares,
    Grades,
    MajorityJudgment,
    Minimax,
    Pav,
    Profile,
    RankedPairs,
    Schulze,
    Score,
    SequentialPhragmen,
    TopSet,
    UndecidedError,
    count,
    pairwise_matrix,
    reference_meek,
    tied_outcomes,
)
from collegium.counting.comparisons import all_defeats
from collegium.counting.ties import TieStep
from tests.elections import approvals, grades, strict_profiles
from tests.judging import FEW, LOT, in_pref_voting, in_votelib, library, pairs_of
from tests.published import files_in, profile_of, ranked

pytestmark = pytest.mark.filterwarnings("ignore")

VOTELIB_MEASURES = {
    "margins": "margins",
    "opposition": "pairwise_opposition",
    "plain-winning-votes": "winning_votes",
}


def different_strengths(profile: Profile) -> bool:
    """Whether every pair has a defeat, and no two are equally strong by any measure."""
    found = all_defeats(pairwise_matrix(profile))
    votes, margins = {one.votes for one in found}, {one.votes - one.opposed for one in found}
    every = profile.options * (profile.options - 1) // 2
    return len(votes) == len(margins) == len(found) == every


@pytest.mark.parametrize("strength", ["margins", "plain-winning-votes"])
@FEW
@given(strict_profiles())
def test_votelib_locks_the_same_pairs(strength: Any, profile: Profile) -> None:
    judge = library("votelib.evaluate.condorcet")
    assume(different_strengths(profile))
    rule = RankedPairs(options=profile.options, strength=strength, ties=ONLY_LOT)
    found = judge.RankedPairs(VOTELIB_MEASURES[strength]).evaluate(pairs_of(profile))
    assert found == list(count(profile, rule, LOT).winners)


@FEW
@given(strict_profiles(most=4))
def test_pref_voting_locks_the_same_pairs(profile: Profile) -> None:
    judge = library("pref_voting.margin_based_methods")
    assume(different_strengths(profile))
    rule = RankedPairs(options=profile.options, strength="margins", ties=ONLY_LOT)
    assert judge.ranked_pairs(in_pref_voting(profile)) == list(count(profile, rule, LOT).winners)


@pytest.mark.parametrize("strength", sorted(VOTELIB_MEASURES))
@FEW
@given(strict_profiles())
def test_votelib_finds_the_least_of_the_worst_defeats(strength: Any, profile: Profile) -> None:
    judge = library("votelib.evaluate.condorcet")
    assume(different_strengths(profile))
    ours = count(profile, Minimax(options=profile.options, strength=strength)).winners
    assume(len(ours) == 1)
    found = judge.MinimaxCondorcet(VOTELIB_MEASURES[strength]).evaluate(pairs_of(profile))
    assert found == list(ours)


@FEW
@given(strict_profiles())
def test_pref_voting_elects_the_same_by_winning_votes(profile: Profile) -> None:
    judge = library("pref_voting.margin_based_methods")
    cast = in_pref_voting(profile)
    schulze = count(profile, Schulze(options=profile.options, strength="plain-winning-votes"))
    assert sorted(judge.beat_path(cast, strength_function=cast.support)) == list(schulze.winners)
    minimax = count(profile, Minimax(options=profile.options, strength="plain-winning-votes"))
    assert sorted(judge.minimax(cast, strength_function=cast.support)) == list(minimax.winners)


@FEW
@given(strict_profiles())
def test_votelib_finds_the_same_schwartz_set(profile: Profile) -> None:
    judge = library("votelib.evaluate.condorcet")
    # Where two options are level, votelib may leave both out of the set, or everybody.
    pairs = pairs_of(profile)
    assume(all(pairs[a, b] != pairs[b, a] for a, b in pairs))
    ours = count(profile, TopSet(options=profile.options, which="schwartz")).winners
    assert sorted(judge.SchwartzSet().evaluate(pairs_of(profile))) == list(ours)


@pytest.mark.parametrize(
    ("variant", "theirs"), [("benham", "Benham"), ("alternating", "TidemanAlternative")]
)
@FEW
@given(strict_profiles())
def test_votelib_elects_the_same_by_hybrids(variant: Any, theirs: str, profile: Profile) -> None:
    judge = library("votelib.evaluate.sequential")
    rule = CondorcetIrv(options=profile.options, equal_ranks="refuse", ties=(), variant=variant)
    try:
        ours = count(profile, rule, LOT).winners
    except UndecidedError:
        assume(condition=False)
        raise
    cast = in_votelib(profile)
    assume({option for order in cast for option in order} == set(range(1, profile.options + 1)))
    assert getattr(judge, theirs)().evaluate(cast) == list(ours)


def smith_first(profile: Profile, *ties: TieStep) -> CondorcetIrv:
    return CondorcetIrv(
        options=profile.options, equal_ranks="refuse", ties=ties, variant="smith-first"
    )


@FEW
@given(strict_profiles())
def test_pref_voting_elects_the_same_by_the_first_smith_set(profile: Profile) -> None:
    judge = library("pref_voting.combined_methods")
    rule = smith_first(profile, *ONLY_LOT)
    everybody = {option for (option,) in tied_outcomes(profile, rule)}
    assert set(judge.smith_irv_put(in_pref_voting(profile))) == everybody


def runoff_in_the_smith_set(profile: Profile) -> list[int]:
    """Votelib's Smith set, and among its members votelib's instant runoff."""
    sets, runoffs = library("votelib.evaluate.condorcet"), library("votelib.evaluate.sequential")
    smith = sets.SmithSet().evaluate(pairs_of(profile))
    among = runoffs.RANKED_SUBSETTER.convert(in_votelib(profile), smith)
    cast = {order: weight for order, weight in among.items() if order}
    found: list[int] = runoffs.TransferableVoteSelector(quota_function=None).evaluate(cast, 1)
    return found


@FEW
@given(strict_profiles())
def test_votelib_elects_the_same_by_a_runoff_in_the_smith_set(profile: Profile) -> None:
    try:
        ours = count(profile, smith_first(profile), LOT).winners
    except UndecidedError:
        assume(condition=False)
        raise
    # Votelib knows only whom a ballot ranks.
    smith = count(profile, TopSet(options=profile.options, which="smith")).winners
    assume({option for order in in_votelib(profile) for option in order} >= set(smith))
    assert runoff_in_the_smith_set(profile) == list(ours)


@pytest.mark.parametrize("ward", files_in("cycles", ".blt"))
def test_two_libraries_elect_the_same_in_cyclic_wards_by_the_first_smith_set(ward: str) -> None:
    judge = library("pref_voting.combined_methods")
    profile = profile_of(ranked(f"cycles/{ward}.blt"))
    everybody = tied_outcomes(profile, smith_first(profile, *ONLY_LOT))
    assert {(n,) for n in judge.smith_irv_put(in_pref_voting(profile))} == everybody
    if ward == "real_glasgow_2017_ward21":  # two are level to the last, where votelib gives up
        assert everybody == {(2,), (5,)}
    else:
        assert {tuple(runoff_in_the_smith_set(profile))} == everybody


@pytest.mark.parametrize("name", ["42", "513"])
def test_pref_voting_elects_the_same_committees_by_meek(name: str) -> None:
    """Small elections without a tie; pref_voting takes minutes for hundreds of ballots."""
    judge = library("pref_voting.proportional_methods")
    file = ranked(f"meek/{name}.blt")
    profile = profile_of(file)
    found = judge.stv_meek(in_pref_voting(profile), num_seats=file.seats)
    ours = count(profile, reference_meek(profile.options, file.seats), LOT)
    assert sorted(found) == list(ours.winners)


def scores(cast: Grades) -> dict[frozenset[tuple[int, int]], int]:
    """Each ballot as pairs of an option and its grade."""
    found: dict[frozenset[tuple[int, int]], int] = {}
    for given_grades, weight in cast.weights.items():
        ballot = frozenset((n, max(grade, 0)) for n, grade in enumerate(given_grades, 1))
        found[ballot] = found.get(ballot, 0) + weight
    return found


@FEW
@given(grades())
def test_votelib_judges_by_the_lower_median_as_we_do(cast: Grades) -> None:
    judge = library("votelib.evaluate.cardinal")
    assume(cast.ballots)
    rule = MajorityJudgment(
        levels=cast.levels, middle="lower", options=cast.options, seats=1, ties=ONLY_LOT
    )
    ours = count(cast, rule, LOT)
    # Where medians are taken away, votelib may find no end or another winner than Balinski and
    # Laraki's definition: belenios-tool and the ballots of Orsay judge us there.
    medians = [int(total) for total in ours.stages[0].totals]
    assume(medians.count(max(medians)) == 1)
    assert judge.MajorityJudgment().evaluate(scores(cast)) == list(ours.winners)


@FEW
@given(grades())
def test_pref_voting_judges_by_the_gauge_as_we_do_by_the_lower_median(cast: Grades) -> None:
    """How many grade an option better than its median, or worse if those aren't fewer: its gauge.

    The best by Balinski and Laraki's majority value are among the best by the gauge, which tells
    fewer options apart. Pref_voting leaves out the weights of ballots when it looks for a median.
    """
    judge = library("pref_voting.grade_methods")
    assume(cast.ballots)
    rule = MajorityJudgment(
        levels=cast.levels, middle="lower", options=cast.options, seats=1, ties=ONLY_LOT
    )
    made = library("pref_voting.grade_profiles").GradeProfile(
        [
            {n: max(grade, 0) for n, grade in enumerate(given_grades, 1)}
            for given_grades, weight in cast.weights.items()
            for _ in range(weight)
        ],
        list(range(cast.levels)),
        candidates=list(range(1, cast.options + 1)),
    )
    best = set(count(cast, rule, LOT).ranking[0])
    found = set(judge.majority_judgement(made))
    assert best <= found


@FEW
@given(grades())
def test_two_libraries_add_up_the_same_grades(cast: Grades) -> None:
    votelib, pref_voting = (
        library("votelib.evaluate.cardinal"),
        library("pref_voting.grade_methods"),
    )
    assume(cast.ballots)
    rule = Score(by="sum", levels=cast.levels, options=cast.options, seats=1, ties=ONLY_LOT)
    ours = count(cast, rule, LOT)
    best = set(ours.ranking[0])
    made = library("pref_voting.grade_profiles").GradeProfile(
        [{n: max(g, 0) for n, g in enumerate(given, 1)} for given in cast.weights],
        list(range(cast.levels)),
        gcounts=list(cast.weights.values()),
        candidates=list(range(1, cast.options + 1)),
    )
    assert set(pref_voting.score_voting(made)) == best
    if len(best) == 1:
        assert votelib.ScoreVoting("sum").evaluate(scores(cast)) == list(ours.winners)


@FEW
@given(approvals(), st.integers(2, 3))
def test_votelib_finds_the_same_best_committee(profile: Approvals, seats: int) -> None:
    judge = library("votelib.evaluate.approval")
    assume(seats <= len({option for ballot in profile.weights for option in ballot}))
    rule = Pav(most_steps=9999, options=profile.options, seats=seats, ties=ONLY_LOT)
    ours: Any = count(profile, rule, LOT)
    assume(len(ours.committees) == 1)
    cast = {frozenset(ballot): weight for ballot, weight in profile.weights.items() if ballot}
    found = judge.ProportionalApproval().evaluate(cast, seats)
    assert sorted(found) == list(ours.winners)


def in_pabutools(profile: Approvals, seats: int) -> tuple[Any, Any]:
    """A budget of one for each seat, and projects of one each."""
    election = library("pabutools.election")
    projects = [election.Project(str(number), 1) for number in range(1, profile.options + 1)]
    instance = election.Instance(projects, budget_limit=seats)
    ballots = [
        election.ApprovalBallot([projects[option - 1] for option in ballot])
        for ballot, weight in profile.weights.items()
        for _ in range(weight)
    ]
    return instance, election.ApprovalProfile(ballots)


def committees(found: Any) -> set[tuple[int, ...]]:
    return {tuple(sorted(int(project.name) for project in one)) for one in found}


@FEW
@given(approvals(), st.integers(1, 3))
def test_pabutools_buys_the_same_committees_by_savings(profile: Approvals, seats: int) -> None:
    rules = library("pabutools.rules")
    assume(seats <= len({option for ballot in profile.weights for option in ballot}))
    found = rules.sequential_phragmen(*in_pabutools(profile, seats), resoluteness=False)
    rule = SequentialPhragmen(options=profile.options, seats=seats, ties=ONLY_LOT)
    assert committees(found) == tied_outcomes(profile, rule, 20_000)


@FEW
@given(approvals(), st.integers(1, 3))
def test_pabutools_buys_the_same_committees_out_of_equal_shares(
    profile: Approvals, seats: int
) -> None:
    rules, election = library("pabutools.rules"), library("pabutools.election")
    assume(seats <= profile.options)
    found = rules.method_of_equal_shares(
        *in_pabutools(profile, seats), sat_class=election.Cardinality_Sat, resoluteness=False
    )
    rule = EqualShares(completion="none", options=profile.options, seats=seats, ties=ONLY_LOT)
    assert committees(found) == tied_outcomes(profile, rule, 20_000)
