"""One demonstration account per role, with secrets made at random and written to one file."""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from registry.config import Settings
from registry.domain.roles import Role, Scope
from registry.identity.accounts import NewSecret, create_account, create_api_key, hash_name
from registry.identity.actor import Actor, actor_of
from registry.identity.second_factor import (
    MANDATORY,
    make_shared_secret,
    set_up_second_factor,
)
from registry.services.imports.demo_parties import DemoParties
from registry.storage.accounts import Account, find_account
from registry.storage.database import RegistrySession

PARTNER_SCOPES = frozenset(
    {
        Scope.NEEDS_READ,
        Scope.NEEDS_TEXT,
        Scope.OFFERS_READ,
        Scope.MATCHES_READ,
        Scope.ORGANISATIONS_READ,
    }
)
HEADING = (
    "Demonstration accounts, one per role. Their words were made at random on this machine;",
    "they open nothing but this registry. All but the organisation's ask for a code besides, which",
    "`registry demo code ROLE` prints; a code works once, the next one comes within half a minute.",
)

MARGIN = 16
ABOUT = {
    Role.ORGANISATION: "has needs; offers of help wait for its answer",
    Role.DONOR: "has offers; needs wait for its answer",
    Role.OFFICER: "has a full queue, matches under way and emergencies to confirm",
    Role.PARTNER: "reads by API what organisations meant for partners",
    Role.AUDITOR: "looks on and decides nothing",
    Role.ADMIN: "does what officers do, and looks after accounts",
}


@dataclass(frozen=True, slots=True)
class DemoAccount:
    """An account as it is shown to whoever tries the registry out."""

    role: Role
    actor: Actor
    secret: NewSecret
    api_key: str | None = None

    def lines(self) -> list[str]:
        """Return how the file shows it."""
        margin = " " * MARGIN
        shown = [
            f"  {self.role:{MARGIN - 2}}{ABOUT[self.role]}",
            f"{margin}sign-in name  {self.secret.name}",
            f"{margin}passphrase    {self.secret.passphrase}",
            f"{margin}recovery code {self.secret.recovery_code}",
        ]
        if self.role in MANDATORY:
            shown.append(f"{margin}code          registry demo code {self.role}")
        return [*shown, f"{margin}API key       {self.api_key}"] if self.api_key else shown


def create_demo_accounts(session: RegistrySession, parties: DemoParties) -> dict[Role, DemoAccount]:
    """Make an account of every role; needs an application context for hashing passphrases."""
    belongs = {
        Role.ORGANISATION: {"organisation_id": parties.organisation_id},
        Role.DONOR: {"donor_id": parties.donor_id},
    }
    return {role: _create(session, role, **belongs.get(role, {})) for role in Role}


def write_accounts(settings: Settings, accounts: Sequence[DemoAccount]) -> Path:
    """Write the secrets to the file that only its owner reads, whole or not at all."""
    path = settings.demo_accounts_file
    beside = path.with_suffix(".new")
    beside.unlink(missing_ok=True)
    descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    lines = [*HEADING, *(line for account in accounts for line in ("", *account.lines()))]
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write("\n".join(lines) + "\n")
    return beside.replace(path)


def find_demo_account(session: RegistrySession, role: Role) -> Account | None:
    """Return a role's demonstration account by the file that names it; None where there is none."""
    path = session.settings.demo_accounts_file
    if not path.exists():
        return None
    lines = [line.split() for line in path.read_text("utf-8").splitlines()]
    begins = next((at for at, line in enumerate(lines) if line[:1] == [role]), len(lines))
    named = next((line[-1] for line in lines[begins:] if line[:1] == ["sign-in"]), "")
    return find_account(session, hash_name(session.vault, named))


def _create(session: RegistrySession, role: Role, **party: str) -> DemoAccount:
    row, secret = create_account(
        session,
        role,
        organisation_id=party.get("organisation_id"),
        donor_id=party.get("donor_id"),
    )
    if role in MANDATORY:
        set_up_second_factor(session, row, make_shared_secret(), step=0)
    key = create_api_key(session, row, PARTNER_SCOPES) if role is Role.PARTNER else None
    return DemoAccount(role, actor_of(row), secret, key)
