"""The day, passed in: nothing else asks the machine what time it is.

Records keep UTC days and no finer time.
"""

from collections.abc import Callable
from datetime import UTC, date, datetime

Clock = Callable[[], date]


def utc_day() -> date:
    """Return today's UTC day."""
    return datetime.now(UTC).date()
