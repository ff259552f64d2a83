"""Pages where nothing goes on lead back to where it does, and keep what was written."""

from typing import Any

import pytest

from tests.pages.hall import slip_on, text_of

FORM = "/bakery/questions/7/new/"
TOO_MUCH = "Bread. " * 400_000


@pytest.mark.parametrize(
    ("address", "above"),
    [
        ("/bakery/proposals/9/sign/", "/bakery/proposals/9/"),
        ("/bakery/proposals/10/objections/1/answer/", "/bakery/proposals/10/"),
        ("/bakery/votes/6/cast/", "/bakery/votes/6/"),
        ("/bakery/enter/play/", "/bakery/enter/"),
        ("/bakery/leave/", "/bakery/"),
        ("/bakery/stop/", "/bakery/"),
    ],
)
def test_reloading_what_a_form_was_sent_to_leads_to_its_page(
    browser: Any, address: str, above: str
) -> None:
    assert browser.get(address).url == above


def test_what_isnt_here_is_said_inside_the_organisation(newcomer: Any) -> None:
    answer = newcomer.get("/bakery/votes/999/")
    assert answer.status_code == 404
    page = text_of(answer)
    assert "There is no vote V-999." in page
    assert 'aria-label="Main"' in page
    assert "To today's page" in page


def test_too_much_at_once_leads_back_to_its_form(newcomer: Any) -> None:
    slip = slip_on(newcomer.get(FORM))
    sent = {"slip": slip, "title": "Bread", "text": TOO_MUCH}
    headers = {"referer": f"http://localhost{FORM}"}
    answer = newcomer.post(FORM, sent, headers=headers)
    assert answer.status_code == 413
    assert f'href="http://localhost{FORM}">Open the form anew' in text_of(answer)


def test_a_fault_leads_to_no_other_site(newcomer: Any) -> None:
    headers = {"referer": "https://elsewhere.example/form"}
    answer = newcomer.post(FORM, {"slip": "x", "title": "Bread", "text": TOO_MUCH}, headers=headers)
    assert answer.status_code == 413
    assert "elsewhere" not in text_of(answer)
