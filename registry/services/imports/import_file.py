"""The import of a file: all of its rows, or none; with `partial` all that are good."""

from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

from registry.domain.errors import NotAllowedError
from registry.identity.actor import Actor
from registry.services.imports.check_rows import RowChecks
from registry.services.imports.clear_abandoned import clear_abandoned
from registry.services.imports.kinds import KINDS, Kind
from registry.services.imports.merge_rows import merge_rows
from registry.services.imports.read_file import read_file
from registry.services.imports.report import ImportReport
from registry.services.imports.seal_rows import SealTo
from registry.services.imports.side_file import CHANGE, CREATE, UNCHANGED, SideFile, open_side_file
from registry.services.imports.source_row import OnProgress, SourceRow
from registry.storage.database import Database

BATCH = 500
"""Rows checked at one time; memory holds no more of the file than these."""


def import_file(
    database: Database,
    actor: Actor,
    plural: str,
    path: Path,
    *,
    partial: bool = False,
    dry_run: bool = False,
    seal_to: SealTo | None = None,
    on_progress: OnProgress = lambda _bytes: None,
) -> ImportReport:
    """Import `organisations`, `donors`, `needs` or `offers` from a file.

    Opens its own sessions: nothing is locked while the file is read. With `seal_to` the sealed
    fields of new records are taken and sealed to that account; without it a row that has some is
    refused.

    Raises:
        KeyError: there is no such kind, or the file's ending is not known.
        NotAllowedError: the actor is no officer.
        OvertakenError: the same records were written meanwhile; nothing was imported.
    """
    rows = read_file(KINDS[plural].name, path)
    return import_rows(
        database,
        actor,
        plural,
        rows,
        partial=partial,
        dry_run=dry_run,
        seal_to=seal_to,
        on_progress=on_progress,
    )


def import_rows(
    database: Database,
    actor: Actor,
    plural: str,
    rows: Iterable[SourceRow],
    *,
    partial: bool = False,
    dry_run: bool = False,
    seal_to: SealTo | None = None,
    on_progress: OnProgress = lambda _bytes: None,
) -> ImportReport:
    """Import rows that were read elsewhere; see `import_file`."""
    if not actor.is_officer:
        raise NotAllowedError
    kind, report = KINDS[plural], ImportReport()
    with database.reading() as session:
        settings, keys = session.settings, session.vault.keys
    clear_abandoned(database, settings, keys)
    with open_side_file(settings, kind) as side:
        merged = False
        try:
            checks = RowChecks(
                database, kind, side, report, partial=partial, dry_run=dry_run, seal_to=seal_to
            )
            for batch in _batches(rows, on_progress):
                checks.check_batch(batch)
            goes_in = partial or not report.refused
            if goes_in and not dry_run:
                _merge(database, actor, kind, side)
                merged = True
            _count(report, side, goes_in=goes_in)
        finally:
            if not merged and kind.has_own_key:
                keys.destroy_keys(side.created_ids())
    return report


def _batches(rows: Iterable[SourceRow], on_progress: OnProgress) -> Iterator[list[SourceRow]]:
    pending, read = iter(rows), 0
    while batch := list(islice(pending, BATCH)):
        yield batch
        now = max(read, batch[-1].read)
        on_progress(now - read)
        read = now


def _merge(database: Database, actor: Actor, kind: Kind, side: SideFile) -> None:
    if side.count(CREATE) or side.count(CHANGE):
        side.release()
        merge_rows(database, actor, kind, side.path)


def _count(report: ImportReport, side: SideFile, *, goes_in: bool) -> None:
    report.unchanged = side.count(UNCHANGED)
    if goes_in:
        report.created, report.changed = side.count(CREATE), side.count(CHANGE)
