"""A need as an audience sees it."""

from typing import Any

from registry.domain.audience import Audience
from registry.schemas.audience import fields_for
from registry.services.record_fields import view_fields
from registry.storage.database import RegistrySession
from registry.storage.needs import Need
from registry.storage.organisations import Organisation

CONFIRMED = "urgency_confirmed"


TEXTS = frozenset({"title", "summary", "situation"})


def view_need(
    session: RegistrySession, need: Need, audience: Audience, *, texts: bool = True
) -> dict[str, Any]:
    """Return the need as a record; `organisation` is the external id of its organisation.

    Where the organisation may be named at all, `organisation_id` stands beside it for links.
    `texts=False` leaves what people wrote unopened.
    """
    names = [name for name in fields_for("need", audience) if texts or name not in TEXTS]
    view = view_fields(session.vault, need, names)
    if CONFIRMED in names and need.urgency_confirmed is not None:
        view[CONFIRMED] = need.urgency_confirmed
    if "organisation" in names:
        organisation = session.get_one(Organisation, need.organisation_id)
        view["organisation"] = session.vault.read(organisation, "external_id")
        view["organisation_id"] = organisation.id
    return view
