"""Disclosure control of statistics: which figures may go out, and when they may move.

A line of the statistics has two cells, inside and outside the home countries. It shows both where
ten organisations or more stand behind each, else one figure for all countries; never both, so that
nothing can be subtracted. A figure moves only once ten organisations have come, gone or changed in
its own cell since it was last set, and no single one makes up most of that. Sums are made of
figures that are published, never counted, so they tell nothing more.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from statistics import median
from typing import Any

from registry.domain.disclosure import SMALL, coarse_for_donor

HOME, ABROAD, EVERYWHERE = "home", "abroad", "all"
SPLIT, MERGED = (HOME, ABROAD), (EVERYWHERE,)
"""The two shapes of a line: what its figures are counted for."""

SHOWN_DIGITS = 2


@dataclass(frozen=True, slots=True)
class Share:
    """What one organisation brings into a cell, in hundredths of the base currency and in days.

    `unmet` is what it still lacks, `asked` and `given` are what it asked for in all and got, and
    `days` how long it took until it got the first of it. What is not known is 0 or None.
    """

    unmet: int = 0
    asked: int = 0
    given: int = 0
    days: int | None = None
    lacks: bool = True
    """Whether a need of it is open now; only such organisations are counted."""


NOTHING = Share(lacks=False)


def add_shares(one: Share, other: Share) -> Share:
    """Return what an organisation brings with two needs, or into two cells that become one."""
    waited = [share.days for share in (one, other) if share.days is not None]
    return Share(
        one.unmet + other.unmet,
        one.asked + other.asked,
        one.given + other.given,
        min(waited, default=None),
        one.lacks or other.lacks,
    )


Shares = Mapping[str, Share]
"""The share of each organisation, by an opaque mark."""


@dataclass(frozen=True, slots=True)
class Figures:
    """What is published of a cell: a count in tens, and what ten or more say besides.

    `unmet` is in hundredths, of two digits; `coverage` in tens of per cent; `days` in tens.
    """

    organisations: int
    set_on: date
    unmet: int | None = None
    coverage: int | None = None
    days: int | None = None


@dataclass(slots=True)
class Line:
    """A line as it stands: its figures by cell, and the shares they were made of."""

    figures: dict[str, Figures]
    shares: dict[str, dict[str, Share]] = field(default_factory=dict)

    @property
    def shape(self) -> tuple[str, ...]:
        return SPLIT if HOME in self.figures else MERGED


def publish_line(before: Line | None, home: Shares, abroad: Shares, today: date) -> Line:
    """Return a line as it may stand now: moved where enough has changed, else as it stood.

    Its shape changes only where enough has changed in both cells, and is then set anew as a whole.
    """
    now = {HOME: dict(home), ABROAD: dict(abroad), EVERYWHERE: _together(home, abroad)}
    wanted = SPLIT if all(_count(now[cell]) >= SMALL for cell in SPLIT) else MERGED
    if before is None or (wanted != before.shape and _may_move_all(before, now)):
        return Line({cell: _figures(now[cell], today) for cell in wanted}, now)
    line = Line(dict(before.figures), dict(before.shares))
    for cell in line.shape:
        if may_move(before.shares[cell], now[cell]):
            line.figures[cell] = _figures(now[cell], today)
            line.shares |= now if line.shape == MERGED else {cell: now[cell]}
    return line


def may_move(before: Shares, now: Shares) -> bool:
    """Say whether a figure may be set anew: ten have changed, and none of them makes up most."""
    changed = [mark for mark in before.keys() | now.keys() if before.get(mark) != now.get(mark)]
    moved = [abs(_unmet(now, mark) - _unmet(before, mark)) for mark in changed]
    return len(changed) >= SMALL and not is_dominated(moved)


def is_dominated(amounts: Iterable[int]) -> bool:
    """Say whether one part of a sum is larger than all the others together."""
    parts = list(amounts)
    return bool(parts) and 2 * max(parts) > sum(parts)


def round_sum(amounts: Sequence[int]) -> int | None:
    """Round a sum to its first two digits; None where too few or mostly one stand behind it."""
    stated = [amount for amount in amounts if amount]
    if len(stated) < SMALL or is_dominated(stated):
        return None
    total = sum(stated)
    step = int(10 ** max(0, len(str(total)) - SHOWN_DIGITS))
    return (total + step // 2) // step * step


def _may_move_all(before: Line, now: Mapping[str, Shares]) -> bool:
    return all(may_move(before.shares[cell], now[cell]) for cell in SPLIT)


def _figures(shares: Shares, today: date) -> Figures:
    lacking = [share for share in shares.values() if share.lacks]
    count = coarse_for_donor(len(lacking))
    if not count:
        return Figures(0, today)
    return Figures(
        count,
        today,
        unmet=round_sum([share.unmet for share in lacking]),
        coverage=_coverage(shares.values()),
        days=_days(shares.values()),
    )


def _coverage(shares: Iterable[Share]) -> int | None:
    """Return how many per cent were given of what was asked, in tens; None where few got it."""
    asking = [share for share in shares if share.asked]
    given = [min(share.given, share.asked) for share in asking]
    if round_sum(given) is None or is_dominated(share.asked for share in asking):
        return None
    return round(10 * sum(given) / sum(share.asked for share in asking)) * 10


def _days(shares: Iterable[Share]) -> int | None:
    """Return after how many days half of those that got something had got it, in tens."""
    waited = [share.days for share in shares if share.days is not None]
    return None if len(waited) < SMALL else round(median(waited) / 10) * 10


def _together(home: Shares, abroad: Shares) -> dict[str, Share]:
    """Return the shares of a line: an organisation in both cells counts once, with its sums."""
    return {
        mark: add_shares(home.get(mark, NOTHING), abroad.get(mark, NOTHING))
        for mark in home.keys() | abroad.keys()
    }


def _count(shares: Shares) -> int:
    return sum(share.lacks for share in shares.values())


def _unmet(shares: Shares, mark: str) -> int:
    return shares[mark].unmet if mark in shares else 0


def line_from(figures: Mapping[str, Any], shares: Mapping[str, Any]) -> Line:
    """Read a line from what `figures_document` and `shares_document` wrote."""
    return Line(
        {
            cell: Figures(**{**each, "set_on": date.fromisoformat(each["set_on"])})
            for cell, each in figures.items()
        },
        {
            cell: {mark: Share(*values) for mark, values in marks.items()}
            for cell, marks in shares.items()
        },
    )


def figures_document(line: Line) -> dict[str, Any]:
    """Write what is published of a line; what is not told is left out."""
    return {
        cell: {"organisations": each.organisations, "set_on": each.set_on.isoformat()}
        | {
            name: value
            for name in ("unmet", "coverage", "days")
            if (value := getattr(each, name)) is not None
        }
        for cell, each in line.figures.items()
    }


def shares_document(line: Line) -> dict[str, Any]:
    """Write the shares that a line was made of."""
    return {
        cell: {
            mark: [share.unmet, share.asked, share.given, share.days, share.lacks]
            for mark, share in shares.items()
        }
        for cell, shares in line.shares.items()
    }
