"""Five polls of star.vote: the sums of grades in the first round, as starvote reports them."""

import csv
import re

import pytest

from collegium.counting import ONLY_LOT, Grades, Score, count
from tests.published import files_in, text_of

POLLS = files_in("scores", ".csv")
NOT_OPTIONS = 3
"""Columns before the first option: voter, time and poll."""


@pytest.mark.parametrize("poll", POLLS)
def test_the_sums_of_grades_are_the_reported_ones(poll: str) -> None:
    rows = list(csv.reader(text_of(f"scores/{poll}.csv").splitlines()))
    names = [name.strip() for name in rows[0][NOT_OPTIONS:]]
    cast = [tuple(int(cell or 0) for cell in row[NOT_OPTIONS:]) for row in rows[1:]]
    rule = Score(by="sum", levels=6, options=len(names), seats=1, ties=ONLY_LOT)
    outcome = count(Grades.of(len(names), 6, cast), rule)
    report = re.split(r"\n\n", text_of(f"scores/{poll}.txt"))[1]
    reported = dict(re.findall(r"^    (\S.*?)\s+-- +(\d+) \(average", report, re.MULTILINE))
    assert reported
    assert reported == dict(zip(names, outcome.stages[0].totals, strict=True))
