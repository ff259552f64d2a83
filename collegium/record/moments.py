"""Moments: UTC to the second, as text that sorts in the order of time.

Nothing here reads a clock; `collegium.secretariat.clock` does.
"""

import re
from datetime import UTC, datetime, timedelta

from collegium.ids import Moment

_LENGTH = len("2026-11-22T11:51:00")
_SHAPE = re.compile(r"[0-9]{4}(-[0-9]{2}){2}T[0-9]{2}(:[0-9]{2}){2}Z")


def is_moment(text: str) -> bool:
    """Whether the text is a moment in its one spelling, `2026-11-22T11:51:00Z`."""
    # Asked of every entry: strptime would cost more than all rules of a signature together.
    if not _SHAPE.fullmatch(text) or text[11:13] == "24":  # which later Pythons take for midnight
        return False
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return True


def after(moment: Moment, *, days: int = 0, hours: int = 0) -> Moment:
    """The moment so many days and hours later; the end of year 9999 where that is past it."""
    start = datetime.fromisoformat(moment)
    try:
        return _cut(start + timedelta(days=days, hours=hours))
    except OverflowError:
        return Moment("9999-12-31T23:59:59Z")


def spelt(instant: datetime) -> Moment:
    """The moment of an aware datetime, cut to the second."""
    return _cut(instant.astimezone(UTC))


def _cut(instant: datetime) -> Moment:
    # Not by strftime: whether %Y of the year 987 has three or four digits is the platform's.
    return Moment(instant.isoformat()[:_LENGTH] + "Z")
