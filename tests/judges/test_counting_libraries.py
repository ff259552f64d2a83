"""Other people's libraries count the same ballots: votelib, pref_voting, abcvoting, apportionment.

They are test judges only; `python3 start.py install judges` brings them.
"""

from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from collegium.counting import (
    ONLY_LOT,
    Approvals,
    Claims,
    CondorcetIrv,
    EqualShares,
    Minimax,
    Pav,
    Profile,
    Schulze,
    SequentialPav,
    SequentialPhragmen,
    TopSet,
    count,
    irv,
    tied_outcomes,
)
from collegium.counting.approvals import ApprovalRule
from collegium.counting.methods import METHODS
from collegium.counting.seats import SeatsOutcome
from tests.elections import approvals, claims, ranked_profiles, strict_profiles
from tests.judging import (
    FEW,
    LOT,
    in_abcvoting,
    in_pref_voting,
    library,
    no_lot,
    pairs_of,
)
from tests.published import files_in, profile_of, ranked

# What the judges deprecate in each other is not our affair.
pytestmark = pytest.mark.filterwarnings("ignore")


def seats_by(method: str, votes: Claims, seats: int) -> SeatsOutcome:
    rule: Any = METHODS[method].make(votes.options, seats, 0)
    outcome = count(votes, rule, LOT)
    assert isinstance(outcome, SeatsOutcome)
    return outcome


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [("dhondt/1", "dhondt"), ("sainte-lague/1", "saintelague"), ("hare/1", "hamilton")],
)
@FEW
@given(claims(), st.integers(1, 30))
def test_apportionment_shares_out_the_same_seats(
    ours: str, theirs: str, votes: Claims, seats: int
) -> None:
    judge = library("apportionment.methods")
    outcome = seats_by(ours, votes, seats)
    assume(no_lot(outcome))
    found = judge.compute(theirs, list(votes.votes), seats, fractions=True)
    assert list(outcome.seats) == found


@FEW
@given(claims(), st.integers(6, 30))
def test_apportionment_gives_states_the_same_seats(votes: Claims, seats: int) -> None:
    judge = library("apportionment.methods")
    outcome = seats_by("huntington-hill/1", votes, seats)
    assume(no_lot(outcome))
    found = judge.compute("huntington", list(votes.votes), seats)
    assert list(outcome.seats) == found


@pytest.mark.parametrize(
    ("ours", "theirs"), [("dhondt/1", "d_hondt"), ("sainte-lague/1", "sainte_lague")]
)
@FEW
@given(claims(), st.integers(1, 30))
def test_votelib_shares_out_the_same_seats(
    ours: str, theirs: str, votes: Claims, seats: int
) -> None:
    judge = library("votelib.evaluate.proportional")
    outcome = seats_by(ours, votes, seats)
    assume(no_lot(outcome))
    named = dict(enumerate(votes.votes, 1))
    found = judge.HighestAverages(theirs).evaluate(named, seats)
    assert [found.get(number, 0) for number in named] == list(outcome.seats)


@pytest.mark.parametrize(("ours", "theirs"), [("hare/1", "hare"), ("droop/1", "droop")])
@FEW
@given(claims(), st.integers(1, 30))
def test_votelib_shares_out_the_same_remainders(
    ours: str, theirs: str, votes: Claims, seats: int
) -> None:
    judge = library("votelib.evaluate.proportional")
    outcome = seats_by(ours, votes, seats)
    assume(no_lot(outcome))
    # Votelib gives nobody two seats by remainders, and takes none back.
    assume(len(outcome.stages) <= 1 + votes.options)
    assume(not any(stage.excluded for stage in outcome.stages))
    named = dict(enumerate(votes.votes, 1))
    found = judge.LargestRemainder(theirs).evaluate(named, seats)
    assert [found.get(number, 0) for number in named] == list(outcome.seats)


@FEW
@given(ranked_profiles())
def test_votelib_finds_the_same_smith_set(profile: Profile) -> None:
    judge = library("votelib.evaluate.condorcet")
    assume(profile.ballots)
    ours = count(profile, TopSet(options=profile.options, which="smith")).winners
    assert sorted(judge.SmithSet().evaluate(pairs_of(profile))) == list(ours)


@FEW
@given(strict_profiles())
def test_pref_voting_elects_the_same_by_margins(profile: Profile) -> None:
    judge = library("pref_voting.margin_based_methods")
    cast = in_pref_voting(profile)
    schulze = count(profile, Schulze(options=profile.options, strength="margins"))
    minimax = count(profile, Minimax(options=profile.options, strength="margins"))
    assert sorted(judge.beat_path(cast)) == list(schulze.winners)
    assert sorted(judge.minimax(cast)) == list(minimax.winners)


