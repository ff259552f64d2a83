"""Joint approval through the pages: refused alone, asked, approved by two, or refused."""

import re
from pathlib import Path
from typing import Any

import pytest

from tests.pages.signing import signature

SLIP = re.compile(r'name="slip" value="([^"]+)"')
COMMITTEE = ("Noor Rahman", "Aoife Byrne")
KEY_LINE = (
    "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOpKbGPinFIKvvVQexMuxfmVR3auvr57kkIe6mkURtIs piotr@mill"
)
REASONS = {"reasons": "Because it is so."}


@pytest.fixture
def member(browser: Any) -> Any:
    """The browser of somebody who holds no post: newcomers' places are few."""
    play(browser, "Julia Weber")
    return browser


def play(browser: Any, name: str) -> Any:
    from collegium.server.desks import desks  # noqa: PLC0415 - settings must stand first

    (person,) = (one for one in desks().all()["bakery"].people if one.name == name)
    assert browser.post("/bakery/enter/play/", {"member": person.member}).status_code == 303
    return person


def send(browser: Any, page: str, to: str, **form: object) -> Any:
    found = SLIP.search(browser.get(page).content.decode())
    assert found, page
    return browser.post(to, {"slip": found.group(1)} | form)


def ask(browser: Any, page: str, **form: object) -> str:
    """Ask on a page; the address of the request."""
    response = send(browser, page, page, **REASONS, **form)
    assert response.status_code == 303, response.content.decode()
    receipt = browser.get(response["Location"]).content.decode()
    found = re.search(r"/bakery/approvals/\d+/", receipt)
    assert found
    return found.group(0)


def text_of(response: Any) -> str:
    return " ".join(response.content.decode().split())


def test_nobody_ends_a_membership_alone(member: Any) -> None:
    before = text_of(member.get("/bakery/record/"))
    page = "/bakery/members/8/end/"
    response = send(member, page, f"{page}alone/")
    refused = text_of(response)
    assert response.status_code == 409
    assert "joint-approval-needed" in refused
    assert "Noor Rahman" in refused
    assert "Asked today, it could be done from" in refused
    assert "Ask for their approval" in refused
    assert text_of(member.get("/bakery/record/")) == before


def test_the_next_step_after_a_refusal_is_to_ask(member: Any) -> None:
    page = "/bakery/members/9/end/"
    refused = send(member, page, f"{page}alone/")
    slip = SLIP.search(refused.content.decode())
    assert slip
    response = member.post(page, {"slip": slip.group(1)} | REASONS)
    assert response.status_code == 303
    assert "You asked for joint approval" in text_of(member.get(response["Location"]))


def test_two_of_the_committee_make_a_post(member: Any) -> None:
    request = ask(member, "/bakery/bodies/3/posts/new/", title="Keeper of the millpond")
    for place, name in enumerate(COMMITTEE, 1):
        play(member, name)
        assert send(member, request, f"{request}approve/", **REASONS).status_code == 303
        assert f"{place} of 2 approved" in text_of(member.get(request))
    assert send(member, request, f"{request}enact/").status_code == 303
    assert "Done" in text_of(member.get(request))
    assert "Keeper of the millpond" in text_of(member.get("/bakery/bodies/3/"))


def test_one_approval_is_too_few(member: Any) -> None:
    request = ask(member, "/bakery/bodies/3/posts/new/", title="Keeper of the weir")
    play(member, "Noor Rahman")
    assert send(member, request, f"{request}approve/", **REASONS).status_code == 303
    response = send(member, request, f"{request}enact/")
    assert response.status_code == 409
    assert "approvals-missing" in text_of(response)


def change_standing(browser: Any, page: str) -> None:
    """Have the committee suspend the rights of the member whose page it is, or restore them."""
    play(browser, "Julia Weber")
    request = ask(browser, f"{page}standing/")
    for name in COMMITTEE:
        play(browser, name)
        assert send(browser, request, f"{request}approve/", **REASONS).status_code == 303
    assert send(browser, request, f"{request}enact/").status_code == 303


