"""Draining the outbox: index first, then match, and the entries go with the last of it.

All of it can be done twice without harm. An entry is deleted in the transaction of its last
effect, so work that was cut off is simply done again.
"""

from collections.abc import Iterator, Sequence
from itertools import islice

from sqlalchemy.exc import OperationalError

from registry.jobs.changes import Changes, read_changes
from registry.jobs.drafts import count_drafts
from registry.jobs.entries import Entry, count_failure, delete_entries, read_entries
from registry.jobs.pulse import Pulse
from registry.services.index_records import index_needs, index_offers, rebuild_index
from registry.services.matches.best_pairs import BestPairs
from registry.services.matches.end_matches import end_matches_of_need, end_matches_of_offer
from registry.services.matches.judge_pair import Judged
from registry.services.matches.match_run import MatchRun
from registry.services.matches.matched_records import matched_need_ids, matched_offer_ids
from registry.services.matches.propose_matches import (
    STORED_AT_ONCE,
    each_once,
    judge_match,
    judge_missing,
    judge_need,
    judge_offer,
)
from registry.services.matches.store_judged import store_judged
from registry.services.topics import PROGRAMME_DRAFTED
from registry.storage.database import Database, RegistrySession
from registry.storage.needs import Need
from registry.storage.offers import Offer
from search.index.protocol import IndexUnavailable


def drain_once(database: Database, pulse: Pulse, best: BestPairs | None = None) -> int:
    """Work through the oldest entries; return how many are gone, 0 where none waits.

    Whoever drains more than once keeps `best`, so that open records are read only once a day.

    Raises:
        StopWork: the worker was told to end.
        OperationalError: the database is busy; nothing is counted against the entries.
        IndexUnavailable: the index has to be rebuilt first.
    """
    best = best or BestPairs()
    entries = read_entries(database)
    if not entries:
        return 0
    try:
        _work(database, entries, pulse, best)
    except (OperationalError, IndexUnavailable):
        raise
    except Exception:  # noqa: BLE001 - whichever entry it was, the others go on
        return _work_one_by_one(database, entries, pulse, best)
    return len(entries)


def _work_one_by_one(
    database: Database, entries: Sequence[Entry], pulse: Pulse, best: BestPairs
) -> int:
    done = 0
    for entry in entries:
        try:
            _work(database, [entry], pulse, best)
        except (OperationalError, IndexUnavailable):
            raise
        except Exception as error:  # noqa: BLE001 - counted, and parked in the end
            count_failure(database, entry, error)
        else:
            done += 1
    return done


def _work(database: Database, entries: Sequence[Entry], pulse: Pulse, best: BestPairs) -> None:
    """Do what the entries ask for; drafts are counted once all matches are in step."""
    drafts = [entry for entry in entries if entry.topic == PROGRAMME_DRAFTED]
    others = [entry for entry in entries if entry.topic != PROGRAMME_DRAFTED]
    if others:
        _bring_in_step(database, others, pulse, best)
    for entry in drafts:
        count_drafts(database, entry, pulse)


def _bring_in_step(
    database: Database, entries: Sequence[Entry], pulse: Pulse, best: BestPairs
) -> None:
    with database.reading() as session:
        changes = read_changes(session, entries, best)
        _index(session, changes, pulse)
        over = _find_what_is_over(session, changes)
        best.bring_in_step(session, changes.need_ids, changes.offer_ids, pulse)
        judged = _judge(MatchRun(session, pulse, best=best), changes)
        while len(part := list(islice(judged, STORED_AT_ONCE))) == STORED_AT_ONCE:
            with database.writing() as writing:
                store_judged(writing, part)
    with database.writing() as writing:
        _end_what_is_over(writing, *over)
        store_judged(writing, part)
        delete_entries(writing, entries)


def _index(session: RegistrySession, changes: Changes, pulse: Pulse) -> None:
    if changes.whole_index:
        rebuild_index(session, pulse)
    else:
        index_needs(session, changes.need_ids)
        index_offers(session, changes.offer_ids)
    pulse()


def _judge(run: MatchRun, changes: Changes) -> Iterator[Judged]:
    """Judge what changed, every pair once."""
    yield from each_once(_judge_changed(run, changes))


def _judge_changed(run: MatchRun, changes: Changes) -> Iterator[Judged]:
    for need_id in changes.need_ids:
        if need := run.session.get(Need, need_id):
            yield from judge_need(run, need)
    for offer_id in (*changes.offer_ids, *changes.of_the_day):
        if offer := run.session.get(Offer, offer_id):
            yield from judge_offer(run, offer)
    for need_id in changes.of_the_day:
        if need := run.session.get(Need, need_id):
            yield from judge_missing(run, need)
    for match_id in changes.match_ids:
        yield from judge_match(run, match_id)


def _find_what_is_over(session: RegistrySession, changes: Changes) -> tuple[list[str], list[str]]:
    """Return the changed needs and offers that are not matched any more; mostly there are none."""
    needs = matched_need_ids(session, changes.need_ids)
    offers = matched_offer_ids(session, changes.offer_ids)
    return (
        [each for each in changes.need_ids if each not in needs],
        [each for each in changes.offer_ids if each not in offers],
    )


def _end_what_is_over(
    session: RegistrySession, need_ids: Sequence[str], offer_ids: Sequence[str]
) -> None:
    for need_id in need_ids:
        if need := session.get(Need, need_id):
            end_matches_of_need(session, need)
    for offer_id in offer_ids:
        if offer := session.get(Offer, offer_id):
            end_matches_of_offer(session, offer)
