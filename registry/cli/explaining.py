"""An explanation of a pair as lines on a terminal."""

import json
from collections.abc import Iterator
from typing import Any

import click

from registry.domain.msgid import N_
from registry.services.name_code import name_code, say
from search.codes import Outcome, PairOutcome

BAR_LENGTH = 20

SHOWN_FIRST = (
    Outcome.NOT_MET,
    Outcome.NEEDS_INFORMATION,
    Outcome.MET,
    Outcome.NOT_IN_FORCE,
)
"""The order of the groups of rules: what has to be looked at comes first."""


def write_explanation(found: dict[str, Any], language: str) -> str:
    """Write what `explain_pair` returns for people, in the language its sentences are in."""
    return "\n".join(_lines(found, language))


def _lines(found: dict[str, Any], language: str) -> Iterator[str]:
    yield _bold(name_code("pair_outcome", found["outcome"], language) + ".")
    if found["proposed"] and found["outcome"] != PairOutcome.NOT_ELIGIBLE:
        yield found["proposed"]["sentence"]
    for outcome in SHOWN_FIRST:
        rules = [each for each in found["rules"] if each["outcome"] == outcome]
        if rules:
            yield f"\n{_bold(name_code('outcome', outcome, language))}"
            yield from (_rule_line(each, language) for each in rules)
    yield from _score_lines(found, language)
    yield from _why_not_lines(found["why_not"], language)
    if found["changes"] or found["beyond"]:
        yield _head(N_("What would change it"), language)
        yield from map(_change_line, found["changes"])
        yield from (f"  {each['rule']}: {each['sentence']}" for each in found["beyond"])
    if found["nearest"]:
        yield _head(N_("No offer fits this need. The nearest are"), language)
        yield from map(_near_line, found["nearest"])


def _score_lines(found: dict[str, Any], language: str) -> Iterator[str]:
    known = say(N_("known"), language)
    yield f"{_head(N_('Score'), language)} {found['score']:.2f}   {known} {found['confidence']:.2f}"
    yield from map(_part_line, found["parts"])
    judged = say(N_("Judged by: %(programme)s; weights %(weights)s, rules %(rules)s."), language)
    yield judged % {
        "programme": _say_programme(found, language),
        "weights": found["weights_version"],
        "rules": found["rules_version"],
    }


def _say_programme(found: dict[str, Any], language: str) -> str:
    """Name the programme and its version; the house's general one has no name of its own."""
    name = found["programme_name"] or say(N_("General programme"), language)
    number = found["programme_version"]
    version = N_("version %(number)s") if number else N_("as the house began")
    return f"{name}, {say(version, language) % {'number': number}}"


def _rule_line(rule: dict[str, Any], language: str) -> str:
    waived = f" [{say(N_('set aside'), language)}]" if rule["waived"] else ""
    return f"  {rule['rule']}{waived}: {rule['sentence']}"


def _why_not_lines(why_not: dict[str, Any] | None, language: str) -> Iterator[str]:
    if why_not is None:
        return
    by = f" ({why_not['by']}, {why_not['reason_code']}, {why_not['day']})" if why_not["by"] else ""
    named = name_code("why_not", why_not["class"], language)
    yield f"{_head(N_('Why not'), language)}: {named}{by}."


def _change_line(change: dict[str, Any]) -> str:
    """Write a change with its values, as facts hold them, behind its sentence."""
    fact = f"{change['record']}.{change['field']}"
    was, to = (json.dumps(change[each], ensure_ascii=False) for each in ("from", "to"))
    return f"  {change['rule']}: {change['sentence']}\n      {fact}: {was} -> {to}"


def _near_line(near: dict[str, Any]) -> str:
    sentences = [each["sentence"] for each in (*near["changes"], *near["beyond"])]
    return f"  {near['offer']}  {near['score']:.2f}  {' '.join(sentences)}"


def _part_line(part: dict[str, Any]) -> str:
    return f"  {draw_bar(part['value'])} {part['value']:.2f}  {part['label']}. {part['sentence']}"


def draw_bar(value: float) -> str:
    """Draw a value from 0 to 1 as a bar of fixed length."""
    filled = round(value * BAR_LENGTH)
    return "█" * filled + "·" * (BAR_LENGTH - filled)


def _head(msgid: str, language: str) -> str:
    return f"\n{_bold(say(msgid, language))}"


def _bold(text: str) -> str:
    return click.style(text, bold=True)
