"""Printed voting periods become moments."""

from datetime import datetime, timedelta

import pytest

from collegium.datasets.debian.importing import package_files
from collegium.datasets.debian.periods import period_of
from collegium.datasets.debian.source import VotePage, read_pages

PAGES = read_pages(package_files()[0])
RAISED = "Nomination period: February 7th 00:00:01 UTC, 2005"

each_page = pytest.mark.parametrize("page", PAGES.values(), ids=PAGES)


def voted(text: str) -> tuple[str, str]:
    period = period_of([RAISED, f"Voting period: {text}"], 2005)
    return period.opens, period.closes


@each_page
def test_every_vote_is_open_for_one_to_five_weeks(page: VotePage) -> None:
    period = period_of(page.periods, page.year)
    length = datetime.fromisoformat(period.closes) - datetime.fromisoformat(period.opens)
    assert timedelta(weeks=1) <= length <= timedelta(weeks=5)


@each_page
def test_every_vote_is_raised_debated_opened_and_closed_in_this_order(page: VotePage) -> None:
    period = period_of(page.periods, page.year)
    moments = [period.raised, period.debated_until, period.opens, period.cast_until, period.closes]
    assert moments == sorted(set(moments))


@each_page
def test_every_vote_opens_in_the_year_of_its_page(page: VotePage) -> None:
    assert period_of(page.periods, page.year).opens.startswith(str(page.year))


@pytest.mark.parametrize(
    "text",
    [
        "March 21st, 00:00:01 UTC, 2005 April 11th, 00:00:00 UTC, 2005",
        "Monday, 21st March, 00:00:01 UTC 2005 Monday, 11thApril, 00:00:00 UTC 2005",
        "Monday 21 March, 00:00:01 UTC, 2005 Monday 11st April, 00:00:00 UTC, 2005",
        "March 21st, 00:00:01 UTC, 200 April 11th, 00:00:00",
    ],
)
def test_the_same_moments_printed_in_another_way_are_the_same(text: str) -> None:
    assert voted(text) == ("2005-03-21T00:00:01Z", "2005-04-11T00:00:00Z")


def test_an_end_without_a_year_lies_after_the_beginning() -> None:
    opens, closes = voted("December 19th, 00:00:00 UTC January 8th, 23:59:59 UTC")
    assert (opens, closes) == ("2005-12-19T00:00:00Z", "2006-01-08T23:59:59Z")


def test_the_last_seconds_lie_just_before_the_opening_and_the_close() -> None:
    period = period_of([RAISED, "Voting period: 21 March 2005 11 April 2005"], 2005)
    assert period.debated_until == "2005-03-20T23:59:59Z"
    assert period.cast_until == "2005-04-10T23:59:59Z"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("March 21st 2005", "two dates"),
        ("soon", "two dates"),
        ("February 30th 2005 April 11th 2005", "a date of the calendar"),
        ("April 11th 2005 March 21st 2005", "1 day to 10 weeks"),
        ("March 21st 2005 March 21st 2007", "1 day to 10 weeks"),
        ("January 1st 2005 January 15th 2005", "raised before it opened"),
    ],
)
def test_a_period_that_makes_no_sense_is_refused(text: str, expected: str) -> None:
    with pytest.raises(ValueError, match=f"expected .*{expected}"):
        voted(text)


def test_a_page_without_a_voting_period_is_refused() -> None:
    with pytest.raises(ValueError, match="expected one voting period, not 0"):
        period_of([RAISED], 2005)
