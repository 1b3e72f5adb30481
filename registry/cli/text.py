"""`registry text`: what the text analysis makes of words."""

import json
import sys
from collections.abc import Iterable

import click

from registry.cli.root import json_option, main


@main.group()
def text() -> None:
    """Look into the text analysis."""


@text.command("terms")
@click.option("--language", help="Language of the texts (be, ru, uk, pl, lt, en); else told apart.")
@click.argument("texts", nargs=-1, metavar="[TEXT...]")
@json_option
def text_terms(
    language: str | None,
    texts: tuple[str, ...],
    as_json: bool,  # noqa: ARG001 - it is JSON in any case
) -> None:
    """Print the terms that each TEXT yields, before keying: a line {"terms": [...]} each.

    Without TEXT every line of standard input is one.
    """
    from search.text.analysis import possible_terms

    refused = False
    for each in texts or _lines_of_input():
        if each is None:
            refused = True
            click.echo(json.dumps({"error": {"code": "not_utf8", "message": "Write UTF-8."}}))
            continue
        click.echo(json.dumps({"terms": possible_terms(each, language)}, ensure_ascii=False))
    if refused:
        click.get_current_context().exit(1)


def _lines_of_input() -> Iterable[str | None]:
    for line in sys.stdin.buffer:
        try:
            yield line.decode("utf-8").rstrip("\r\n")
        except UnicodeDecodeError:
            yield None
