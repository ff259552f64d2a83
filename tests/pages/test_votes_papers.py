"""Ballots of every kind on pages: ranks, ticks, grades, one choice, yes and no, cards, proxies."""

from typing import Any

import pytest
from msgspec.structs import replace

from collegium.parts.decisions.acts import Card, CastBallot, Counting, Manner
from tests.pages.hall import APPROVAL, GRADES, QUORUM, STV, YES_NO, text_of

VOTER, OTHER = "Marek Novak", "Yuki Tanaka"
RANKED = {"rank-1": "2", "rank-2": "1", "rank-3": ""}


@pytest.fixture(scope="module")
def stv(hall: Any) -> int:
    number: int = hall.open(hall.plain(counting=STV), "Rye", "Wheat", "Neither")
    return number


@pytest.fixture(scope="module")
def motion(hall: Any) -> int:
    number: int = hall.open(hall.plain(2, counting=YES_NO), "Buy it", "Leave it")
    return number


def test_a_strict_ranking_refuses_equal_ranks_by_rule_and_keeps_them(hall: Any, stv: int) -> None:
    response = hall.send(VOTER, stv, "cast/", **(RANKED | {"rank-2": "2"}))
    assert response.status_code == 409
    assert "ballot-equal" in text_of(response)
    assert 'id="id_rank-2_error"' in text_of(response)  # the later of the two
    assert '<option value="2" selected>' in text_of(response)


def test_a_ranking_can_be_cast_anew_and_is_told_in_words(hall: Any, stv: int) -> None:
    assert hall.send(VOTER, stv, "cast/", **RANKED).status_code == 303
    assert "1st “Wheat”; 2nd “Rye”" in hall.page(VOTER, stv)
    assert hall.send(VOTER, stv, "cast/", **(RANKED | {"rank-1": "1", "rank-2": "2"})).status_code
    assert "1st “Rye”; 2nd “Wheat”" in hall.page(VOTER, stv)


def test_a_ranking_has_fields_and_buttons_of_44_pixels_for_each_option(hall: Any, stv: int) -> None:
    page = hall.page(VOTER, stv)
    assert page.count('aria-label="Move ') == 6
    assert page.count('<select name="rank-') == 3
    styles = text_of_style("decisions/papers.css")
    assert ".mover { min-inline-size: 2.75rem; min-block-size: 2.75rem;" in styles


def text_of_style(name: str) -> str:
    from django.contrib.staticfiles import finders  # noqa: PLC0415 - settings must stand first

    found = finders.find(name)
    assert found
    with open(found, encoding="utf-8") as file:  # noqa: PTH123 - a name from Django
        return file.read()


def test_a_motion_is_three_buttons_and_one_press(hall: Any, motion: int) -> None:
    page = hall.page(VOTER, motion)
    assert [f'name="choice" value="{one}"' in page for one in ("yes", "no", "abstain")] == [
        True
    ] * 3
    assert hall.send(VOTER, motion, "cast/", choice="no").status_code == 303
    assert "<p>No. You can vote anew" in hall.page(VOTER, motion)
    assert hall.send(VOTER, motion, "cast/", choice="abstain").status_code == 303
    assert "You abstained" in hall.page(VOTER, motion)
    assert hall.vote(motion).ballots[hall.number(VOTER)] == "--"


def test_a_choice_that_isnt_offered_is_no_ballot(hall: Any, motion: int) -> None:
    response = hall.send(OTHER, motion, "cast/", choice="perhaps")
    assert response.status_code == 400
    assert "Choose one of those that are offered here." in text_of(response)


def test_approval_is_boxes_and_none_ticked_is_a_ballot_too(hall: Any) -> None:
    number = hall.open(hall.plain(counting=APPROVAL), "Rye", "Wheat", "Neither")
    page = hall.page(VOTER, number)
    assert page.count('type="checkbox" name="approve-') == 3
    assert hall.send(VOTER, number, "cast/", **{"approve-1": "on", "approve-3": "on"}).status_code
    assert "<p>“Rye” and “Neither”. You can" in hall.page(VOTER, number)
    assert hall.send(VOTER, number, "cast/").status_code == 303
    assert hall.vote(number).ballots[hall.number(VOTER)] == "---"


def test_grades_are_rows_of_words_and_some_grade_is_asked_for(hall: Any) -> None:
    number = hall.open(hall.plain(counting=GRADES), "Rye", "Wheat", "Neither")
    page = hall.page(VOTER, number)
    assert page.count('type="radio" name="grade-1"') == 7
    assert "very good" in page
    silent = hall.send(VOTER, number, "cast/")
    assert silent.status_code == 400
    assert "Give at least one option a grade" in text_of(silent)
    assert hall.send(VOTER, number, "cast/", **{"grade-1": "4", "grade-2": "0"}).status_code == 303
    assert "“Rye” very good; “Wheat” reject; “Neither” no opinion" in hall.page(VOTER, number)


def test_one_of_several_is_chosen_by_a_radio_button(hall: Any) -> None:
    counting = Counting("ballots", "skip", 0, "majority/1", 1, (1, 2), 35)
    number = hall.open(hall.plain(counting=counting), "Rye", "Wheat", "Neither")
    assert hall.send(VOTER, number, "cast/", choice="2").status_code == 303
    assert hall.vote(number).ballots[hall.number(VOTER)] == "-1-"


