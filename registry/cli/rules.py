"""`registry rules`: the catalogue of rules, from their own declarations."""

import click

from registry.cli.matching import language_option
from registry.cli.root import json_option, main, tell


@main.group()
def rules() -> None:
    """Read the rules that decide which pairs are proposed."""


@rules.command("list")
@language_option
@json_option
def list_rules(language: str, as_json: bool) -> None:
    """List every rule: its code, its name, whom it protects, whether it is in force today."""
    from registry.cli.ruling import write_catalogue
    from registry.domain.clock import utc_day
    from registry.services.rules.describe_rule import describe_rules

    found = describe_rules(language, utc_day())
    keys = ("code", "label", "protects", "optional", "in_force", "from", "to")
    items = [{key: _plain(rule[key]) for key in keys} for rule in found]
    tell(as_json, {"items": items}, write_catalogue(found, language))


@rules.command("show")
@click.argument("rule")
@language_option
@json_option
def show_rule(rule: str, language: str, as_json: bool) -> None:
    """Show all that RULE (its code) can say, what it asks and whom, and its stories."""
    from registry.cli.ruling import find_rule, to_document, write_rule
    from registry.domain.clock import utc_day
    from registry.services.rules.describe_rule import describe_rule

    found = describe_rule(find_rule(rule), language, utc_day())
    tell(as_json, to_document(found), write_rule(found, language))


def _plain(value: object) -> object:
    return value if value is None or isinstance(value, bool) else str(value)
