"""Every address of the site, walked as everybody who could come by."""

from typing import Any

import pytest


def places() -> dict[str, str]:
    """Every address by its name, in the co-operative."""
    from django.urls import NoReverseMatch, reverse  # noqa: PLC0415 - settings must stand first

    from tests.pages.addresses import patterns, values  # noqa: PLC0415 - likewise here

    found = {}
    for pattern in patterns():
        given = values(pattern)
        try:
            found[str(pattern.name)] = reverse(str(pattern.name), kwargs=given)
        except NoReverseMatch:
            inside = {"organisation": "bakery", **given}
            found[str(pattern.name)] = reverse(str(pattern.name), kwargs=inside)
    return found


@pytest.fixture
def visitors(site: object) -> dict[str, Any]:
    """A browser each for nobody, a member, an officer and a former member."""
    from django.test import Client  # noqa: PLC0415 - settings must stand first

    from collegium.server.desks import desks  # noqa: PLC0415 - likewise here

    assert site
    desk = desks().all()["bakery"]
    members = desk.office.door.house.organisation.members
    named = {one.name: one.member for one in desk.people}
    known = {
        "nobody": "",
        "member": named["Marek Novak"],
        "officer": named["Kofi Mensah"],
        "former": next(name for name, member in members.items() if member.left),
    }
    browsers = {who: Client(headers={"host": "localhost"}) for who in known}
    for who, member in known.items():
        session = browsers[who].session
        session["members"] = {"bakery": member} if member else {}
        session.save()
    return browsers


def test_no_address_is_left_out(site: object) -> None:
    from tests.pages.addresses import ANSWERS  # noqa: PLC0415 - settings must stand first

    assert site
    assert set(places()) == set(ANSWERS)


def test_everybody_is_answered_as_they_should_be(visitors: dict[str, Any]) -> None:
    from tests.pages.addresses import ANSWERS, VISITORS  # noqa: PLC0415 - settings stand first

    wrong = {}
    for name, address in places().items():
        answers = tuple(visitors[who].get(address).status_code for who in VISITORS)
        if answers != ANSWERS[name]:
            wrong[address] = answers
    assert wrong == {}


def test_whoever_left_still_finds_their_own_page(visitors: dict[str, Any]) -> None:
    assert visitors["former"].get("/bakery/members/24/").status_code == 200
    assert visitors["nobody"].get("/bakery/members/24/").status_code == 403


def test_whoever_left_is_promised_nothing_that_members_have(visitors: dict[str, Any]) -> None:
    today = visitors["former"].get("/bakery/").content.decode()
    assert "Your membership has ended" in today
    assert "When a vote opens" not in today
    assert "Come in" not in today
    own = visitors["former"].get("/bakery/members/24/").content.decode()
    assert "You act by being signed in" not in own


def test_a_public_record_is_read_by_anybody(visitors: dict[str, Any]) -> None:
    wrong = {}
    for address in places().values():
        status = visitors["nobody"].get(address.replace("/bakery/", "/debian/")).status_code
        if status not in {200, 302, 404}:
            wrong[address] = status
    assert wrong == {}


def test_an_empty_form_is_never_a_fault(visitors: dict[str, Any]) -> None:
    faults = {}
    for name, address in places().items():
        if name not in {"enter", "play", "join", "leave"}:  # they change who the visitor is
            answers = [browser.post(address).status_code for browser in visitors.values()]
            if max(answers) >= 500 or answers[0] not in {403, 404, 405}:
                faults[address] = answers
    assert faults == {}
