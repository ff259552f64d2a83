"""What a newcomer does first: publish, sign, vote, find the receipt, be refused alone."""

from typing import Any

import pytest

from tests.browser.conftest import Visiting
from tests.browser.people import SMALL, come_in, expand, receipt_on

pytestmark = pytest.mark.browser


def publish(page: Any, title: str, text: str) -> int:
    page.goto("/bakery/questions/7/")
    page.get_by_role("link", name="Publish a proposal").first.click()
    page.get_by_label("Title").fill(title)
    page.get_by_label("Text", exact=True).fill(text)
    page.get_by_role("button", name="Publish").click()
    return receipt_on(page)


def ask_for_an_ending(page: Any, member: int) -> str:
    page.goto(f"/bakery/members/{member}/")
    page.get_by_role("link", name="End this membership").click()
    page.locator("#form-ask").get_by_label("Your reasons").fill("They moved away and said so.")
    page.get_by_role("button", name="Ask for their approval").click()
    receipt_on(page)
    page.get_by_role("link", name="Back to A-").click()
    return str(page.url)


def approve(page: Any, address: str) -> None:
    page.goto(address)
    page.locator("#approve-reasons").fill("I have their letter.")
    page.get_by_role("button", name="Approve and sign").click()
    receipt_on(page)


def test_a_newcomer_publishes_a_proposal(page: Any) -> None:
    come_in(page)
    entry = publish(page, "A week at each bench", "One week with everybody who bakes.")
    page.get_by_role("link", name="Back to P-").click()
    assert page.locator("h1").inner_text() == "A week at each bench"
    assert f"entry {entry}" in page.locator(".byline").inner_text()


def test_words_without_an_end_fit_a_small_phone(visiting: Visiting) -> None:
    page = visiting(viewport=SMALL)
    come_in(page, "Marek Novak")
    publish(page, "W" * 160, f"{'y' * 900}\n\n| a | b |\n|---|---|\n| {'z' * 200} | `{'k' * 90}` |")
    expand(page, "Check the proof")  # of a receipt that took its form's place
    assert page.evaluate("document.documentElement.scrollWidth") == SMALL["width"]
    shown = [page.get_by_role("link", name="Back to P-").get_attribute("href")]
    shown += ["/bakery/questions/7/", "/bakery/questions/7/vote/", "/bakery/record/"]
    for address in shown:
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth") == SMALL["width"], address


def test_a_newcomer_signs_and_finds_the_receipt_in_the_record(page: Any) -> None:
    come_in(page)
    page.goto("/bakery/proposals/10/")
    page.get_by_role("button", name="Sign this proposal").click()
    entry = receipt_on(page)
    page.get_by_role("link", name="Record", exact=True).first.click()
    row = page.locator(".ledger li", has=page.get_by_role("link", name=str(entry), exact=True))
    assert "signed" in row.inner_text()
    assert "P-10" in row.inner_text()


def test_a_newcomer_votes_and_may_vote_anew(page: Any) -> None:
    come_in(page)
    page.goto("/bakery/votes/")
    page.get_by_role("link", name="Last year's surplus").click()
    page.locator("#form-cast select").first.select_option(label="1st")
    page.get_by_role("button", name="Cast my ballot").click()
    receipt_on(page)
    page.get_by_role("link", name="Back to V-").click()
    assert page.get_by_role("heading", name="You voted").is_visible()
    assert page.get_by_role("button", name="Cast it anew").is_visible()


def test_a_proof_is_downloaded_beside_the_receipt(page: Any) -> None:
    come_in(page, "Marek Novak")
    page.goto("/bakery/record/entries/30/")
    with page.expect_download() as started:
        page.get_by_role("link", name="Download the proof").click()
    proof = started.value.path().read_text(encoding="utf-8")
    assert proof.startswith("c2sp.org/tlog-proof@v1")


def test_nobody_ends_a_membership_alone(page: Any) -> None:
    come_in(page)
    page.goto("/bakery/members/30/end/")
    expand(page, "Or try to do it alone")
    page.locator("#form-alone button").click()
    refusal = page.get_by_role("alert")
    refusal.wait_for()
    said = refusal.inner_text()
    assert "joint-approval-needed" in said
    assert "2 of the 5" in said
    assert "They could: " in said
    assert "Nothing was recorded." in said


def test_two_of_the_committee_approve_it(visiting: Visiting) -> None:
    asking = visiting()
    come_in(asking, "Julia Weber")
    address = ask_for_an_ending(asking, 31)
    for name, approved in (("Kofi Mensah", 1), ("Noor Rahman", 2)):
        page = visiting()
        come_in(page, name)
        approve(page, address)
        page.goto(address)
        assert f"{approved} of 2 approved" in page.locator(".notes .support").inner_text()
    asking.goto(address)
    assert "not before" in asking.locator(".notes").inner_text()


def test_going_back_after_signing_shows_that_one_signed(page: Any) -> None:
    come_in(page, "Fatou Sow")
    page.goto("/bakery/proposals/11/")
    page.get_by_role("button", name="Sign this proposal").click()
    receipt_on(page)
    page.go_back()
    page.get_by_text("You signed this version").wait_for()
    assert page.get_by_role("button", name="Sign this proposal").count() == 0


def test_a_copy_that_is_damaged_is_told_of_without_a_reload(page: Any) -> None:
    page.goto("/debian/record/copies/")
    page.get_by_label("Which entry").fill("77")
    page.get_by_role("button", name="Damage it, and check").click()
    page.locator(".faulty-box").wait_for()
    assert "entry-altered" in page.locator(".faulty-box").inner_text()


def test_a_form_that_is_refused_keeps_what_was_written(page: Any) -> None:
    come_in(page, "Marek Novak")
    page.goto("/bakery/questions/7/new/")
    page.get_by_label("Text", exact=True).fill("A text without a title.")
    page.locator("#form-proposal").evaluate("form => { form.noValidate = true }")
    page.get_by_role("button", name="Publish").click()
    page.get_by_role("alert").wait_for()
    assert page.get_by_label("Text", exact=True).input_value() == "A text without a title."
    assert "can't stay empty" in page.locator(".fault").inner_text()
