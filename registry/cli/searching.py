"""`registry search`: what the index finds, as the pages would."""

from typing import TYPE_CHECKING, Any

import click

from registry.cli.plain import write_json
from registry.cli.root import Refused, json_option, main, opened_parts
from registry.domain.errors import RecordRefusedError, SearchUnavailableError
from search.codes import CATEGORIES

if TYPE_CHECKING:
    from registry.app.parts import Parts

MOST = 100


@main.command("search")
@click.argument("kind", type=click.Choice(["needs", "offers"]))
@click.argument("query")
@click.option(
    "--category", type=click.Choice(CATEGORIES), metavar="CATEGORY", help="Item or group."
)
@click.option("--country", help="ISO 3166-1 code, as LT.")
@click.option("--status", help="As open.")
@click.option("--limit", type=click.IntRange(1, MOST), default=25, show_default=True)
@json_option
def search(
    kind: str,
    query: str,
    *,
    category: str | None,
    country: str | None,
    status: str | None,
    limit: int,
    as_json: bool,
) -> None:
    """Find needs or offers by the words of QUERY, in any form and language the registry reads.

    Where no worker lives, what changed since the index was last filled is indexed first.
    """
    filters = {"category": category, "country": country, "status": status}
    with opened_parts() as parts:
        bring_up_to_date(parts)
        page = _find(parts, kind, query, filters, limit)
    if as_json:
        click.echo(write_json({"items": page.items, "total": page.total, "mended": page.mended}))
        return
    for word in page.mended:
        meant = ", ".join(word["looked_for"])
        click.echo(f"Looked for {meant} as well as {word['written']}.", err=True)
    for item in page.items:
        click.echo(_line(item))
    click.echo(f"{len(page.items)} of {page.total} found.", err=True)


def bring_up_to_date(parts: "Parts") -> None:
    """Do what waits where no worker does it; say so, because it may take a while."""
    from registry.cli.index import drain_here
    from registry.jobs.by_hand import count_waiting
    from registry.jobs.lock import worker_lock
    from registry.services.index_records import check_index

    with worker_lock(parts.settings) as mine:
        if not mine:
            return
        waiting = count_waiting(parts.database)
        with parts.database.reading() as session:
            usable = check_index(session)
        if waiting or not usable:
            click.echo("No worker lives: bringing the index up to date first.", err=True)
            drain_here(parts.database)


def _find(parts: "Parts", kind: str, query: str, filters: dict[str, str | None], limit: int) -> Any:
    from registry.identity.actor import HOUSE
    from registry.services.search_records import search_records
    from search.index.protocol import Kind

    wanted = Kind.NEED if kind == "needs" else Kind.OFFER
    try:
        with parts.database.reading() as session:
            return search_records(session, HOUSE, wanted, query, filters=filters, limit=limit)
    except RecordRefusedError as error:
        raise Refused(str(error.__cause__ or error)) from error
    except SearchUnavailableError as error:
        raise Refused(str(error.__cause__ or error)) from error


def _line(item: dict[str, Any]) -> str:
    what = item.get("category") or ", ".join(item.get("categories", ())) or "everything"
    where = item.get("country") or ", ".join(item.get("countries", ())) or "everywhere"
    name = item.get("external_id", item["id"])
    return (
        f"{item['score']:6.2f}  {name}  {what}  {where}  {item['status']}  {item.get('title', '')}"
    )
