"""Plurality, majority and approval are one addition each; other people's libraries add too."""

from collections.abc import Collection, Iterable
from fractions import Fraction
from itertools import combinations
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from collegium.counting import (
    ONLY_LOT,
    Approval,
    Approvals,
    Majority,
    Plurality,
    Profile,
    count,
    tied_outcomes,
)
from collegium.counting.files import read_abcvoting
from tests.elections import approvals, strict_profiles
from tests.judging import FEW, LOT, in_abcvoting, in_pref_voting, in_votelib, library
from tests.published import files_in, profile_of, ranked, text_of

pytestmark = pytest.mark.filterwarnings("ignore")

WARDS = files_in("scotland", ".blt")[::10]


def plurality_of(profile: Profile, seats: int) -> Plurality:
    return Plurality(options=profile.options, seats=seats, ties=ONLY_LOT)


def first_preferences(profile: Profile) -> dict[int, int]:
    """As votelib adds them up; whom nobody puts first has none."""
    judge = library("votelib.convert").RankedToFirstPreference()
    found: dict[int, int] = judge.convert(in_votelib(profile))
    return dict.fromkeys(range(1, profile.options + 1), 0) | found


def committees(found: Iterable[Any]) -> set[tuple[int, ...]]:
    """Everybody whom votelib elects for certain, with all choices among those who tie."""
    certain = [one for one in found if isinstance(one, int)]
    ties = [one for one in found if not isinstance(one, int)]
    choices: Collection[tuple[int, ...]] = [()]
    if ties:
        choices = list(combinations(sorted(ties[0]), len(ties)))
    return {tuple(sorted([*certain, *choice])) for choice in choices}


@FEW
@given(strict_profiles(), st.integers(1, 3))
def test_votelib_elects_the_same_by_first_preferences(profile: Profile, seats: int) -> None:
    judge = library("votelib.evaluate.core").Plurality()
    assume(seats <= profile.options)
    found = judge.evaluate(first_preferences(profile), seats)
    assert committees(found) == tied_outcomes(profile, plurality_of(profile, seats))


@FEW
@given(strict_profiles())
def test_pref_voting_finds_all_who_tie_for_most_first_preferences(profile: Profile) -> None:
    judge = library("pref_voting.scoring_methods")
    everybody = {option for (option,) in tied_outcomes(profile, plurality_of(profile, 1))}
    assert set(judge.plurality(in_pref_voting(profile))) == everybody


def elected_in_votekit(profile: Profile, seats: int) -> tuple[int, ...]:
    """By votekit's single non-transferable vote, which refuses ties."""
    ballot, made = library("votekit.ballot").RankBallot, library("votekit.pref_profile")
    cast = made.RankProfile(
        ballots=[
            ballot(ranking=[[str(option)] for option in order], weight=weight)
            for order, weight in in_votelib(profile).items()
        ],
        candidates=[str(number) for number in range(1, profile.options + 1)],
    )
    found = library("votekit.elections").SNTV(cast, n_seats=seats).get_elected()
    return tuple(sorted(int(option) for place in found for option in place))


@FEW
@given(strict_profiles(), st.integers(1, 3))
def test_votekit_elects_the_same_by_first_preferences(profile: Profile, seats: int) -> None:
    # Votekit seats nobody whom no ballot ranks.
    assume(seats <= len({option for order in in_votelib(profile) for option in order}))
    outcome = count(profile, plurality_of(profile, seats), LOT)
    assume(not outcome.ties)
    assert elected_in_votekit(profile, seats) == outcome.winners


@pytest.mark.parametrize("ward", WARDS)
def test_three_libraries_elect_the_same_in_a_ward_by_first_preferences(ward: str) -> None:
    file = ranked(f"scotland/{ward}.blt")
    profile = profile_of(file)
    ours = tied_outcomes(profile, plurality_of(profile, file.seats))
    judge = library("votelib.evaluate.core").Plurality()
    assert committees(judge.evaluate(first_preferences(profile), file.seats)) == ours
    assert {elected_in_votekit(profile, file.seats)} == ours
    first = library("pref_voting.scoring_methods").plurality(in_pref_voting(profile))
    assert {(option,) for option in first} == tied_outcomes(profile, plurality_of(profile, 1))


