"""`registry index`: the search index, made from the database.

Where a worker lives it does the work and this waits; else this takes the worker's lock.
"""

import time
from collections.abc import Callable
from typing import TYPE_CHECKING

import click

from registry.cli.root import Refused, json_option, main, opened_parts, progress, tell

if TYPE_CHECKING:
    from registry.app.parts import Parts
    from registry.storage.database import Database

LOOK_SECONDS = 0.2
LONGEST_WAIT_SECONDS = 1_800


@main.group()
def index() -> None:
    """Make the search index anew, bring it up to date, look at it."""


@index.command("rebuild")
@json_option
def rebuild(as_json: bool) -> None:
    """Make the index anew from the database; searches go on with the old one meanwhile."""
    with opened_parts() as parts:
        by_worker = _by_worker_or(parts, _rebuild_here, _ask_for_rebuild)
        documents = parts.index.count()
    text = f"The index holds {documents} needs and offers."
    tell(as_json, {"documents": documents, "by_worker": by_worker}, text)


@index.command("drain")
@json_option
def drain(as_json: bool) -> None:
    """Do at once what changes wait for: indexing and matching."""
    with opened_parts() as parts:
        by_worker = _by_worker_or(parts, drain_here, wait_for_worker)
        parked = count_parked(parts.database)
    document = {"waiting": 0, "parked": parked, "by_worker": by_worker}
    if parked:
        text = (
            f"Nothing waits any more, but {parked} entries failed too often; see: registry doctor"
        )
    else:
        text = "Nothing waits any more."
    tell(as_json, document, text)
    if parked:
        click.get_current_context().exit(1)


@index.command("status")
@json_option
def status(as_json: bool) -> None:
    """Say what the index holds, what the database holds, and what waits."""
    from registry.jobs.pulse import is_worker_alive
    from registry.services.index_records import check_index, count_indexed_rows

    with opened_parts() as parts, parts.database.reading() as session:
        usable = check_index(session)
        document = {
            "usable": usable,
            "documents": parts.index.count() if usable else 0,
            "rows": count_indexed_rows(session),
            "waiting": _waiting(parts.database),
            "parked": count_parked(parts.database),
            "worker": is_worker_alive(parts.settings),
        }
    lines = [
        "The index answers." if usable else "The index cannot be used: registry index rebuild",
        f"It holds {document['documents']} of {document['rows']} needs and offers.",
        f"{document['waiting']} changes wait for the worker, {document['parked']} were given up.",
        "A worker lives." if document["worker"] else "No worker lives.",
    ]
    tell(as_json, document, "\n".join(lines))


def _by_worker_or(
    parts: "Parts", here: "Callable[[Database], None]", ask: "Callable[[Database], None]"
) -> bool:
    """Do something under the worker's lock, or have the worker that holds it do it; say which."""
    from registry.jobs.lock import worker_lock

    with worker_lock(parts.settings) as mine:
        if mine:
            here(parts.database)
            return False
    ask(parts.database)
    return True


def drain_here(database: "Database") -> None:
    """Do all that waits, with a progress bar."""
    from registry.jobs.by_hand import drain_all

    with progress(_waiting(database), "Indexing and matching") as bar:
        drain_all(database, bar.update)


def wait_for_worker(database: "Database") -> None:
    """Wait until the worker has done all that waits now.

    Raises:
        Refused: it takes longer than anybody would wait.
    """
    from registry.jobs.by_hand import count_waiting, newest_entry

    newest = newest_entry(database)
    before = count_waiting(database, newest)
    began = time.monotonic()
    with progress(before, "The worker is at it") as bar:
        while left := count_waiting(database, newest):
            bar.update(before - left - bar.pos)
            if time.monotonic() - began > LONGEST_WAIT_SECONDS:
                raise Refused("The worker is not done yet; look again with: registry index status")
            time.sleep(LOOK_SECONDS)
        bar.update(before - bar.pos)


def _rebuild_here(database: "Database") -> None:
    from registry.services.index_records import count_indexed_rows, rebuild_index

    with (
        database.reading() as session,
        progress(count_indexed_rows(session), "Indexing") as bar,
    ):
        rebuild_index(session, lambda: bar.update(1))


def _ask_for_rebuild(database: "Database") -> None:
    from registry.services.topics import INDEX_REBUILD
    from registry.storage.outbox import put_outbox

    with database.writing() as session:
        put_outbox(session, INDEX_REBUILD)
    wait_for_worker(database)


def _waiting(database: "Database") -> int:
    from registry.jobs.by_hand import count_waiting

    return count_waiting(database)


def count_parked(database: "Database") -> int:
    """Return how many entries were given up."""
    from registry.storage.outbox import count_entries

    with database.reading() as session:
        return count_entries(session, parked=True)
