"""Writes the pictures of README and documents anew, when asked to.

COLLEGIUM_PICTURES=write .venv/bin/pytest tests/browser/test_pictures.py
"""

import os
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from tests.browser.conftest import Visiting
from tests.browser.people import SMALL, come_in

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(
        os.environ.get("COLLEGIUM_PICTURES") != "write",
        reason="pictures are written only with COLLEGIUM_PICTURES=write",
    ),
]

FOLDER = Path(__file__).parents[2] / "docs" / "pictures"
LARGEST = 150_000  # bytes a picture
COLOURS = 96
WINDOW = {"width": 1180, "height": 760}
SHOWN = {
    "front": ("/", ""),
    "today": ("/bakery/", "Kofi Mensah"),
    "proposal": ("/bakery/proposals/9/", "Yuki Tanaka"),
    "vote": ("/debian/votes/15/", ""),
    "ballot": ("/bakery/votes/6/", "Kofi Mensah"),
    "elected": ("/bakery/votes/7/", "Kofi Mensah"),
    "refused-alone": ("/bakery/members/30/end/", "Yuki Tanaka"),
    "approval": ("/bakery/approvals/62/", "Kofi Mensah"),
    "record": ("/bakery/record/", "Yuki Tanaka"),
    "damaged": ("/debian/record/copies/damaged/?part=entry&entry=2934", ""),
}


def picture(page: Any, path: Path) -> int:
    """Write what the window shows, in the few colours that these pages have; its size in bytes."""
    from PIL import Image  # noqa: PLC0415 - only where pictures are written

    FOLDER.mkdir(exist_ok=True)
    seen = Image.open(BytesIO(page.screenshot(animations="disabled"))).convert("RGB")
    # The commonest colours are kept: a palette by areas would mix paper, ink and green.
    found: Any = seen.getcolors(seen.width * seen.height)  # how often, and red, green, blue
    counted = sorted(found, reverse=True)[:COLOURS]
    palette = Image.new("P", (1, 1))
    palette.putpalette([part for _, colour in counted for part in colour])
    seen.quantize(palette=palette, dither=Image.Dither.NONE).save(path, optimize=True)
    return path.stat().st_size


def show(page: Any, name: str) -> None:
    """Come to the page, as whom it is shown."""
    address, person = SHOWN[name]
    if person:
        come_in(page, person)
    page.goto(address)
    if name == "damaged":
        page.locator(".faulty-box").wait_for()
    if name == "elected":
        page.locator(".picture").evaluate(
            "flow => flow.scrollIntoView({behavior: 'instant', block: 'center'})"
        )
    if name == "refused-alone":
        page.locator("summary").click()
        page.locator("#form-alone button").click()
        page.get_by_role("alert").wait_for()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", SHOWN)
def test_a_picture_of_each_page_is_light_enough(visiting: Visiting, name: str, scheme: str) -> None:
    page = visiting(color_scheme=scheme, viewport=WINDOW)
    show(page, name)
    ending = "" if scheme == "light" else f"-{scheme}"
    assert picture(page, FOLDER / f"{name}{ending}.png") <= LARGEST


def test_a_picture_of_a_phone_is_light_enough(visiting: Visiting) -> None:
    page = visiting(viewport=SMALL, device_scale_factor=2)
    show(page, "proposal")
    assert picture(page, FOLDER / "proposal-phone.png") <= LARGEST
