"""Quarters of the year, in which statistics come out."""

from datetime import date

MONTHS = 3


def quarter_begins(day: date) -> date:
    """Return the first day of the quarter that a day lies in."""
    return day.replace(month=(day.month - 1) // MONTHS * MONTHS + 1, day=1)


def next_quarter(day: date) -> date:
    """Return the first day of the quarter after that of a day."""
    begins = quarter_begins(day)
    further = begins.month + MONTHS
    return date(begins.year + further // 13, (further - 1) % 12 + 1, 1)
