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


def test_what_isnt_here_is_said_inside_the_organisation(member: Any) -> None:
    answer = member.get("/bakery/votes/999/")
    assert answer.status_code == 404
    page = text_of(answer)
    assert "There is no vote V-999." in page
    assert 'aria-label="Main"' in page
    assert "To today's page" in page


def test_too_much_at_once_leads_back_to_its_form(member: Any) -> None:
    slip = slip_on(member.get(FORM))
    sent = {"slip": slip, "title": "Bread", "text": TOO_MUCH}
    headers = {"referer": f"http://localhost{FORM}"}
    answer = member.post(FORM, sent, headers=headers)
    assert answer.status_code == 413
    assert f'href="http://localhost{FORM}">Open the form anew' in text_of(answer)


@pytest.fixture
def failing(member: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    """A member at a site that has a mistake in it."""
    from collegium.server.web.deliberation import views  # noqa: PLC0415 - settings first

    def mistaken(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(views, "act", mistaken)
    member.raise_request_exception = False
    return member


@pytest.mark.parametrize("came", ["same-origin", "cross-site"])
def test_words_are_kept_where_our_own_mistake_lost_them(failing: Any, came: str) -> None:
    sent = {"slip": "x", "title": "Bread", "text": "More of it."}
    answer = failing.post(FORM, sent, headers={"sec-fetch-site": came})
    assert answer.status_code == 500
    page = text_of(answer)
    assert "It is our mistake." in page
    assert (">More of it.</pre>" in page) == (came == "same-origin")


def test_words_are_kept_where_what_they_were_about_isnt_there(member: Any) -> None:
    sent = {"text": "Too loud.", "version": "1"}
    address = "/bakery/proposals/999/object/"
    answer = member.post(address, sent, headers={"sec-fetch-site": "same-origin"})
    assert answer.status_code in {400, 404}
    assert "Too loud." in text_of(answer)


def test_whoever_asks_by_another_name_is_answered_all_the_same(browser: Any) -> None:
    headers = {"host": "elsewhere.example", "referer": "http://elsewhere.example/"}
    assert browser.post("/bakery/", headers=headers).status_code == 400


def test_a_fault_leads_to_no_other_site(member: Any) -> None:
    headers = {"referer": "https://elsewhere.example/form"}
    answer = member.post(FORM, {"slip": "x", "title": "Bread", "text": TOO_MUCH}, headers=headers)
    assert answer.status_code == 413
    assert "elsewhere" not in text_of(answer)
