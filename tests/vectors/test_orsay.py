"""1,733 ballots of Orsay, 2007, by majority judgment as Balinski and Laraki published."""

import csv

import pytest

from collegium.counting import ONLY_LOT, Grades, MajorityJudgment, count
from tests.published import json_of, text_of

LEVELS = 6


def ballots() -> tuple[list[str], Grades]:
    names: list[str] = []
    cast = []
    for office in ("01", "06", "12"):
        rows = list(csv.reader(text_of(f"orsay/bureau_{office}.csv").splitlines()))
        names = rows[0][1:]
        # 1 to 6 in the files; 0 is no mark, which counts as the lowest grade.
        cast += [tuple(int(cell) - 1 for cell in row[1:]) for row in rows[1:]]
    return names, Grades.of(len(names), LEVELS, cast)


@pytest.mark.parametrize("middle", ["lower", "upper"])
def test_the_order_of_the_candidates_is_the_published_one(middle: str) -> None:
    names, grades = ballots()
    assert grades.ballots == 1733
    rule = MajorityJudgment(
        levels=LEVELS,
        middle="lower" if middle == "lower" else "upper",
        options=len(names),
        seats=1,
        ties=ONLY_LOT,
    )
    order = [names[place[0] - 1] for place in count(grades, rule).ranking]
    assert order == json_of("orsay/published.json")["order"]


@pytest.mark.parametrize("name", ["Bayrou", "Royal", "Sarkozy"])
def test_the_shares_above_and_below_the_median_are_the_published_ones(name: str) -> None:
    names, grades = ballots()
    histogram = grades.histogram(names.index(name) + 1)
    median = 3
    above, said, below = json_of("orsay/published.json")["gauge_recomputed"][name]
    assert round(100 * sum(histogram[median + 1 :]) / grades.ballots, 1) == above
    assert round(100 * sum(histogram[:median]) / grades.ballots, 1) == below
    assert said == f"Assez bien {'+' if above > below else '-'}"
