"""What rules wait for from officers: whom to check, and what to find out about whom."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlmodel import col, or_, select

from registry.domain.errors import KeyGoneError, NotAllowedError
from registry.identity.actor import Actor
from registry.identity.permissions import is_in_sight
from registry.storage.database import RegistrySession
from registry.storage.donors import Donor
from registry.storage.organisations import Organisation
from registry.storage.reach import Reach
from search.codes import Vetting
from search.eligibility.catalogue import load_rules

MOST = 50


@dataclass(frozen=True, slots=True)
class Decision:
    """One question of a rule about one party: how many pairs wait for it, how many for no other."""

    rule: str
    waiting: int
    alone: int


@dataclass(frozen=True, slots=True)
class PartyToDecide:
    """A party that pairs wait for, with the decisions; `pairs` counts each pair once."""

    record: str
    id: str
    handle: str | None
    vetting: Vetting
    pairs: int
    decisions: tuple[Decision, ...]


def list_decisions(session: RegistrySession, actor: Actor) -> list[PartyToDecide]:
    """List the parties about which rules ask officers, those that most pairs wait for first.

    The numbers are exact and of the last count; what was decided since is left out.

    Raises:
        NotAllowedError: the actor is no officer.
    """
    if not actor.is_officer:
        raise NotAllowedError
    statement: Any = (
        select(Reach, Organisation, Donor)
        .outerjoin(Organisation, col(Organisation.id) == col(Reach.organisation_id))
        .outerjoin(Donor, col(Donor.id) == col(Reach.donor_id))
        .where(
            col(Reach.pairs_waiting) > 0,
            # A donor is only ever checked, so a verified one waits for nothing any more.
            or_(col(Donor.id).is_(None), col(Donor.vetting) != Vetting.VERIFIED),
        )
        .order_by(col(Reach.pairs_waiting).desc(), col(Reach.id))
        .limit(MOST)
    )
    found = (
        _to_decide(session, reach, organisation or donor)
        for reach, organisation, donor in session.exec(statement).all()
    )
    return [party for party in found if party is not None]


def _to_decide(
    session: RegistrySession, reach: Reach, party: Organisation | Donor
) -> PartyToDecide | None:
    try:
        counts = session.vault.read_document(reach, "counts")
        handle = session.vault.read(party, "handle")
    except KeyGoneError:
        return None  # it deleted itself; the worker takes the rows away
    decisions = tuple(_decisions(counts, party))
    if not decisions or not is_in_sight(party):
        return None
    return PartyToDecide(
        record="donor" if isinstance(party, Donor) else "organisation",
        id=party.id,
        handle=handle,
        vetting=Vetting(party.vetting),
        pairs=reach.pairs_waiting,
        decisions=decisions,
    )


def _decisions(counts: dict[str, Any], party: Organisation | Donor) -> Iterator[Decision]:
    """Yield what is still open, what most pairs wait for first."""
    numbers: dict[str, list[int]] = counts.get("officers", {})
    for code, (waiting, alone) in sorted(numbers.items(), key=lambda each: (-each[1][0], each[0])):
        rule = code.partition(".")[0]
        if rule in load_rules() and not (_asks_vetting(rule) and party.vetting == Vetting.VERIFIED):
            yield Decision(rule, waiting, alone)


def _asks_vetting(rule: str) -> bool:
    fields = (each.answers for each in load_rules()[rule].questions.values())
    return any(name.endswith(".vetting") for names in fields for name in names)
