"""What was agreed on a match, for the officers and the two sides who agreed."""

from typing import Any

from sqlmodel import col, select

from registry.domain.audience import Audience
from registry.domain.pipeline import Mover
from registry.schemas.audience import fields_for
from registry.storage.awards import Award
from registry.storage.database import RegistrySession

_READ_AS = {
    Mover.OFFICER: Audience.OFFICER,
    Mover.ORGANISATION: Audience.OWNER,
    Mover.DONOR: Audience.DONOR_INTRODUCED,
}


def view_award(session: RegistrySession, match_id: str, part: Mover) -> dict[str, Any] | None:
    """Return `{"amount", "awarded_on", "months", "conditions"}`, without what was not said.

    None where nothing was agreed yet.

    Raises:
        KeyGoneError: the organisation deleted itself.
    """
    award = session.exec(select(Award).where(col(Award.match_id) == match_id)).first()
    if award is None:
        return None
    said = {
        "amount": award.amount,
        "awarded_on": award.awarded_on,
        "months": award.months,
        "conditions": session.vault.read(award, "conditions"),
    }
    listed = fields_for("award", _READ_AS[part])
    return {name: value for name, value in said.items() if value is not None and name in listed}
