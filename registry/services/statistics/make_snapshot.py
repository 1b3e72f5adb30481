"""The snapshot of a quarter: what may be told of all needs together, and nothing that need not."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

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


@dataclass(frozen=True, slots=True)
class Prepared:
    """Figures that may be published, the shares they are made of, and the snapshot before."""

    figures: dict[str, Any]
    counted: dict[str, Any]
    before_id: str | None


def make_snapshot(session: RegistrySession) -> Snapshot | None:
    """Publish what may be told now; None where too little has changed to publish anything."""
    prepared = prepare_snapshot(session)
    return store_snapshot(session, prepared) if prepared else None


def prepare_snapshot(session: RegistrySession) -> Prepared | None:
    """Count, and hold against what is published; only reads, for it may take seconds."""
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
    counted = {group: shares_document(line) for group, line in now.items()}
    return Prepared(figures, counted, before.id if before else None)


def store_snapshot(session: RegistrySession, prepared: Prepared) -> Snapshot | None:
    """Publish what was prepared; None where another snapshot was published meanwhile.

    What the snapshot before was made of is forgotten: only the newest one can be gone on from.
    """
    before = find_latest_snapshot(session)
    if (before.id if before else None) != prepared.before_id:
        return None
    snapshot = new_snapshot(session, prepared.figures)
    session.vault.write_document(snapshot, "counted", prepared.counted)
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