def test_before_one_votes_it_is_said_who_will_see_it(hall: Any, motion: int) -> None:
    page = hall.page(OTHER, motion)
    assert "Every member will see this, with your name, for ever." in page


def test_a_card_is_split_and_carries_no_more_than_it_has(hall: Any) -> None:
    branch = next(name for name, one in hall.house.organisation.bodies.items() if one.number == 2)
    card = Card(body=branch, member=hall.member(VOTER), votes=3)
    manner = Manner(cards=(card,), kind="cards", tellers=())
    number = hall.open(hall.plain(2, counting=YES_NO, manner=manner), "Buy it", "Leave it")
    page = hall.page(VOTER, number)
    assert "It carries 3 votes for" in page
    assert "Delegates vote here with cards" in hall.page(OTHER, number)
    sent = {"votes-1": "2", "p1-choice": "yes", "votes-2": "2", "p2-choice": "no"}
    response = hall.send(VOTER, number, "card/", **sent)
    assert response.status_code == 409
    assert "card-exceeded" in text_of(response)
    assert 'id="id_votes-1_error"' in text_of(response)
    assert hall.send(VOTER, number, "card/", **(sent | {"votes-2": "1"})).status_code == 303
    page = hall.page(VOTER, number)
    assert "2 votes: Yes." in page
    assert "of it say" not in page
    assert (
        hall.send(VOTER, number, "card/", **{"votes-1": "2", "p1-choice": "yes"}).status_code == 303
    )
    assert "1 vote of it says nothing." in hall.page(VOTER, number)
    assert '<details class="more" open> <summary>Split the card' in page
    empty = hall.send(VOTER, number, "card/")
    assert "Say what at least one of its 3 votes says." in text_of(empty)


def test_without_a_card_nobody_casts_one(hall: Any, motion: int) -> None:
    response = hall.send(OTHER, motion, "card/", **{"votes-1": "1", "p1-choice": "yes"})
    assert response.status_code == 409
    assert "manner-differs" in text_of(response)


def test_proxies_are_off_unless_the_rule_book_allows_them(hall: Any, motion: int) -> None:
    assert "Let somebody vote for you" not in hall.page(OTHER, motion)
    slip = hall.send(OTHER, motion, "proxy/", member=str(hall.number(VOTER)))
    assert slip.status_code == 400


def test_a_proxy_is_given_used_and_taken_back(hall: Any) -> None:
    allow_proxies(hall)
    number = hall.open(hall.plain(2, counting=YES_NO), "Buy it", "Leave it")
    nobody = text_of(hall.send(OTHER, number, "proxy/", member=""))
    assert "Who votes for you: Choose one of these." in nobody
    assert '<option value="" selected>choose somebody' in hall.page(OTHER, number)
    given = hall.send(OTHER, number, "proxy/", member=str(hall.number(VOTER)))
    assert given.status_code == 303, text_of(given)
    page = hall.page(VOTER, number)
    mine = hall.number(OTHER)
    assert f"/votes/{number}/proxy/{mine}/" in page
    assert "The ballot of Yuki Tanaka" in hall.page(VOTER, number, f"proxy/{mine}/")
    cast = hall.send(VOTER, number, f"proxy/{mine}/", choice="yes")
    assert cast.status_code == 303, text_of(cast)
    assert hall.vote(number).ballots[mine] == "1-"
    assert hall.send(OTHER, number, "proxy/back/").status_code == 303
    assert mine not in hall.vote(number).ballots
    refused = hall.send(VOTER, number, f"proxy/{mine}/", choice="yes")
    assert "no-proxy" in text_of(refused)


def test_beyond_the_list_a_proxy_is_given_by_number(
    hall: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from collegium.server.web.decisions import voters  # noqa: PLC0415 - settings first

    allow_proxies(hall)
    number = hall.open(hall.plain(2, counting=YES_NO), "Buy it", "Leave it")
    monkeypatch.setattr(voters, "MOST_OTHERS", 3)
    assert "The list of members has their numbers." in hall.page(OTHER, number)
    unknown = hall.send(OTHER, number, "proxy/", member="99999")
    assert "There is no member number 99999." in text_of(unknown)
    given = hall.send(OTHER, number, "proxy/", member=str(hall.number(VOTER)))
    assert given.status_code == 303, text_of(given)


def allow_proxies(hall: Any) -> None:
    """The rule book as it would stand had two of the committee approved the change."""
    hall.house.organisation.rule_book["decisions.most_proxies"] = 2


def test_a_ballot_cast_elsewhere_shows_on_today_as_done(hall: Any) -> None:
    number = hall.open(hall.plain(2, counting=YES_NO), "Sell it", "Keep it", title="Sell the cart")
    waiting = "You haven't voted yet: “Sell the cart”"
    assert waiting in text_of(hall.visit(VOTER).get("/hall/"))
    hall.do(VOTER, CastBallot(happened_at="", marks="1-", vote=hall.name(number)))
    assert waiting not in text_of(hall.visit(VOTER).get("/hall/"))


def test_whom_a_vote_is_not_for_is_told_so(hall: Any) -> None:
    sitting = replace(hall.plain().electorate, kind="sitting")
    body = hall.plain(2, counting=YES_NO, electorate=sitting, quorum=QUORUM)
    number = hall.open(body, "Buy it", "Leave it")
    assert "You aren't among the electors of this vote" in hall.page(VOTER, number)
    refused = hall.send(VOTER, number, "cast/", choice="yes")
    assert "not-in-electorate" in text_of(refused)
