"""The snapshot of a quarter: what may be told of all needs together, and nothing that need not."""

from collections.abc import Mapping
from typing import Any

from registry.domain.quarters import quarter_begins
from registry.privacy.disclosure_control import (
    ABROAD,
    HOME,
    Line,
    figures_document,
    line_from,
    publish_line,
    shares_document,
)
from registry.services.statistics.count_shares import count_shares
from registry.storage.database import RegistrySession
from registry.storage.statistics import Snapshot, find_latest_snapshot, new_snapshot
from search.codes import CATEGORY_GROUPS

NOBODY: Mapping[str, Any] = {HOME: {}, ABROAD: {}}


def is_due(session: RegistrySession) -> bool:
    """Say whether no snapshot was made in this quarter yet."""
    latest = find_latest_snapshot(session)
    return latest is None or latest.made_on < quarter_begins(session.today)


def make_snapshot(session: RegistrySession) -> Snapshot | None:
    """Publish the figures of the quarter; None where too little has changed to publish anything.

    What the snapshot before was made of is forgotten: only the newest one can be gone on from.
    """
    before = find_latest_snapshot(session)
    lines = _lines_before(session, before)
    shares = count_shares(session)
    now = {
        group: publish_line(lines.get(group), cells[HOME], cells[ABROAD], session.today)
        for group in CATEGORY_GROUPS
        for cells in (shares.get(group, NOBODY),)
    }
    figures = {group: figures_document(line) for group, line in now.items()}
    if figures == before.figures if before else not _tells_anything(now):
        return None
    snapshot = new_snapshot(session, figures)
    counted = {group: shares_document(line) for group, line in now.items()}
    session.vault.write_document(snapshot, "counted", counted)
    session.add(snapshot)
    if before is not None:
        before.counted = None
    session.flush()
    return snapshot


def _tells_anything(lines: Mapping[str, Line]) -> bool:
    return any(each.organisations for line in lines.values() for each in line.figures.values())


def _lines_before(session: RegistrySession, before: Snapshot | None) -> dict[str, Line]:
    if before is None:
        return {}
    counted = session.vault.read_document(before, "counted")
    return {group: line_from(figures, counted[group]) for group, figures in before.figures.items()}
