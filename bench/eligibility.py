"""How fast all needs are judged beside all offers, and how close that is to bare numpy.

Three steps are timed apart. `encode`: facts become columns. `compile`: every rule makes its rows
for every distinct term of an offer (each is then kept). `judge`: the rows of all rules are joined
for every offer, which is what is done again when a rule is left out or a weight changes. Beside
them the one-pair engine in a loop, and numpy alone joining as many rows that lie ready.
"""

import time
from itertools import product

import numpy as np
import psutil

from bench.made_up import ON, Askers, MadeUp
from search.eligibility.bulk.grid import Grid, judge_grid
from search.eligibility.bulk.judging import Judging
from search.eligibility.bulk.sides import Asking, Giving
from search.eligibility.engine import assess
from search.eligibility.facts import OfferFacts

MIB = 1 << 20
GIGA = 1e9


def measure(needs: int = 100_000, offers: int = 1_000) -> dict[str, float]:
    """Judge made-up needs beside made-up offers; rates are of pairs per second."""
    made_up = MadeUp()
    askers, given = made_up.askers(needs), made_up.offers(offers)
    pairs = needs * offers
    begun = time.perf_counter()
    judging = _encode(askers, given)
    encoded = time.perf_counter() - begun
    before = psutil.Process().memory_info().rss
    begun = time.perf_counter()
    judging.compile()
    compiled = time.perf_counter() - begun
    grid, judged = _judge(judging)
    begun = time.perf_counter()
    grid.count_fails_only()
    counted = time.perf_counter() - begun
    memory = (psutil.Process().memory_info().rss - before) / MIB
    alone, joined = _judge_alone(askers, given), _join_rows(grid, len(judging.codes))
    return {
        "eligibility_encode_seconds": encoded,
        "eligibility_compile_seconds": compiled,
        "eligibility_giga_pairs_per_second": pairs / judged / GIGA,
        "eligibility_with_compile_giga_pairs_per_second": pairs / (judged + compiled) / GIGA,
        "eligibility_fail_counts_seconds": counted,
        "eligibility_fail_counts_with_compile_seconds": counted + compiled,
        "eligibility_mib": memory,
        "eligibility_times_one_pair_engine": pairs / judged / alone,
        "eligibility_share_of_bare_numpy": joined / judged,
    }


def _encode(askers: Askers, offers: list[OfferFacts]) -> Judging:
    asking = Asking()
    for need, organisation in askers:
        asking.add(need, organisation)
    giving = Giving(asking)
    for offer in offers:
        giving.add(offer)
    return Judging(asking, giving, ON)


def _judge(judging: Judging) -> tuple[Grid, float]:
    """Return the grid and the seconds of the best of four runs; the first ones warm up."""
    seconds = []
    for _ in range(3):
        begun = time.perf_counter()
        judge_grid(judging)  # not kept, so that no two grids are in memory at once
        seconds.append(time.perf_counter() - begun)
    begun = time.perf_counter()
    grid = judge_grid(judging)
    return grid, min(*seconds, time.perf_counter() - begun)


def _judge_alone(askers: Askers, offers: list[OfferFacts]) -> float:
    """Return the pairs per second of the one-pair engine in a plain loop."""
    sample = list(product(askers[:200], offers[:20]))
    begun = time.perf_counter()
    for (need, organisation), offer in sample:
        assess(need, organisation, offer, ON)
    return len(sample) / (time.perf_counter() - begun)


def _join_rows(grid: Grid, rules: int) -> float:
    """Return the seconds in which numpy joins a row of bits per rule for every offer."""
    words = len(grid.eligible(0))
    ready = np.random.default_rng(1).integers(0, 1 << 63, (rules * 40, words), dtype=np.uint64)
    joined = np.empty((grid.offers, words), dtype=np.uint64)
    begun = time.perf_counter()
    for offer in range(grid.offers):
        row = joined[offer]
        row[:] = ready[offer % len(ready)]
        for rule in range(1, rules):
            np.bitwise_and(row, ready[(offer * 7 + rule * 31) % len(ready)], out=row)
    return time.perf_counter() - begun
