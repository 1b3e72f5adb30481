"""Accounts and their API keys from the command line; every secret is printed once."""

import json
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import click

from registry.cli.naming import find_account_named
from registry.cli.root import Refused, json_option, main, opened_parts, tell
from registry.domain.roles import Role, Scope
from search.codes import PAGE_LANGUAGES

if TYPE_CHECKING:
    from registry.storage.accounts import ApiKey
    from registry.storage.database import RegistrySession

PARTIES = {Role.ORGANISATION: "organisation", Role.PARTNER: "organisation", Role.DONOR: "donor"}
"""Roles whose accounts can belong to a party, and which kind that is."""

NEEDS_PARTY = (Role.ORGANISATION, Role.DONOR)


@main.group("account")
def account() -> None:
    """Accounts: who signs in, with one role each."""


@account.command("create")
@click.argument("name")
@click.option("--role", required=True, type=click.Choice([str(role) for role in Role]))
@click.option(
    "--for",
    "party",
    metavar="EXTERNAL_ID",
    help="The organisation or donor that the account belongs to, by external id or id.",
)
@click.option(
    "--language",
    type=click.Choice(PAGE_LANGUAGES),
    default="en",
    help="The language of the words that the passphrase is made of.",
)
@json_option
def create(name: str, role: str, party: str | None, language: str, as_json: bool) -> None:
    """Make an account with the sign-in name NAME; its secrets are printed once."""
    from registry.app import create_app_from
    from registry.identity.accounts import create_account

    # Hashing a passphrase asks the application how.
    with (
        opened_parts() as parts,
        create_app_from(parts).app_context(),
        parts.database.writing() as session,
    ):
        belongs_to = _find_party(session, Role(role), party)
        row, secret = create_account(
            session,
            Role(role),
            name=name,
            language=language,
            organisation_id=belongs_to.get("organisation_id"),
            donor_id=belongs_to.get("donor_id"),
        )
        account_id = row.id
    document = {
        "name": secret.name,
        "passphrase": secret.passphrase,
        "recovery_code": secret.recovery_code,
        "account": account_id,
    }
    lines = (
        f"Sign-in name:  {secret.name}",
        f"Passphrase:    {secret.passphrase}",
        f"Recovery code: {secret.recovery_code}",
        "Nobody can show them again: hand them over now, and keep no copy.",
        "With the recovery code a lost passphrase is replaced, and nothing sealed is lost.",
    )
    tell(as_json, document, "\n".join(lines))


@main.group("apikey")
def apikey() -> None:
    """API keys: what a programme may do for an account."""


@apikey.command("create")
@click.option("--account", "name", required=True, metavar="NAME", help="Sign-in name or id.")
@click.option(
    "--scope",
    "scopes",
    required=True,
    multiple=True,
    type=click.Choice([str(scope) for scope in Scope]),
    help="What the key may do at most; several may follow, or the option stands several times.",
)
@click.argument("more", nargs=-1, type=click.Choice([str(scope) for scope in Scope]))
@click.option(
    "--expires",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="DAY",
    help="The last day on which it works, as YYYY-MM-DD.",
)
@json_option
def create_key(
    name: str,
    scopes: tuple[str, ...],
    more: tuple[str, ...],
    expires: datetime | None,
    as_json: bool,
) -> None:
    """Make an API key of an account; it is printed once."""
    from registry.identity.accounts import create_api_key

    with opened_parts() as parts, parts.database.writing() as session:
        last_day = _future_day(session, expires)
        row = find_account_named(session, name)
        granted = frozenset(Scope(scope) for scope in (*scopes, *more))
        key = create_api_key(session, row, granted, expires_on=last_day)
    tell(as_json, {"key": key}, f"{key}\nNobody can show this key again: keep it where keys go.")


@apikey.command("list")
@click.option("--account", "name", required=True, metavar="NAME", help="Sign-in name or id.")
@json_option
def list_keys(name: str, as_json: bool) -> None:
    """List the keys of an account: ids, scopes and days, never the keys themselves."""
    from registry.storage.accounts import keys_of_account

    with opened_parts() as parts, parts.database.reading() as session:
        rows = keys_of_account(session, find_account_named(session, name).id)
        items = [_describe_key(row) for row in rows]
    tell(as_json, {"items": items}, "\n".join(map(_key_line, items)) or "This account has no keys.")


@apikey.command("revoke")
@click.argument("key_id", metavar="ID")
@json_option
def revoke(key_id: str, as_json: bool) -> None:
    """Revoke a key by its id (registry apikey list): from now on it opens nothing."""
    from registry.identity.accounts import revoke_api_key

    with opened_parts() as parts, parts.database.writing() as session:
        revoke_api_key(session, key_id)
    tell(as_json, {"revoked": key_id}, f"The key {key_id} opens nothing any more.")


@main.command("openapi")
@json_option
def openapi(as_json: bool) -> None:  # noqa: ARG001 - it is JSON in any case
    """Print the OpenAPI document of the API as JSON."""
    from registry.api.description import describe_api

    click.echo(json.dumps(describe_api(), indent=2, ensure_ascii=False))


def _describe_key(key: "ApiKey") -> dict[str, Any]:
    return {
        "id": key.id,
        "scopes": key.scopes,
        "created_on": key.created_on.isoformat(),
        "expires_on": key.expires_on.isoformat() if key.expires_on else None,
        "revoked": key.revoked,
    }


def _key_line(key: dict[str, Any]) -> str:
    until = "revoked" if key["revoked"] else f"until {key['expires_on'] or 'revoked'}"
    return f"{key['id']}  {', '.join(key['scopes'])}  since {key['created_on']}, {until}"


def _find_party(session: "RegistrySession", role: Role, reference: str | None) -> dict[str, str]:
    """Return the argument that ties an account of this role to its party."""
    from registry.domain.errors import NotFoundError
    from registry.services.references import find_record
    from registry.storage.donors import Donor
    from registry.storage.organisations import Organisation

    if reference is None:
        if role in NEEDS_PARTY:
            raise Refused(f"Say whose account it is: --for EXTERNAL_ID of the {PARTIES[role]}")
        return {}
    if role not in PARTIES:
        raise Refused(f"An account of a {role} belongs to nobody: leave --for out")
    try:
        if role is Role.DONOR:
            return {"donor_id": find_record(session, Donor, reference).id}
        return {"organisation_id": find_record(session, Organisation, reference).id}
    except NotFoundError as error:
        raise Refused(
            f"There is no {PARTIES[role]} {reference!r}: "
            "give its id, or the external_id that it was imported with"
        ) from error


def _future_day(session: "RegistrySession", expires: datetime | None) -> date | None:
    if expires is not None and expires.date() < session.today:
        raise Refused("The key would have expired already: name a day that is still to come")
    return expires.date() if expires else None
