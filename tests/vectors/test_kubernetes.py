"""Five elections of the Kubernetes Steering Committee: who was elected, and in which order.

Voters could leave a candidate out with `No opinion`; the program that counted compares such a
candidate with nobody on that ballot. Our ballots put an unranked option below every ranked one,
so these are counted from their sums. Read as unranked, they would have elected David Eads
instead of Christoph Blecker in 2021.
"""

import csv
from itertools import permutations

import pytest

from collegium.counting import Matrix, Profile, Schulze, count
from collegium.counting.schulze import places_by_paths, strongest_paths
from tests.published import text_of

ORDER = {
    2017: "Carr Noorali Whitrock Rubin Clair Hoole Crickenberger Miles DuMars Nova Barbara Pollitt "
    "Goasguen Dvoretskyi Adnan Dmitrichenko Farina Schlesinger Hirschfeld Davis",
    2019: "Paris Nikhita Christoph Derek Stephen Lachlan Brendan Vallery Pengfei Kris Klaus",
    2021: "parispittman justaugustus cblecker tpepper",
    2023: "soltysh pohly pacoxu justaugustus natalisucks ameukam divya xmudrii vincepri detiber "
    "qedrakmar",
    2025: "soltysh ritazh pacoxu katcosgrove priyanka natalisucks xmudrii stmcginnis",
}


def ballots(year: int) -> tuple[list[str], list[list[str]]]:
    rows = csv.reader(text_of(f"kubernetes/steering_{year}_ballots.csv").splitlines())
    return next(rows), [row for row in rows if row]


def sums(options: int, rows: list[list[str]]) -> Matrix:
    matrix = [[0] * options for _ in range(options)]
    for row in rows:
        for one, other in permutations(range(options), 2):
            if row[one].isdigit() and row[other].isdigit() and int(row[one]) < int(row[other]):
                matrix[one][other] += 1
    return tuple(map(tuple, matrix))


@pytest.mark.parametrize("year", ORDER)
def test_the_places_are_the_published_ones(year: int) -> None:
    names, rows = ballots(year)
    ranking = places_by_paths(strongest_paths(sums(len(names), rows)))
    published = ORDER[year].split()
    for place, name in zip(ranking, published, strict=False):
        assert len(place) == 1
        assert name in names[place[0] - 1]


def test_no_opinion_read_as_unranked_would_elect_somebody_else_in_2021() -> None:
    names, rows = ballots(2021)
    letters = "123456789abcd"
    cast = ["".join(letters[int(c) - 1] if c.isdigit() else "-" for c in row) for row in rows]
    rule = Schulze(options=len(names), strength="winning-votes")
    elected = [names[place[0] - 1] for place in count(Profile.of(13, cast), rule).ranking[:4]]
    assert elected == ["parispittman", "justaugustus", "tpepper", "deads2k"]
