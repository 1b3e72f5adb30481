"""`registry match changes`: what changed since a day, and why."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import click

from registry.cli.matching import match
from registry.cli.root import json_option, opened_parts, tell

TITLES = {
    "new": "New matches",
    "eligible": "Came to fit",
    "needs_information": "Came to lack an answer",
    "not_eligible": "Came to be refused",
    "scores": "Scores that moved",
    "rules": "Verdicts that changed, while the outcome did not",
    "moved": "Moved on",
}


@match.command("changes")
@click.option(
    "--since",
    type=click.DateTime(["%Y-%m-%d"]),
    help="From this day on, as YYYY-MM-DD; a week ago where none is given.",
)
@json_option
def changes(since: datetime | None, as_json: bool) -> None:
    """Say what changed: new matches, outcomes, scores, states, and why."""
    from registry.identity.actor import HOUSE
    from registry.services.matches.what_changed import a_week_before, what_changed

    with opened_parts() as parts, parts.database.reading() as session:
        day = since.date() if since else a_week_before(session.today)
        found = what_changed(session, HOUSE, day)
    tell(as_json, _as_document(found), "\n".join(_lines(found)))


def _as_document(found: dict[str, Any]) -> dict[str, Any]:
    groups = {
        name: [line | {"day": line["day"].isoformat()} for line in lines]
        for name, lines in found["groups"].items()
    }
    return found | {"since": found["since"].isoformat(), "groups": groups}


def _lines(found: dict[str, Any]) -> Iterator[str]:
    if not any(found["counts"].values()):
        yield f"Nothing changed since {found['since']}."
    for name, lines in found["groups"].items():
        if lines:
            yield click.style(f"{TITLES[name]} ({found['counts'][name]})", bold=True)
            yield from (_line(line) for line in lines)
            if found["counts"][name] > len(lines):
                yield f"  … and {found['counts'][name] - len(lines)} more"


def _line(line: dict[str, Any]) -> str:
    what = f"  {line['day']}  {line['match']}  {line['category']} {line['country']}  "
    what += f"{line['state']}, {line['outcome']}, {line['score']:.2f}"
    return what + (f"\n      {_why(line['change'])}" if "change" in line else "")


def _why(change: dict[str, Any]) -> str:
    told = [f"{code}: {old or '-'} -> {new or '-'}" for code, (old, new) in change["rules"].items()]
    before, after = change["score"]
    told += [f"score {before:.2f} -> {after:.2f}"] if before != after else []
    told += [f"changed: {', '.join(change['facts'])}"] if change["facts"] else []
    for name, title in (("weights", "weights"), ("rules_version", "rules")):
        before, after = change[name]
        told += [f"{title} {before} -> {after}"] if before != after else []
    return "; ".join(told)
