"""The statistics as a page shows them: lines of what is told, and kinds of help that are not."""

from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _

from registry.domain import labels
from registry.domain.msgid import N_
from registry.privacy.disclosure_control import ABROAD, EVERYWHERE, HOME
from registry.services.statistics.read_statistics import Statistics

COUNTRIES = {
    HOME: N_("Inside the country"),
    ABROAD: N_("In other countries"),
    EVERYWHERE: N_("All countries"),
}
"""Cell -> English msgid."""


@dataclass(frozen=True, slots=True)
class FigureLine:
    """A line of the table: what it is of, its cell, and how long its bar is (0 to 1)."""

    category: str
    countries: str
    cell: dict[str, Any]
    share: float


def figure_lines(told: Statistics) -> list[FigureLine]:
    """Return the lines of which something is told, most organisations first."""
    shown = [cell for cell in told.cells if cell["organisations"]]
    most = max((cell["organisations"] for cell in shown), default=1)
    lines = [
        FigureLine(
            str(_(labels.label("category", cell["category"]))),
            str(_(COUNTRIES[cell["countries"]])),
            cell,
            cell["organisations"] / most,
        )
        for cell in shown
    ]
    return sorted(lines, key=lambda line: -line.share)


def kinds_untold(told: Statistics) -> list[str]:
    """Name the kinds of help that too few lack for a figure, or nobody."""
    shown = {cell["category"] for cell in told.cells if cell["organisations"]}
    hidden = dict.fromkeys(cell["category"] for cell in told.cells if cell["category"] not in shown)
    return [str(_(labels.label("category", group))) for group in hidden]


def sum_of_lines(told: Statistics) -> int:
    """Return the sum of the figures that stand on the page: it tells nothing more than they do."""
    return sum(cell["organisations"] for cell in told.cells)
