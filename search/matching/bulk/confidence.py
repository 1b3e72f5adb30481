"""How much was known of many pairs, equal to `measure_confidence` pair by pair."""

import numpy as np
from numpy.typing import NDArray

from search.eligibility.bulk.bits import WORD, Flags, Places, Row
from search.eligibility.bulk.judging import Judging
from search.eligibility.bulk.tables import OPEN
from search.matching.bulk.ranked import Scored
from search.matching.bulk.steps import STEPS, Steps, share_in_steps

Counts = NDArray[np.int64]


def bits_at(row: Row, places: Places) -> Flags:
    """Return for each place whether its bit is on."""
    found: Flags = (row[places // WORD] >> (places % WORD).astype(np.uint64) & np.uint64(1)) == 1
    return found


def count_open_rules(judging: Judging, pairs: Scored) -> Counts:
    """Count pair by pair the rules that need information, offer by offer."""
    counts = np.zeros(len(pairs.needs), np.int64)
    asked = np.flatnonzero(pairs.outcomes == OPEN)
    asked = asked[np.argsort(pairs.offers[asked], kind="stable")]
    offers, begins = np.unique(pairs.offers[asked], return_index=True)
    for offer, entries in zip(offers.tolist(), np.split(asked, begins[1:]), strict=False):
        counts[entries] = _count_open_needs(judging, offer, pairs.needs[entries])
    return counts


def _count_open_needs(judging: Judging, offer: int, needs: Places) -> Counts:
    counts = np.zeros(len(needs), np.int64)
    for code in judging.codes:
        opens = judging.rows_of(code, offer)[1]
        if opens is not None:
            counts += bits_at(opens, needs)
    return counts


def count_open_offers(judging: Judging, need: int, offers: Places) -> Counts:
    """Count the rules that need information about one need, offer by offer."""
    counts = np.zeros(len(offers), np.int64)
    for code in judging.codes:
        counts += judging.outcomes_of(code, need)[offers] == OPEN
    return counts


def measure_confidences(judging: Judging, pairs: Scored, opens: Counts) -> Steps:
    """Return the share of rules in force and parts for which nothing was missing.

    `opens` are the rules that need information, pair by pair.
    """
    rules = _count_rules(judging, pairs.offers)
    return share_in_steps(STEPS * (rules - opens + pairs.known), rules + pairs.countable)


def _count_rules(judging: Judging, offers: Places) -> Counts:
    in_force, left_out = judging.in_force, judging.giving.left_out
    different, places = np.unique(offers, return_inverse=True)
    counts = [len(in_force) - len(left_out[offer] & in_force) for offer in different.tolist()]
    return np.array(counts, np.int64)[places]
