"""How long what is kept: every class with the age at which it goes by itself."""

from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, slots=True)
class Retention:
    """One class of what is kept: what it is, for how long, since when, and what stays of it."""

    what: str
    kept: timedelta
    since: str
    stays: str = "nothing"

    def last_day(self, today: date) -> date:
        """Return the day before which what began its time has gone."""
        return today - self.kept


CLOSED_NEEDS = Retention(
    "needs, with their matches, facts, notes and questions",
    timedelta(days=180),
    "the day on which the need was met, withdrawn or expired",
    "of an award its amount, currency, month and category group",
)
CLOSED_OFFERS = Retention(
    "offers, with their matches, facts, notes and questions",
    timedelta(days=730),
    "the day on which the offer was closed",
    "of an award its amount, currency, month and category group",
)
DECLINED_ORGANISATIONS = Retention(
    "organisations that officers suspended before anybody ever trusted them",
    timedelta(days=30),
    "the day of that decision",
)
AUDIT_TRAIL = Retention(
    "entries of the audit trail",
    timedelta(days=730),
    "the day of the entry",
    "a sealed checkpoint: how many went, and the hash of the last one",
)
OLD_KEYS = Retention(
    "old versions of data keys",
    timedelta(days=35),
    "the day of the rotation",
)

RETENTION = (CLOSED_NEEDS, CLOSED_OFFERS, DECLINED_ORGANISATIONS, AUDIT_TRAIL, OLD_KEYS)
"""What goes by itself, once a day, in the worker. Sessions, sent forms and what changed in matches
go sooner, each by its own file in `registry/storage`."""
