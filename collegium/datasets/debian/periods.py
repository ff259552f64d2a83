"""The periods printed on Debian's vote pages, as moments.

The pages were written by hand: the day stands before the month or after it, with or without a
comma, a weekday, an hour or a space ("Sunday, 15thOctober, 00:00:01 UTC 2006"), and ordinals
go wrong ("April 14st"). All 25 pages can be read, so no table of corrections stands here.
"""

import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from msgspec import Struct

from collegium.ids import Moment
from collegium.record.moments import spelt

_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July", "August"),
    *("September", "October", "November", "December"),
)
_DATE = re.compile(
    r"(?:(?<!\d)(?P<day>\d{1,2})(?:[a-z]{2})?\s*(?P<month>MONTH)"
    r"|(?P<month_first>MONTH)\s+(?P<day_after>\d{1,2})(?:[a-z]{2})?)\b"
    r"(?:,?\s*(?P<time>\d{2}:\d{2}:\d{2}))?(?:\s*UTC)?"
    r"(?:,?\s*(?P<year>\d{4}))?(?!\d)".replace("MONTH", "|".join(_MONTHS)),
    re.ASCII,
)
_VOTING = "voting period"
_SECOND = timedelta(seconds=1)
_SHORTEST = timedelta(days=1)
_LONGEST = timedelta(weeks=10)


class Period(Struct, frozen=True):
    """When a vote was talked about and held.

    The pages tell no time of a single proposal, signature or ballot. Each is dated by the last
    second in which it was possible: whoever reads "happened at" reads "not later than".

    Attributes:
        raised: The first printed day: proposals could be made, or candidates named.
        debated_until: The last second before the opening.
        opens: When voting began.
        cast_until: The last second before the close.
        closes: When voting ended, as printed.
    """

    raised: Moment
    debated_until: Moment
    opens: Moment
    cast_until: Moment
    closes: Moment


def period_of(printed: Sequence[str], year: int) -> Period:
    """The moments that a page's periods spell.

    Args:
        printed: The periods as printed, the earliest first.
        year: The page's year, which holds where a date's own isn't printed.

    Raises:
        ValueError: No voting period, unreadable dates, or moments in no possible order.
    """
    voting = [text for text in printed if text.lower().startswith(_VOTING)]
    if len(voting) != 1:
        raise ValueError(f"expected one voting period, not {len(voting)}")
    dates = _dates(voting[0], year)
    if len(dates) != 2:  # noqa: PLR2004 - a beginning and an end
        raise ValueError(f"expected a voting period with two dates, not {voting[0]!r}")
    raised = [*_dates(printed[0], year), dates[0]][0]
    opens, closes = dates
    if not _SHORTEST <= closes - opens <= _LONGEST:
        raise ValueError(f"expected a voting period of 1 day to 10 weeks, not {voting[0]!r}")
    if raised >= opens:
        raise ValueError(f"expected the vote to be raised before it opened, not {printed[0]!r}")
    return Period(
        raised=spelt(raised),
        debated_until=spelt(opens - _SECOND),
        opens=spelt(opens),
        cast_until=spelt(closes - _SECOND),
        closes=spelt(closes),
    )


def _dates(text: str, year: int) -> list[datetime]:
    """The dates in a text, in its order; one without a year never goes back in time."""
    dates: list[datetime] = []
    for found in _DATE.finditer(text):
        date = _date(found, int(found["year"] or year), text)
        if not found["year"] and dates and date < dates[-1]:
            date = _date(found, year + 1, text)
        dates.append(date)
    return dates


def _date(found: re.Match[str], year: int, text: str) -> datetime:
    month = _MONTHS.index(found["month"] or found["month_first"]) + 1
    day = int(found["day"] or found["day_after"])
    hour, minute, second = map(int, (found["time"] or "00:00:00").split(":"))
    try:
        return datetime(year, month, day, hour, minute, second, tzinfo=UTC)
    except ValueError as error:
        raise ValueError(f"expected a date of the calendar ({error}) in {text!r}") from error
