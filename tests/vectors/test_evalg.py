"""100 made-up elections with two groups, and whom evalg of the University of Oslo elects.

Left out where evalg counts by another rule than ours: it passes on only the ballots that came
last to whoever has a surplus, and excludes several at once; where it draws lots; and where it
elects somebody twice, as it does with two who reach the quota with equal votes. The count ends
at the stage at which somebody reaches the quota. In 70 the groups change who is elected.
"""

from typing import Any

import pytest

from collegium.counting import GroupedStv, GroupShare, Profile, Ties, count, exact_stv
from tests.published import json_of

ELECTIONS = json_of("groups/evalg.json")


def outcome_of(election: dict[str, Any]) -> Any:
    options = len(next(iter(election["ballots"])))
    stv = exact_stv(options, election["seats"])
    groups = tuple(
        GroupShare(least=group["least"], members=tuple(group["members"]), name=name)
        for group, name in zip(election["groups"], ("women", "men"), strict=True)
    )
    rule = GroupedStv(groups=groups, options=options, stv=stv, ties=stv.ties)
    return count(Profile(options, election["ballots"]), rule, Ties(seed="groups"))


@pytest.mark.parametrize("number", range(len(ELECTIONS)))
def test_evalg_elects_the_same_members_of_groups(number: int) -> None:
    assert list(outcome_of(ELECTIONS[number]).winners) == ELECTIONS[number]["elected"]


def test_the_groups_change_who_is_elected_in_most_of_them() -> None:
    outcomes = [outcome_of(election) for election in ELECTIONS]
    assert sum(outcome.winners != outcome.otherwise for outcome in outcomes) == 70
