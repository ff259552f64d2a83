"""Margins of real and small elections: what is told of them, and what is refused."""

import pytest

from collegium.counting import (
    ONLY_LOT,
    Approval,
    Approvals,
    Claims,
    Plurality,
    Profile,
    Schulze,
    Ties,
    count,
    irv,
    reference_meek,
    scottish_stv,
)
from collegium.counting.margins import Margin, Witness, margin_of
from collegium.counting.methods import METHODS
from collegium.counting.profile import MOST_BALLOTS
from collegium.counting.protocol import as_json, as_text, sheet_of
from tests.published import profile_of, ranked

NAMES = ("Ana", "Ben", "Cho")
LOT = Ties(seed="margins")
WARD = ranked("scotland/aberdeen_2017_ward1.blt")
BALLOTS = profile_of(WARD)


def test_a_ward_is_turned_by_a_number_between_two_that_are_shown() -> None:
    outcome = count(BALLOTS, scottish_stv(BALLOTS.options, WARD.seats), LOT)
    margin = margin_of(outcome, BALLOTS)
    assert margin is not None
    assert (margin.least, margin.kind) == (18, "between")
    assert margin.witness is not None
    again = count(margin.witness.profile, scottish_stv(BALLOTS.options, WARD.seats), LOT)
    assert again.winners == margin.witness.then != outcome.winners


def test_the_margin_of_a_runoff_in_a_ward_is_exact() -> None:
    """As many ballots as the last round suggests, and no order of going out needs fewer."""
    outcome = count(BALLOTS, irv(BALLOTS.options), LOT)
    margin = margin_of(outcome, BALLOTS)
    assert margin is not None
    assert (margin.ballots, margin.kind) == (40, "exact")


def test_without_the_ballots_only_the_figures_speak() -> None:
    outcome = count(BALLOTS, irv(BALLOTS.options), LOT)
    margin = margin_of(outcome)
    assert margin is not None
    assert (margin.least, margin.most, margin.witness) == (14, 40, None)


def test_an_outcome_that_hung_on_a_lot_has_no_margin_left() -> None:
    level = Approvals(2, {(1,): 3, (2,): 3})
    outcome = count(level, Approval(options=2, seats=1, ties=ONLY_LOT), LOT)
    margin = margin_of(outcome, level)
    assert margin is not None
    assert (margin.ballots, margin.kind) == (0, "exact")
    assert margin.told(NAMES) == (
        "The outcome hung on a tie: no changed ballot was needed for another one.",
    )


def test_nothing_changes_where_everybody_is_elected() -> None:
    ballots = Profile(2, {"12": 3})
    assert margin_of(count(ballots, scottish_stv(2, 2)), ballots) is None
    assert margin_of(count(ballots, Plurality(options=2, seats=2, ties=ONLY_LOT)), ballots) is None


def test_ballots_of_another_outcome_are_refused() -> None:
    outcome = count(Profile(2, {"12": 3}), irv(2))
    with pytest.raises(ValueError, match="these very ballots"):
        margin_of(outcome, Profile(2, {"12": 4}))


def test_seats_move_by_votes_and_the_recount_says_where_to() -> None:
    votes = Claims([50, 30, 20])
    rule = METHODS["dhondt/1"].make(3, 5, 0)
    outcome = count(votes, rule, LOT)  # type: ignore[call-overload]  # a method makes any rule
    margin = margin_of(outcome, votes)
    assert margin is not None
    number, proof, recount = margin.told(NAMES)
    assert (
        number == "2 changed votes would change the outcome or bring it to a tie; fewer would not."
    )
    assert proof.startswith("For each two claimants")
    assert recount == (
        "A recount shows it: 2 votes changed in favour of Ben, at the cost of Ana, can lead to "
        "these seats: Ana 2, Ben 2, Cho 1."
    )


def test_the_protocol_tells_the_margin_of_a_comparison() -> None:
    ballots = Profile(3, {"12-": 8, "-12": 3})
    outcome = count(ballots, Schulze(options=3, strength="margins"))
    told = as_text(sheet_of(outcome, NAMES, margin=margin_of(outcome, ballots)))
    assert "3 changed ballots would change the outcome or bring it to a tie" in told
    assert "A recount shows it: 3 ballots changed in favour of Ben, at the cost of Ana" in told


def test_the_object_has_both_bounds_and_the_recount() -> None:
    ballots = Profile(3, {"12-": 8, "-12": 3, "--1": 2, "2-1": 1})
    outcome = count(ballots, reference_meek(3, 2), LOT)
    found = as_json(outcome, NAMES, "meek/1", margin_of(outcome, ballots))["margin"]
    assert (found["least"], found["most"], found["kind"]) == (1, 2, "at-most")
    assert found["recounted"]["may_lead_to"] == ["Ana", "Cho"]


def test_the_largest_vote_has_a_margin_too() -> None:
    ballots = Profile(2, {"1-": MOST_BALLOTS - 7, "-1": 7})
    outcome = count(ballots, irv(2), LOT)
    margin = margin_of(outcome, ballots)
    assert margin is not None
    assert margin.least == (MOST_BALLOTS - 14 + 1) // 2


@pytest.mark.parametrize(
    ("least", "most", "kind", "says"),
    [
        (1, 1, "exact", "1 changed ballot would change"),
        (4, None, "at-least", "At least 4 changed ballots would be needed"),
        (1, 9, "at-most", "At most 9 changed ballots would change"),
        (4, 9, "between", "At least 4 and at most 9 changed ballots"),
    ],
)
def test_a_margin_says_what_kind_of_bound_it_is(
    least: int, most: int | None, kind: str, says: str
) -> None:
    margin = Margin(least=least, most=most)
    assert margin.kind == kind
    assert margin.sentence.startswith(says)


def test_a_tie_that_nothing_decides_is_told_as_such() -> None:
    witness = Witness(2, Profile(2, {"12": 1}), 1, 2, ())
    assert witness.told(NAMES, "ballots") == (
        "A recount shows it: 2 ballots changed in favour of Ana, at the cost of Ben, come to a tie "
        "that nothing decides."
    )
