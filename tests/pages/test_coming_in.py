"""Demo sign-in: only in a demonstration, only at this machine."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from collegium.datasets.cooperative.people import DemoPerson, write_people
from collegium.record.keys import PrivateKey
from collegium.secretariat import chance
from collegium.secretariat.office import Charter, FoundingMember, found_office
from tests.pages.hall import text_of

PAGES = (
    "/",
    "/bakery/",
    "/bakery/enter/",
    "/bakery/questions/",
    "/bakery/questions/5/",
    "/bakery/proposals/9/",
    "/bakery/proposals/9/v1/",
    "/bakery/proposals/9/?changes",
    "/bakery/members/",
    "/bakery/members/3/",
    "/bakery/bodies/",
    "/bakery/bodies/2/",
    "/bakery/rules/",
    "/bakery/record/",
    "/bakery/record/entries/0/",
)


@contextmanager
def served(folder: Path, *, demo: bool) -> Iterator[str]:
    """An organisation just founded by three, served under its folder's name: its front page."""
    from collegium.server.desks import desks, open_desk  # noqa: PLC0415 - settings first

    founders = [
        FoundingMember(name, chance.member_id(), PrivateKey.generate())
        for name in ("Amara", "Bo", "Chiara")
    ]
    charter = Charter("Founded", "founded.example", founders, {}, demo=demo)
    found_office(folder, charter).close()
    if demo:
        people = [DemoPerson(one.member, one.name, "founder", False, b"") for one in founders]  # noqa: FBT003 - as the file has it
        write_people(folder, tuple(people))
    desk = open_desk(folder)
    known = desks()
    known.all()
    known._desks[folder.name] = desk
    yield f"/{folder.name}/"
    del known._desks[folder.name]
    desk.close()


@pytest.fixture
def living(site: Path, tmp_path: Path) -> Iterator[str]:
    """An organisation that is neither a demonstration nor a past: its front page."""
    assert site.exists()
    with served(tmp_path / "living", demo=False) as address:
        yield address


@pytest.fixture
def played(site: Path, tmp_path: Path) -> Iterator[str]:
    """A demonstration of somebody's own, without a story: its front page."""
    assert site.exists()
    with served(tmp_path / "played", demo=True) as address:
        yield address


def test_a_demonstration_without_a_story_promises_none(browser: Any, played: str) -> None:
    front, enter = text_of(browser.get("/")), text_of(browser.get(f"{played}enter/"))
    door = front[front.index("Founded") :].partition("</li>")[0]
    assert "Come in as one of its invented people" in door
    assert "two years" not in door
    assert "Come in as a newcomer" not in enter
    assert "Play somebody who is here already" in enter


def test_a_founder_of_a_demonstration_is_played(browser: Any, played: str) -> None:
    members = re.findall(r'name="member" value="([^"]+)"', text_of(browser.get(f"{played}enter/")))
    assert len(members) == 3
    browser.post(f"{played}enter/play/", {"member": members[1]})
    assert "Nothing is waiting for you" in text_of(browser.get(played))


def test_a_living_organisation_says_that_nobody_comes_in_yet(browser: Any, living: str) -> None:
    for page in (living, f"{living}enter/"):
        answer = browser.get(page).content.decode()
        assert "There is no sign-in for them yet" in answer or "Nobody comes in here yet" in answer
        assert f'href="{living}record/"' in answer
        assert "Demonstration" not in answer


def test_a_living_organisation_is_not_offered_for_trying_or_copying(
    browser: Any, living: str
) -> None:
    assert "A living organisation" in browser.get("/").content.decode()
    assert "record/copies/" not in browser.get(f"{living}record/").content.decode()


def test_an_imported_past_has_names_and_no_roll(browser: Any) -> None:
    page = browser.get("/debian/members/").content.decode()
    assert "955 names" in page
    assert "It is no roll of members" in page
    for address in ("/", "/debian/members/", "/debian/bodies/", "/debian/bodies/1/"):
        assert "955 members" not in browser.get(address).content.decode(), address


