"""A vote from its opening to its rounds, by keyboard alone; ballots by hand on a small screen."""

import re
from typing import Any

import pytest

from tests.browser.conftest import Visiting
from tests.browser.people import SMALL, come_in, expand, receipt_on
from tests.browser.test_keyboard import enter, tab_to

pytestmark = pytest.mark.browser

TOUCH = 44  # pixels that a finger needs


def open_transferable(page: Any) -> str:
    """Kofi sets up a vote by single transferable vote; its address."""
    come_in(page, "Kofi Mensah")
    page.goto("/bakery/questions/6/vote/")
    enter(page, "Adopt one of several proposals")
    expand(page, "More methods")
    page.locator('input[value="scottish-stv"]').check()
    page.get_by_label("Title", exact=True).fill("Van or trailers")
    preview = page.locator("#preview")
    preview.get_by_text("their ballots pass on.").wait_for()
    page.get_by_role("button", name="Open the vote").click()
    receipt_on(page)
    page.get_by_role("link", name="Back to V-").click()
    return str(page.url)


def test_a_vote_is_set_up_ranked_by_keyboard_alone_and_shown(visiting: Visiting) -> None:
    address = open_transferable(visiting())
    page = visiting()
    come_in(page)
    page.goto(address)
    tab_to(page, "↑")  # the first option
    page.keyboard.press("Enter")
    tab_to(page, "↑")  # the second one
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")  # before the first
    chosen = page.locator("#form-cast select").evaluate_all("all => all.map(one => one.value)")
    assert (chosen[:2], set(chosen[2:])) == (["1", "2"], {""})
    assert "2nd" not in page.locator("[data-moved]").inner_text()
    enter(page, "Cast my ballot")
    receipt_on(page)
    page.goto(address)
    said = page.locator("#ballot").inner_text()
    assert said.index("1st “Buy three cargo trailers instead”") < said.index("2nd “Lease a small")


def test_the_election_by_transferable_vote_is_shown_round_by_round(page: Any) -> None:
    come_in(page, "Marek Novak")
    page.goto("/bakery/votes/")
    enter(page, "Our two delegates")
    rounds = page.locator("#rounds")
    assert rounds.get_by_role("heading", name="Stage 1").is_visible()
    assert "Lost to rounding" in rounds.inner_text()
    picture = rounds.locator("figure svg")
    assert picture.bounding_box()["width"] > 200
    assert "are elected" in page.locator(".outcome").inner_text()


def test_a_phone_shows_the_bars_of_each_stage_instead_of_the_flow(visiting: Visiting) -> None:
    page = visiting(viewport=SMALL)
    come_in(page, "Marek Novak")
    page.goto("/bakery/votes/7/")
    rounds = page.locator("#rounds")
    assert not rounds.locator("figure.flow").is_visible()
    bars = rounds.locator("div.stage-bars svg")
    stages = rounds.get_by_role("heading", name=re.compile(r"^Stage \d")).count()
    assert bars.count() == stages >= 3
    assert all(one.is_visible() for one in bars.all())
    assert page.evaluate("document.documentElement.scrollWidth") == SMALL["width"]
    page.emulate_media(media="print")
    assert bars.first.is_visible()


def test_dragging_ranks_too(page: Any) -> None:
    come_in(page, "Marek Novak")
    page.goto("/bakery/votes/6/")
    rows = page.locator(".ranking > .rank")
    last = rows.nth(3).locator("label").inner_text()
    grip, top = rows.nth(3).locator(".grip").bounding_box(), rows.nth(0).bounding_box()
    page.mouse.move(grip["x"] + 20, grip["y"] + 20)
    page.mouse.down()
    page.mouse.move(grip["x"] + 20, top["y"] + top["height"] / 2, steps=8)
    page.mouse.move(grip["x"] + 20, top["y"] + 4, steps=4)
    page.mouse.up()
    assert rows.nth(0).locator("label").inner_text() == last
    assert rows.nth(0).locator("select").input_value() == "1"


def test_ballots_fit_a_small_phone_and_a_finger(visiting: Visiting) -> None:
    page = visiting(viewport=SMALL, has_touch=True)
    come_in(page, "Marek Novak")
    page.goto("/bakery/votes/6/")
    assert page.evaluate("document.documentElement.scrollWidth") <= SMALL["width"]
    for one in page.locator("#ballot button, #ballot select").all():
        assert one.bounding_box()["height"] >= TOUCH
    page.goto("/bakery/votes/9/")
    for one in page.locator("#ballot .tick").all():
        assert one.bounding_box()["height"] >= TOUCH


def test_without_a_script_ranks_are_fields_and_the_methods_are_offered(visiting: Visiting) -> None:
    page = visiting(java_script_enabled=False)
    come_in(page)
    page.goto("/bakery/votes/6/")
    assert page.locator(".mover:visible").count() == 0
    page.locator("#form-cast select").first.select_option(label="1st")
    page.get_by_role("button", name="Cast my ballot").click()
    receipt_on(page)
    officer = visiting(java_script_enabled=False)
    come_in(officer, "Kofi Mensah")
    officer.goto("/bakery/questions/6/vote/?for=decide")
    expand(officer, "More methods")
    officer.get_by_role("button", name="Show what it will take").click()
    assert "More than half" in officer.locator("#preview").inner_text()
