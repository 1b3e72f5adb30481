"""A donor as an audience sees it."""

from typing import Any

from registry.domain.audience import Audience
from registry.schemas.audience import fields_for
from registry.services.record_fields import view_fields
from registry.storage.database import RegistrySession
from registry.storage.donors import Donor


def view_donor(session: RegistrySession, donor: Donor, audience: Audience) -> dict[str, Any]:
    """Return the donor as a record."""
    return view_fields(session.vault, donor, fields_for("donor", audience))
