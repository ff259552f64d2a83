"""Votes on pages: a ballot is one act, a refusal names its rule, an outcome can be recounted."""

import re
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from django.http import HttpResponse

from collegium.archive.protocol import Busy
from collegium.datasets.cooperative.founding import found_cooperative
from collegium.record.moments import after

SLIP = re.compile(r'name="slip" value="([^"]+)"')
OPEN, DECIDED = "/bakery/votes/6/", "/bakery/votes/1/"
RANKS = {"rank-1": "2", "rank-2": "1", "rank-3": "3", "rank-4": ""}


def text_of(response: HttpResponse) -> str:
    return " ".join(response.content.decode().replace("&#x27;", "'").split())


def slip_on(page: HttpResponse) -> str:
    found = SLIP.search(page.content.decode())
    assert found
    return found.group(1)


def cast(browser: Any, page: str = OPEN, **ranks: str) -> HttpResponse:
    sent = {"slip": slip_on(browser.get(page))} | RANKS | ranks
    response: HttpResponse = browser.post(f"{page}cast/", sent)
    return response


def play(browser: Any, member: str) -> Any:
    assert browser.post("/bakery/enter/play/", {"member": member}).status_code == 303
    return browser


@pytest.fixture
def voter(browser: Any) -> Any:
    """Somebody who may vote and hasn't yet, come in."""
    from collegium.server.desks import desks  # noqa: PLC0415 - settings must stand first

    desk = desks().all()["bakery"]
    organisation = desk.office.door.house.organisation
    vote = next(one for one in desk.office.door.house.decisions.votes.values() if one.number == 6)
    waiting = {
        organisation.names[number] for number in vote.electors.numbers if number not in vote.ballots
    }
    found = next(one for one in desk.people if not one.newcomer and one.member in waiting)
    return play(browser, found.member)


@pytest.fixture
def reader(browser: Any) -> Any:
    """Noor, come in."""
    from collegium.server.desks import desks  # noqa: PLC0415 - settings must stand first

    found = next(one for one in desks().all()["bakery"].people if one.name == "Noor Rahman")
    return play(browser, found.member)


@pytest.fixture
def later(site: Path, tmp_path: Path) -> Iterator[Any]:
    """A co-operative whose open vote's time is over: its desk, with a clock that can be moved."""
    from collegium.server.desks import desks, open_desk  # noqa: PLC0415 - settings first

    assert site.exists()
    found_cooperative(tmp_path / "later").close()
    desk = open_desk(tmp_path / "later")
    now = after(desk.office.door.clock(), days=6)
    desk.office.door.clock = lambda: now
    served = desks()
    served.all()
    served._desks["later"] = desk
    yield desk
    del served._desks["later"]
    desk.close()


@pytest.fixture
def latecomer(later: Any, browser: Any) -> Any:
    assert later.slug == "later"
    assert browser.post("/later/enter/join/").status_code == 303
    return browser


def test_the_list_says_what_is_open_and_whether_one_has_voted(voter: Any) -> None:
    assert "You haven't voted yet" in text_of(voter.get("/bakery/votes/"))
    assert cast(voter).status_code == 303
    assert "You have voted" in text_of(voter.get("/bakery/votes/"))


def test_today_says_that_a_vote_waits_until_one_has_voted(voter: Any) -> None:
    waiting = "You haven't voted yet: “Last year's surplus”"
    assert waiting in text_of(voter.get("/bakery/"))
    cast(voter)
    assert waiting not in text_of(voter.get("/bakery/"))


def test_a_ballot_leads_to_a_receipt_and_is_shown_to_its_voter(voter: Any) -> None:
    response = cast(voter)
    assert response.status_code == 303
    receipt = text_of(voter.get(response["Location"]))
    assert "Your receipt" in receipt
    assert "V-6" in receipt
    page = text_of(voter.get(OPEN))
    assert "1st “Share it out, the same for everybody”; 2nd “Replace the second oven”" in page


def test_before_one_votes_the_form_says_that_the_ballot_is_open(voter: Any) -> None:
    page = text_of(voter.get(OPEN))
    assert "This ballot is open." in page
    assert "Every member will see this, with your name, for ever." in page


def test_a_ballot_sent_twice_is_one_act(voter: Any) -> None:
    sent = {"slip": slip_on(voter.get(OPEN))} | RANKS
    first = voter.post(f"{OPEN}cast/", sent)
    second = voter.post(f"{OPEN}cast/", sent)
    assert first.status_code == second.status_code == 303
    assert first["Location"] == second["Location"]


def test_a_form_used_for_another_ballot_leads_to_its_receipt(voter: Any) -> None:
    sent = {"slip": slip_on(voter.get(OPEN))} | RANKS
    voter.post(f"{OPEN}cast/", sent)
    response = voter.post(f"{OPEN}cast/", sent | {"rank-4": "1"})
    assert response.status_code == 409
    assert "its receipt is entry" in text_of(response)


