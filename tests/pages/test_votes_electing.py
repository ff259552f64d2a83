"""Electing persons to a body: from the body's page, in the steps of any other vote."""

import re
from typing import Any

import pytest

from collegium.ids import BodyId, PostId
from collegium.parts.organisation.shown import Absent, Visit
from tests.pages.hall import text_of
from tests.pages.test_votes_opening import INPUT, newest

ELECTION = "/hall/bodies/1/elect/"


@pytest.fixture
def officer(hall: Any) -> Any:
    return hall.visit("Noor Rahman")


def elected(hall: Any, browser: Any, aim: str, **different: Any) -> Any:
    """The form of an election as it stands, with what is different, sent."""
    address = f"{ELECTION}?for={aim}"
    page = browser.get(address).content.decode()
    sent: dict[str, Any] = dict(INPUT.findall(page))
    sent |= {"electorate": "members", "manner": "ballots", "share": "1/2", "note": ""}
    sent |= {"method": re.findall(r'name="method" value="([^"]+)"', page)[0], "secret": "on"}
    standing = [hall.number(name) for name in ("Marek Novak", "Julia Weber", "Yuki Tanaka")]
    return browser.post(address, sent | {"candidates": standing} | different)


def test_the_page_of_a_body_leads_to_an_election_to_it(officer: Any) -> None:
    assert f'href="{ELECTION}"' in text_of(officer.get("/hall/bodies/1/"))
    page = text_of(officer.get(ELECTION))
    assert "Open an election" in page
    assert "Elect one member" in page
    assert "Say yes or no" not in page


def test_it_is_opened_without_a_question_by_those_whom_the_body_stands_for(
    hall: Any, officer: Any
) -> None:
    response = elected(hall, officer, "elect-several", seats=2)
    assert response.status_code == 303, text_of(response)
    vote = newest(hall)
    assert (vote.purpose, vote.question, vote.counting.seats) == ("election", "", 2)
    assert vote.body == hall.house.organisation.root


def test_its_title_names_the_body(officer: Any) -> None:
    page = officer.get(f"{ELECTION}?for=elect-one").content.decode()
    assert re.search(r'name="title" value="Election: [^"]+"', page)


def test_a_faulty_form_comes_back_to_the_election(hall: Any, officer: Any) -> None:
    response = elected(hall, officer, "elect-one", title="")
    assert response.status_code == 400
    assert f'action="{ELECTION}?for=elect-one"' in text_of(response)


def test_nobody_is_elected_to_a_body_that_isnt_there(officer: Any) -> None:
    assert officer.get("/hall/bodies/99/elect/").status_code == 404


def test_a_committee_is_elected_by_those_whom_it_belongs_to(hall: Any) -> None:
    from collegium.parts.decisions.pages_opening import electing_page  # noqa: PLC0415 - settings must stand first
    from collegium.parts.organisation.state import Body, Post  # noqa: PLC0415 - settings must stand first

    bodies, posts = hall.house.organisation.bodies, hall.house.organisation.posts
    committee, seat, number = BodyId("committee"), PostId("seat"), len(bodies) + 1
    bodies[committee] = Body(number, "committee", 0, hall.house.organisation.root, posts=[seat])
    posts[seat] = Post(committee)
    visit = Visit(hall.member("Noor Rahman"), hall.door.clock())
    page = electing_page(hall.house, visit, number)
    assert (page.body.number, page.free) == (1, 1)
    assert page.elects is not None
    assert page.elects.number == number
    bodies[committee].dissolved = True
    with pytest.raises(Absent, match="dissolved"):
        electing_page(hall.house, visit, number)
    del bodies[committee], posts[seat]
