"""A newcomer to the demonstration is told what to try, and what of it is done."""

import re
from pathlib import Path
from typing import Any

import pytest

from tests.pages.hall import slip_on, text_of

GUIDE = re.compile(r'<section class="guide">(.*?)</section>')


@pytest.fixture(scope="module")
def guided(site: Path) -> Any:
    """One newcomer for all tests of this file, since their places are few."""
    from django.test import Client  # noqa: PLC0415 - settings must stand first

    assert site.exists()
    browser = Client(headers={"host": "localhost"})
    assert browser.post("/bakery/enter/join/").status_code == 303
    return browser


def guide_of(visitor: Any) -> str:
    found = GUIDE.search(text_of(visitor.get("/bakery/")))
    return found[1] if found else ""


def led_to(visitor: Any, says: str) -> str:
    """Where the step that begins so leads."""
    found = re.search(rf'{says}[^<]*<a href="([^"]+)"', guide_of(visitor))
    assert found, says
    return found[1]


def test_only_newcomers_are_guided(browser: Any, member: Any) -> None:
    assert guide_of(browser) == guide_of(member) == ""


def test_every_step_leads_to_a_page_on_which_it_is_taken(guided: Any) -> None:
    steps = {
        "Publish a proposal": "Publish a proposal",
        "Sign somebody else": "Sign this proposal",
        "Vote:": "Cast my ballot",
        "Find your receipt": "entries",
        "Try alone": "End it alone, now",
    }
    for step, offered in steps.items():
        page = guided.get(led_to(guided, step))
        assert page.status_code == 200
        assert offered in text_of(page), step


def test_what_is_done_is_ticked(guided: Any) -> None:
    assert "done" not in guide_of(guided)
    address = led_to(guided, "Sign somebody else")
    slip = slip_on(guided.get(address))
    assert guided.post(f"{address}sign/", {"slip": slip, "version": "1"}).status_code == 303
    assert guide_of(guided).count("done") == 1
    assert led_to(guided, "Sign somebody else") == address