def test_a_ballot_can_be_cast_anew(voter: Any) -> None:
    assert cast(voter).status_code == 303
    assert cast(voter, **{"rank-2": "4", "rank-4": "1"}).status_code == 303
    assert "1st “Decide later”" in text_of(voter.get(OPEN))


def test_an_empty_ballot_is_asked_for_a_rank(voter: Any) -> None:
    response = cast(voter, **dict.fromkeys(RANKS, ""))
    assert response.status_code == 400
    assert "Give at least one option a rank" in text_of(response)


def test_a_rank_that_isnt_offered_is_no_act(voter: Any) -> None:
    response = cast(voter, **{"rank-1": "z"})
    assert response.status_code == 400
    assert "Choose one of those that are offered here." in text_of(response)


def test_a_busy_door_keeps_the_ballot(voter: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from collegium.server.desks import desks  # noqa: PLC0415 - settings must stand first

    def busy(*_asked: object) -> None:
        raise Busy

    monkeypatch.setattr(desks().all()["bakery"].office.door, "perform", busy)
    response = cast(voter)
    assert response.status_code == 503
    assert response["Retry-After"]
    assert '<option value="2" selected>' in text_of(response)


def test_nobody_reads_or_casts(browser: Any) -> None:
    for page in ("/bakery/votes/", OPEN, DECIDED, f"{DECIDED}ballots/", f"{DECIDED}ballots.csv"):
        response = browser.get(page)
        assert response.status_code == 403, page
        assert "Two fixed night teams" not in text_of(response)
    assert browser.post(f"{OPEN}cast/", RANKS).status_code == 403


def test_ballots_are_shown_once_the_vote_is_closed(reader: Any) -> None:
    for page in ("ballots/", "ballots.csv", "profile.txt", "outcome.json"):
        assert reader.get(OPEN + page).status_code == 404, page
    assert "Noor Rahman" in text_of(reader.get(f"{DECIDED}ballots/"))


def test_an_outcome_is_told_with_its_way_and_its_margin(reader: Any) -> None:
    page = text_of(reader.get(DECIDED))
    assert "“Everybody rotates, in single weeks” won: 17 ballots for it, 1 against." in page
    assert "One beats every other" in page
    assert "of 18 would have turned it" in page


def test_downloads_have_the_digests_that_the_record_has(reader: Any) -> None:
    page = text_of(reader.get(DECIDED))
    for file in ("profile.txt", "outcome.json"):
        content = reader.get(DECIDED + file).content
        assert sha256(content).hexdigest() in page
    lines = b"".join(reader.get(f"{DECIDED}ballots.csv").streaming_content).decode().splitlines()
    assert lines[3] == "entry,member,cast_at,marks,count,counts"
    assert len(lines) == 4 + 18


def test_a_vote_is_not_closed_before_its_time(reader: Any) -> None:
    sent = {"slip": slip_on(reader.get(OPEN))}
    response = reader.post(f"{OPEN}close/", sent)
    assert response.status_code == 409
    assert "vote-open" in text_of(response)


def test_an_open_vote_has_nothing_to_declare(reader: Any) -> None:
    sent = {"slip": slip_on(reader.get(OPEN))}
    assert reader.post(f"{OPEN}declare/", sent).status_code == 404


def test_after_its_time_a_ballot_is_refused_by_the_rule(latecomer: Any) -> None:
    response = cast(latecomer, "/later/votes/6/")
    assert response.status_code == 409
    assert "vote-closed" in text_of(response)


def test_any_member_closes_and_declares_and_the_page_tells_it(latecomer: Any) -> None:
    page = "/later/votes/6/"
    assert "Record the close" in text_of(latecomer.get(page))
    closing = {"slip": slip_on(latecomer.get(page))}
    assert latecomer.post(f"{page}close/", closing).status_code == 303
    counted = text_of(latecomer.get(page))
    assert "Declare this outcome" in counted
    declaring = {"slip": slip_on(latecomer.get(page))}
    assert latecomer.post(f"{page}declare/", declaring).status_code == 303
    assert "declares it" not in text_of(latecomer.get(page))
    again = latecomer.post(
        f"{page}declare/", {"slip": slip_on(latecomer.get("/later/questions/new/"))}
    )
    assert "declared-already" in text_of(again)


def test_a_ballot_that_was_replaced_is_shown_so(later: Any, latecomer: Any) -> None:
    passed = later.office.door.clock()
    door = later.office.door
    door.clock = lambda: after(passed, days=-6)
    cast(latecomer, "/later/votes/6/")
    cast(latecomer, "/later/votes/6/", **{"rank-4": "1"})
    door.clock = lambda: passed
    closing = {"slip": slip_on(latecomer.get("/later/votes/6/"))}
    assert latecomer.post("/later/votes/6/close/", closing).status_code == 303
    page = text_of(latecomer.get("/later/votes/6/ballots/"))
    assert "1 ballot was replaced by a later one of the same voter" in page
    assert "replaced later" in page
