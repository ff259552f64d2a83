"""Every page in every form: light, dark, on a small phone, printed; axe-core finds no fault."""

from typing import Any

import pytest

from tests.browser.conftest import Visiting
from tests.browser.pages_shown import OFFICER, PAGES
from tests.browser.people import SMALL, come_in

pytestmark = pytest.mark.browser

WIDE = {"width": 1280, "height": 800}
FORMS: dict[str, dict[str, Any]] = {
    "light": {"color_scheme": "light", "viewport": WIDE},
    "dark": {"color_scheme": "dark", "viewport": WIDE},
    "phone": {"color_scheme": "light", "viewport": SMALL},
}
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
FAULTS = """
async rules => {
  const found = await axe.run(document, {runOnly: {type: "tag", values: rules}});
  return found.violations.map(one =>
    `${one.id}: ${one.nodes.map(node => node.target.join(" ")).slice(0, 3).join(", ")}`);
}
"""
LONG = "Donaudampfschifffahrtsgesellschaftskapitänsgewerkschaftsbundesverband"
RENAME = """
name => document.querySelectorAll(".house, .person, h1, .byline a:not(.proof), td a")
  .forEach(one => { one.textContent = name; })
"""
UNFOLD = "document.querySelectorAll('main details').forEach(one => { one.open = true; })"
WIDTH = "document.documentElement.scrollWidth"
SHEET = 642  # pixels of an A4 page between its margins
CONTROLS = ".bar, .visitor, .button, form.act"


def faults_of(page: Any, address: str, axe: str) -> list[str]:
    """What is wrong with a page as it is shown now."""
    answer = page.goto(address)
    faults = [] if answer.status == 200 else [f"answered {answer.status}"]
    over = page.evaluate(WIDTH) - page.viewport_size["width"]
    faults += [f"{over} px wider than the window"] if over > 0 else []
    page.evaluate(UNFOLD)
    page.evaluate(axe)
    return [*faults, *page.evaluate(FAULTS, RULES)]


@pytest.mark.parametrize("form", FORMS)
def test_every_page_is_open_to_everybody(visiting: Visiting, axe: str, form: str) -> None:
    page, complaints = visiting(**FORMS[form]), []
    page.on("console", lambda said: complaints.append((page.url, said.text)))
    page.on("pageerror", lambda error: complaints.append((page.url, str(error))))
    come_in(page, OFFICER)
    found = {name: faults_of(page, address, axe) for name, address in PAGES.items()}
    assert {name: faults for name, faults in found.items() if faults} == {}
    assert complaints == []


def test_what_nobody_is_shown_is_open_to_everybody_too(visiting: Visiting, axe: str) -> None:
    page = visiting()
    found = {}
    shown = {
        "/bakery/": 200,
        "/bakery/votes/": 403,
        "/bakery/record/?entry=x": 404,
        "/nowhere/": 404,
    }
    for address, status in shown.items():
        faults = faults_of(page, address, axe)
        found[address] = [one for one in faults if one != f"answered {status}"]
    assert {address: faults for address, faults in found.items() if faults} == {}


def test_what_a_newcomer_is_shown_is_open_to_everybody(visiting: Visiting, axe: str) -> None:
    page = visiting(**FORMS["phone"])
    come_in(page)
    assert faults_of(page, "/bakery/", axe) == []
    assert page.locator(".guide li").count() == 5


@pytest.mark.parametrize("wide", [320, 820, 1024, 1280])
def test_names_of_one_long_word_leave_the_page_as_wide_as_the_window(page: Any, wide: int) -> None:
    come_in(page, OFFICER)
    page.set_viewport_size({"width": wide, "height": 800})
    for address in ("/bakery/", "/bakery/members/", "/bakery/members/3/"):
        page.goto(address)
        page.evaluate(RENAME, LONG)
        assert page.evaluate(WIDTH) <= wide, address


def test_every_page_is_printed_without_its_controls(page: Any) -> None:
    come_in(page, OFFICER)
    page.emulate_media(media="print")
    page.set_viewport_size({"width": SHEET, "height": 900})
    wrong = {}
    for name, address in PAGES.items():
        page.goto(address)
        shown = [one for one in page.locator(CONTROLS).all() if one.is_visible()]
        if page.evaluate(WIDTH) > SHEET or shown:
            wrong[name] = (page.evaluate(WIDTH), [one.inner_text() for one in shown])
    assert wrong == {}


def test_a_page_becomes_a_tagged_pdf(page: Any) -> None:
    page.goto("/debian/votes/21/")
    made = page.pdf(format="A4", tagged=True)
    assert made.startswith(b"%PDF-")
    assert b"/StructTreeRoot" in made


def test_a_page_loads_nothing_from_elsewhere(page: Any, address: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    for path in ("/", "/bakery/", "/debian/votes/21/"):
        page.goto(path)
    assert asked
    assert [url for url in asked if not url.startswith(address)] == []
