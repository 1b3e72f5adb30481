"""What the worker does for one new offer, and for matching everything anew, in a real database.

Processor time, so without waiting for the disk. An offer fits more needs than are stored, so the
best are chosen; choosing them among 100,000 in memory is measured in `bench.scores`.
"""

import tempfile
import time
from pathlib import Path

import psutil
from sqlmodel import func, select

from bench.matching import fill, post_offer_of_many
from registry.jobs.drain import drain_once
from registry.jobs.pulse import unwatched
from registry.services.matches import best_pairs
from registry.services.matches.best_pairs import ALL_UP_TO, BEST, BestPairs
from registry.services.matches.match_run import MatchRun
from registry.services.matches.propose_matches import judge_all, store_all
from registry.storage.database import Database
from registry.storage.matches import Match

MIB = 1 << 20
EVENTS, OFFERS = 7, 12


def measure(needs: int = 1_500) -> dict[str, float]:
    """Store a new offer with the best of its needs, then match all of a few offers anew."""
    with tempfile.TemporaryDirectory() as folder:
        parts, best = fill(Path(folder), needs), BestPairs()
        best_pairs.ALL_UP_TO = BEST  # lists of this database count as long
        with parts.database.reading() as session:
            begun = time.process_time()
            best.bring_in_step(session, (), ())
            loaded = time.process_time() - begun
        while drain_once(parts.database, unwatched, best):
            pass
        stored = sorted(_store_offer(parts.database, best, number) for number in range(EVENTS))
        rematched, memory = _rematch(parts.database)
        best_pairs.ALL_UP_TO = ALL_UP_TO
        parts.database.engine.dispose()
    return {
        "worker_load_needs_per_second": needs / loaded,
        "worker_store_new_offer_ms": stored[EVENTS // 2] * 1_000,
        "worker_rematch_pairs_per_second": rematched,
        "worker_mib_after_five_more_runs": memory,
    }


def _store_offer(database: Database, best: BestPairs, number: int) -> float:
    """Return the seconds of work for one new offer, with its place in the search index."""
    with database.writing() as session:
        post_offer_of_many(session, number)
    begun = time.process_time()
    drain_once(database, unwatched, best)
    return time.process_time() - begun


def _rematch(database: Database) -> tuple[float, float]:
    """Match everything anew; return stored pairs per second, and by how many MiB five more grow."""
    with database.writing() as session:
        for number in range(EVENTS, OFFERS):
            post_offer_of_many(session, number)
    _match_all(database)
    begun = time.process_time()
    pairs = _match_all(database)
    seconds = time.process_time() - begun
    before = psutil.Process().memory_info().rss
    for _ in range(5):
        _match_all(database)
    return pairs / seconds, (psutil.Process().memory_info().rss - before) / MIB


def _match_all(database: Database) -> int:
    with database.writing() as session:
        best = BestPairs()
        best.bring_in_step(session, (), ())
        store_all(session, judge_all(MatchRun(session, best=best)))
        return session.exec(select(func.count()).select_from(Match)).one()