@FEW
@given(strict_profiles())
def test_pref_voting_finds_all_tied_winners_of_the_runoff(profile: Profile) -> None:
    judge = library("pref_voting.iterative_methods")
    rule = irv(profile.options)
    everybody = {option for (option,) in tied_outcomes(profile, without_history(rule))}
    assert set(judge.instant_runoff_put(in_pref_voting(profile))) == everybody


def without_history(rule: Any) -> Any:
    """The rule with ties that are never settled by an earlier stage."""
    return type(rule)(
        **{name: getattr(rule, name) for name in rule.__struct_fields__} | {"ties": ONLY_LOT}
    )


@FEW
@given(strict_profiles())
def test_pref_voting_elects_the_same_by_benham(profile: Profile) -> None:
    judge = library("pref_voting.iterative_methods")
    rule = CondorcetIrv(
        equal_ranks="refuse", options=profile.options, ties=ONLY_LOT, variant="benham"
    )
    everybody = {option for (option,) in tied_outcomes(profile, rule)}
    assert set(judge.benham_put(in_pref_voting(profile))) == everybody


@FEW
@given(strict_profiles())
def test_pref_voting_elects_the_same_by_smith_sets_and_runoffs(profile: Profile) -> None:
    judge = library("pref_voting.iterative_methods")
    cast = in_pref_voting(profile)
    rule = CondorcetIrv(
        equal_ranks="refuse", options=profile.options, ties=ONLY_LOT, variant="alternating"
    )
    everybody = {option for (option,) in tied_outcomes(profile, rule)}
    assert set(judge.tideman_alternative_smith_put(cast)) == everybody


@FEW
@given(strict_profiles())
def test_pref_voting_finds_the_same_top_sets(profile: Profile) -> None:
    judge = library("pref_voting.c1_methods")
    cast = in_pref_voting(profile)
    smith = count(profile, TopSet(options=profile.options, which="smith"))
    assert sorted(judge.gocha(cast)) == list(smith.schwartz)
    assert sorted(judge.top_cycle(cast)) == list(smith.smith)


@pytest.mark.parametrize("ward", files_in("scotland", ".blt")[::6])
def test_pref_voting_elects_the_same_councillors(ward: str) -> None:
    judge = library("pref_voting.proportional_methods")
    file = ranked(f"scotland/{ward}.blt")
    profile = profile_of(file)
    rule: Any = METHODS["scottish-stv/1"].make(profile.options, file.seats, 0)
    found = judge.stv_scottish(in_pref_voting(profile), num_seats=file.seats)
    assert sorted(found) == list(count(profile, rule, LOT).winners)


def committee_rule(name: str, options: int, seats: int) -> ApprovalRule:
    if name == "equal-shares":
        return EqualShares(completion="phragmen", options=options, seats=seats, ties=ONLY_LOT)
    if name == "pav":
        return Pav(most_steps=9999, options=options, seats=seats, ties=ONLY_LOT)
    made = SequentialPav if name == "seqpav" else SequentialPhragmen
    return made(options=options, seats=seats, ties=ONLY_LOT)


@FEW
@given(approvals(), st.integers(1, 3))
def test_votelib_finds_the_same_committees(profile: Approvals, seats: int) -> None:
    judge = library("votelib.evaluate.approval")
    assume(seats <= profile.options)
    rule = SequentialPav(options=profile.options, seats=seats, ties=ONLY_LOT)
    assume(not count(profile, rule, LOT).ties)
    cast = {frozenset(ballot): weight for ballot, weight in profile.weights.items() if ballot}
    assume(all(any(o in b for b in cast) for o in range(1, profile.options + 1)))
    found = judge.SequentialProportionalApproval().evaluate(cast, seats)
    assert sorted(found) == list(count(profile, rule, LOT).winners)


@pytest.mark.parametrize("name", ["seqpav", "seqphragmen", "equal-shares", "pav"])
@FEW
@given(approvals(), st.integers(1, 3))
def test_abcvoting_finds_the_same_tied_committees(
    name: str, profile: Approvals, seats: int
) -> None:
    rules = library("abcvoting.abcrules")
    assume(seats <= profile.options)
    assume(
        sum(any(o in b for b in profile.weights) for o in range(1, profile.options + 1)) >= seats
    )
    algorithm = ALGORITHM.get(name, "fastest")
    cast = in_abcvoting(profile)
    found = rules.compute(name, cast, seats, resolute=False, algorithm=algorithm)
    theirs = {tuple(sorted(option + 1 for option in committee)) for committee in found}
    rule = committee_rule(name, profile.options, seats)
    if isinstance(rule, Pav):
        assert set(getattr(count(profile, rule, LOT), "committees", ())) == theirs
    else:
        assert tied_outcomes(profile, rule, 20_000) == theirs


ALGORITHM = {"pav": "branch-and-bound", "seqpav": "standard"}
ALGORITHM |= {"seqphragmen": "standard-fractions", "equal-shares": "standard-fractions"}
