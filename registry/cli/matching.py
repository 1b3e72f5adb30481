"""`registry match`: proposing pairs, saying why, and judging pairs from a file."""

import json
from typing import BinaryIO

import click

from registry.cli.root import json_option, main, opened_parts, read_settings, tell
from search.codes import PAGE_LANGUAGES

language_option = click.option(
    "--language",
    type=click.Choice(PAGE_LANGUAGES),
    default=PAGE_LANGUAGES[0],
    show_default=True,
    help="Language of what is said; codes stay as they are.",
)


@main.group()
def match() -> None:
    """Find what fits together, and say why."""


@match.command("assess")
@click.argument("file", type=click.File("rb"))
@language_option
@json_option
def assess(
    file: BinaryIO,
    language: str,
    as_json: bool,  # noqa: ARG001 - it is JSON in any case
) -> None:
    """Judge the pairs of FILE (JSON lines; - is standard input) without any database.

    A line {"need": {...}, "organisation": {...}, "offer": {...}, "on": "YYYY-MM-DD"} becomes a
    line with outcome, verdicts, score and parts. One that cannot be judged becomes {"error": ...}
    in its place; the exit code is then 1.
    """
    from registry.cli.assessing import assess_lines

    failed = False
    for answer in assess_lines(file, language, read_settings()):
        failed = failed or "error" in answer
        click.echo(json.dumps(answer, ensure_ascii=False), nl=True)
    if failed:
        click.get_current_context().exit(1)


@match.command("explain")
@click.argument("need")
@click.argument("offer")
@language_option
@json_option
def explain(need: str, offer: str, language: str, as_json: bool) -> None:
    """Say of NEED and OFFER (ids or external ids) what every rule and every part finds.

    With it: why the pair does not come about, the smallest change of facts by which it would, and
    for a need that no offer is eligible for, the offers that come nearest.
    """
    from registry.cli.explaining import write_explanation
    from registry.cli.naming import find_named
    from registry.identity.actor import HOUSE
    from registry.services.matches.explain_pair import explain_pair
    from registry.services.matches.nearest_offers import nearest_offers
    from registry.services.name_code import name_code
    from registry.storage.needs import Need
    from registry.storage.offers import Offer

    with opened_parts() as parts, parts.database.reading() as session:
        asking, giving = find_named(session, Need, need), find_named(session, Offer, offer)
        found = explain_pair(session, HOUSE, asking, giving, language, labels=name_code)
        found |= nearest_offers(session, HOUSE, asking, language, labels=name_code)
    tell(as_json, found, write_explanation(found, language))


@match.command("run")
@click.option("--need", help="Only this need (id or external id).")
@click.option("--offer", help="Only this offer (id or external id).")
@json_option
def run(need: str | None, offer: str | None, as_json: bool) -> None:
    """Propose matches: every open need beside every open offer, or one of them."""
    from registry.cli.proposing import propose

    with opened_parts() as parts:
        stored = propose(parts.database, need, offer)
    document = {
        "proposed": stored.proposed,
        "reopened": stored.reopened,
        "changed": stored.changed,
        "expired": stored.expired,
    }
    text = (
        f"{stored.proposed} new proposals, {stored.reopened} proposed again, "
        f"{stored.changed} changed in what is said of them, {stored.expired} no longer fit."
    )
    tell(as_json, document, text)


@match.command("whatif")
@click.argument("offer")
@click.option("--relax", "rule", help="Only this rule (its code; `registry rules list`).")
@language_option
@json_option
def whatif(offer: str, rule: str | None, language: str, as_json: bool) -> None:
    """Count what would change if OFFER (id or external id) were not held to one of its rules.

    For each rule: the needs that fail only it; of these, for how many the offer would be among the
    best three; and how many would really be helped, because no other offer serves them and the
    budget reaches. The first number alone misleads.
    """
    from registry.cli.naming import find_named
    from registry.cli.what_if import check_rule, write_counts
    from registry.identity.actor import HOUSE
    from registry.services.matches.what_if import what_if
    from registry.storage.offers import Offer
    from search.matching.sides import judge_by_grid

    rules = check_rule(rule)
    with opened_parts() as parts, parts.database.reading() as session:
        giving = find_named(session, Offer, offer)
        found = what_if(session, HOUSE, giving, language, rules=rules, judge_sides=judge_by_grid)
    tell(as_json, found, write_counts(found, language))
