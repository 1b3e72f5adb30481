"""`registry backup`: encrypted copies of the database, and the one copy of the key store."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import click

from registry.cli.root import Refused, json_option, main, opened_parts, read_settings, tell

if TYPE_CHECKING:
    from registry.services.backups.layout import Contents

FILE = click.Path(path_type=Path, dir_okay=False)
EXISTING = click.Path(path_type=Path, dir_okay=False, exists=True)


@main.group("backup")
def backup() -> None:
    """Make backups that this machine cannot read, and bring one back."""


@backup.command("create")
@click.option("--to", "recipient", required=True, help="The public key, age1..., of who reads it.")
@click.option("--out", type=FILE, help="The file to write; without it standard output.")
@json_option
def create(recipient: str, out: Path | None, as_json: bool) -> None:
    """Write a backup of the database, encrypted to an age public key, while the service runs.

    The private key belongs on another machine: with age-keygen it is made there. Keys of the
    registry are not in it; see `registry backup keys`.
    """
    from registry.services.backups.create_backup import create_backup

    if out is None and sys.stdout.isatty():
        raise Refused("A backup is no text: say --out FILE, or send it on with a pipe")
    with opened_parts() as parts:
        if out is None:
            create_backup(parts.database, recipient, sys.stdout.buffer)
            return
        with _whole_or_nothing(out) as file:
            contents = create_backup(parts.database, recipient, file)
    _tell(as_json, contents, f"Wrote {out}")


@contextmanager
def _whole_or_nothing(target: Path) -> Iterator[BinaryIO]:
    """Write beside a file, and put it in its place once it is whole and on the disk."""
    part = target.with_name(f"{target.name}.part")
    descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)


@backup.command("verify")
@click.argument("file", type=EXISTING)
@click.option("--identity", type=EXISTING, required=True, help="The file with the private key.")
@json_option
def verify(file: Path, identity: Path, as_json: bool) -> None:
    """Decrypt FILE to its end, in memory, and hold it against its own hash; exit 1 if not whole.

    Works without a data folder, on the machine that has the private key.
    """
    from registry.services.backups.verify_backup import verify_backup

    with file.open("rb") as source:
        contents = verify_backup(source, identity.read_text("utf-8"))
    _tell(as_json, contents, f"{file} is whole")


@backup.command("restore")
@click.argument("file", type=EXISTING)
@click.option("--identity", type=EXISTING, required=True, help="The file with the private key.")
@click.option("--yes", is_flag=True, help="Do not ask before the database is replaced.")
@json_option
def restore(file: Path, identity: Path, yes: bool, as_json: bool) -> None:
    """Put the backup FILE in place of the database. Stop the service first.

    Who deleted themselves since the backup was made does not come back: their keys are gone.
    Everybody has to sign in again. The search index is made anew.
    """
    from registry.jobs.lock import worker_lock
    from registry.services.backups.restore_backup import restore_backup

    with opened_parts() as parts, worker_lock(parts.settings) as stopped:
        if not stopped:
            raise Refused("The worker runs: stop the service first")
        if not yes and not click.confirm("Replace everything in the database?", err=True):
            raise Refused("Nothing was changed")
        with file.open("rb") as source:
            restored = restore_backup(parts.database, source, identity.read_text("utf-8"))
    sentence = f"Restored {file}; {restored.dropped} deleted since were left out"
    _tell(as_json, restored.contents, sentence, dropped=restored.dropped)


@backup.command("keys")
@click.option("--out", type=FILE, required=True, help="The file to write over.")
@json_option
def keys(out: Path, as_json: bool) -> None:
    """Write the one copy of the key store over the last one. The keys in it stay wrapped.

    Keep it on another mount, apart from the backups; do it every day, so that keys which were
    destroyed are soon in no copy.
    """
    from registry.services.backups.copy_keys import copy_keys

    settings = read_settings()
    if not settings.key_store_file.exists():
        raise Refused("There is no key store yet: registry init")
    copy_keys(settings, out)
    tell(as_json, {"written": str(out)}, f"Wrote the wrapped keys to {out}, over the last copy.")


def _tell(as_json: bool, contents: "Contents", sentence: str, **more: int) -> None:
    document = {"day": contents.day, "rows": dict(contents.rows), "bytes": contents.size, **more}
    rows = sum(contents.rows.values())
    tell(as_json, document, f"{sentence}: {rows} rows as of {contents.day}.")
