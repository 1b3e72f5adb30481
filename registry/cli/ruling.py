"""Rules as lines on a terminal, and as documents for machines."""

from collections.abc import Iterator
from difflib import get_close_matches
from typing import Any

import click

from registry.cli.root import Refused
from registry.domain.msgid import N_
from registry.services.name_code import name_code, say
from search.codes import Party
from search.eligibility.catalogue import load_rules
from search.eligibility.rule import Rule


def find_rule(code: str) -> Rule:
    """Return a rule by its code.

    Raises:
        Refused: there is none; the message names the nearest code.
    """
    rules = load_rules()
    if code in rules:
        return rules[code]
    near = get_close_matches(code, rules, n=1)
    hint = f"did you mean {near[0]}?" if near else "list them with: registry rules list"
    raise Refused(f"There is no rule {code}; {hint}")


def to_document(found: dict[str, Any]) -> dict[str, Any]:
    """Turn a description of a rule into what JSON can hold, with flat outcomes."""
    days = {name: found[name].isoformat() if found[name] else None for name in ("from", "to")}
    outcomes = [
        {"outcome": outcome, **line} for outcome, lines in found["outcomes"] for line in lines
    ]
    return {**found, **days, "outcomes": outcomes}


def write_catalogue(found: list[dict[str, Any]], language: str) -> str:
    """Write a line for each rule."""
    width = max(len(rule["code"]) for rule in found)
    return "\n".join(_catalogue_line(rule, width, language) for rule in found)


def _catalogue_line(rule: dict[str, Any], width: int, language: str) -> str:
    marks = [N_("optional")] * rule["optional"]
    marks += [N_("not in force today")] * (not rule["in_force"])
    end = f"  [{', '.join(say(mark, language) for mark in marks)}]" if marks else ""
    return f"{rule['code']:<{width}}  {rule['protects']:<12}  {rule['label']}{end}"


def write_rule(rule: dict[str, Any], language: str) -> str:
    """Write all that a rule can say, in the given language; codes and stories are as they are."""
    return "\n".join(_rule_lines(rule, language))


def _rule_lines(rule: dict[str, Any], language: str) -> Iterator[str]:
    yield click.style(f"{rule['code']}: {rule['label']}", bold=True)
    yield from _head_lines(rule, language)
    for outcome, lines in rule["outcomes"]:
        if lines:
            yield f"\n{click.style(name_code('outcome', outcome, language), bold=True)}"
        for line in lines:
            yield from _sentence_lines(line, language)
    yield f"\n{click.style(say(N_('Stories'), language), bold=True)}"
    yield from (f"  {story['story']} -> {story['expect']}" for story in rule["stories"])


def _head_lines(rule: dict[str, Any], language: str) -> Iterator[str]:
    optional = N_("yes, a programme may leave it out") if rule["optional"] else N_("no")
    lines = (
        (N_("protects"), name_code("party", rule["protects"], language)),
        (N_("optional"), say(optional, language)),
        (N_("in force"), _span(rule, language)),
        (N_("reads"), ", ".join(rule["reads"])),
        (N_("why"), rule["reference"]),
    )
    named = [(say(name, language), text) for name, text in lines]
    width = max(len(name) for name, _ in named)
    yield from (f"{name:<{width}}   {text}" for name, text in named)


def _span(rule: dict[str, Any], language: str) -> str:
    begins, ends = rule["from"], rule["to"]
    if begins is None and ends is None:
        return say(N_("always"), language)
    parts = [say(N_("from %(day)s"), language) % {"day": begins}] * (begins is not None)
    parts += [say(N_("until %(day)s"), language) % {"day": ends}] * (ends is not None)
    today = "" if rule["in_force"] else f" ({say(N_('not in force today'), language)})"
    return " ".join(parts) + today


_ASKED = {
    Party.ORGANISATION: N_("To ask the organisation:"),
    Party.DONOR: N_("To ask the donor:"),
    Party.OFFICER: N_("To find out by an officer:"),
}


def _sentence_lines(line: dict[str, Any], language: str) -> Iterator[str]:
    yield f"  {line['sentence']}"
    if line["remedy"]:
        yield f"    {say(N_('What would change it:'), language)} {line['remedy']}"
    if line["question"]:
        yield f"    {say(_ASKED[line['whom']], language)} {line['question']}"
