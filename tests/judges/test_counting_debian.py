"""Debian's A.6 taken apart: votelib drops by quorum and majority, belenios-tool orders the rest.

No library knows the whole rule. Each step of it is one that a library knows.
"""

import csv
import gzip
import json
import shutil
import subprocess
from fractions import Fraction
from importlib import resources
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from collegium.counting import DebianA6, Profile, count, developers_vote
from collegium.counting.ballot import RANKS, UNRANKED
from tests.elections import ranked_profiles
from tests.judging import FEW, library, pairs_of
from tests.published import json_of

TOOL = shutil.which("belenios-tool")
pytestmark = [
    pytest.mark.filterwarnings("ignore"),
    pytest.mark.skipif(
        TOOL is None, reason="belenios-tool is not here; `apt-get install belenios-tool` brings it"
    ),
]

FOLDER = resources.files("collegium") / "datasets" / "debian"


def standing_in_votelib(profile: Profile, rule: DebianA6) -> set[int]:
    """Who is left, the default option among them, by two of votelib's thresholds.

    More than S times the votes against is more than S/(S + 1) of the votes for and against.
    """
    judge = library("votelib.evaluate.threshold")
    pairs, last = pairs_of(profile), rule.default
    assert rule.quorum is not None
    for_each = {one: pairs[one, last] for one in range(1, rule.options + 1) if one != last}
    quorate = judge.AbsoluteThreshold(rule.quorum.needed()).evaluate(for_each)
    left = {last}
    for option in quorate:
        ratio = Fraction(rule.majorities[option - 1].numerator)
        share = judge.RelativeThreshold(ratio / (ratio + 1), accept_equal=False)
        duel = {option: pairs[option, last], last: pairs[last, option]}
        left |= {option} & set(share.evaluate(duel))
    return left


def winners_in_belenios(profile: Profile, standing: set[int]) -> list[int]:
    """Schulze's first place among the standing, as belenios-tool finds it."""
    numbers = sorted(standing)
    ballots = [
        [0 if text[n - 1] == UNRANKED else RANKS.index(text[n - 1]) + 1 for n in numbers]
        for text, weight in profile.weights.items()
        for _ in range(weight)
    ]
    done = subprocess.run(
        [str(TOOL), "method", "schulze", "--blank-allowed=true", f"--nchoices={len(numbers)}"],
        input=json.dumps(ballots).encode(),
        capture_output=True,
        check=True,
    )
    return sorted(numbers[place] for place in json.loads(done.stdout)["winners"][0])


def assert_agreement(profile: Profile, rule: DebianA6) -> None:
    outcome = count(profile, rule)
    standing = standing_in_votelib(profile, rule)
    dropped = {one.option for one in outcome.dropped}
    assert set(range(1, rule.options + 1)) - standing == dropped
    assert winners_in_belenios(profile, standing) == list(outcome.winners)


@FEW
@given(ranked_profiles(), st.integers(1, 400), st.data())
def test_votelib_and_belenios_decide_as_we_do_step_by_step(
    profile: Profile, electorate: int, data: st.DataObject
) -> None:
    # Votelib divides by the votes for and against, of which there are some if a quorum is reached.
    assume(profile.ballots)
    ratios = data.draw(st.dictionaries(st.integers(1, profile.options - 1), st.integers(1, 4)))
    assert_agreement(profile, developers_vote(profile.options, electorate, ratios))


def test_votelib_and_belenios_decide_the_votes_of_debian_as_we_do() -> None:
    votes: list[dict[str, Any]] = json.loads((FOLDER / "votes.json").read_bytes())
    text = gzip.decompress((FOLDER / "ballots.csv.gz").read_bytes()).decode("ascii")
    rows = list(csv.DictReader(text.splitlines()))
    for vote in votes:
        options = len(vote["options"])
        cast = [row["ranks"] for row in rows if row["vote"] == vote["id"]]
        profile = Profile.of(options, cast)
        for ratios in ({}, {1: 3}):
            assert_agreement(profile, developers_vote(options, vote["eligible"], ratios))


def test_votelib_and_belenios_decide_the_votes_given_to_devotee_as_we_do() -> None:
    for vote in json_of("debian/devotee.json")[::4]:
        options = len(next(iter(vote["ballots"])))
        ratios = {int(option): ratio for option, ratio in vote["ratios"].items()}
        rule = developers_vote(options, vote["electorate"], ratios)
        assert_agreement(Profile(options, vote["ballots"]), rule)
