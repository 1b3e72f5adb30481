"""How often something may be tried: per account, in stretches of time, over all processes.

What is counted is the keyed hash of what somebody typed, whether there is such an account or
not, so that neither the answer nor the table tells which names exist. Stretches are short, and
nothing grows by trying on: whoever is kept out by somebody else's tries is so for minutes.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock

from registry.domain.errors import ThrottledError
from registry.storage.database import Database, RegistrySession
from registry.storage.throttle import Tries

SHORT = 5 * 60
DAY = 24 * 60 * 60

Clock = Callable[[], float]


@dataclass(frozen=True, slots=True)
class Allowance:
    """How many tries of one kind a stretch of so many seconds may see."""

    kind: str
    tries: int
    seconds: int


SIGN_IN = (Allowance("sign in", 10, SHORT),)
"""Per typed name. A passphrase has 80 bits and more: this spares the machine, and shows on time."""

RECOVERY = (Allowance("recovery", 5, SHORT),)

SECOND_FACTOR = (
    Allowance("second factor", 5, SHORT),
    Allowance("second factor of a day", 40, DAY),
)
"""Per account. A code has six digits only; whoever guesses it knows the passphrase already, and
to keep such a one out for a day is no lock-out that a stranger could bring about."""

FREEZE_CODE = (Allowance("freeze code", 5, SHORT),)
"""Per first digits of a code: who does not know them cannot use up what its owner may try."""


def take_try(database: Database, allowances: tuple[Allowance, ...], whose: str) -> None:
    """Count one try in a transaction of its own, before anything is looked at.

    Raises:
        ThrottledError: there were too many; nothing is to be tried now, not even what is right.
    """
    now = int(time.time())
    with database.writing() as session:
        rows = [_row_of(session, each, whose, now) for each in allowances]
        spent = [
            row.ends for row, each in zip(rows, allowances, strict=True) if row.count >= each.tries
        ]
        if spent:
            raise ThrottledError(max(spent) - now)
        for row in rows:
            row.count += 1
            session.add(row)


def give_back(database: Database, allowances: tuple[Allowance, ...], whose: str) -> None:
    """Take back a try that was right: only wrong ones count."""
    now = int(time.time())
    with database.writing() as session:
        for each in allowances:
            row = _row_of(session, each, whose, now)
            row.count = max(0, row.count - 1)
            session.add(row)


def _row_of(session: RegistrySession, allowance: Allowance, whose: str, now: int) -> Tries:
    stretch = now // allowance.seconds
    mark = session.vault.lookup(f"tries: {allowance.kind}", f"{stretch}|{whose}")
    ends = (stretch + 1) * allowance.seconds
    return session.get(Tries, mark) or Tries(mark=mark, count=0, ends=ends)


class OpenAllowance:
    """How often everybody together may ask what costs much and needs no account.

    It lives in the memory of one process: nobody is counted, and nothing is kept.
    """

    def __init__(self, asks: int, seconds: int, clock: Clock = time.monotonic) -> None:
        self._asks = asks
        self._seconds = seconds
        self._clock = clock
        self._lock = Lock()
        self._stretch = 0
        self._count = 0

    def take(self) -> None:
        """Count one question.

        Raises:
            ThrottledError: too many were asked in this stretch of time.
        """
        now = self._clock()
        with self._lock:
            stretch = int(now // self._seconds)
            if stretch != self._stretch:
                self._stretch, self._count = stretch, 0
            if self._count >= self._asks:
                raise ThrottledError(int((stretch + 1) * self._seconds - now) + 1)
            self._count += 1


CHECKS = OpenAllowance(asks=240, seconds=60)
"""Of what fits without an account, per process: 240 a minute are far more than people ask."""
