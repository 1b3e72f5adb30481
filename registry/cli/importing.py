"""`registry import`: organisations, donors, needs and offers from a file."""

from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from registry.cli.naming import find_account_named
from registry.cli.root import Refused, json_option, main, opened_parts, progress, tell

if TYPE_CHECKING:
    from registry.services.imports.report import ImportReport, RowProblem
    from registry.services.imports.seal_rows import SealTo
    from registry.storage.database import Database

KINDS = ("organisations", "donors", "needs", "offers")
SEALING = ("organisations", "donors")
ENDINGS = (".jsonl", ".csv", ".xlsx")
MOST_SHOWN = 100
FIELD_WIDTH = 28


@main.command("import")
@click.argument("kind", type=click.Choice(KINDS))
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Check everything and change nothing.")
@click.option("--partial", is_flag=True, help="Import the good rows where others are refused.")
@click.option(
    "--seal-to",
    metavar="ACCOUNT",
    help="Seal contact, legal_name and payout to this account (name or id): it alone reads them.",
)
@json_option
def import_command(
    *,
    kind: str,
    file: Path,
    dry_run: bool,
    partial: bool,
    seal_to: str | None,
    as_json: bool,
) -> None:
    """Import records from FILE: .jsonl, .csv, or the first sheet of .xlsx.

    All rows or none, unless --partial is given. Records are known by their external_id: one that
    is there already is changed where its row differs from the last import, and the same file
    twice changes nothing. A row is the whole record: what it leaves out is emptied; but a status,
    state or vetting that it leaves out stays, and records that are not in the file stay untouched.

    What is sealed (contact, legal_name, payout) is taken with --seal-to, and only where the record
    is new: later its owner alone changes it.

    Ends with 1 where a row was refused.
    """
    check_ending(file)
    if seal_to is not None and kind not in SEALING:
        raise Refused("Only organisations and donors have something to seal: leave --seal-to out")
    report = run_import(
        kind, file, dry_run=dry_run, partial=partial, quiet=as_json, seal_to=seal_to
    )
    text = "\n".join(describe(report, file.name, dry_run=dry_run, partial=partial))
    tell(as_json, report.document(), text)
    if report.refused:
        click.get_current_context().exit(1)


def check_ending(file: Path) -> None:
    """Refuse a file of another kind as wrong usage."""
    if file.suffix.lower() not in ENDINGS:
        raise click.BadParameter(
            f"its name has to end in one of {', '.join(ENDINGS)}", param_hint="FILE"
        )


def run_import(
    kind: str,
    file: Path,
    *,
    dry_run: bool,
    partial: bool,
    quiet: bool,
    seal_to: str | None = None,
) -> "ImportReport":
    """Import a file with a progress bar for whoever looks on."""
    from registry.identity.actor import HOUSE
    from registry.services.imports.import_file import import_file

    bar: Any = nullcontext() if quiet else progress(file.stat().st_size, f"Importing {kind}")
    with opened_parts() as parts, bar as shown:
        return import_file(
            parts.database,
            HOUSE,
            kind,
            file,
            dry_run=dry_run,
            partial=partial,
            seal_to=_find_sealing(parts.database, seal_to) if seal_to is not None else None,
            on_progress=shown.update if shown is not None else lambda _bytes: None,
        )


def _find_sealing(database: "Database", name: str) -> "SealTo":
    """Return the account that the sealed fields of a file are sealed to."""
    from registry.services.imports.seal_rows import SealTo
    from registry.storage.envelopes import AccountKey

    with database.reading() as session:
        pair = session.get(AccountKey, find_account_named(session, name).id)
        if pair is None:
            raise Refused("This account has no key pair yet: it gets one by signing in once")
        return SealTo(pair.account_id, pair.public)


def describe(report: "ImportReport", name: str, *, dry_run: bool, partial: bool) -> list[str]:
    """Say in sentences what an import came to, problems first."""
    problems = [line_of(problem) for problem in report.problems[:MOST_SHOWN]]
    hidden = len(report.problems) - len(problems)
    if problems:
        problems.insert(0, f"{'line':>7}  {'field':{FIELD_WIDTH}}  what to do")
        problems.append("")
    if hidden:
        problems.insert(-1, f"... and {hidden:,} more; --json shows all of them.")
    warnings = describe_warnings(report)
    return [*problems, *warnings, *summarise(report, name, dry_run=dry_run, partial=partial)]


def describe_warnings(report: "ImportReport") -> list[str]:
    """Say which texts give people away: they are taken, and had better be mended in the file."""
    told = [line_of(warning) for warning in report.warnings[:MOST_SHOWN]]
    hidden = len(report.warnings) - len(told)
    if told:
        told.insert(0, f"{'line':>7}  {'field':{FIELD_WIDTH}}  taken as it is, better mended")
        told.append(f"... and {hidden:,} more; --json shows all of them." if hidden else "")
    return told


def line_of(problem: "RowProblem") -> str:
    """Write one problem as a line of the table."""
    shown = problem.document()
    return f"{shown['line']:>7}  {shown['field'] or '(row)':{FIELD_WIDTH}}  {shown['message']}"


def summarise(report: "ImportReport", name: str, *, dry_run: bool, partial: bool) -> list[str]:
    """Say how many rows there were and what became of them."""
    counts = (
        f"{name}: {report.rows:,} rows; {report.created:,} new, {report.changed:,} changed, "
        f"{report.unchanged:,} unchanged, {report.refused:,} refused."
    )
    if report.refused and not partial:
        rest = ", or import the rest with --partial" if report.rows > report.refused else ""
        return [counts, f"Nothing was imported. Mend the rows above{rest}."]
    return [counts, "Dry run: nothing was imported."] if dry_run else [counts]
