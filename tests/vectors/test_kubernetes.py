"""Five elections of the Kubernetes Steering Committee: who was elected, and in which order.

Voters could leave a candidate out with `No opinion`: such a candidate is compared with nobody on
that ballot. Read as unranked, the ballots would have elected David Eads instead of Christoph
Blecker in 2021.
"""

import pytest

from collegium.counting import BallotPolicy, Schulze, count, read_marks
from collegium.counting.files import RankedFile
from tests.published import ranked

ORDER = {
    2017: "Carr Noorali Whitrock Rubin Clair Hoole Crickenberger Miles DuMars Nova Barbara Pollitt "
    "Goasguen Dvoretskyi Adnan Dmitrichenko Farina Schlesinger Hirschfeld Davis",
    2019: "Paris Nikhita Christoph Derek Stephen Lachlan Brendan Vallery Pengfei Kris Klaus",
    2021: "parispittman justaugustus cblecker tpepper",
    2023: "soltysh pohly pacoxu justaugustus natalisucks ameukam divya xmudrii vincepri detiber "
    "qedrakmar",
    2025: "soltysh ritazh pacoxu katcosgrove priyanka natalisucks xmudrii stmcginnis",
}


def ballots(year: int) -> RankedFile:
    return ranked(f"kubernetes/steering_{year}_ballots.csv")


def places(file: RankedFile, policy: BallotPolicy) -> list[str]:
    """The names by places; nobody shares one that was published."""
    options = len(file.names)
    profile = read_marks(options, file.ballots, policy).profile
    outcome = count(profile, Schulze(options=options, strength="winning-votes"))
    return [" & ".join(file.names[n - 1] for n in place) for place in outcome.ranking]


@pytest.mark.parametrize("year", ORDER)
def test_the_places_are_the_published_ones(year: int) -> None:
    file = ballots(year)
    assert file.policy == BallotPolicy(unmarked="no-opinion")
    for name, place in zip(ORDER[year].split(), places(file, file.policy), strict=False):
        assert name in place
        assert "&" not in place


def test_no_opinion_read_as_unranked_would_elect_somebody_else_in_2021() -> None:
    elected = places(ballots(2021), BallotPolicy(unmarked="below"))[:4]
    assert elected == ["parispittman", "justaugustus", "tpepper", "deads2k"]
