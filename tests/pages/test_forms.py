"""A form is one act: with a receipt, or with a refusal that quotes the rule."""

import re
from typing import Any

from django.http import HttpResponse

SLIP = re.compile(r'name="slip" value="([^"]+)"')


def slip_on(page: HttpResponse) -> str:
    found = SLIP.search(page.content.decode())
    assert found
    return found.group(1)


def sign(browser: Any, proposal: int, **form: object) -> HttpResponse:
    slip = slip_on(browser.get(f"/bakery/proposals/{proposal}/"))
    sent = {"slip": slip, "version": 1} | form
    response: HttpResponse = browser.post(f"/bakery/proposals/{proposal}/sign/", sent)
    return response


def test_signing_leads_to_a_receipt(newcomer: Any) -> None:
    response = sign(newcomer, 10)
    assert response.status_code == 303
    receipt = newcomer.get(response["Location"]).content.decode()
    assert "Your receipt" in receipt
    assert "P-10" in receipt
    assert "You signed this version" in newcomer.get("/bakery/proposals/10/").content.decode()


def test_a_form_sent_twice_is_one_act(newcomer: Any) -> None:
    slip = slip_on(newcomer.get("/bakery/proposals/11/"))
    sent = {"slip": slip, "version": 1}
    first = newcomer.post("/bakery/proposals/11/sign/", sent)
    second = newcomer.post("/bakery/proposals/11/sign/", sent)
    assert first.status_code == second.status_code == 303
    assert first["Location"] == second["Location"]


def test_a_refusal_quotes_the_rule_beside_the_form(newcomer: Any) -> None:
    assert sign(newcomer, 7).status_code == 303
    again = newcomer.get("/bakery/proposals/8/")
    sent = {"slip": slip_on(again), "version": 1}
    response = newcomer.post("/bakery/proposals/7/sign/", sent)
    assert response.status_code == 409
    assert "one-signature" in response.content.decode()


def test_an_old_version_is_not_signed_by_mistake(newcomer: Any) -> None:
    response = sign(newcomer, 9, version=1)
    assert response.status_code == 409
    assert "The current version is 2" in response.content.decode()


def test_words_are_kept_when_a_form_is_refused(member: Any) -> None:
    slip = slip_on(member.get("/bakery/proposals/9/"))
    sent = {"slip": slip, "version": 1, "text": "And who pays the gas?"}
    response = member.post("/bakery/proposals/9/object/", sent)
    assert response.status_code == 409
    assert "And who pays the gas?" in response.content.decode()


def test_a_form_tampered_with_is_no_act(member: Any) -> None:
    response = member.post("/bakery/proposals/3/sign/", {"slip": "made-up", "version": 1})
    assert response.status_code == 400
    assert "incomplete or very old" in response.content.decode()


def test_nobody_signs_nothing(browser: Any) -> None:
    response = browser.post("/bakery/proposals/3/sign/", {"version": 1})
    assert response.status_code == 403
    assert "Members read this" in response.content.decode()


def test_a_question_without_words_is_asked_for_them(member: Any) -> None:
    slip = slip_on(member.get("/bakery/questions/new/"))
    response = member.post("/bakery/questions/new/", {"slip": slip, "text": ""})
    assert response.status_code == 400
    assert "it can&#x27;t stay empty" in response.content.decode()


def test_before_one_signs_the_form_says_who_will_see_it(newcomer: Any) -> None:
    page = newcomer.get("/bakery/proposals/4/").content.decode()
    assert "Every member will see this, with your name" in page


def test_a_proposal_is_published_and_found_in_the_record(newcomer: Any) -> None:
    slip = slip_on(newcomer.get("/bakery/questions/7/new/"))
    sent = {"slip": slip, "title": "Three loaves", "text": "Rye, wheat and spelt."}
    response = newcomer.post("/bakery/questions/7/new/", sent)
    assert response.status_code == 303
    assert "Three loaves" in newcomer.get("/bakery/questions/7/").content.decode()
    assert "Three loaves" in newcomer.get("/bakery/record/").content.decode()
