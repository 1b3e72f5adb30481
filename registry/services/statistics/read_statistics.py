"""The statistics as anyone may read them: the newest snapshot and when the next one can come."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from registry.domain.quarters import next_quarter
from registry.privacy.disclosure_control import EVERYWHERE, SPLIT
from registry.storage.database import RegistrySession
from registry.storage.statistics import find_latest_snapshot
from search.codes import CATEGORY_GROUPS
from search.money import Money


@dataclass(frozen=True, slots=True)
class Statistics:
    """What is published, cell by cell.

    A cell: `category countries organisations set_on` and, where it may be told, `amount_unmet`
    (Money), `coverage_percent`, `days_to_help`. Before the first snapshot `made_on` is None, and
    there are no cells.
    """

    made_on: date | None
    next_on: date
    cells: list[dict[str, Any]]


def read_statistics(session: RegistrySession) -> Statistics:
    """Return the newest snapshot, in the order of the taxonomy."""
    snapshot, following = find_latest_snapshot(session), next_quarter(session.today)
    if snapshot is None:
        return Statistics(None, following, [])
    currency = session.settings.base_currency
    cells = [
        _cell(group, countries, snapshot.figures[group][countries], currency)
        for group in CATEGORY_GROUPS
        for countries in (*SPLIT, EVERYWHERE)
        if countries in snapshot.figures.get(group, {})
    ]
    return Statistics(snapshot.made_on, following, cells)


def _cell(group: str, countries: str, figures: dict[str, Any], currency: str) -> dict[str, Any]:
    cell: dict[str, Any] = {
        "category": group,
        "countries": countries,
        "organisations": figures["organisations"],
        "set_on": date.fromisoformat(figures["set_on"]),
    }
    if "unmet" in figures:
        cell["amount_unmet"] = Money(figures["unmet"], currency)
    told = {"coverage": "coverage_percent", "days": "days_to_help"}
    return cell | {name: figures[key] for key, name in told.items() if key in figures}
