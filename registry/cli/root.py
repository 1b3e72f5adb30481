"""The command's root: settings, errors as sentences, and every group of subcommands.

Heavy parts are imported when a command opens them, so that `--help` and the commands that need
no database answer at once.
"""

import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

from registry.config import Settings
from registry.domain.errors import RegistryError

if TYPE_CHECKING:
    from registry.app.parts import Parts

OWNER_ONLY = 0o077
"""The umask of every command: what it makes, nobody else reads."""

TROUBLES = {
    "locked": "Something else is writing to the database: try again in a moment",
    "no such": "The database has not its newest shape yet: registry init",
    "full": "There is no room left where the data folder is",
}
"""A sign in SQLite's message -> what to do."""


class Refused(RegistryError):  # noqa: N818 - said to a person, who reads the sentence
    """A command cannot do what was asked; its message says why and what to do instead."""


class Commands(click.Group):
    """A group whose commands end with 1 and one sentence when the registry refuses."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except RegistryError as error:
            click.echo(f"registry: {str(error) or error.code}", err=True)
            ctx.exit(1)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """Keep needs and offers, find what fits, say why."""
    os.umask(OWNER_ONLY)


def json_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the `--json` switch that every command has."""
    return click.option("--json", "as_json", is_flag=True, help="Answer as JSON, for machines.")(
        command
    )


def tell(as_json: bool, document: dict[str, Any], text: str) -> None:
    """Print the answer: the document for machines, the text for people."""
    click.echo(json.dumps(document, ensure_ascii=False) if as_json else text)


def read_settings() -> Settings:
    """Read the settings; unsafe ones end the command with their remedy."""
    return Settings.from_env()


@contextmanager
def opened_parts() -> "Iterator[Parts]":
    """Open vault, database and index for one command, and close them.

    Raises:
        Refused: the database cannot be used now; the message says what to do.
    """
    from sqlalchemy.exc import OperationalError

    from registry.app.parts import open_parts
    from registry.cli.master_key import with_master_key

    settings = read_settings()
    if not settings.data_dir.is_dir():
        raise Refused(f"There is no data folder {settings.data_dir}; make one with: registry init")
    settings = with_master_key(settings)
    parts = open_parts(settings)
    try:
        _check_shape(parts)
        yield parts
    except OperationalError as error:
        remedies = (remedy for sign, remedy in TROUBLES.items() if sign in str(error.orig))
        raise Refused(next(remedies, "The database cannot be used: registry doctor")) from error
    finally:
        parts.database.engine.dispose()


def _check_shape(parts: "Parts") -> None:
    from registry.storage.migrate import is_migrated

    if not is_migrated(parts.database.engine):
        raise Refused("The database is not in its newest shape; bring it there with: registry init")


def progress(length: int | None, label: str) -> Any:
    """Make a progress bar that is silent where nobody looks."""
    return click.progressbar(
        length=length, label=label, file=sys.stderr, hidden=not sys.stderr.isatty()
    )
