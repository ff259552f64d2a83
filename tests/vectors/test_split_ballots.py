"""Ballots with equal ranks, split among equals as the program flexstv splits them."""

import pytest

from collegium.counting import Profile, Ties, count, exact_stv
from collegium.counting.methods import adjusted
from tests.published import json_of

ELECTIONS = json_of("equal_ranks/flexstv.json")


@pytest.mark.parametrize("number", range(len(ELECTIONS)))
def test_flexstv_comes_to_the_same_fractions_at_every_stage(number: int) -> None:
    election = ELECTIONS[number]
    options = len(next(iter(election["ballots"])))
    rule = adjusted(
        exact_stv(options, election["seats"]), {"equal_ranks": "split", "quota": "droop"}
    )
    outcome = count(Profile(options, election["ballots"]), rule, Ties(seed="equal ranks"))
    assert sorted(outcome.elected) == sorted(election["elected"])
    for stage, step in zip(outcome.stages, election["steps"], strict=False):
        assert {option: stage.totals[int(option) - 1] for option in step} == step
