"""Scores of many pairs at once, equal to those of `search.matching.score` pair by pair."""

from collections.abc import Hashable
from dataclasses import fields

import numpy as np
from numpy.typing import NDArray

from search.eligibility.bulk.columns import frozen
from search.matching.bulk.candidates import Answering, Candidates
from search.matching.bulk.steps import STEPS, Steps, in_steps, share_in_steps
from search.matching.part import (
    KNOWN,
    NOTHING_TO_KNOW,
    UNKNOWN,
    Measured,
    Part,
    Prospect,
)
from search.matching.score import in_hundredths, load_parts
from search.matching.weights import Weights

Counts = NDArray[np.int64]

_KNOWN_BITS = 14
"""A value takes the lower bits of a kept answer, what is known of it the two above."""
_VALUE = (1 << _KNOWN_BITS) - 1
_KINDS = {False: UNKNOWN, True: KNOWN, None: NOTHING_TO_KNOW}


Found = tuple[Steps, Counts, Counts]


def score_all(answering: Answering, many: Candidates, weights: Weights) -> Found:
    """Score pairs that no rule refuses by the weights that the candidates were made with.

    Returns pair by pair the score in ten-thousandths, how many parts were known, and how many
    there were to know.
    """
    total, known, countable = np.zeros((3, len(many.needs)), np.int64)
    counts = {code: in_hundredths(weights.of_parts[code]) for code in load_parts()}
    for code, part in load_parts().items():
        values, kinds = measure_all(answering, part, many, weights)
        total += counts[code] * values
        known += kinds == KNOWN
        countable += kinds != NOTHING_TO_KNOW
    return share_in_steps(total, sum(counts.values())), known, countable


def measure_all(
    answering: Answering, part: Part, many: Candidates, weights: Weights
) -> tuple[Steps, Counts]:
    """Measure one part: values in ten-thousandths, and UNKNOWN, KNOWN or NOTHING_TO_KNOW."""
    if part.measure_many is None:
        return _measure_by_facts(answering, part, many, weights)
    found, kinds = part.measure_many(many)
    values = in_steps(found)
    kinds = np.broadcast_to(kinds, values.shape).copy()
    for entry in many.vast():
        alone = many.measure_alone(entry, part.measure)
        values[entry], kinds[entry] = round(alone.value * STEPS), _KINDS[alone.known]
    return values, kinds


def _measure_by_facts(
    answering: Answering, part: Part, many: Candidates, weights: Weights
) -> tuple[Steps, Counts]:
    table = answering.table(
        (part.code, _choices_in(weights)),
        part.reads,
        lambda pair: _to_answer(part.measure(Prospect.of_facts(pair, weights))),
    )
    answers = table.read(many.needs, many.offers).astype(np.int64)
    return answers & _VALUE, answers >> _KNOWN_BITS


def _to_answer(measured: Measured) -> int:
    return round(measured.value * STEPS) | _KINDS[measured.known] << _KNOWN_BITS


def _choices_in(weights: Weights) -> Hashable:
    """Return what of the weights parts are measured by: all but how they are weighed."""
    names = (each.name for each in fields(weights) if each.name not in ("version", "of_parts"))
    return tuple(frozen(getattr(weights, name)) for name in names)
