"""Finding the record or account that somebody named on the command line."""

from typing import TYPE_CHECKING, TypeVar

from registry.cli.root import Refused
from registry.domain.errors import NotFoundError
from registry.domain.identifiers import is_id

if TYPE_CHECKING:
    from registry.storage.accounts import Account
    from registry.storage.database import RegistrySession
    from registry.storage.needs import Need
    from registry.storage.offers import Offer

    Record = TypeVar("Record", Need, Offer)


def find_named(session: "RegistrySession", kind: "type[Record]", reference: str) -> "Record":
    """Return the need or offer with this id or external id.

    Raises:
        Refused: there is none.
    """
    from registry.services.references import find_record

    try:
        return find_record(session, kind, reference)
    except NotFoundError as error:
        what = str(kind.__tablename__)
        raise Refused(
            f"There is no {what} {reference!r}: "
            "give its id, or the external_id that it was imported with"
        ) from error


def find_account_named(session: "RegistrySession", name: str) -> "Account":
    """Return the account with this sign-in name or id.

    Raises:
        Refused: there is none.
    """
    from registry.identity.accounts import hash_name
    from registry.storage.accounts import Account, find_account

    row = session.get(Account, name) if is_id(name) else None
    row = row or find_account(session, hash_name(session.vault, name))
    if row is None:
        raise Refused("There is no account of this sign-in name or id")
    return row
