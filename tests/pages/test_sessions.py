"""Who visits is kept in the site's database, and asked for with one query."""

from datetime import timedelta
from typing import Any

import pytest

from tests.playing import play


@pytest.fixture
def member(browser: Any) -> Any:
    play(browser, "Julia Weber")
    return browser


def test_a_page_reads_the_session_with_one_query(member: Any) -> None:
    from django.db import connection  # noqa: PLC0415 - settings must stand first
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415 - likewise here

    with CaptureQueriesContext(connection) as asked:
        assert member.get("/bakery/proposals/3/").status_code == 200
    assert len(asked) == 1


def test_a_session_that_is_over_is_nobody_s(member: Any) -> None:
    from django.contrib.sessions.models import Session  # noqa: PLC0415 - settings must stand first
    from django.utils import timezone  # noqa: PLC0415 - likewise here

    key = member.cookies["collegium"].value
    Session.objects.filter(pk=key).update(expire_date=timezone.now() - timedelta(seconds=1))
    assert member.get("/bakery/proposals/3/").status_code == 403


def test_a_key_that_was_made_up_opens_no_session(browser: Any) -> None:
    browser.cookies["collegium"] = "a" * 32
    assert browser.get("/bakery/proposals/3/").status_code == 403
    play(browser, "Julia Weber")
    assert browser.cookies["collegium"].value != "a" * 32


def test_coming_in_draws_a_new_key(member: Any) -> None:
    before = member.cookies["collegium"].value
    play(member, "Noor Rahman")
    assert member.cookies["collegium"].value != before
