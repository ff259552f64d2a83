"""What keeps a form from being lost or done twice, and a page from being kept or changed."""

import re
import threading
from collections.abc import Iterator
from typing import Any

import pytest

from tests.playing import play, slip_on, words_of

NEW = "/bakery/questions/new/"
WORDS = "Shall we bake on Sundays?"
PAGES = ("/", "/bakery/", "/bakery/record/", "/bakery/members/", "/debian/votes/", "/nowhere/")


@pytest.fixture
def member(browser: Any) -> Any:
    play(browser, "Julia Weber")
    return browser


@pytest.fixture
def others_writing(site: object, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Somebody holds the record for longer than anybody waits."""
    from collegium.secretariat.door import Door  # noqa: PLC0415 - settings must stand first
    from collegium.server.desks import desks  # noqa: PLC0415 - likewise here

    assert site
    door, perform = desks().all()["bakery"].office.door, Door.perform
    monkeypatch.setattr(Door, "perform", lambda self, asked: perform(self, asked, wait=0.01))
    held, done = threading.Event(), threading.Event()

    def hold() -> None:
        with door.archive.writing():
            held.set()
            done.wait(30)

    writer = threading.Thread(target=hold)
    writer.start()
    assert held.wait(30)
    yield
    done.set()
    writer.join()


@pytest.mark.usefixtures("others_writing")
def test_a_form_is_kept_while_others_write(member: Any) -> None:
    slip = slip_on(member, NEW)
    response = member.post(NEW, {"slip": slip, "text": WORDS})
    assert response.status_code == 503
    assert response["Retry-After"] == "5"
    page = words_of(response)
    assert WORDS in page
    assert slip in page, "the same slip, so that sending it again is the same act"
    assert "Others are writing just now" in page


def test_what_was_busy_is_sent_again_and_stands_once(member: Any) -> None:
    sent = {"slip": slip_on(member, NEW), "text": WORDS}
    with pytest.MonkeyPatch.context() as patch:
        be_busy(patch)
        assert member.post(NEW, sent).status_code == 503
    first = member.post(NEW, sent)
    again = member.post(NEW, sent)
    assert (first.status_code, again.status_code) == (303, 303)
    assert first["Location"] == again["Location"]


def test_a_form_sent_twice_at_once_is_one_act(site: object, member: Any) -> None:
    sent = {"slip": slip_on(member, NEW), "text": "Who keeps the second key?"}
    found: list[str] = []
    threads = [
        threading.Thread(target=lambda: found.append(copy_of(member).post(NEW, sent)["Location"]))
        for _ in range(2)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert site
    assert len(found) == 2
    assert found[0] == found[1]


def test_other_words_under_the_same_slip_lead_to_the_first_receipt(member: Any) -> None:
    slip = slip_on(member, NEW)
    first = member.post(NEW, {"slip": slip, "text": "Shall we close in August?"})
    response = member.post(NEW, {"slip": slip, "text": "Shall we close in July?"})
    assert response.status_code == 409
    page = words_of(response)
    assert refused_by(response) == "act-id-used"
    entry = first["Location"].partition("?")[0]
    assert f'href="{entry}?receipt"' in page
    assert "What you changed since isn't recorded" in page
    assert "Shall we close in July?" in page


def test_what_was_changed_after_going_back_can_be_sent_as_well(member: Any) -> None:
    sent = {"slip": slip_on(member, NEW), "text": "Shall we close in May?"}
    first = member.post(NEW, sent)
    refused = member.post(NEW, sent | {"text": "Shall we close in June?"})
    fresh = re.search(r'name="slip" value="([^"]+)"', words_of(refused))
    assert fresh
    second = member.post(NEW, {"slip": fresh[1], "text": "Shall we close in June?"})
    assert second.status_code == 303
    assert second["Location"] != first["Location"]


@pytest.mark.parametrize("unseen", ["\u200b\u200b", "\u202e", "\u3164", "\u00ad \u2060"])
def test_words_that_nobody_can_see_are_no_question(member: Any, unseen: str) -> None:
    response = member.post(NEW, {"slip": slip_on(member, NEW), "text": unseen})
    assert response.status_code == 400
    assert "Nothing in this can be seen" in words_of(response)


def test_a_title_turns_nothing_round_but_itself(member: Any) -> None:
    turned = "Shall we\u202e bake bread?"
    response = member.post(NEW, {"slip": slip_on(member, NEW), "text": turned})
    receipt = words_of(member.get(response["Location"]))
    assert "“Shall we bake bread?”" in receipt


def test_whoever_is_out_by_now_finds_what_they_wrote(member: Any) -> None:
    slip = slip_on(member, NEW)
    member.post("/bakery/leave/")
    response = member.post(NEW, {"slip": slip, "text": "A sentence that took me an hour?"})
    assert response.status_code == 403
    assert "A sentence that took me an hour?" in words_of(response)


def test_an_address_without_its_last_stroke_leads_on(browser: Any) -> None:
    for address in ("/bakery", "/debian/tour", "/debian/votes/21"):
        assert browser.get(address)["Location"] == f"{address}/"
    for address in ("/no/where", "/debian/votes/x"):
        assert browser.get(address).status_code == 404


def test_what_is_no_number_is_no_entry(browser: Any) -> None:
    assert browser.get("/debian/record/", {"entry": "all"}).status_code == 404
    assert browser.get("/debian/record/", {"entry": "00"})["Location"].endswith("/entries/0/")


def test_there_is_no_version_before_the_first(member: Any) -> None:
    assert member.get("/bakery/proposals/9/v0/").status_code == 404


def test_nobody_plays_somebody_of_an_organisation_that_is_no_demonstration(browser: Any) -> None:
    for address in ("join", "play"):
        response = browser.post(f"/debian/enter/{address}/", {"member": "m:" + "a" * 22})
        assert response.status_code == 409
        assert refused_by(response) == "no-demo"


def test_only_somebody_on_the_list_is_played(browser: Any) -> None:
    response = browser.post("/bakery/enter/play/", {"member": "m:" + "a" * 22})
    assert response.status_code == 409
    assert refused_by(response) == "nobody-to-play"


def test_newcomers_places_come_to_an_end(browser: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from collegium.server.accounts import signing_in  # noqa: PLC0415 - settings must stand first

    monkeypatch.setattr(signing_in, "newcomers", lambda _: [])
    response = browser.post("/bakery/enter/join/")
    assert response.status_code == 409
    assert refused_by(response) == "no-place-left"


@pytest.mark.parametrize(
    "elsewhere",
    [
        {"REMOTE_ADDR": "192.0.2.7"},
        {"headers": {"x-forwarded-for": "192.0.2.7"}},
        {"headers": {"x-real-ip": "192.0.2.7"}},
        {"headers": {"forwarded": "for=192.0.2.7"}},
        {"headers": {"x-forwarded-host": "bakers.example"}},
        {"headers": {"x-forwarded-proto": "https"}},
        {"headers": {"via": "1.1 proxy.example"}},
        {"headers": {"cf-connecting-ip": "192.0.2.7"}},
    ],
    ids=["address", "for", "real-ip", "forwarded", "host", "proto", "via", "connecting-ip"],
)
def test_nobody_plays_from_elsewhere(browser: Any, elsewhere: dict[str, Any]) -> None:
    response = browser.post("/bakery/enter/join/", **elsewhere)
    assert response.status_code == 409
    assert refused_by(response) == "not-at-this-machine"


def test_a_name_that_is_not_this_machine_s_is_no_address(browser: Any) -> None:
    assert browser.get("/", headers={"host": "collegium.example"}).status_code == 400


def test_every_answer_says_what_a_page_may_load(member: Any) -> None:
    for page in PAGES:
        policy = member.get(page)["Content-Security-Policy"]
        assert "default-src 'self'" in policy, page
        assert "unsafe" not in policy, page
    assert "default-src" in member.post(NEW, {})["Content-Security-Policy"]


def test_a_new_release_s_style_is_seen_soon(browser: Any) -> None:
    style = browser.head("/static/collegium.css")
    assert style["Last-Modified"], "asked for again, it need not be sent again"
    found = re.search(r"max-age=(\d+)", style["Cache-Control"])
    assert found
    assert int(found[1]) <= 600


def test_no_page_is_kept_on_the_way(member: Any) -> None:
    for page in PAGES:
        assert member.get(page)["Cache-Control"] == "private, no-store", page
    assert member.post(NEW, {})["Cache-Control"] == "private, no-store"


def test_a_page_has_no_script_or_style_of_its_own(member: Any) -> None:
    for page in PAGES:
        source = member.get(page).content.decode()
        assert not re.search(r"<script(?![^>]*\bsrc=)|\sstyle=|\son\w+=|javascript:", source), page


def refused_by(response: Any) -> str:
    """The name of the rule that the page quotes."""
    found = re.search(r"Refused by rule <code>([^<]+)</code>", words_of(response))
    assert found
    return found[1]


def copy_of(browser: Any) -> Any:
    from django.test import Client  # noqa: PLC0415 - settings must stand first

    copy = Client(headers={"host": "localhost"})
    copy.cookies = browser.cookies
    return copy


def be_busy(patch: pytest.MonkeyPatch) -> None:
    from collegium.archive.protocol import Busy  # noqa: PLC0415 - settings must stand first
    from collegium.archive.sqlite import SqliteArchive  # noqa: PLC0415 - likewise here

    def busy(_archive: object, _wait: float) -> None:
        raise Busy("Others have been writing for 5 seconds.")

    patch.setattr(SqliteArchive, "writing", busy)
