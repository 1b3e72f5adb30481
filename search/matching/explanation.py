"""A pairing in the words of its reader: every rule, every part, and what would change it."""

from typing import Any

from search.eligibility import sentences
from search.eligibility.award import Bound
from search.eligibility.catalogue import load_rules
from search.eligibility.verdict import Verdict
from search.eligibility.words import Labels, Words
from search.matching.pairing import Pairing
from search.matching.part import Measured
from search.matching.score import ProposedAmount, load_parts
from search.matching.weights import Weights, find_weights

_BINDING = {
    Bound.ASK: Words(
        en="Proposed: {amount:amount}, which is all that is asked for.",
        be="Прапануецца: {amount:amount}. Гэта ўсё, пра што просяць.",
        ru="Предлагается: {amount:amount}. Это всё, о чём просят.",
    ),
    Bound.MAXIMUM: Words(
        en="Proposed: {amount:amount}, because the donor gives no more to one need.",
        be="Прапануецца: {amount:amount}. Больш на адну патрэбу донар не дае.",
        ru="Предлагается: {amount:amount}. Больше на одну потребность донор не даёт.",
    ),
    Bound.BUDGET: Words(
        en="Proposed: {amount:amount}, because the offer holds no more.",
        be="Прапануецца: {amount:amount}. Больш у прапанове няма.",
        ru="Предлагается: {amount:amount}. Больше в предложении нет.",
    ),
    Bound.LEFT: Words(
        en="Proposed: {amount:amount}, because no more is left of the budget.",
        be="Прапануецца: {amount:amount}. Больш ад бюджэту не засталося.",
        ru="Предлагается: {amount:amount}. Больше от бюджета не осталось.",
    ),
    Bound.CAP: Words(
        en="Proposed: {amount:amount}, because the donor limits this category.",
        be="Прапануецца: {amount:amount}. Гэта ліміт донара на такі від патрэбы.",
        ru="Предлагается: {amount:amount}. Это лимит донора на такой вид потребности.",
    ),
    Bound.MONTHS: Words(
        en="Proposed: {amount:amount}, the share for the months that the offer pays for.",
        be="Прапануецца: {amount:amount}. Гэта частка за месяцы, якія аплачвае прапанова.",
        ru="Предлагается: {amount:amount}. Это доля за месяцы, которые оплачивает предложение.",
    ),
}


def explain(
    pairing: Pairing, language: str, labels: Labels, weights: Weights | None = None
) -> dict[str, Any]:
    """Return all that can be said of a pairing, JSON-able, in one language.

    `weights` are those that it was scored by, where they are not the house's own of that version.

    Keys: `outcome`, `score`, `confidence`, `weights_version`, `proposed` (None, or `amount`,
    `bound`, `sentence`), `rules` (see `explain_verdict`) and `parts` (see `explain_part`; with its
    share of all `weight`).
    """
    score = pairing.score
    used = weights or find_weights(score.weights_version)
    rules = [explain_verdict(each, language, labels) for each in pairing.assessment.verdicts]
    return {
        "outcome": str(pairing.outcome),
        "score": score.value,
        "confidence": score.confidence,
        "weights_version": score.weights_version,
        "proposed": explain_amount(score.proposed, language, labels) if score.proposed else None,
        "rules": rules,
        "parts": [
            {
                **explain_part(code, measured, language, labels),
                "weight": used.shares[code] if used else None,
            }
            for code, measured in score.parts.items()
        ],
    }


def explain_verdict(verdict: Verdict, language: str, labels: Labels) -> dict[str, Any]:
    """Return `rule`, `label`, `protects`, `outcome`, `waived`, `sentence`, and what would help.

    `change` is set where the rule is not met; `question` and `asks` where it is open.
    """
    asks = sentences.asks_whom(verdict)
    return {
        "rule": verdict.rule,
        "label": sentences.label(verdict.rule, language),
        "protects": str(load_rules()[verdict.rule].protects),
        "outcome": str(verdict.outcome),
        "waived": verdict.waived,
        "sentence": sentences.sentence(verdict, language, labels),
        "change": sentences.remedy(verdict, language, labels),
        "question": sentences.question(verdict, language, labels),
        "asks": str(asks) if asks else None,
    }


def explain_part(code: str, measured: Measured, language: str, labels: Labels) -> dict[str, Any]:
    """Return `part`, `label`, `value`, `known` and `sentence`."""
    part = load_parts()[code]
    return {
        "part": code,
        "label": part.label.in_language(language),
        "value": measured.value,
        "known": measured.known,
        "sentence": part.sentences[measured.variant].fill(measured.values, language, labels),
    }


def explain_amount(proposed: ProposedAmount, language: str, labels: Labels) -> dict[str, Any]:
    """Return `amount`, `bound` and the sentence that says why it is not more."""
    record = proposed.to_record()
    said = _BINDING[proposed.bound].fill(record, language, labels)
    return {**record, "sentence": said}
