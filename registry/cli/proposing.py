"""Proposing from the command line: judged while reading, stored in short transactions."""

from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING

from registry.cli.naming import find_named
from registry.cli.root import progress

if TYPE_CHECKING:
    from registry.services.matches.judge_pair import Judged
    from registry.services.matches.match_run import MatchRun
    from registry.services.matches.store_judged import Stored
    from registry.storage.database import Database
    from registry.storage.needs import Need
    from registry.storage.offers import Offer


def propose(database: "Database", need: str | None, offer: str | None) -> "Stored":
    """Judge all pairs, or those of one need, of one offer or of both, and store what fits.

    Raises:
        Refused: there is no such need or offer.
    """
    from registry.services.matches.best_pairs import BestPairs
    from registry.services.matches.match_run import MatchRun
    from registry.services.matches.store_judged import Stored, store_judged
    from registry.storage.needs import Need
    from registry.storage.offers import Offer

    counts = Stored()
    with database.reading() as session:
        best = BestPairs()
        best.bring_in_step(session, (), ())
        run = MatchRun(session, best=best)
        asked = find_named(session, Need, need) if need is not None else None
        given = find_named(session, Offer, offer) if offer is not None else None
        for part in _judge_in_parts(run, asked, given):
            with database.writing() as writing:
                counts.add(store_judged(writing, part))
    return counts


def _judge_in_parts(
    run: "MatchRun", need: "Need | None", offer: "Offer | None"
) -> "Iterator[list[Judged]]":
    from registry.services.matches.propose_matches import judge_all, judge_need, judge_offer

    if need is not None:
        wanted = (each for each in judge_need(run, need) if offer is None or _is_with(each, offer))
        yield from _parts(wanted)
        return
    if offer is not None:
        yield from _parts(judge_offer(run, offer))
        return
    with progress(len(run.needs), "Looking at needs") as bar:
        yield from _parts(judge_all(run, bar.update))


def _parts(judged: "Iterator[Judged]") -> "Iterator[list[Judged]]":
    from registry.services.matches.propose_matches import STORED_AT_ONCE

    while part := list(islice(judged, STORED_AT_ONCE)):
        yield part


def _is_with(judged: "Judged", offer: "Offer") -> bool:
    return judged.offer_id == offer.id
