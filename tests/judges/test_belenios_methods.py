"""`belenios-tool` again: the Scottish wards by its single transferable vote, and Orsay."""

import csv
import json
import shutil
import subprocess
from typing import Any, Literal

import pytest
from hypothesis import given, settings

from collegium.counting import (
    ONLY_LOT,
    Grades,
    MajorityJudgment,
    Profile,
    Schulze,
    Ties,
    count,
    scottish_stv,
)
from collegium.counting.files import write_belenios
from tests.elections import grades, ranked_profiles
from tests.published import files_in, profile_of, ranked, text_of

TOOL = shutil.which("belenios-tool")
pytestmark = pytest.mark.skipif(
    TOOL is None, reason="belenios-tool is not here; `apt-get install belenios-tool` brings it"
)


def judged(ballots: str, *words: str) -> Any:
    done = subprocess.run(
        [str(TOOL), "method", *words], input=ballots.encode(), capture_output=True, check=True
    )
    return json.loads(done.stdout)


@pytest.mark.parametrize("ward", files_in("scotland", ".blt")[::4])
def test_belenios_elects_the_same_councillors(ward: str) -> None:
    file = ranked(f"scotland/{ward}.blt")
    found = judged(write_belenios(file), "stv", f"--nseats={file.seats}")
    outcome = count(profile_of(file), scottish_stv(len(file.names), file.seats), Ties(seed="any"))
    assert sorted(number + 1 for number in found["winners"]) == list(outcome.winners)


def as_grades(cast: Grades) -> str:
    """1 is the best in Belenios; blank isn't allowed here, so that no grade is the worst."""
    rows = [
        [cast.levels - max(grade, 0) for grade in given]
        for given, weight in cast.weights.items()
        for _ in range(weight)
    ]
    return json.dumps(rows)


def judgement(cast: Grades) -> list[list[int]]:
    places = judged(
        as_grades(cast),
        "majority-judgment",
        "--blank-allowed=false",
        f"--nchoices={cast.options}",
        f"--ngrades={cast.levels}",
    )["winners"]
    return [sorted(number + 1 for number in place) for place in places]


def our_judgement(cast: Grades, middle: Literal["lower", "upper"] = "upper") -> list[list[int]]:
    rule = MajorityJudgment(
        levels=cast.levels, middle=middle, options=cast.options, seats=1, ties=ONLY_LOT
    )
    return [list(place) for place in count(cast, rule, Ties(seed="any")).ranking]


@settings(max_examples=60, deadline=None)
@given(grades())
def test_belenios_judges_grades_as_we_do_with_the_upper_middle(cast: Grades) -> None:
    if cast.ballots:
        assert judgement(cast) == our_judgement(cast)
    else:
        assert our_judgement(cast) == [list(range(1, cast.options + 1))]


def mirrored_judgement(cast: Grades) -> list[list[int]]:
    """Belenios's order of the mirror image, where the best grade is the worst, from the last up.

    The mirror turns the lower middle grade into the upper one, at every step at which medians
    are taken away, and better into worse: so this is the order by the lower middle.
    """
    turned: dict[tuple[int, ...], int] = {}
    for given_grades, weight in cast.weights.items():
        image = tuple(cast.levels - 1 - max(grade, 0) for grade in given_grades)
        turned[image] = turned.get(image, 0) + weight
    return judgement(Grades(cast.options, cast.levels, turned))[::-1]


@settings(max_examples=60, deadline=None)
@given(grades())
def test_belenios_judges_grades_as_we_do_with_the_lower_middle_of_the_mirror(cast: Grades) -> None:
    if cast.ballots:
        assert mirrored_judgement(cast) == our_judgement(cast, "lower")
    else:
        assert our_judgement(cast, "lower") == [list(range(1, cast.options + 1))]


def test_belenios_orders_the_candidates_of_orsay_as_we_do() -> None:
    rows = []
    for office in ("01", "06", "12"):
        rows += list(csv.reader(text_of(f"orsay/bureau_{office}.csv").splitlines()))[1:]
    cast = Grades.of(12, 6, [tuple(int(cell) - 1 for cell in row[1:]) for row in rows])
    assert judgement(cast) == our_judgement(cast)
    assert mirrored_judgement(cast) == our_judgement(cast, "lower")


@settings(max_examples=60, deadline=None)
@given(ranked_profiles())
def test_belenios_orders_options_by_schulze_as_we_do(profile: Profile) -> None:
    rows = [
        [0 if rank == "-" else int(rank) for rank in text]
        for text, weight in profile.weights.items()
        for _ in range(weight)
    ]
    nchoices = f"--nchoices={profile.options}"
    found = judged(json.dumps(rows), "schulze", "--blank-allowed=true", nchoices)["winners"]
    ranking = count(profile, Schulze(options=profile.options, strength="winning-votes")).ranking
    assert [sorted(n + 1 for n in place) for place in found] == [list(p) for p in ranking]
