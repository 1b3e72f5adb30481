"""The catalogue of rules in plain sentences, made from the rules' own declarations."""

from collections.abc import Iterator
from string import Formatter
from typing import Any

from flask import render_template
from flask_babel import gettext as _

from registry.domain import labels
from registry.domain.msgid import N_
from registry.identity.current import current_session
from registry.web.language import page_language
from registry.web.officer import blueprint
from search.codes import Outcome
from search.eligibility.catalogue import load_rules
from search.eligibility.rule import Rule
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


@blueprint.get("/rules")
def rules() -> str:
    """Show every rule: what it looks at, whom it protects, what it can say."""
    today = current_session().today
    return render_template(
        "officer/catalogue.html",
        rules=[
            _describe(rule) | {"in_force": rule.is_in_force(today)}
            for rule in load_rules().values()
        ],
    )


def _describe(rule: Rule) -> dict[str, Any]:
    """Return `{"code", "label", "protects", "reference", "outcomes", "from", "to"}` in words."""
    return {
        "code": rule.code,
        "label": rule.label.in_language(page_language()),
        "protects": rule.protects,
        "reference": rule.reference,
        "from": rule.in_force_from,
        "to": rule.in_force_to,
        "outcomes": [(outcome, list(_lines(rule, outcome))) for outcome in OUTCOMES],
    }


def _lines(rule: Rule, outcome: Outcome) -> Iterator[dict[str, Any]]:
    """Yield the sentences of an outcome, each with what would change it or what is asked."""
    for key, words in rule.sentences.items():
        if key.partition(".")[0] != outcome:
            continue
        question = rule.questions.get(key)
        yield {
            "sentence": plain(words),
            "remedy": plain(rule.remedies[key]) if key in rule.remedies else "",
            "question": plain(question.words) if question else "",
            "whom": question.whom if question else None,
        }


def plain(words: Words) -> str:
    """Return a sentence with each gap named by what will stand there, in brackets."""
    pieces = Formatter().parse(words.in_language(page_language()))
    return "".join(
        literal + (f"[{_name_gap(kind or '')}]" if name else "")
        for literal, name, kind, _conversion in pieces
    )


def _name_gap(kind: str) -> str:
    """Say in a word what will stand in a gap."""
    msgid = PLAIN_GAPS.get(kind) or labels.title(kind)
    return str(_(msgid)).lower()
