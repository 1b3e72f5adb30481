"""New matches of judged pairs, written by the hundred."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from sqlalchemy import Table, insert

from registry.domain.identifiers import new_id
from registry.privacy.ciphertext import Ciphertext
from registry.privacy.vault import Vault
from registry.services.matches.judge_pair import Judged
from registry.storage.database import RegistrySession
from registry.storage.matches import Match

_TABLE: Table = Match.__table__  # type: ignore[attr-defined]
FIRST_VERSION = 1
"""As SQLAlchemy counts the versions of a row."""


@dataclass(slots=True)
class _Sealed:
    """What the vault must know of a match that is no row yet."""

    __tablename__: ClassVar = Match.__tablename__

    id: str
    key_owner: str
    evidence: Ciphertext | None = None


def insert_matches(session: RegistrySession, judged: Sequence[Judged]) -> list[tuple[str, None]]:
    """Insert a proposed match for each pair; return their ids as `write_audits` takes them.

    Raises:
        KeyGoneError: an organisation deleted itself.
    """
    session.vault.keys.look_up({each.organisation_id for each in judged})
    rows = [_make_row(session.vault, each, session.today) for each in judged]
    if rows:
        session.execute(insert(_TABLE), rows)
    return [(row["id"], None) for row in rows]


def columns_of(judged: Judged, today: date) -> dict[str, Any]:
    """Return what judging says of a match in open columns and as a keyed hash."""
    return {
        "outcome": str(judged.outcome),
        "score": judged.score,
        "confidence": judged.confidence,
        "proposed_amount": judged.proposed_amount,
        "weights_version": judged.weights_version,
        "rules_version": judged.rules_version,
        "programme_id": judged.programme_id,
        "programme_number": judged.programme_number,
        "judged_on": today,
        "facts_hash": judged.facts_hash,
    }


def _make_row(vault: Vault, judged: Judged, today: date) -> dict[str, Any]:
    sealed = _Sealed(new_id(), judged.organisation_id)
    vault.write(sealed, "evidence", judged.written)
    return {
        **_UNTOUCHED,
        **columns_of(judged, today),
        "id": sealed.id,
        "version": FIRST_VERSION,
        "need_id": judged.need_id,
        "offer_id": judged.offer_id,
        "organisation_id": judged.organisation_id,
        "donor_id": judged.donor_id,
        "moved_on": today,
        "proposed_on": today,
        "evidence": sealed.evidence,
    }


_UNTOUCHED = {name: field.default for name, field in Match.model_fields.items()}
"""What a match says in columns that judging does not speak of: what its model says."""
