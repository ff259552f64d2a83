"""How somebody comes in and moves about."""

import re
from typing import Any

SMALL = {"width": 320, "height": 640}  # the narrowest phone the pages promise to fit


def come_in(page: Any, name: str = "", house: str = "bakery") -> None:
    """Come in as one of the invented people, or as a newcomer."""
    page.goto(f"/{house}/enter/")
    said = name or "Come in as a newcomer"
    page.get_by_role("button", name=said, exact=True).click()
    page.wait_for_url(f"**/{house}/")


def receipt_on(page: Any) -> int:
    """The number of the entry whose receipt is shown."""
    head = page.locator(".receipt strong")
    head.wait_for()
    return int(re.sub(r"\D", "", head.inner_text()))


def expand(page: Any, summary: str) -> None:
    """Open what is folded away."""
    page.locator("summary", has_text=summary).first.click()
