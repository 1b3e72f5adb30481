"""`registry demo`: the demonstration data, and the codes of its accounts."""

import time
from contextlib import nullcontext
from typing import Any

import click

from registry.cli.root import (
    Refused,
    json_option,
    main,
    opened_parts,
    progress,
    read_settings,
    tell,
)
from registry.domain.roles import Role

STEPS = 6


@main.group("demo", invoke_without_command=True)
@json_option
@click.pass_context
def demo(context: click.Context, as_json: bool) -> None:
    """Load the demonstration data into a registry for trying out.

    Safe to repeat: what was loaded once is not loaded again. The accounts, one per role, stand in
    demo-accounts.txt in the data folder.
    """
    if context.invoked_subcommand is None:
        loaded = load(quiet=as_json)
        path = str(read_settings().demo_accounts_file)
        said = "The demonstration data is loaded" if loaded else "It was loaded before"
        tell(as_json, {"loaded": loaded, "accounts": path}, f"{said}; its accounts: {path}")


@demo.command("code")
@click.argument("role", type=click.Choice([str(role) for role in Role]))
@json_option
def code(role: str, as_json: bool) -> None:
    """Print the code that the second factor of ROLE's demonstration account shows now.

    A code works once: where the present one was used, the next one is printed, and waited for if
    need be.
    """
    from registry.identity.second_factor import STEP_SECONDS, code_of, next_step, shared_secret
    from registry.services.imports.demo_accounts import find_demo_account

    now = time.time()
    with opened_parts() as parts, parts.database.reading() as session:
        account = find_demo_account(session, Role(role))
        secret = shared_secret(session.vault, account) if account is not None else None
        if account is None or secret is None:
            raise Refused(
                f"There is no demonstration account of the {role} with a second factor: its name "
                "and passphrase are enough, or registry demo was never loaded here"
            )
        begins = next_step(session.vault, account, now) * STEP_SECONDS
    # A code is taken half a minute before its time, too.
    time.sleep(max(0.0, begins - STEP_SECONDS - time.time()))
    shown = {"code": code_of(secret, begins), "seconds": int(begins + 2 * STEP_SECONDS - now)}
    tell(as_json, shown, str(shown["code"]))


def load(*, only_where_new: bool = False, quiet: bool = False) -> bool:
    """Load the demonstration data unless it stands already; say whether that was done now."""
    from registry.app import create_app_from
    from registry.services.imports.load_demo import load_demo

    bar: Any = nullcontext() if quiet else progress(STEPS, "Loading the demonstration")
    # Hashing a passphrase asks the application how.
    with opened_parts() as parts, create_app_from(parts).app_context(), bar as shown:
        return load_demo(
            parts.database,
            only_where_new=only_where_new,
            on_step=lambda _step: shown.update(1) if shown is not None else None,
        )
