"""The documents' pictures, drawn anew from the demonstration: `pytest tests/browser --pictures`."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

PICTURES = {
    "front.png": "/",
    "proposal.png": "/bakery/proposals/9/",
    "vote.png": "/debian/votes/15/",
}


@pytest.mark.parametrize("name", PICTURES)
def test_a_picture_shows_the_page_as_it_is(
    name: str, visiting: Callable[..., Any], pictures: Path
) -> None:
    page = visiting(viewport={"width": 1280, "height": 800}, color_scheme="light")
    page.goto("/bakery/enter/")
    page.get_by_role("button", name="Julia Weber").click()
    page.wait_for_load_state()
    page.goto(PICTURES[name])
    page.screenshot(path=pictures / name)
    assert (pictures / name).stat().st_size > 10_000