def test_the_rule_book_of_a_copy_is_not_taken_for_that_of_the_past(browser: Any) -> None:
    page = browser.get("/debian/rules/").content.decode()
    assert "These clauses govern this copy" in page
    assert "in force" not in page


def test_every_page_answers_nobody_and_a_member(newcomer: Any, browser: Any) -> None:
    for page in PAGES:
        assert newcomer.get(page).status_code == 200, page
    newcomer.post("/bakery/leave/")
    open_to_all = (
        "/",
        "/bakery/",
        "/bakery/enter/",
        "/bakery/record/",
        "/bakery/record/entries/0/",
    )
    for page in PAGES:
        assert browser.get(page).status_code == (200 if page in open_to_all else 403), page


def test_each_newcomer_is_somebody_else(site: Path, newcomer: Any) -> None:
    from django.test import Client  # noqa: PLC0415 - settings must stand first

    assert site.exists()
    other = Client(headers={"host": "localhost"})
    other.post("/bakery/enter/join/")
    mine = newcomer.session["members"]["bakery"]
    assert mine != other.session["members"]["bakery"]


def test_nobody_reads_what_members_read(browser: Any) -> None:
    page = browser.get("/bakery/proposals/9/").content.decode()
    assert "Members read this" in page
    assert "Half into the reserve" not in page


def test_a_demonstration_is_not_played_from_elsewhere(browser: Any) -> None:
    response = browser.post("/bakery/enter/join/", REMOTE_ADDR="192.0.2.7")
    assert response.status_code == 409
    assert "not-at-this-machine" in response.content.decode()
    proxied = browser.post("/bakery/enter/join/", headers={"x-forwarded-for": "192.0.2.7"})
    assert proxied.status_code == 409


def test_only_people_on_the_list_are_played(browser: Any) -> None:
    response = browser.post("/bakery/enter/play/", {"member": "m:somebody"})
    assert response.status_code == 409
    assert "nobody-to-play" in response.content.decode()


def test_when_every_place_is_taken_the_next_is_told_so(
    browser: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("collegium.server.accounts.signing_in.newcomers", lambda _desk: ())
    response = browser.post("/bakery/enter/join/")
    assert response.status_code == 409
    assert "no-place-left" in response.content.decode()


def test_what_is_not_there_is_said_so(browser: Any) -> None:
    for page in (
        "/nowhere/",
        "/bakery/nowhere/",
        "/bakery/questions/99/",
        "/bakery/record/entries/999999/",
    ):
        assert browser.get(page).status_code == 404


def test_every_answer_forbids_what_is_not_ours(browser: Any) -> None:
    policy = browser.get("/bakery/")["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy


def test_a_form_from_elsewhere_is_no_act(site: Path) -> None:
    from django.test import Client  # noqa: PLC0415 - settings must stand first

    assert site.exists()
    strict = Client(enforce_csrf_checks=True, headers={"host": "localhost"})
    response = strict.post("/bakery/enter/join/")
    assert response.status_code == 403
    assert "can&#x27;t be shown to come from this site" in response.content.decode()


def test_words_are_kept_when_only_the_cookie_is_gone(site: Path) -> None:
    from django.test import Client  # noqa: PLC0415 - settings must stand first

    assert site.exists()
    strict = Client(enforce_csrf_checks=True, headers={"host": "localhost"})
    sent = {"text": "An hour of work?", "slip": "made-up"}
    for origin, kept in (("same-origin", True), ("cross-site", False), ("", False)):
        page = strict.post("/bakery/questions/new/", sent, headers={"sec-fetch-site": origin})
        assert page.status_code == 403
        assert ("An hour of work?" in page.content.decode()) == kept
        assert "made-up" not in page.content.decode()


def test_what_is_larger_than_any_form_is_said_to_be(browser: Any) -> None:
    response = browser.post("/bakery/questions/new/", {"text": "a" * 3_000_000})
    assert response.status_code == 413
    assert "That is too much at once" in response.content.decode()
