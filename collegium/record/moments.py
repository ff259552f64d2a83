"""Moments: UTC to the second, as text that sorts in the order of time.

Nothing here reads a clock; `collegium.secretariat.clock` does.
"""

from datetime import UTC, datetime, timedelta

from collegium.ids import Moment

_FORM = "%Y-%m-%dT%H:%M:%SZ"
_LENGTH = 20


def is_moment(text: str) -> bool:
    """Whether the text is a moment in its one spelling, `2026-11-22T11:51:00Z`."""
    if len(text) != _LENGTH or not text.isascii():
        return False
    try:
        return spelt(datetime.strptime(text, _FORM).replace(tzinfo=UTC)) == text
    except ValueError:
        return False


def after(moment: Moment, *, days: int = 0, hours: int = 0) -> Moment:
    """The moment so many days and hours later; the end of year 9999 where that is past it."""
    start = datetime.strptime(moment, _FORM).replace(tzinfo=UTC)
    try:
        return spelt(start + timedelta(days=days, hours=hours))
    except OverflowError:
        return Moment("9999-12-31T23:59:59Z")


def spelt(instant: datetime) -> Moment:
    """The moment of an aware datetime, cut to the second."""
    # Not by strftime: whether %Y of the year 987 has three or four digits is the platform's.
    return Moment(instant.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="seconds") + "Z")
