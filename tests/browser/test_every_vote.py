"""Every form of a vote, as whoever fills it in: light, dark, small, printed, without a script."""

from typing import Final

import pytest

from tests.browser.conftest import Visiting, Votes
from tests.browser.every_vote import HOLDER, HOUSE, OFFICERS, ONE, TWO
from tests.browser.people import SMALL, come_in, receipt_on
from tests.browser.test_every_page import CONTROLS, FORMS, SHEET, WIDTH, faults_of
from tests.browser.test_keyboard import tab_to

pytestmark = pytest.mark.browser

OFFICER: Final = OFFICERS[0]
OF_TELLERS: Final = (
    *("hands", "hands-choose", "hands-rank", "hands-differ"),
    *("roll-call", "roll-call-all", "roll-call-rank"),
)
OF_PAPER: Final = ("election", "paper-tick", "paper-grade", "paper-choose", "paper-yes-no")
OF_CARDS: Final = ("cards", "cards-rank", "cards-split", "proxy")
TELLERS: Final = (ONE, TWO)
AIMS: Final = ("adopt", "decide", "elect-one", "elect-several", "represent", "grade")


def shown_to(person: str, votes: Votes) -> dict[str, str]:
    """The pages at which somebody fills something in, by name."""
    box = f"/{HOUSE}/approvals/{votes.numbers['box']}/"
    at = {name: f"/{HOUSE}/votes/{number}/" for name, number in votes.numbers.items()}
    del at["box"]
    if person == ONE:
        return {name: at[name] for name in OF_TELLERS} | {
            f"{name}, sheet": f"{at[name]}tell/" for name in OF_TELLERS
        }
    if person == HOLDER:
        return {name: at[name] for name in OF_CARDS}
    papers = {f"{name}, paper": f"{at[name]}paper/" for name in OF_PAPER}
    aims = {aim: f"/{HOUSE}/questions/6/vote/?for={aim}" for aim in AIMS}
    boxes = {"box": box, "box, ballots": f"{box}ballots/"}
    others = {name: path for name, path in at.items() if name not in OF_CARDS}
    return others | papers | aims | boxes


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("person", [OFFICER, ONE, HOLDER])
def test_every_form_of_a_vote_is_open_to_everybody(
    visiting: Visiting, axe: str, votes: Votes, person: str, form: str
) -> None:
    page, complaints = visiting(base_url=votes.address, **FORMS[form]), []
    page.on("console", lambda said: complaints.append((page.url, said.text)))
    come_in(page, person, HOUSE)
    found = {name: faults_of(page, at, axe) for name, at in shown_to(person, votes).items()}
    assert {name: faults for name, faults in found.items() if faults} == {}
    assert complaints == []


@pytest.mark.parametrize("person", [OFFICER, ONE, HOLDER])
def test_every_form_of_a_vote_is_printed_without_its_controls(
    visiting: Visiting, votes: Votes, person: str
) -> None:
    page = visiting(base_url=votes.address, viewport={"width": SHEET, "height": 900})
    come_in(page, person, HOUSE)
    page.emulate_media(media="print")
    wrong = {}
    for name, path in shown_to(person, votes).items():
        page.goto(path)
        shown = [one for one in page.locator(CONTROLS).all() if one.is_visible()]
        if page.evaluate(WIDTH) > SHEET or shown:
            wrong[name] = (page.evaluate(WIDTH), [one.inner_text()[:80] for one in shown])
    assert wrong == {}


def test_a_tellers_sheet_is_printed_to_be_filled_in_by_hand(
    visiting: Visiting, votes: Votes
) -> None:
    page = visiting(base_url=votes.address)
    come_in(page, ONE, HOUSE)
    page.goto(f"/{HOUSE}/votes/{votes.numbers['roll-call']}/tell/")
    sheet = page.locator(".by-hand")
    assert not sheet.is_visible()
    page.emulate_media(media="print")
    assert sheet.is_visible()
    assert "Kofi Mensah" in sheet.inner_text()


# Filled in by hand.


def test_piles_are_copied_by_keyboard_alone(visiting: Visiting, votes: Votes) -> None:
    page = visiting(base_url=votes.address)
    come_in(page, OFFICER, HOUSE)
    page.goto(f"/{HOUSE}/votes/{votes.numbers['election']}/paper/")
    typed = {"id_pile-1": "9", "id_pile-1-2": "1", "id_pile-1-1": "2"}
    for field in ("id_pile-1", "id_pile-1-1", "id_pile-1-2", "id_reasons"):
        tab_to(page, field)
        page.keyboard.type(typed.get(field, "The box at the door."))
    tab_to(page, "Ask them")
    page.keyboard.press("Enter")
    assert receipt_on(page)


