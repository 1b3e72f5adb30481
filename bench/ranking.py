"""How well the matcher ranks a labelled set: nDCG@10 beside three simpler ways to rank.

A labelled set is JSON lines `{"need", "organisation", "offer", "on", ..., "grade": 0 to 3}`: facts
and texts as `registry match assess` reads them, and how well the offer would serve the need.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from math import log2
from pathlib import Path
from random import Random
from typing import Any

from search.codes import Outcome, PairOutcome
from search.eligibility.pair import Pair
from search.eligibility.reading import read_line
from search.eligibility.taxonomy import judge_category
from search.matching.affinity import affinity, read_words
from search.matching.pairing import Pairing, examine

LABELLED = Path("tests/search/matching/labelled/pairs.jsonl")
AT = 10
SHUFFLES = 50
_CATEGORY = {Outcome.MET: 2, Outcome.NEEDS_INFORMATION: 1, Outcome.NOT_MET: 0}
_OUTCOME = {
    PairOutcome.ELIGIBLE: 2,
    PairOutcome.NEEDS_INFORMATION: 1,
    PairOutcome.NOT_ELIGIBLE: 0,
}


@dataclass(frozen=True, slots=True)
class Labelled:
    """A pair with its grade, and what the matcher says of it."""

    need: str
    offer: str
    grade: int
    pair: Pair
    affinity: float | None
    pairing: Pairing


Merit = Callable[[Labelled], tuple[float, ...]]
"""What a way to rank goes by, higher is better; equal ones are ordered by the offer's id."""


def by_matcher(labelled: Labelled) -> tuple[float, ...]:
    return _OUTCOME[labelled.pairing.outcome], labelled.pairing.score.value


def by_text(labelled: Labelled) -> tuple[float, ...]:
    return (labelled.affinity or 0.0,)


def by_category(labelled: Labelled) -> tuple[float, ...]:
    """Rank by whether the offer takes the category, and names it rather than taking any."""
    outcome, _ = judge_category(labelled.pair.need, labelled.pair.offer)
    return _CATEGORY[outcome], bool(labelled.pair.offer.categories)


def by_chance(seed: int) -> Merit:
    random = Random(seed)
    return lambda _: (random.random(),)


def measure(labelled: Path = LABELLED) -> dict[str, float]:
    """Return the mean nDCG@10 over needs, of the matcher and of the baselines.

    `fitting` leaves out what a rule refuses: there the score alone tells the good from the best.
    """
    sets = group_by_need(read_labelled(labelled.read_text("utf-8").splitlines()))
    fitting = [[each for each in one if _OUTCOME[each.pairing.outcome]] for one in sets]
    return {
        f"ndcg_{kind}{name}": value
        for kind, pairs in (("", sets), ("fitting_", fitting))
        for name, value in _compare_ways(pairs).items()
    }


def _compare_ways(sets: Sequence[Sequence[Labelled]]) -> dict[str, float]:
    return {
        "matcher": mean_ndcg(sets, by_matcher),
        "text_only": mean_ndcg(sets, by_text),
        "category_only": mean_ndcg(sets, by_category),
        "random": _mean(mean_ndcg(sets, by_chance(seed)) for seed in range(SHUFFLES)),
    }


def read_labelled(lines: Iterable[str]) -> Iterator[Labelled]:
    """Read the lines of a labelled set and let the matcher judge them; raises FactsRefused."""
    for line in lines:
        record = json.loads(line)
        facts = {name: record[name] for name in ("need", "organisation", "offer", "on")}
        pair = Pair(*read_line(facts))
        alike = affinity(*(_words_of(record[side]) for side in ("need", "offer")))
        need, offer = (_name(record[side]) for side in ("need", "offer"))
        yield Labelled(need, offer, record["grade"], pair, alike, examine(pair, alike))


def group_by_need(labelled: Iterable[Labelled]) -> list[list[Labelled]]:
    """Return the pairs of each need, by the needs' names."""
    ordered = sorted(labelled, key=lambda each: each.need)
    return [list(pairs) for _, pairs in groupby(ordered, key=lambda each: each.need)]


def mean_ndcg(sets: Iterable[Sequence[Labelled]], merit: Merit, at: int = AT) -> float:
    """Return the mean over those needs that some offer is of use to at all; 0 without any."""
    useful = (pairs for pairs in sets if any(each.grade for each in pairs))
    return _mean(ndcg([each.grade for each in rank(pairs, merit)], at) for pairs in useful)


def rank(pairs: Iterable[Labelled], merit: Merit) -> list[Labelled]:
    """Order pairs, best first; equal ones by the offer's id."""
    named = [(tuple(-part for part in merit(each)), each.offer, each) for each in pairs]
    return [each for _, _, each in sorted(named, key=lambda entry: entry[:2])]


def ndcg(grades: Sequence[int], at: int = AT) -> float:
    """Return how near grades in ranked order come to the best order, 0 to 1; 0 if all are 0.

    A grade gains 2^grade - 1, divided by log2(place + 1): normalised discounted cumulative gain.
    """
    best = _gain(sorted(grades, reverse=True), at)
    return _gain(grades, at) / best if best else 0.0


def _gain(grades: Sequence[int], at: int) -> float:
    return sum((2.0**grade - 1) / log2(place + 2) for place, grade in enumerate(grades[:at]))


def _mean(values: Iterable[float]) -> float:
    known = list(values)
    return sum(known) / len(known) if known else 0.0


def _words_of(record: dict[str, Any]) -> Any:
    text = "\n".join(record[name] for name in ("title", "summary") if record.get(name))
    return read_words(text, record.get("language")) if text else None


def _name(record: dict[str, Any]) -> str:
    """Name a record by its external id, or by all that it says."""
    return str(record.get("external_id") or json.dumps(record, sort_keys=True))
