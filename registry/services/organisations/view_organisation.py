"""An organisation as an audience sees it."""

from typing import Any

from registry.domain.audience import Audience
from registry.schemas.audience import fields_for
from registry.services.record_fields import view_fields
from registry.storage.database import RegistrySession
from registry.storage.organisations import Organisation


def view_organisation(
    session: RegistrySession, organisation: Organisation, audience: Audience
) -> dict[str, Any]:
    """Return the organisation as a record; `hosted_by` is the external id of its hub."""
    names = fields_for("organisation", audience)
    view = view_fields(session.vault, organisation, names)
    if "hosted_by" in names and organisation.hosted_by_id is not None:
        hub = session.get_one(Organisation, organisation.hosted_by_id)
        view["hosted_by"] = session.vault.read(hub, "external_id")
    return view
