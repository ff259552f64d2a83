"""A link into a page leads to a heading that is there."""

import re
from pathlib import Path

import pytest

from tests.house import tree

PAGES = [path for path in tree.tracked() if path.suffix == ".md"]
LINK = re.compile(r"\]\(([^)#\s]*)#([^)\s]+)\)")
FENCE = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)


def anchors_of(page: Path) -> set[str]:
    """The names that forges give to a page's headings."""
    headings = re.findall(r"^#+ (.+)$", FENCE.sub("", tree.text(page)), re.MULTILINE)
    return {re.sub(r"[^\w\s-]", "", one.lower()).strip().replace(" ", "-") for one in headings}


@pytest.mark.parametrize("page", PAGES, ids=str)
def test_every_link_into_a_page_finds_its_heading(page: Path) -> None:
    links = [link for link in LINK.findall(tree.text(page)) if "://" not in link[0]]
    lost = [
        f"{path}#{anchor}"
        for path, anchor in links
        if anchor not in anchors_of((page.parent / path) if path else page)
    ]
    assert lost == []