def test_whoever_is_suspended_is_told_so_and_may_still_object(member: Any) -> None:
    play(member, "Zeynep Kaya")
    own = re.search(r"/bakery/members/\d+/", member.get("/bakery/").content.decode())
    assert own
    change_standing(member, own[0])
    play(member, "Zeynep Kaya")
    for page in ("/bakery/", "/bakery/questions/new/"):
        assert "Your rights as a member are suspended" in text_of(member.get(page))
    proposal, said = "/bakery/proposals/10/", {"version": 1, "text": "Who was asked?"}
    assert send(member, proposal, f"{proposal}object/", **said).status_code == 303
    change_standing(member, own[0])
    play(member, "Zeynep Kaya")
    assert "suspended" not in text_of(member.get("/bakery/"))


def test_a_refusal_is_published_with_its_reasons(member: Any) -> None:
    request = ask(member, "/bakery/rules/deliberation.answer_days/change/", value=9)
    play(member, "Freya Lund")
    sent = {"reasons": "Seven days are enough for an answer."}
    assert send(member, request, f"{request}refuse/", **sent).status_code == 303
    page = text_of(member.get(request))
    assert "Refused" in page
    assert "Seven days are enough for an answer." in page


def test_who_holds_no_post_approves_nothing(member: Any) -> None:
    page = "/bakery/bodies/3/posts/new/"
    response = send(member, page, "/bakery/approvals/62/approve/", **REASONS)
    assert response.status_code == 409
    assert "not-sitting" in text_of(response)


def test_an_approval_sent_twice_is_one_act(member: Any) -> None:
    request = ask(member, "/bakery/bodies/3/posts/new/", title="Keeper of the sluice")
    play(member, "Noor Rahman")
    slip = SLIP.search(member.get(request).content.decode())
    assert slip
    sent = {"slip": slip.group(1)} | REASONS
    first = member.post(f"{request}approve/", sent)
    second = member.post(f"{request}approve/", sent)
    assert first["Location"] == second["Location"]


def test_a_request_sent_twice_is_one_act(member: Any) -> None:
    page = "/bakery/bodies/2/admit/"
    slip = SLIP.search(member.get(page).content.decode())
    assert slip
    sent = {"slip": slip.group(1), "name": "Ida Holm", "key": ""} | REASONS
    assert member.post(page, sent)["Location"] == member.post(page, sent)["Location"]


def test_nobody_asks_and_nobody_answers(browser: Any) -> None:
    sent = {"slip": "made-up", "title": "Keeper of nothing"} | REASONS
    for page in ("bodies/3/posts/new/", "members/8/end/alone/", "approvals/62/approve/"):
        assert browser.post(f"/bakery/{page}", sent).status_code == 403


def test_a_form_made_up_is_no_request(member: Any) -> None:
    sent = {"slip": "made-up", "name": "Ida Holm"} | REASONS
    response = member.post("/bakery/bodies/2/admit/", sent)
    assert response.status_code == 400
    assert "incomplete or very old" in text_of(response)


def test_reasons_are_kept_when_a_request_is_refused(member: Any) -> None:
    page = "/bakery/bodies/2/posts/1/fill/"
    sent = {"member": 8, "basis": "appointed", "until": "2026-01-01"} | REASONS
    response = send(member, page, page, **sent)
    assert response.status_code == 409
    assert "Because it is so." in text_of(response)
    assert "post-held" in text_of(response)


def test_a_member_is_moved_by_name(member: Any) -> None:
    page = "/bakery/bodies/4/transfer/"
    assert "Piotr Zielinski</option>" in member.get(page).content.decode()
    assert "Piotr Zielinski</a> to" in text_of(member.get(ask(member, page, member=8)))


