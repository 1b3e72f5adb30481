"""How matches stand before their pairs are judged anew: read by the hundred, without their rows."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, field, fields
from typing import ClassVar

from sqlmodel import col, select

from registry.privacy.ciphertext import Ciphertext
from registry.privacy.vault import Vault
from registry.services.matches.judge_pair import Judged
from registry.storage.database import RegistrySession
from registry.storage.matches import Match

Ids = tuple[str, str]
"""A need and an offer."""


@dataclass(slots=True)
class Standing:
    """What of a stored match tells whether it has to be written anew."""

    __tablename__: ClassVar = Match.__tablename__

    id: str
    organisation_id: str
    state: str
    outcome: str
    score: float
    programme_id: str | None
    programme_number: int
    forbidden: bool
    facts_hash: bytes | None
    evidence: Ciphertext | None = field(repr=False)

    @property
    def key_owner(self) -> str:
        return self.organisation_id


_COLUMNS = [getattr(Match, each.name) for each in fields(Standing)]


def read_standing(session: RegistrySession, judged: Sequence[Judged]) -> dict[Ids, Standing]:
    """Read how the matches of these pairs stand; pairs without one are left out."""
    wanted = {each.ids for each in judged}
    statement = select(col(Match.need_id), col(Match.offer_id), *_COLUMNS).where(
        col(Match.need_id).in_({need for need, _ in wanted}),
        col(Match.offer_id).in_({offer for _, offer in wanted}),
    )
    rows = session.execute(statement)
    return {(row[0], row[1]): Standing(*row[2:]) for row in rows if (row[0], row[1]) in wanted}


def is_as_judged(vault: Vault, match: Match | Standing, judged: Judged) -> bool:
    """Say whether nothing is said of a pair that a match does not say; the day does not count.

    Raises:
        KeyGoneError: the organisation deleted itself.
    """
    if (match.programme_id, match.programme_number) != judged.terms:
        return False
    if (match.outcome, match.score) != (judged.outcome, judged.score):
        return False
    if match.facts_hash != judged.facts_hash:
        return False
    stored, written = vault.read(match, "evidence"), judged.written
    return stored == written or (stored is not None and _timeless(stored) == _timeless(written))


def _timeless(evidence: str) -> dict[str, object]:
    document: dict[str, object] = json.loads(evidence)
    return document | {"on": None}
