"""The same with JavaScript off: every form is a form."""

from typing import Any

import pytest

from tests.browser.conftest import Visiting
from tests.browser.people import come_in, receipt_on

pytestmark = pytest.mark.browser


@pytest.fixture
def bare(visiting: Visiting) -> Any:
    return visiting(java_script_enabled=False)


def test_one_signs_and_votes(bare: Any) -> None:
    come_in(bare)
    bare.goto("/bakery/proposals/7/")
    bare.get_by_role("button", name="Sign this proposal").click()
    signed = receipt_on(bare)
    bare.goto("/bakery/votes/6/")
    bare.locator("#form-cast select").nth(1).select_option(label="1st")
    bare.get_by_role("button", name="Cast my ballot").click()
    assert receipt_on(bare) > signed


def test_one_is_refused_with_the_rule(bare: Any) -> None:
    come_in(bare, "Amina Yusuf")
    bare.goto("/bakery/members/30/end/")
    bare.locator("summary", has_text="Or try to do it alone").click()
    bare.locator("#form-alone button").click()
    assert "joint-approval-needed" in bare.get_by_role("alert").inner_text()


def test_what_changed_is_shown(bare: Any) -> None:
    come_in(bare, "Amina Yusuf")
    bare.goto("/bakery/proposals/9/")
    bare.get_by_role("link", name="What changed since version 1").click()
    assert bare.locator(".changes ins").count() > 0


def test_a_byte_is_damaged_and_named(bare: Any) -> None:
    bare.goto("/debian/record/copies/")
    bare.get_by_role("button", name="Damage it, and check").click()
    while (again := bare.get_by_role("link", name="look again")).count():
        again.click()
    assert bare.locator(".faulty-box").is_visible()
