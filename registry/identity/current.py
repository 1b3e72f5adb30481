"""What this request works with: its one database session and who acts."""

from contextlib import suppress

from flask import g, request
from flask_login import current_user
from flask_security.core import AnonymousUser
from sqlalchemy.exc import OperationalError

from registry.domain.errors import SignInNeededError
from registry.identity.accounts import actor_of_api_key, note_use_of_key
from registry.identity.actor import Actor, actor_of
from registry.storage.accounts import Account
from registry.storage.database import Database, RegistrySession
from registry.storage.organisations import Organisation

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
KEY_HEADER = "X-API-Key"


def begin_request(database: Database) -> None:
    """Remember which database this request will open its session on, if it needs one.

    A programme with a key is nobody in a browser: no cookie of it is looked at.
    """
    g.database = database
    if KEY_HEADER in request.headers:
        g._login_user = AnonymousUser()  # type: ignore[no-untyped-call]  # noqa: SLF001 - Flask-Login's own place


def current_session() -> RegistrySession:
    """Return the request's session, opened at first use: GET reads, everything else may write."""
    if "session" not in g:
        database: Database = g.database
        g.session = database.open_session(writes=request.method not in SAFE_METHODS)
    session: RegistrySession = g.session
    return session


def current_database() -> Database:
    """Return the database, for what runs in a transaction of its own."""
    database: Database = g.database
    return database


def begin_writing() -> RegistrySession:
    """Reopen the request's session as one that writes, for the few reads that leave a trace.

    Rows that were read before must not be used any more; who acts stays known.
    """
    close_request()
    database: Database = g.database
    g.session = database.open_session(writes=True)
    session: RegistrySession = g.session
    return session


def current_actor() -> Actor:
    """Return who acts: the signed-in account, or the account of the API key.

    Raises:
        SignInNeededError: nobody does.
    """
    if "actor" not in g:
        g.actor = _find_actor()
    actor: Actor = g.actor
    return actor


def current_account() -> Account:
    """Return the account of whoever is signed in, as it was read at the request's beginning.

    Raises:
        SignInNeededError: nobody is.
    """
    if not current_user or not current_user.is_authenticated:
        raise SignInNeededError
    account: Account = current_user._get_current_object()  # noqa: SLF001 - behind Flask-Login's proxy
    return account


def end_request(*, keep: bool) -> None:
    """Commit the request's session, or roll it back; one that only read is simply closed."""
    session: RegistrySession | None = g.get("session")
    if session is None or not session.writes:
        return
    if keep:
        session.commit()
    else:
        session.rollback()


def note_key() -> None:
    """Keep the day on which the request's key was used, once a day; it hinders no answer."""
    key_id: str | None = g.pop("newly_used_key", None)
    if key_id is None:
        return
    database: Database = g.database
    with suppress(OperationalError), database.writing() as session:
        note_use_of_key(session, key_id)


def close_request() -> None:
    """Close the request's session, whatever happened."""
    session: RegistrySession | None = g.pop("session", None)
    if session is not None:
        session.close()


def _find_actor() -> Actor:
    key = request.headers.get(KEY_HEADER)
    if key is not None:
        actor, g.newly_used_key = actor_of_api_key(current_session(), key)
        return actor
    if not current_user or not current_user.is_authenticated:
        raise SignInNeededError
    own_id = current_user.organisation_id
    own = current_session().get(Organisation, own_id) if own_id is not None else None
    return actor_of(current_user, own=own)
