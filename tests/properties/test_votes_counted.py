"""Whatever can be opened can be counted, whatever the ballots: no outcome is ever out of reach."""

from typing import Any

from hypothesis import given, reject
from hypothesis import strategies as st
from msgspec.structs import replace

from collegium.counting.ballot import RANKS
from collegium.counting.methods import METHODS
from collegium.counting.outcomes import read_outcome
from collegium.parts.decisions.acts import DEBIAN, Counting
from collegium.parts.decisions.tallying import (
    GRADES,
    accepts_equal,
    counted_by,
    counting_rule,
    kind_of,
    profile_of,
)
from tests.voting import NO_QUORUM, PLAIN

SEED = "ab" * 32
VOTED = [name for name, method in METHODS.items() if method.kind != "claims"]


@st.composite
def countings(draw: st.DrawFn) -> Counting:
    """How a vote might be counted: whatever may be asked for, mostly with what fits."""
    name = draw(st.sampled_from(VOTED))
    graded = METHODS[name].kind == "grades"
    majority = name == "majority/1"
    counting = replace(
        DEBIAN,
        base=draw(st.sampled_from(["votes", "ballots", "entitled"])) if majority else "",
        equal=draw(st.sampled_from(["skip", "stop"])),
        levels=draw(st.integers(2, 36)) if graded else 0,
        method=name,
        seats=draw(st.integers(1, 8)),
        share=draw(st.sampled_from([(1, 2), (2, 3), (1, 10)])) if majority else (1, 1),
        skips=draw(st.sampled_from([35, 35, 0, 1])),
    )
    return replace(counting, equal="equal") if accepts_equal(counting) else counting


@st.composite
def given_ballots(draw: st.DrawFn, counting: Counting, options: int) -> dict[str, int]:
    """Ballots of the kind that the method counts; none, and blank ones, among them."""
    marks = {"ranked": RANKS[:options], "approvals": "x", "grades": GRADES[: counting.levels]}
    ballot = st.text(marks[kind_of(counting)] + "-", min_size=options, max_size=options)
    return draw(st.dictionaries(ballot, st.integers(1, 3), max_size=6))


def counted(counting: Counting, options: int, ballots: dict[str, int]) -> Any:
    """The outcome; the test ends here where such a vote can't be opened."""
    entitled = max(sum(ballots.values()), 1)
    try:
        rule = counting_rule(counting, (PLAIN,) * options, 1, NO_QUORUM, entitled, entitled)
    except ValueError:
        reject()
    return counted_by(rule, profile_of(counting, options, ballots), SEED)


@given(data=st.data(), counting=countings(), options=st.integers(2, 6))
def test_what_can_be_opened_can_be_counted(
    data: st.DataObject, counting: Counting, options: int
) -> None:
    ballots = data.draw(given_ballots(counting, options))
    outcome = counted(counting, options, ballots)
    assert outcome.ballots == sum(ballots.values())
    assert set(outcome.winners) <= set(range(1, options + 1))
    assert list(outcome.winners) == sorted(set(outcome.winners))


@given(data=st.data(), counting=countings(), options=st.integers(2, 6))
def test_an_outcome_is_read_back_from_its_bytes(
    data: st.DataObject, counting: Counting, options: int
) -> None:
    outcome = counted(counting, options, data.draw(given_ballots(counting, options)))
    assert read_outcome(outcome.canonical()) == outcome


@given(data=st.data(), counting=countings(), options=st.integers(2, 6))
def test_the_order_in_which_ballots_came_decides_nothing(
    data: st.DataObject, counting: Counting, options: int
) -> None:
    ballots = data.draw(given_ballots(counting, options))
    turned = dict(reversed(ballots.items()))
    assert counted(counting, options, ballots) == counted(counting, options, turned)
