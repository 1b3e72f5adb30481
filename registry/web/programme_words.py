"""Programmes in words: rules as sentences, weights as shares, and what a draft changes."""

from collections.abc import Iterable, Mapping
from typing import Any

from flask_babel import gettext as _

from registry.identity.current import current_session
from registry.services.rules.describe_rule import describe_rule
from registry.web.choices import Choice
from registry.web.formats import show_number, show_percent
from registry.web.language import page_language
from registry.web.officer import blueprint, speaker_name
from search.codes import Outcome
from search.eligibility.catalogue import load_rules, optional_rules
from search.eligibility.sentences import label
from search.matching.score import load_parts


@blueprint.app_template_global()
def name_programme(name: str | None) -> str:
    """Return what a programme is called; the house's general one has a name in every language."""
    return name or str(_("General programme"))


@blueprint.app_template_global()
def name_programme_version(number: int) -> str:
    """Return "version 3", or what stands before the first one."""
    return str(_("version %(number)s", number=number) if number else _("as the house began"))


def rule_choices() -> list[Choice]:
    """Return the optional rules, each with what it refuses, its gaps named."""
    return [Choice(code, _label(code), _refusal(code)) for code in sorted(optional_rules())]


def _label(code: str) -> str:
    return label(code, page_language())


def _refusal(code: str) -> str:
    rule = describe_rule(load_rules()[code], page_language(), current_session().today)
    lines = dict(rule["outcomes"])[Outcome.NOT_MET]
    return str(_("It refuses a pair where: %(sentence)s", sentence=lines[0]["sentence"]))


def weight_labels() -> dict[str, str]:
    """Return what the weights' fields are called."""
    parts = load_parts().items()
    labels = {f"weight_{code}": part.label.in_language(page_language()) for code, part in parts}
    return labels | {"applied": str(_("Rules that apply")), "weights": str(_("Weights"))}


@blueprint.app_template_global()
def share_of_weight(weights: Mapping[str, int], code: str) -> str:
    """Return what a part is of the whole, as "15 %"."""
    return str(show_percent(weights[code] / sum(weights.values())))


def change_lines(now: Mapping[str, Any], then: Mapping[str, Any]) -> list[tuple[str, str, str]]:
    """Return (what, as it stands, as it would be) for every rule and weight that differs."""
    rules = sorted(set(now["left_out"]) ^ set(then["left_out"]))
    lines = [(_label(code), _applies(code, now), _applies(code, then)) for code in rules]
    for code, part in load_parts().items():
        if now["weights"][code] != then["weights"][code]:
            name = part.label.in_language(page_language())
            lines.append((name, _weight(now["weights"], code), _weight(then["weights"], code)))
    return lines


def _applies(code: str, terms: Mapping[str, Any]) -> str:
    return str(_("left out") if code in terms["left_out"] else _("applies"))


def _weight(weights: Mapping[str, int], code: str) -> str:
    share = share_of_weight(weights, code)
    return str(_("%(weight)s (%(share)s)", weight=show_number(weights[code]), share=share))


def version_lines(versions: Iterable[Mapping[str, Any]]) -> list[tuple[Any, str, str, str]]:
    """Return versions as lines of a history: (day, who, what, why)."""
    return [
        (
            each["day"],
            speaker_name("officer", is_me=each["by_me"], by=each["by"]),
            _say_version(each),
            each["reason"] or "",
        )
        for each in versions
    ]


def _say_version(version: Mapping[str, Any]) -> str:
    left_out = ", ".join(_label(code) for code in version["left_out"])
    what = str(_("Version %(number)s.", number=version["number"]))
    if left_out:
        what += " " + str(_("Left out: %(rules)s.", rules=left_out))
    return what
