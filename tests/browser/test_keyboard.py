"""Everything by keyboard alone: Tab, arrows, typing, Enter; no mouse, no address typed."""

from typing import Any

import pytest

from tests.browser.people import receipt_on

pytestmark = pytest.mark.browser

FAR = 160  # presses of Tab after which something counts as out of reach

FOCUSED = """
(({activeElement: here}) =>
  (here.matches("input, select, textarea") ? here.id : here.innerText).trim())(document)
"""
RING = "getComputedStyle(document.activeElement).outlineStyle"


def tab_to(page: Any, wanted: str) -> None:
    """Press Tab until what has that text or id is in focus; its ring must be seen."""
    for _ in range(FAR):
        page.keyboard.press("Tab")
        if page.evaluate(FOCUSED).startswith(wanted):
            assert page.evaluate(RING) == "solid"
            return
    pytest.fail(f"{wanted!r} isn't reached by keyboard on {page.url}")


def enter(page: Any, wanted: str) -> None:
    """Go there, press Enter and come to another page."""
    tab_to(page, wanted)
    left = page.url
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: url != left)


def test_a_newcomer_comes_in_publishes_signs_and_votes(page: Any) -> None:
    page.goto("/")
    enter(page, "Come in")
    enter(page, "Come in as a newcomer")
    page.wait_for_url("**/bakery/")
    enter(page, "Do the riders need")
    enter(page, "Publish a proposal")
    tab_to(page, "id_title")
    page.keyboard.type("Two bicycles with trailers")
    tab_to(page, "id_text")
    page.keyboard.type("They cost a tenth of a van.")
    enter(page, "Publish")
    receipt_on(page)
    enter(page, "Questions")
    enter(page, "Do the riders need")
    enter(page, "Lease a small electric van")
    enter(page, "Sign this proposal")
    receipt_on(page)
    enter(page, "Votes")
    enter(page, "Last year's surplus")
    tab_to(page, "id_rank-1")
    page.keyboard.press("ArrowDown")
    enter(page, "Cast my ballot")
    receipt_on(page)


def test_the_first_tab_skips_to_the_content(page: Any) -> None:
    page.goto("/debian/votes/")
    page.keyboard.press("Tab")
    assert page.evaluate(FOCUSED) == "Skip to the content"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")


def test_what_is_folded_away_opens_by_keyboard(page: Any) -> None:
    page.goto("/debian/record/entries/30/")
    tab_to(page, "Check the proof on your own machine")
    page.keyboard.press("Enter")
    assert page.locator("details[open] pre").is_visible()


def test_a_refusal_takes_the_focus(page: Any) -> None:
    page.goto("/")
    enter(page, "Come in")
    enter(page, "Rosa Jimenez")
    page.wait_for_url("**/bakery/")
    page.goto("/bakery/members/30/end/")
    tab_to(page, "Or try to do it alone")
    page.keyboard.press("Enter")
    tab_to(page, page.locator("#form-alone button").inner_text())
    page.keyboard.press("Enter")
    page.get_by_role("alert").wait_for()
    assert page.evaluate("document.activeElement.getAttribute('role')") == "alert"
