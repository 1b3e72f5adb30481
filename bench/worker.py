"""What the worker does for one new record, and for matching everything anew, in real databases.

New records are measured in processor time, so without waiting for the disk, and with their place
in the search index; matching everything also as time passes. Beside them stands what a plain loop
would take: every pair judged by itself, and each that fits stored by itself.
"""

import tempfile
import time
from collections.abc import Callable
from itertools import islice
from pathlib import Path
from random import Random
from statistics import median

import psutil
from sqlmodel import col, func, select

from bench.many_records import open_many
from bench.matching import post_need_of_many, post_offer_of_many
from registry.app.parts import Parts
from registry.cli.proposing import propose
from registry.jobs.drain import drain_once
from registry.jobs.pulse import unwatched
from registry.services.matches.best_pairs import BestPairs
from registry.services.matches.judge_pair import judge_pair
from registry.services.matches.store_judged import store_judged
from registry.storage.database import Database, RegistrySession
from registry.storage.matches import Match
from registry.storage.needs import Need
from registry.storage.offers import Offer

MIB = 1 << 20
EVENTS, RUNS = 9, 2
JUDGED_ALONE, STORED_ALONE = 300, 40

Found = dict[str, float]


def measure(needs: int = 100_000, offers: int = 10_000) -> Found:
    """Match a tenth of the needs with a twentieth of the offers; add single ones beside all."""
    found = _in_folder(lambda folder: _rematch(open_many(folder, needs // 10, offers // 20)))
    alone_ms = found.pop("judge_alone_ms")
    found |= _in_folder(lambda folder: _add_offers(open_many(folder, needs, 20)))
    found |= _in_folder(lambda folder: _add_needs(open_many(folder, 1_000, offers)))
    found["worker_new_offer_times_one_pair_engine"] = (
        alone_ms * needs / found["worker_new_offer_ms"]
    )
    found["worker_new_need_times_one_pair_engine"] = alone_ms * offers / found["worker_new_need_ms"]
    return found


def _in_folder(work: Callable[[Path], Found]) -> Found:
    with tempfile.TemporaryDirectory() as folder:
        return work(Path(folder))


def _rematch(parts: Parts) -> Found:
    """Match everything as `registry match run` does: with nothing stored, and with all stored."""
    database = parts.database
    asked = _count(database, Need) * _count(database, Offer)
    judging, storing = _judge_alone(database), _store_alone(database)
    seconds, worked = _time(lambda: propose(database, None, None))
    again, _ = _time(lambda: propose(database, None, None))
    before = psutil.Process().memory_info().rss
    for _ in range(RUNS):
        propose(database, None, None)
    grew = psutil.Process().memory_info().rss - before
    pairs = _count(database, Match)
    database.engine.dispose()
    return {
        "worker_rematch_seconds": seconds,
        "worker_rematch_processor_seconds": worked,
        "worker_rematch_again_seconds": again,
        "worker_rematch_stored_pairs": pairs,
        "worker_rematch_pairs_per_second": pairs / seconds,
        "worker_rematch_times_one_pair_engine": (judging * asked + storing * pairs) / worked,
        "worker_mib_after_more_runs": grew / MIB,
        "judge_alone_ms": 1_000 * judging,
    }


def _add_offers(parts: Parts) -> Found:
    """Add offers one by one to many needs; return the processor time of the one in the middle."""
    best, loaded = _load(parts.database)
    needs = _count(parts.database, Need)
    found = [_add(parts.database, best, post_offer_of_many, number) for number in range(EVENTS)]
    parts.database.engine.dispose()
    return {
        "worker_load_needs_per_second": needs / loaded,
        "worker_new_offer_ms": 1_000 * median(seconds for seconds, _ in found),
        "worker_new_offer_stored_pairs": median(pairs for _, pairs in found),
    }


def _add_needs(parts: Parts) -> Found:
    """Add needs one by one to many offers."""
    best, _ = _load(parts.database)
    found = [_add(parts.database, best, post_need_of_many, number) for number in range(EVENTS)]
    parts.database.engine.dispose()
    return {
        "worker_new_need_ms": 1_000 * median(seconds for seconds, _ in found),
        "worker_new_need_stored_pairs": median(pairs for _, pairs in found),
    }


def _load(database: Database) -> tuple[BestPairs, float]:
    best = BestPairs()
    with database.reading() as session:
        _, worked = _time(lambda: best.bring_in_step(session, (), ()))
    return best, worked


def _add(
    database: Database, best: BestPairs, post: Callable[[RegistrySession, int], object], number: int
) -> tuple[float, int]:
    """Return the seconds of work that something new is for the worker, and the pairs it stored."""
    with database.writing() as session:
        post(session, number)
    before = _count(database, Match)
    _, worked = _time(lambda: drain_once(database, unwatched, best))
    return worked, _count(database, Match) - before


def _judge_alone(database: Database) -> float:
    """Return the seconds of work to judge one pair by itself."""
    random = Random(1)
    with database.reading() as session:
        needs, offers = session.exec(select(Need)).all(), session.exec(select(Offer)).all()
        pairs = [(random.choice(needs), random.choice(offers)) for _ in range(JUDGED_ALONE)]
        _, worked = _time(lambda: [judge_pair(session, *pair) for pair in pairs])
    return worked / JUDGED_ALONE


def _store_alone(database: Database) -> float:
    """Return the seconds of work to store one pair by itself, without the commit."""
    best, _ = _load(database)
    named = ((need, each) for need, offers in best.choose_all().items() for each in set(offers))
    with database.open_session(writes=True) as session:
        judged = [
            judge_pair(session, session.get_one(Need, need), session.get_one(Offer, offer))
            for need, offer in islice(named, STORED_ALONE)
        ]
        _, worked = _time(lambda: [store_judged(session, [each]) for each in judged])
        session.rollback()
    return worked / STORED_ALONE


def _time(work: Callable[[], object]) -> tuple[float, float]:
    """Return for how long something went on, and how long the processor worked at it."""
    begun, worked = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - begun, time.process_time() - worked


def _count(database: Database, kind: type[Need] | type[Offer] | type[Match]) -> int:
    with database.reading() as session:
        return session.exec(select(func.count(col(kind.id)))).one()
