"""An imported past is told as a past: nothing in it is asked, owed or open to anybody."""

from typing import Any

from tests.pages.hall import text_of


def test_a_past_asks_nothing_any_more(browser: Any) -> None:
    page = text_of(browser.get("/debian/"))
    assert "What was asked last" in page
    assert "being asked" not in page


def test_objections_the_source_doesnt_tell_of_arent_denied(browser: Any) -> None:
    page = text_of(browser.get("/debian/proposals/11/"))
    assert "objection" not in page.lower()


def test_objections_are_denied_of_no_vote_of_a_past_either(browser: Any) -> None:
    page = text_of(browser.get("/debian/votes/21/"))
    assert "objected" not in page
    assert "What would other methods have made of these ballots?" in page


def test_a_pasts_votes_are_counted_up(browser: Any) -> None:
    assert "<h1>25 votes</h1>" in text_of(browser.get("/debian/votes/"))


def test_a_question_without_proposals_isnt_open_to_one(browser: Any) -> None:
    page = text_of(browser.get("/debian/questions/25/"))
    assert "The source has no proposals here." in page
    assert "others can publish" not in page


def test_a_long_roll_says_how_many_more_are_on_it(browser: Any) -> None:
    page = text_of(browser.get("/debian/bodies/1/"))
    assert 'And 855 more: <a href="/debian/members/">all names</a>' in page


def test_more_approvals_than_needed_are_told_as_such(browser: Any) -> None:
    assert "3 approved, 2 needed" in text_of(browser.get("/debian/approvals/1/"))


def test_a_clause_is_told_without_codes(member: Any) -> None:
    page = text_of(member.get("/bakery/rules/"))
    assert "The law that applies to votes is that of: <strong>Ireland</strong>." in page
    assert "Germany, France, the United Kingdom" in page
    change = text_of(member.get("/bakery/rules/organisation.country/change/"))
    assert '<option value="ie" selected>Ireland</option>' in change
