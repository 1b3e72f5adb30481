"""Verdicts and score parts as lines in the reader's language, grouped by what is to be done."""

from collections.abc import Iterable
from typing import Any

from registry.domain.audience import Audience
from registry.schemas.audience import fields_for
from registry.services.matches.verdicts import JudgedRule
from registry.services.name_code import name_code
from search.codes import Outcome
from search.eligibility import sentences
from search.matching.explanation import explain_amount, explain_part
from search.matching.score import Score
from search.matching.weights import Weights

GROUPS = ("in_the_way", "to_ask", "met", "waived", "not_in_force")
_GROUP_OF = {
    Outcome.NOT_MET: "in_the_way",
    Outcome.NEEDS_INFORMATION: "to_ask",
    Outcome.MET: "met",
    Outcome.NOT_IN_FORCE: "not_in_force",
}

_ALSO_SHOWN: dict[str, frozenset[str]] = {
    "need": frozenset({"need.funded_amount"}),
    "offer": frozenset({"offer.budget_left", "offer.donor_kind", "offer.donor_vetting"}),
}
"""Facts that are no fields of a record, and that the other side has to know to judge an amount."""

_NEEDS_TEXT = frozenset({"text_affinity"})
"""Parts whose reason comes out of a text; they are told to whoever may read it."""
_WITHOUT_TEXT = frozenset({Audience.DONOR_OFFERED})


_EVERYBODYS = ("on", "settings")
"""The day, and what is set for the whole registry."""


def facts_shown(audience: Audience) -> frozenset[str] | None:
    """Return the facts that this audience may read, as rules name them; None for all of them."""
    if audience is Audience.OFFICER:
        return None
    shown: set[str] = set()
    for record in ("need", "organisation", "offer"):
        fields = fields_for(record, audience)
        shown |= {f"{record}.{name}" for name in fields}
        shown |= _ALSO_SHOWN.get(record, frozenset()) if fields else frozenset()
    return frozenset(shown)


class Speaker:
    """Makes sentences in one language for one audience, which reads only what it may know.

    A side's own record is its own to read: `own` names it (`offer`, or `need` and `organisation`).
    """

    def __init__(
        self, language: str, audience: Audience = Audience.OFFICER, own: tuple[str, ...] = ()
    ) -> None:
        self.language = language
        self.audience = audience
        self._own = (*_EVERYBODYS, *own)
        self._shown = facts_shown(audience)

    def label(self, judged: JudgedRule) -> str:
        """Name a rule."""
        return sentences.label(judged.code, self.language)

    def sentence(self, judged: JudgedRule) -> str:
        """Say what a rule found."""
        return sentences.sentence(judged.verdict, self.language, name_code)

    def group_rules(self, rules: Iterable[JudgedRule]) -> dict[str, list[dict[str, Any]]]:
        """Return the lines of the rules that the reader may see, by group, all groups present."""
        groups: dict[str, list[dict[str, Any]]] = {name: [] for name in GROUPS}
        for judged in rules:
            group = "waived" if judged.is_waived else _GROUP_OF[judged.outcome]
            if self.may_read(judged):
                groups[group].append(self.rule_line(judged))
        return groups

    def rule_line(self, judged: JudgedRule) -> dict[str, Any]:
        """Return one rule as `get_match` describes it."""
        verdict = judged.verdict
        whom = sentences.asks_whom(verdict)
        return {
            "rule": judged.code,
            "label": self.label(judged),
            "outcome": verdict.outcome,
            "protects": judged.rule.protects,
            "sentence": self.sentence(judged),
            "remedy": sentences.remedy(verdict, self.language, name_code),
            "question": sentences.question(verdict, self.language, name_code),
            "whom": whom,
            "waiver": _waiver(judged),
        }

    def part_lines(self, score: Score, weights: Weights | None) -> list[dict[str, Any]]:
        """Return the parts of a score, the weightiest first; `weight` is their share of it.

        `weights` are those that it was scored by; 0 for all where they were not kept.
        """
        shares = weights.shares if weights else {}
        known = {code: each for code, each in score.parts.items() if self._may_read_part(code)}
        lines = [
            {
                "part": code,
                "label": said["label"],
                "value": said["value"],
                "weight": shares.get(code, 0.0),
                "reason": said["sentence"],
            }
            for code, measured in known.items()
            for said in [explain_part(code, measured, self.language, name_code)]
        ]
        return sorted(lines, key=lambda line: (-line["weight"], line["part"]))

    def amount_line(self, score: Score) -> dict[str, Any] | None:
        """Return `{"bound", "sentence"}`: why the proposed amount is not more."""
        if score.proposed is None:
            return None
        said = explain_amount(score.proposed, self.language, name_code)
        return {"bound": score.proposed.bound, "sentence": said["sentence"]}

    def may_read(self, judged: JudgedRule) -> bool:
        """A rule's sentence may name every fact that it reads, so all of them have to be known."""
        if self._shown is None:
            return True
        return all(
            fact in self._shown or fact.partition(".")[0] in self._own for fact in judged.rule.reads
        )

    def _may_read_part(self, code: str) -> bool:
        return code not in _NEEDS_TEXT or self.audience not in _WITHOUT_TEXT


def _waiver(judged: JudgedRule) -> dict[str, Any] | None:
    if judged.waiver is None:
        return None
    return {
        "until": judged.waiver.until,
        "asked": judged.waiver.is_asked,
        "agreed": judged.is_waived,
        "refused": judged.waiver.needs_answer
        and judged.waiver.answer is not None
        and not judged.waiver.is_agreed,
    }
