"""A donor that registers itself: no e-mail, no name, a passphrase shown once."""

from collections.abc import Mapping
from typing import Any

from registry.domain.audience import Audience
from registry.domain.roles import Role
from registry.identity.accounts import NewSecret, PreparedSecret, create_account, prepare_secret
from registry.schemas.records import check_record
from registry.services.donors.store_donor import (
    IMPORTED_FIELDS,
    OFFICER_FIELDS,
    make_donor,
    write_donor,
)
from registry.services.donors.view_donor import view_donor
from registry.services.record_fields import refuse_foreign_fields
from registry.services.references import HOUSE_SCOPE
from registry.storage.audit import write_audit
from registry.storage.database import RegistrySession


def register_donor(
    session: RegistrySession,
    record: Mapping[str, Any],
    *,
    language: str,
    prepared: PreparedSecret | None = None,
) -> tuple[dict[str, Any], NewSecret]:
    """Store a donor with an account of its own.

    It begins unverified, and goes by its id where others need an external one.

    `prepared` is the account's secret; without one it is made here, in an application context.

    Raises:
        RecordRefusedError: fields that are not its to set, or that do not agree.
    """
    refuse_foreign_fields(record, (*IMPORTED_FIELDS, *OFFICER_FIELDS, "external_id"))
    check_record("donor", record)
    prepared = prepared or prepare_secret(language)
    donor = make_donor(session)
    write_donor(session, donor, record, HOUSE_SCOPE)
    account, secret = create_account(
        session, Role.DONOR, language=language, donor_id=donor.id, prepared=prepared
    )
    write_audit(session, account.id, "donor_registered", donor.id)
    return view_donor(session, donor, Audience.OWNER), secret
