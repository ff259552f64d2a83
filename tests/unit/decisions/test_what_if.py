"""Another method on the same ballots: every one that can count them, and no other."""

import pytest
from msgspec.structs import replace

from collegium.parts.decisions.acts import Counting
from collegium.parts.decisions.state import Vote
from collegium.parts.decisions.tallying import outcome_of, weights_of
from collegium.parts.decisions.what_if import alternatives, otherwise
from tests.cast import AMARA, BO, DMITRI, ESI, Person
from tests.voting import PLAIN, Voting

IRV = Counting("", "skip", 0, "irv/1", 1, (1, 1), 35)
TICKS = Counting("", "skip", 0, "approval/1", 1, (1, 1), 35)
POINTS = Counting("", "skip", 6, "score/1", 1, (1, 1), 35)
VOTERS: tuple[Person, ...] = (AMARA, BO, DMITRI, ESI)


def closed(hall: Voting, counting: Counting, *ballots: str) -> Vote:
    options = (PLAIN,) * len(ballots[0])
    opening = hall.plain_vote(counting=counting, default=len(options), options=options)
    name = hall.open(AMARA, opening)
    for person, marks in zip(VOTERS, ballots, strict=False):
        hall.cast(person, name, marks)
    hall.now = max(hall.now, hall.vote(name).closes)
    hall.close(AMARA, name)
    return hall.vote(name)


@pytest.mark.parametrize(
    ("counting", "ballots"),
    [
        (IRV, ("123", "213", "231", "12-")),
        (TICKS, ("x-x", "xx-", "---", "--x")),
        (POINTS, ("50-", "123", "555", "0-0")),
    ],
)
def test_every_alternative_counts_the_same_ballots(
    hall: Voting, counting: Counting, ballots: tuple[str, ...]
) -> None:
    vote = closed(hall, counting, *ballots)
    found = alternatives(vote)
    assert found
    for one in found:
        assert otherwise(vote, weights_of(vote), one.choice).ballots == len(ballots)


def test_the_votes_own_method_and_other_kinds_of_ballots_are_no_alternatives(hall: Voting) -> None:
    vote = closed(hall, IRV, "123", "213", "231", "12-")
    found = {one.choice for one in alternatives(vote)}
    assert not {"irv", "approval", "score"} & found
    assert {"schulze", "plurality", "debian-a6"} <= found


def test_an_election_isnt_tried_against_an_option_that_changes_nothing(hall: Voting) -> None:
    vote = closed(hall, IRV, "123", "213", "231", "12-")
    election = {one.choice for one in alternatives(replace(vote, default=0))}
    assert "debian-a6" not in election


def test_another_method_may_come_to_another_winner(hall: Voting) -> None:
    # A compromise that nobody puts first goes out at once in a run-off, and wins every pair.
    vote = closed(hall, IRV, "1-2", "-12", "-12", "1-2")
    run_off = outcome_of(vote)
    assert 3 not in run_off.winners
    assert 3 in otherwise(vote, weights_of(vote), "minimax").winners
