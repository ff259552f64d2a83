"""A form that can't be taken says what is wrong, where, and how to get there."""

import re
from typing import Any

import pytest

from tests.pages.hall import STV, YES_NO, slip_on, text_of

SUMMARY = re.compile(r'<div class="refusal" role="alert" tabindex="-1" autofocus>(.*?)</div>')
LINK = re.compile(r'<li> ?<a href="#([^"]+)">([^<]+)</a> ?</li>')


def faults_on(response: Any) -> dict[str, str]:
    """The summary on top of a form: where each of its links leads, and what it says.

    Each leads to a field of the page that is marked as wrong and says why beside it.
    """
    page = text_of(response)
    assert response.status_code == 400
    assert "<title>Not accepted: " in page
    (summary,) = SUMMARY.findall(page)
    listed = dict(LINK.findall(summary))
    assert listed
    for place in listed:
        assert len(re.findall(f'id="{re.escape(place)}"', page)) == 1
    return listed


def is_explained(response: Any, place: str) -> bool:
    """Whether the field there is marked as wrong, and described by what is wrong."""
    page = text_of(response)
    (field,) = re.findall(f'<(?:input|textarea|select)[^>]* id="{re.escape(place)}"[^>]*>', page)
    described = re.search(r'aria-describedby="([^"]+)"', field)
    assert described
    return 'aria-invalid="true"' in field and all(
        f'id="{one}"' in page for one in described.group(1).split()
    )


def test_a_summary_on_top_leads_to_each_field_that_is_wrong(hall: Any) -> None:
    member, address = hall.visit("Yuki Tanaka"), "/hall/questions/7/new/"
    sent = {"slip": slip_on(member.get(address)), "title": "", "text": "\u200b"}
    response = member.post(address, sent)
    assert faults_on(response) == {
        "id_title": "Title: Write something here; it can't stay empty.",
        "id_text": "Text: Nothing in this can be seen: write at least one word.",
    }
    assert is_explained(response, "id_title")
    assert is_explained(response, "id_text")


def test_what_was_written_is_kept_beside_what_is_wrong(hall: Any) -> None:
    member, address = hall.visit("Yuki Tanaka"), "/hall/questions/7/new/"
    sent = {"slip": slip_on(member.get(address)), "title": "Rye alone", "text": ""}
    response = member.post(address, sent)
    assert list(faults_on(response)) == ["id_text"]
    assert 'value="Rye alone"' in text_of(response)


def test_two_forms_of_one_page_lead_each_to_its_own_field(browser: Any) -> None:
    entered = browser.get("/bakery/enter/").content.decode()
    noor = re.search(r'value="([^"]+)" />\s*<button[^>]*>Noor Rahman<', entered)
    assert noor
    browser.post("/bakery/enter/play/", {"member": noor.group(1)})
    waiting = browser.get("/bakery/approvals/").content.decode()
    found = re.findall(r'class="number" href="(/bakery/approvals/\d+/)"', waiting)
    address = next(one for one in found if b"form-approve" in browser.get(one).content)
    sent = {"slip": slip_on(browser.get(address)), "reasons": ""}
    response = browser.post(f"{address}approve/", sent)
    assert list(faults_on(response)) == ["approve-reasons"]
    assert is_explained(response, "approve-reasons")


def test_a_ballot_that_says_nothing_leads_to_its_first_rank(hall: Any) -> None:
    number = hall.open(hall.plain(3, counting=STV), "Rye", "Wheat", "Spelt")
    response = hall.send("Yuki Tanaka", number, "cast/", **{"rank-1": "", "rank-2": ""})
    assert faults_on(response) == {"id_rank-1": "Give at least one option a rank."}


def test_a_rank_that_is_none_is_named_by_its_option(hall: Any) -> None:
    number = hall.open(hall.plain(3, counting=STV), "Rye", "Wheat", "Spelt")
    response = hall.send("Yuki Tanaka", number, "cast/", **{"rank-1": "1", "rank-2": "z"})
    assert faults_on(response)["id_rank-2"].startswith(
        "Wheat: Choose one of those that are offered here."
    )
    assert is_explained(response, "id_rank-2")


def test_a_motion_without_an_answer_leads_to_the_first_of_the_buttons(hall: Any) -> None:
    number = hall.open(hall.plain(2, counting=YES_NO), "Buy it", "Leave it")
    response = hall.send("Yuki Tanaka", number, "cast/")
    assert faults_on(response) == {"id_choice_0": "Your choice: Choose one of these."}


def test_tellers_lines_say_which_line_is_wrong(hall: Any) -> None:
    manner = hall.by_tellers("hands", "Yuki Tanaka", "Noor Rahman")
    number = hall.open(hall.plain(3, manner=manner), "Rye", "Wheat", "Spelt")
    response = hall.send("Yuki Tanaka", number, "tell/", present="0", lines="many 1--")
    found = faults_on(response)
    assert list(found) == ["id_present", "id_lines"]
    assert found["id_lines"].startswith("A list of ballots: Line 1: begin with how many")
    assert is_explained(response, "id_lines")


@pytest.mark.parametrize(
    ("aim", "sent", "place"),
    [
        ("adopt", {"title": "Bread", "last_day": "soon"}, "id_last_day"),
        ("elect-one", {"title": "Speaker", "last_day": "2030-01-01"}, "id_candidates_0"),
    ],
)
def test_opening_a_vote_leads_to_what_is_wrong(
    hall: Any, aim: str, sent: dict[str, str], place: str
) -> None:
    officer, address = hall.visit("Noor Rahman"), f"/hall/questions/6/vote/?for={aim}"
    page = officer.get(address)
    filled = {
        "electorate": "members",
        "manner": "ballots",
        "quorum": "20",
        "method": re.findall(r'name="method" value="([^"]+)"', page.content.decode())[0],
        "default_title": "Nothing",
        "slip": slip_on(page),
    }
    response = officer.post(address, filled | sent)
    assert place in faults_on(response)
    assert 'value="' + sent["title"] + '"' in text_of(response)


def test_the_faults_of_an_opening_stand_in_the_order_of_its_page(hall: Any) -> None:
    officer, address = hall.visit("Noor Rahman"), "/hall/questions/6/vote/?for=adopt"
    slip = slip_on(officer.get(address))
    response = officer.post(address, {"slip": slip, "quorum": "900"})
    found, page = list(faults_on(response)), text_of(response)
    assert found == sorted(found, key=lambda place: page.index(f'id="{place}"'))
    assert found[0] == "id_title"
