"""A rule in plain words, made from its own declaration: the one maker for page and command line."""

from collections.abc import Iterator
from datetime import date
from string import Formatter
from typing import Any

from registry.domain import labels
from registry.domain.msgid import N_
from registry.services.name_code import say
from search.codes import Outcome
from search.eligibility.catalogue import load_rules
from search.eligibility.rule import Rule
from search.eligibility.stories import read_stories
from search.eligibility.words import Words

PLAIN_GAPS = {
    "day": N_("day"),
    "amount": N_("amount"),
    "currency": N_("currency"),
    "percent": N_("share"),
    "number": N_("number"),
    "months": N_("months"),
    "days": N_("days"),
    "years": N_("years"),
    "country": N_("country"),
    "language": N_("language"),
}
"""Kind of gap -> what will stand there; the others are closed lists, which have a title."""

OUTCOMES = (Outcome.MET, Outcome.NOT_MET, Outcome.NEEDS_INFORMATION)


def describe_rules(language: str, on: date) -> list[dict[str, Any]]:
    """Describe the whole catalogue in the order of the codes; see `describe_rule`."""
    return [describe_rule(rule, language, on) for rule in load_rules().values()]


def describe_rule(rule: Rule, language: str, on: date) -> dict[str, Any]:
    """Say in one language what a rule is, with its sentences and their gaps named.

    Returns:
        `code label protects` (a Party) `optional in_force` (on the day) `from to` (days or None)
        `reads` (facts, "need.country") `reference`; `outcomes`: a pair (outcome, lines) for each,
        a line being `{"variant", "sentence", "remedy", "question", "whom"}` with "" or None where
        there is none; `stories`: `{"story", "expect"}` in English, as its cases file tells them.
    """
    return {
        "code": rule.code,
        "label": rule.label.in_language(language),
        "protects": rule.protects,
        "optional": rule.optional,
        "in_force": rule.is_in_force(on),
        "from": rule.in_force_from,
        "to": rule.in_force_to,
        "reads": sorted(rule.reads),
        "reference": rule.reference.in_language(language),
        "outcomes": [(outcome, list(_lines(rule, outcome, language))) for outcome in OUTCOMES],
        "stories": [
            {"story": story["story"], "expect": Outcome(story["expect"])}
            for story in read_stories(rule.code)
        ],
    }


def _lines(rule: Rule, outcome: Outcome, language: str) -> Iterator[dict[str, Any]]:
    """Yield the sentences of an outcome, each with what would change it or what is asked."""
    for key, words in rule.sentences.items():
        said, _, variant = key.partition(".")
        if said != outcome:
            continue
        question = rule.questions.get(key)
        remedy = rule.remedies.get(key)
        yield {
            "variant": variant,
            "sentence": name_gaps(words, language),
            "remedy": name_gaps(remedy, language) if remedy else "",
            "question": name_gaps(question.words, language) if question else "",
            "whom": question.whom if question else None,
        }


def name_gaps(words: Words, language: str) -> str:
    """Return a sentence with each gap named by what will stand there, in brackets."""
    pieces = Formatter().parse(words.in_language(language))
    return "".join(
        literal + (f"[{_name_gap(kind or '', language)}]" if name else "")
        for literal, name, kind, _conversion in pieces
    )


def _name_gap(kind: str, language: str) -> str:
    """Say in a word what will stand in a gap."""
    return say(PLAIN_GAPS.get(kind) or labels.title(kind), language).lower()
