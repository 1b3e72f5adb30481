"""`registry keys`: rotating the data keys, and destroying them."""

from dataclasses import replace
from pathlib import Path

import click

from registry.cli.master_key import ask_passphrase
from registry.cli.root import (
    Refused,
    json_option,
    main,
    opened_parts,
    progress,
    read_settings,
    tell,
)

WORD = "destroy"
DONE = (
    "Every key is destroyed. End what still runs, and destroy the copy of the key store and the "
    "master key where they are kept elsewhere."
)


@main.group("keys")
def keys() -> None:
    """Look after the keys that guard what people write."""


@keys.command("rotate")
@json_option
def rotate(as_json: bool) -> None:
    """Make new data keys and encrypt every guarded row anew, while the service runs.

    Where it is cut off, the same command goes on. Old keys stay for 35 days, because backups of
    that time need them; the worker destroys them then.
    """
    from registry.services.keys.rotate_keys import rotate_keys
    from registry.storage.guarded_rows import count_rows

    with opened_parts() as parts:
        with parts.database.reading() as session:
            rows = count_rows(session)
        with progress(rows, "Encrypting anew") as bar:
            renewed = rotate_keys(parts.database, tell=bar.update)
    tell(as_json, {"renewed": renewed}, f"Every key is new; {renewed} rows were encrypted anew.")


@keys.command("rewrap")
@click.option("--to", type=click.Path(path_type=Path), help="The file or descriptor of a new key.")
@click.option("--passphrase", is_flag=True, help="Make the new master key of one that you type.")
@json_option
def rewrap(to: Path | None, passphrase: bool, as_json: bool) -> None:
    """Change the master key: wrap every data key with another one. Stop the service first.

    It is done at once or not at all. Afterwards start with the new key, write a new copy of the
    key store (registry backup keys), and destroy the old key and its copies.
    """
    from registry.jobs.lock import worker_lock
    from registry.privacy.master_key import read_master_key
    from registry.privacy.master_passphrase import NOTE, new_stretching

    if passphrase == (to is not None):
        raise click.UsageError("Say either --to PATH or --passphrase")
    with opened_parts() as parts, worker_lock(parts.settings) as stopped:
        if not stopped:
            raise Refused("The worker runs: stop the service first, then start it with the new key")
        if to is not None:
            new = read_master_key(replace(parts.settings, master_key_file=to.absolute()))
            parts.vault.keys.rewrap(new, NOTE, None)
        else:
            typed = ask_passphrase(new=True)
            stretching = new_stretching(typed)
            parts.vault.keys.rewrap(stretching.make_key(typed), NOTE, stretching.to_note())
    tell(as_json, {"rewrapped": True}, "Every key is wrapped by the new master key.")


@keys.command("destroy")
@click.option("--yes", is_flag=True, help="Do not ask: there is no time.")
@json_option
def destroy(yes: bool, as_json: bool) -> None:
    """Make everything unreadable, at once and for ever. Nobody can undo it.

    Needs no master key, and does not wait for the service to stop: its worker ends by itself.
    Copies of the key store elsewhere have to be destroyed too.
    """
    from registry.services.keys.destroy_keys import destroy_keys

    if not yes:
        typed = click.prompt(f"Type {WORD} to make everything unreadable for ever", err=True)
        if typed.strip() != WORD:
            raise Refused("Nothing was destroyed")
    troubles = destroy_keys(read_settings())
    sentences = [DONE, *troubles]
    tell(as_json, {"destroyed": True, "troubles": troubles}, "\n".join(sentences))
