"""Rules as lines on a terminal, and as documents for machines."""

from collections.abc import Iterator
from difflib import get_close_matches
from typing import Any

import click

from registry.cli.root import Refused
from registry.services.name_code import name_code
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


def write_catalogue(found: list[dict[str, Any]]) -> str:
    """Write a line for each rule."""
    width = max(len(rule["code"]) for rule in found)
    return "\n".join(_catalogue_line(rule, width) for rule in found)


def _catalogue_line(rule: dict[str, Any], width: int) -> str:
    marks = ["optional"] * rule["optional"] + ["not in force today"] * (not rule["in_force"])
    end = f"  [{', '.join(marks)}]" if marks else ""
    return f"{rule['code']:<{width}}  {rule['protects']:<12}  {rule['label']}{end}"


def write_rule(rule: dict[str, Any], language: str) -> str:
    """Write all that a rule can say; its own sentences are in the given language."""
    return "\n".join(_rule_lines(rule, language))


def _rule_lines(rule: dict[str, Any], language: str) -> Iterator[str]:
    yield click.style(f"{rule['code']}: {rule['label']}", bold=True)
    yield f"protects   {rule['protects']}"
    yield f"optional   {'yes, a programme may leave it out' if rule['optional'] else 'no'}"
    yield f"in force   {_span(rule)}"
    yield f"reads      {', '.join(rule['reads'])}"
    yield f"why        {rule['reference']}"
    for outcome, lines in rule["outcomes"]:
        if lines:
            yield f"\n{click.style(name_code('outcome', outcome, language), bold=True)}"
        for line in lines:
            yield from _sentence_lines(line)
    yield f"\n{click.style('Stories', bold=True)}"
    yield from (f"  {story['story']} -> {story['expect']}" for story in rule["stories"])


def _span(rule: dict[str, Any]) -> str:
    begins, ends = rule["from"], rule["to"]
    if begins is None and ends is None:
        return "always"
    parts = [f"from {begins}"] * (begins is not None) + [f"until {ends}"] * (ends is not None)
    return " ".join(parts) + ("" if rule["in_force"] else " (not today)")


def _sentence_lines(line: dict[str, Any]) -> Iterator[str]:
    yield f"  {line['sentence']}"
    if line["remedy"]:
        yield f"    would change it: {line['remedy']}"
    if line["question"]:
        yield f"    asks the {line['whom']}: {line['question']}"
