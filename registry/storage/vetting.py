"""Decisions on how far a party is trusted: what an officer found, why, and when."""

from datetime import date

from sqlalchemy import Date, Integer, String, UniqueConstraint

from registry.domain.trust import VettingStage
from registry.privacy.ciphertext import Ciphertext
from registry.storage.base import Row
from registry.storage.columns import guarded_field, id_field, open_field, reference_field


class VettingDecision(Row, table=True):
    """One decision on an organisation or a donor, or one proposed; guarded by that party's key."""

    __tablename__ = "vetting_decision"
    __table_args__ = (UniqueConstraint("party_id", "sequence"),)

    id: str = id_field()
    party_id: str = open_field(String(32), nullable=False, index=True)
    organisation_id: str | None = reference_field("organisation.id", nullable=True)
    donor_id: str | None = reference_field("donor.id", nullable=True)
    sequence: int = open_field(Integer, nullable=False)
    before: str = open_field(String(16), nullable=False)
    vetting: str = open_field(String(16), nullable=False)
    stage: str = open_field(String(16), default=VettingStage.DECIDED, nullable=False)
    reason_code: str = open_field(String(40), nullable=False)
    by_account_id: str | None = reference_field("account.id", nullable=True, outlives=True)
    day: date = open_field(Date, nullable=False)
    note: Ciphertext | None = guarded_field()

    @property
    def key_owner(self) -> str:
        return self.organisation_id or self.donor_id or ""
