"""An organisation that registers itself: no e-mail, no name, a passphrase shown once."""

from collections.abc import Mapping
from typing import Any

from registry.domain.audience import Audience
from registry.domain.roles import Role
from registry.identity.accounts import NewSecret, PreparedSecret, create_account, prepare_secret
from registry.schemas.records import check_record
from registry.services.organisations.store_organisation import (
    IMPORTED_FIELDS,
    OFFICER_FIELDS,
    make_organisation,
    write_organisation,
)
from registry.services.organisations.view_organisation import view_organisation
from registry.services.record_fields import refuse_foreign_fields
from registry.services.references import HOUSE_SCOPE
from registry.storage.audit import write_audit
from registry.storage.database import RegistrySession


def register_organisation(
    session: RegistrySession,
    record: Mapping[str, Any],
    *,
    language: str,
    prepared: PreparedSecret | None = None,
) -> tuple[dict[str, Any], NewSecret]:
    """Store an organisation with an account of its own.

    It begins unverified, and goes by its id where others need an external one. Nobody acts here
    yet, so the audit names the new account.

    `prepared` is the account's secret; without one it is made here, in an application context.

    Raises:
        RecordRefusedError: fields that are not its to set, or that do not agree.
    """
    refuse_foreign_fields(record, (*IMPORTED_FIELDS, *OFFICER_FIELDS, "external_id"))
    check_record("organisation", record)
    prepared = prepared or prepare_secret(language)
    organisation = make_organisation(session)
    write_organisation(session, organisation, record, HOUSE_SCOPE)
    account, secret = create_account(
        session,
        Role.ORGANISATION,
        language=language,
        organisation_id=organisation.id,
        prepared=prepared,
    )
    write_audit(session, account.id, "organisation_registered", organisation.id)
    return view_organisation(session, organisation, Audience.OWNER), secret