@FEW
@given(
    strict_profiles(),
    st.sampled_from(["votes", "ballots", "present", "entitled"]),
    st.sampled_from([(1, 2), (2, 3), (3, 4), (1, 3), (3, 5)]),
    st.booleans(),
    st.integers(0, 30),
)
def test_votelib_finds_the_same_majorities_of_every_base(
    profile: Profile, base: Any, share: tuple[int, int], exactly: Any, others: int
) -> None:
    judge = library("votelib.evaluate.approval")
    votes = first_preferences(profile)
    blank = profile.ballots - sum(votes.values())
    members = profile.ballots + others if base in ("present", "entitled") else 0
    silent = {"votes": 0, "ballots": blank}.get(base, blank + others)
    selector = judge.QuotaSelector(
        lambda total, _: Fraction(*share) * total, accept_equal=exactly, on_more_over_quota="select"
    )
    # Who votes for nobody is one more candidate in votelib's sum. Nobody wins without a vote.
    found = selector.evaluate(votes | {"nobody": silent}, len(votes) + 1)
    rule = Majority(
        base=base, exactly=exactly, members=members, options=profile.options, share=share
    )
    assert set(count(profile, rule).winners) == {n for n in votes if n in found and votes[n]}


def majority_of_ballots(profile: Profile) -> Majority:
    return Majority(base="ballots", exactly=False, members=0, options=profile.options, share=(1, 2))


@pytest.mark.parametrize("ward", WARDS)
def test_two_libraries_find_the_same_majority_in_a_ward(ward: str) -> None:
    profile = profile_of(ranked(f"scotland/{ward}.blt"))
    winners = list(count(profile, majority_of_ballots(profile)).winners)
    quotas, others = library("votelib.evaluate.approval"), library("pref_voting.other_methods")
    judge = quotas.QuotaSelector("hagenbach_bischoff", accept_equal=False)
    assert judge.evaluate(first_preferences(profile)) == winners
    assert others.absolute_majority(in_pref_voting(profile)) == winners


@FEW
@given(strict_profiles())
def test_pref_voting_finds_the_same_majority_of_the_ballots(profile: Profile) -> None:
    judge = library("pref_voting.other_methods")
    found = judge.absolute_majority(in_pref_voting(profile))
    assert list(count(profile, majority_of_ballots(profile)).winners) == found


def approval_of(profile: Approvals, seats: int) -> Approval:
    return Approval(options=profile.options, seats=seats, ties=ONLY_LOT)


def in_abcvoting_by_approvals(profile: Approvals, seats: int) -> set[tuple[int, ...]]:
    rules = library("abcvoting.abcrules")
    found = rules.compute("av", in_abcvoting(profile), seats, resolute=False)
    return {tuple(sorted(option + 1 for option in committee)) for committee in found}


def in_votelib_by_approvals(profile: Approvals, seats: int) -> set[tuple[int, ...]]:
    cast = {frozenset(ballot): weight for ballot, weight in profile.weights.items()}
    votes = library("votelib.convert").ApprovalToSimpleVotes().convert(cast)
    votes = dict.fromkeys(range(1, profile.options + 1), 0) | votes
    return committees(library("votelib.evaluate.core").Plurality().evaluate(votes, seats))


@FEW
@given(approvals(), st.integers(1, 3))
def test_abcvoting_elects_the_same_by_approvals(profile: Approvals, seats: int) -> None:
    assume(seats <= len({option for ballot in profile.weights for option in ballot}))
    ours = tied_outcomes(profile, approval_of(profile, seats))
    assert in_abcvoting_by_approvals(profile, seats) == ours


@FEW
@given(approvals(), st.integers(1, 3))
def test_votelib_elects_the_same_by_approvals(profile: Approvals, seats: int) -> None:
    assume(seats <= profile.options)
    ours = tied_outcomes(profile, approval_of(profile, seats))
    assert in_votelib_by_approvals(profile, seats) == ours


@pytest.mark.parametrize("instance", files_in("abcvoting", ".abc.yaml")[::8])
def test_two_libraries_elect_the_same_committees_of_published_ballots(instance: str) -> None:
    file = read_abcvoting(text_of(f"abcvoting/{instance}.abc.yaml"), instance)
    ours = tied_outcomes(file.profile, approval_of(file.profile, file.seats), 20_000)
    assert in_abcvoting_by_approvals(file.profile, file.seats) == ours
    assert in_votelib_by_approvals(file.profile, file.seats) == ours


@FEW
@given(approvals())
def test_pref_voting_finds_all_who_tie_for_most_approvals(profile: Approvals) -> None:
    made = library("pref_voting.grade_profiles").GradeProfile(
        [dict.fromkeys(ballot, 1) for ballot in profile.weights],
        [0, 1],
        gcounts=list(profile.weights.values()),
        candidates=list(range(1, profile.options + 1)),
    )
    everybody = {option for (option,) in tied_outcomes(profile, approval_of(profile, 1))}
    assert set(library("pref_voting.grade_methods").approval(made)) == everybody
