"""A ballot that whoever holds the database put in is never shown as counted."""

from types import SimpleNamespace
from typing import Any

import pytest

from collegium.parts.decisions.acts import CastBallot
from collegium.secretariat.drafting import draft
from tests.forging import smuggle
from tests.pages.hall import text_of

LATE = "Julia Weber"
READER = "Yuki Tanaka"
SAID = "come to the counted profile"


def decided(hall: Any, *, smuggled: str = "") -> int:
    """A vote in which twelve cast ballots, and a late one came past the door; declared."""
    number: int = hall.open(hall.plain(3), "Rye", "Wheat", "Neither")
    entitled = hall.vote(number).electors.numbers
    voters = [name for name in hall.people if name != LATE and hall.number(name) in entitled]
    for name in voters[:12]:
        hall.do(name, CastBallot(happened_at="", marks="123", vote=hall.name(number)))
    hall.pass_days(8)
    if smuggled:
        late = CastBallot(happened_at="", marks=smuggled, vote=hall.name(number))
        asked = hall.desk.proven(draft(hall.member(LATE), late, at=hall._now, texts={}))
        archive = hall.desk.office.folder.archive
        held: Any = SimpleNamespace(archive=archive, door=hall.door, now=hall._now)
        assert smuggle(held, asked) == "vote-closed"
    hall.finish(number)
    return number


@pytest.mark.parametrize("marks", ["213", "no ballot at all"])
def test_the_page_shows_no_ballot_as_counted_and_says_why(hall: Any, marks: str) -> None:
    number = decided(hall, smuggled=marks)
    page = hall.page(READER, number, "ballots/")
    assert SAID in page
    assert "collegium verify" in page
    assert LATE not in page
    assert "12 votes were counted" in page


def test_the_table_for_programs_says_so_and_marks_no_ballot_as_counted(hall: Any) -> None:
    number = decided(hall, smuggled="213")
    response = hall.visit(READER).get(f"/hall/votes/{number}/ballots.csv")
    lines = b"".join(response.streaming_content).decode().splitlines()
    (told,) = (line for line in lines if SAID in line)
    assert told.startswith("# ")
    assert "collegium verify" in told
    rows = [line for line in lines if not line.startswith("#")][1:]
    assert [row.rpartition(",")[2] for row in rows] == ["unknown"] * 13


@pytest.mark.parametrize("name", ["ballots.blt", "ballots.abif", "profile.txt"])
def test_no_file_for_recounting_is_made_of_them(hall: Any, name: str) -> None:
    number = decided(hall, smuggled="213")
    response = hall.visit(READER).get(f"/hall/votes/{number}/{name}")
    assert response.status_code == 404
    assert SAID in text_of(response)


def test_the_outcome_stands_and_nothing_is_tried_on_such_ballots(hall: Any) -> None:
    number = decided(hall, smuggled="213")
    page = hall.page(READER, number)
    assert "other ballots than were counted" in page
    hall.pass_days(40)
    tried = hall.visit(READER).get(f"/hall/votes/{number}/what-if/?method=schulze")
    assert tried.status_code == 404
    assert SAID in text_of(tried)


def test_ballots_that_were_counted_are_shown_without_a_word_of_doubt(hall: Any) -> None:
    number = decided(hall)
    page = hall.page(READER, number, "ballots/")
    assert SAID not in page
    assert page.count('<th scope="row">') == 12
