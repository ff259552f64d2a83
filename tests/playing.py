"""Coming into the demonstration's pages, and sending their forms."""

import re
from typing import Any

SLIP = re.compile(r'name="slip" value="([^"]+)"')


def play(browser: Any, name: str) -> None:
    """Visit the co-operative as one of its invented people."""
    from collegium.server.desks import desks  # noqa: PLC0415 - settings must stand first

    (person,) = (one for one in desks().all()["bakery"].people if one.name == name)
    assert browser.post("/bakery/enter/play/", {"member": person.member}).status_code == 303


def slip_on(browser: Any, page: str) -> str:
    """The slip of a page's forms."""
    found = SLIP.search(browser.get(page).content.decode())
    assert found, page
    return found[1]


def words_of(response: Any) -> str:
    """A page's source with every white space as one blank."""
    return " ".join(response.content.decode().split())
