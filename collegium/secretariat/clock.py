"""The only place that reads the clock: the door writes `at` from it, and no rule sees it."""

from datetime import UTC, datetime

from collegium.ids import Moment
from collegium.record.moments import spelt


def now() -> Moment:
    """The present moment, in UTC to the second."""
    return spelt(datetime.now(UTC))  # noqa: TID251 - this is the one place
