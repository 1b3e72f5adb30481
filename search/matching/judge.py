"""One line of `registry match assess`: a record in, a record out, no database."""

from collections.abc import Callable, Mapping
from typing import Any

from search.eligibility.pair import Pair, Settings
from search.eligibility.reading import read_line
from search.eligibility.refusal import FactsRefused
from search.eligibility.sentences import sentence
from search.eligibility.words import Labels
from search.matching.explanation import explain_part
from search.matching.pairing import Pairing, examine

Affinity = Callable[[str, str], float | None]
"""(text of the need, text of the offer) -> how much they have in common, 0 to 1."""


def judge_line(
    record: Mapping[str, Any],
    settings: Settings,
    language: str,
    labels: Labels,
    affinity: Affinity | None = None,
) -> dict[str, Any]:
    """Judge `{"need", "organisation", "offer", "on"}` and say so in one language.

    Returns `outcome`, `verdicts` (`rule`, `outcome`, `sentence`), `score`, `confidence`, `parts`
    (by code: `value`, `sentence`); or `error` (`code`, `message`, `fields` with `code`, `field`,
    `message`) where the line cannot be judged.
    """
    try:
        pair = Pair(*read_line(record), settings)
    except FactsRefused as refused:
        return refuse_line(refused)
    pairing = examine(pair, compare_texts(record, affinity))
    return describe(pairing, language, labels)


def refuse_line(refused: FactsRefused) -> dict[str, Any]:
    """Say why a line cannot be judged, field by field."""
    fields = [
        {"code": each.code, "field": each.field, "message": each.message} for each in refused.errors
    ]
    places = ", ".join(dict.fromkeys(each["field"] for each in fields))
    message = f"The line cannot be judged. Mend these fields and try again: {places}."
    return {"error": {"code": "facts_refused", "message": message, "fields": fields}}


def describe(pairing: Pairing, language: str, labels: Labels) -> dict[str, Any]:
    """Say what was found of a pairing in the shape that `registry match assess` prints."""
    parts = {
        code: explain_part(code, measured, language, labels)
        for code, measured in pairing.score.parts.items()
    }
    return {
        "outcome": str(pairing.outcome),
        "verdicts": [
            {
                "rule": each.rule,
                "outcome": str(each.outcome),
                "sentence": sentence(each, language, labels),
            }
            for each in pairing.assessment.verdicts
        ],
        "score": pairing.score.value,
        "confidence": pairing.score.confidence,
        "parts": {
            code: {"value": each["value"], "sentence": each["sentence"]}
            for code, each in parts.items()
        },
    }


def compare_texts(record: Mapping[str, Any], affinity: Affinity | None) -> float | None:
    """Compare the titles and summaries of both sides; None where one has no text."""
    need, offer = (_text_of(record[part]) for part in ("need", "offer"))
    return affinity(need, offer) if affinity and need and offer else None


def _text_of(record: Mapping[str, Any]) -> str:
    return "\n".join(record[name] for name in ("title", "summary") if record.get(name))
