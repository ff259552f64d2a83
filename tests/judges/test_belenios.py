"""An outside judge: `belenios-tool` (Debian package of that name) counts the same ballots.

It is AGPL, is run as a program and is never imported. It counts by Schulze's method without
quorum or majority, and sets ballots aside that rank nothing.
"""

import csv
import gzip
import json
import shutil
import subprocess
from importlib import resources
from itertools import permutations
from typing import Any

import pytest

from collegium.counting import Profile, Schulze, count
from collegium.counting.ballot import RANKS, UNRANKED

TOOL = shutil.which("belenios-tool")
pytestmark = pytest.mark.skipif(
    TOOL is None, reason="belenios-tool is not here; `apt-get install belenios-tool` brings it"
)

FOLDER = resources.files("collegium") / "datasets" / "debian"
VOTES: list[dict[str, Any]] = json.loads((FOLDER / "votes.json").read_bytes())
CYCLES = [
    ["123"] * 4 + ["312"] * 3 + ["231"] * 2,
    ["123", "231", "312"],
    ["1234"] * 40 + ["3124"] * 35 + ["2314"] * 30,
    ["1-23", "31-2", "2311", "-12-", "1111", "4132"],
    ["12345", "51234", "45123", "34512", "2345-", "54321"],
]


def judged(cast: list[str]) -> dict[str, Any]:
    ballots = [[0 if rank == UNRANKED else RANKS.index(rank) + 1 for rank in b] for b in cast]
    done = subprocess.run(
        [str(TOOL), "method", "schulze", "--blank-allowed", "true"],
        input=json.dumps(ballots).encode(),
        capture_output=True,
        check=True,
    )
    judgement: dict[str, Any] = json.loads(done.stdout)
    return judgement


def assert_agreement(cast: list[str]) -> None:
    options = len(cast[0])
    outcome = count(Profile.of(options, cast), Schulze(options=options, strength="winning-votes"))
    judgement = judged(cast)
    assert judgement["raw"] == [list(row) for row in outcome.matrix]
    for first, second in permutations(range(options), 2):
        assert judgement["beatpaths"][first][second] == list(outcome.paths[first][second])
    places = [sorted(number + 1 for number in place) for place in judgement["winners"]]
    assert places == [list(place) for place in outcome.ranking]


def cast_in(vote: str) -> list[str]:
    text = gzip.decompress((FOLDER / "ballots.csv.gz").read_bytes()).decode("ascii")
    return [row["ranks"] for row in csv.DictReader(text.splitlines()) if row["vote"] == vote]


@pytest.mark.parametrize("vote", [vote["id"] for vote in VOTES])
def test_belenios_counts_the_votes_of_debian_as_we_do(vote: str) -> None:
    assert_agreement(cast_in(vote))


@pytest.mark.parametrize("cast", CYCLES, ids=range(len(CYCLES)))
def test_belenios_breaks_cycles_as_we_do(cast: list[str]) -> None:
    assert_agreement(cast)
