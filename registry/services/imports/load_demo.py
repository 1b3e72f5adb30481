"""The demonstration: records through the ordinary import, accounts, and matches under way."""

from collections.abc import Callable

from sqlmodel import col, select

from registry.domain.errors import RegistryError
from registry.domain.identifiers import new_id
from registry.domain.roles import Role
from registry.identity.actor import HOUSE, SYSTEM
from registry.services.envelopes.own_envelopes import write_own_envelope
from registry.services.imports.demo_accounts import create_demo_accounts, write_accounts
from registry.services.imports.demo_journey import DemoJourney
from registry.services.imports.demo_parties import choose_parties
from registry.services.imports.demo_rows import read_demo_rows
from registry.services.imports.import_file import import_rows
from registry.services.matches.propose_matches import propose_all
from registry.services.statistics.make_snapshot import make_snapshot
from registry.storage.accounts import Account
from registry.storage.audit import AuditEntry, write_audit
from registry.storage.database import Database, RegistrySession
from search.codes import EnvelopeKind

ORDER = ("organisations", "donors", "offers", "needs")
LOADED = "demo_loaded"
"""The act in the audit trail which says that the demonstration stands."""


class DemoRefusedError(RegistryError):
    """The demonstration cannot be loaded here; the message says why."""


def load_demo(
    database: Database,
    *,
    only_where_new: bool = False,
    on_step: Callable[[str], None] = lambda _step: None,
) -> bool:
    """Load the demonstration data once; say whether it was loaded now.

    Needs an application context: accounts get passphrases. A load that was interrupted is done
    again from the beginning, and finds what it brought in already.

    Args:
        database: of a registry for trying out.
        only_where_new: leave a registry as it is that has accounts already.
        on_step: told what is done next, for a progress bar.

    Raises:
        DemoRefusedError: the data folder is not marked for development.
    """
    with database.reading() as session:
        settings, today = session.settings, session.today
        if is_loaded(session) or (only_where_new and _has_accounts(session)):
            return False
    if not settings.development:
        raise DemoRefusedError(
            "The demonstration writes passphrases into a file, so it is loaded only into a data "
            "folder for trying out: one that `registry init` made with a key of its own"
        )
    for plural in ORDER:
        on_step(plural)
        report = import_rows(database, HOUSE, plural, read_demo_rows(plural, today))
        if report.refused:
            raise DemoRefusedError(f"{plural}.jsonl: {report.refused} rows were refused")
    on_step("matches")
    with database.writing() as session:
        propose_all(session)
    on_step("accounts")
    _enliven(database)
    return True


CONTACTS = {
    Role.ORGANISATION: "A demonstration: nobody answers. A real one might name a messenger.",
    Role.DONOR: "A demonstration: nobody answers. A real one might name a mailbox.",
}
"""What the demonstration's own organisation and donor have sealed, to be given and read."""


def is_loaded(session: RegistrySession) -> bool:
    """Say whether the demonstration was loaded, and wholly."""
    statement = select(AuditEntry).where(col(AuditEntry.act) == LOADED).limit(1)
    return session.exec(statement).first() is not None


def _has_accounts(session: RegistrySession) -> bool:
    return session.exec(select(Account).limit(1)).first() is not None


def _enliven(database: Database) -> None:
    """Make the accounts and move matches on, in one transaction with the mark that it was done."""
    with database.open_session(writes=True) as session:
        parties = choose_parties(session)
        accounts = create_demo_accounts(session, parties)
        actors = {role: account.actor for role, account in accounts.items()}
        DemoJourney(session, parties, actors).run()
        for role, contact in CONTACTS.items():
            write_own_envelope(session, actors[role], EnvelopeKind.CONTACT, contact, None)
        make_snapshot(session)
        write_audit(session, SYSTEM, LOADED, new_id())
        # Before the commit: a secret that was not written down would be lost for good.
        write_accounts(session.settings, list(accounts.values()))
        session.commit()