def test_without_a_script_piles_grow_and_keep_what_is_in_them(
    visiting: Visiting, votes: Votes
) -> None:
    page = visiting(base_url=votes.address, java_script_enabled=False, viewport=SMALL)
    come_in(page, OFFICER, HOUSE)
    page.goto(f"/{HOUSE}/votes/{votes.numbers['paper-grade']}/paper/")
    page.locator("#id_pile-2").fill("3")
    page.locator("#id_pile-2-1").select_option(label="good")
    page.get_by_role("button", name="More piles").click()
    assert page.locator(".pile").count() == 8
    assert page.locator("#id_pile-2").input_value() == "3"
    assert page.locator("#id_pile-2-1 option:checked").inner_text() == "good"
    page.locator("#id_pile-7-2").select_option(label="poor")
    page.get_by_label("Where these ballots come from").fill("The box at the mill.")
    page.get_by_role("button", name="Ask them to approve").click()
    said = page.get_by_role("alert").inner_text()
    assert "Pile 7, how many: Say how many ballots are in this pile." in said
    assert page.locator("#id_pile-2").input_value() == "3"
    assert page.locator("#id_pile-7-2 option:checked").inner_text() == "poor"


def test_a_file_of_ballots_is_taken_without_a_script(visiting: Visiting, votes: Votes) -> None:
    page = visiting(base_url=votes.address, java_script_enabled=False)
    come_in(page, OFFICER, HOUSE)
    page.goto(f"/{HOUSE}/votes/{votes.numbers['election']}/paper/")
    page.locator("summary", has_text="Paste a list").click()
    ballots = b"3: Luca Ferri > Chloe Martin\n2: Mei Cheng\n"
    page.locator("#id_lines_file").set_input_files(
        {"name": "box.txt", "mimeType": "text/plain", "buffer": ballots}
    )
    page.get_by_label("Where these ballots come from").fill("The box at the mill.")
    page.get_by_role("button", name="Ask them to approve").click()
    assert "Line 2: “Mei Cheng” is none of the options." in page.get_by_role("alert").inner_text()
    listed = page.get_by_label("A list of ballots")
    listed.fill(listed.input_value().replace("Cheng", "Chen"))
    page.get_by_role("button", name="Ask them to approve").click()
    assert receipt_on(page)


def test_two_tellers_enter_the_same_on_a_phone(visiting: Visiting, votes: Votes) -> None:
    windows = [visiting(base_url=votes.address, viewport=SMALL, has_touch=True) for _ in TELLERS]
    for page, name in zip(windows, TELLERS, strict=True):
        come_in(page, name, HOUSE)
        page.goto(f"/{HOUSE}/votes/{votes.numbers['hands-choose']}/")
        page.get_by_role("link", name="Enter what you counted").tap()
        page.get_by_label("Present").fill("20")
        page.get_by_label("Wheat with seeds").fill("12")
        page.get_by_role("button", name="Enter what I counted").tap()
        receipt_on(page)
    windows[0].goto(f"/{HOUSE}/votes/{votes.numbers['hands-choose']}/")
    assert "Two tellers have entered the same." in windows[0].locator("#tellers").inner_text()


def test_what_a_line_says_follows_what_is_chosen_in_it(visiting: Visiting, votes: Votes) -> None:
    page = visiting(base_url=votes.address)
    come_in(page, OFFICER, HOUSE)
    page.goto(f"/{HOUSE}/questions/6/vote/?for=decide")
    assert not page.get_by_label("Tellers").first.is_visible()
    page.locator(".how summary").click()
    page.get_by_label("How they vote").select_option(
        label="A show of hands, entered by two tellers"
    )
    page.locator("#says-how", has_text="A show of hands").wait_for()
    assert page.get_by_role("group", name="Tellers").is_visible()
    assert not page.get_by_role("group", name="Who holds").is_visible()


def test_enter_in_a_field_opens_no_vote(visiting: Visiting, votes: Votes) -> None:
    page = visiting(base_url=votes.address)
    come_in(page, OFFICER, HOUSE)
    page.goto(f"/{HOUSE}/questions/6/vote/?for=decide")
    title = page.get_by_label("Title", exact=True)
    title.fill("A van for the riders")
    title.press("Enter")
    page.locator("#preview").wait_for()
    assert "/vote/?for=decide" in page.url
    assert page.get_by_label("Title", exact=True).input_value() == "A van for the riders"
    page.goto(f"/{HOUSE}/votes/")
    assert page.get_by_text("A van for the riders").count() == 0


def test_a_rank_is_dragged_by_a_finger(visiting: Visiting, votes: Votes) -> None:
    page = visiting(base_url=votes.address, viewport=SMALL, has_touch=True, is_mobile=True)
    come_in(page, OFFICER, HOUSE)
    page.goto(f"/{HOUSE}/votes/{votes.numbers['rank']}/")
    rows = page.locator(".ranking > .rank")
    rows.first.scroll_into_view_if_needed()
    third = rows.nth(2).locator("label").inner_text()
    grip, top = rows.nth(2).locator(".grip").bounding_box(), rows.first.bounding_box()
    at = {"x": grip["x"] + 20, "y": grip["y"] + 20}
    fingers = page.context.new_cdp_session(page)
    fingers.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [at]})
    for _ in range(8):
        at["y"] += (top["y"] + 5 - grip["y"] - 20) / 8
        fingers.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": [at]})
    fingers.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    assert rows.first.locator("label").inner_text() == third
    assert rows.first.locator("select").input_value() == "1"