def test_a_lost_key_is_chosen_from_those_in_force(member: Any) -> None:
    page = "/bakery/members/8/key/end/"
    found = re.search(r'<option value="(ed25519:[^"]+)"', member.get(page).content.decode())
    assert found
    assert "End a key of" in text_of(member.get(ask(member, page, key=found.group(1))))


def test_a_key_is_vouched_for_by_its_line(member: Any) -> None:
    page = "/bakery/members/8/key/"
    assert "Vouch for a new key of" in text_of(member.get(ask(member, page, key=KEY_LINE)))


def test_a_key_that_is_none_is_not_taken(member: Any) -> None:
    page = "/bakery/bodies/2/admit/"
    response = send(member, page, page, name="Ida Holm", key="ssh-rsa AAAA", **REASONS)
    assert response.status_code == 400


@pytest.mark.parametrize(
    "page",
    [
        "approvals/",
        "approvals/?refused",
        "approvals/48/",
        "members/8/standing/",
        "bodies/2/parts/new/",
        "bodies/2/dissolve/",
        "bodies/2/transfer/",
        "bodies/2/posts/1/fill/",
        "members/8/key/",
        "members/8/key/end/",
        "bodies/2/posts/1/vacate/",
        "rules/record.readers/change/",
    ],
)
def test_every_page_answers_a_member_and_not_nobody(member: Any, page: str) -> None:
    assert member.get(f"/bakery/{page}").status_code == 200
    member.post("/bakery/leave/")
    assert member.get(f"/bakery/{page}").status_code == 403


@pytest.mark.parametrize(
    "page", ["approvals/9999/", "members/999/end/", "bodies/2/posts/9/fill/", "rules/none/change/"]
)
def test_what_is_not_there_is_not_asked_for(member: Any, page: str) -> None:
    assert member.get(f"/bakery/{page}").status_code == 404


def test_what_waits_stands_under_today(browser: Any) -> None:
    play(browser, "Noor Rahman")
    assert "You are asked to approve: End the membership of Ravi Patel" in text_of(
        browser.get("/bakery/")
    )
    play(browser, "Ravi Patel")
    assert "It is about you: End the membership of Ravi Patel" in text_of(browser.get("/bakery/"))


def test_an_approval_is_signed_outside_the_browser(member: Any, tmp_path: Path) -> None:
    request = ask(member, "/bakery/bodies/3/posts/new/", title="Keeper of the race")
    noor = play(member, "Noor Rahman")
    asked = send(member, request, f"{request}approve/", elsewhere="yes", **REASONS)
    page = asked.content.decode()
    assert "ssh-keygen -Y sign -n collegium-approval" in page
    slip = SLIP.search(page)
    assert slip
    sent = {"slip": slip.group(1), "elsewhere": "yes"} | REASONS
    text = member.post(f"{request}approve/", sent | {"text": "yes"})
    assert text["Content-Disposition"].startswith("attachment")
    armour = signature(tmp_path, noor.seed, text.content)
    assert member.post(f"{request}approve/", sent | {"signature": armour}).status_code == 303
    assert "1 of 2 approved" in text_of(member.get(request))


def test_a_signature_over_another_text_is_refused(member: Any, tmp_path: Path) -> None:
    request = ask(member, "/bakery/bodies/3/posts/new/", title="Keeper of the wheel")
    noor = play(member, "Noor Rahman")
    armour = signature(tmp_path, noor.seed, b"something else")
    sent = {"elsewhere": "yes", "signature": armour} | REASONS
    response = send(member, request, f"{request}approve/", **sent)
    assert response.status_code == 409
    assert "member-signature" in text_of(response)


def test_what_is_no_signature_is_asked_for_again(member: Any) -> None:
    request = ask(member, "/bakery/bodies/3/posts/new/", title="Keeper of the stones")
    play(member, "Noor Rahman")
    sent = {"elsewhere": "yes", "signature": "Noor Rahman"} | REASONS
    response = send(member, request, f"{request}approve/", **sent)
    assert response.status_code == 400
    assert "Bring the signature here" in text_of(response)
