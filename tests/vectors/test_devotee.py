"""200 made-up votes, and every step by which Debian's own program devotee counts them.

Left out where devotee departs from A.6 of the constitution: it finds transitive defeats anew
only before the first dropping, and drops a defeat with the weakest if as many voters prefer its
winner but fewer its loser.
"""

import pytest

from collegium.counting import Profile, count, developers_vote
from tests.published import json_of

VOTES = json_of("debian/devotee.json")


@pytest.mark.parametrize("number", range(len(VOTES)))
def test_devotee_takes_the_same_steps_to_the_same_winners(number: int) -> None:
    vote = VOTES[number]
    options = len(next(iter(vote["ballots"])))
    ratios = {int(option): ratio for option, ratio in vote["ratios"].items()}
    rule = developers_vote(options, vote["electorate"], ratios)
    outcome = count(Profile(options, vote["ballots"]), rule)
    assert {str(one.option): one.reason for one in outcome.dropped} == vote["dropped"]
    steps = [
        {
            "schwartz": list(step.schwartz),
            "dropped": [[defeat.winner, defeat.loser] for defeat in step.weakest],
        }
        for step in outcome.rounds
    ]
    assert [*steps, {"schwartz": list(outcome.schwartz), "dropped": []}] == vote["rounds"]
    assert list(outcome.winners) == vote["winners"]
