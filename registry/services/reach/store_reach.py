"""What was counted becomes what may be shown: coarse, and only for those who may know it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlmodel import col, select

from registry.domain.disclosure import SMALL, coarse_for_donor, coarse_for_organisation
from registry.services.reach.count_reach import Counted, trusted_organisations
from registry.services.reach.tally import Crowd, Tally
from registry.storage.database import RegistrySession
from registry.storage.donors import Donor
from registry.storage.reach import PartyId, Reach, find_reach, new_reach
from search.codes import RecordState, Vetting

MOST_OFFERS = 20
"""Offers and drafts of one donor whose reach it is told: each number is an answer to a question."""

Shown = TypeVar("Shown", str, int)


@dataclass(frozen=True, slots=True)
class Listener:
    """A party of which a count is kept; `may_know` says whether it is told any of it."""

    party: PartyId
    may_know: bool


def list_listeners(session: RegistrySession, counted: Counted) -> list[Listener]:
    """Return the parties to store the count of.

    These are who may know it, who is decided about, and all of whom an earlier count is kept.
    """
    kept = session.exec(select(col(Reach.organisation_id), col(Reach.donor_id))).all()
    trusted, verified = trusted_organisations(session), verified_donors(session)
    organisations = {each for each, _ in kept if each} | trusted | set(counted.organisations)
    donors = {each for _, each in kept if each} | verified | set(counted.donors)
    return [
        *(Listener(PartyId(organisation_id=e), e in trusted) for e in sorted(organisations)),
        *(Listener(PartyId(donor_id=each), each in verified) for each in sorted(donors)),
    ]


def verified_donors(session: RegistrySession) -> frozenset[str]:
    """Return the ids of the donors that may know how many they would reach."""
    statement = select(col(Donor.id)).where(
        col(Donor.vetting) == Vetting.VERIFIED, col(Donor.state) == RecordState.ACTIVE
    )
    return frozenset(session.exec(statement))


def store_reach(session: RegistrySession, counted: Counted, listener: Listener) -> None:
    """Write the day's count of one party over the last one; safe to repeat.

    Raises:
        KeyGoneError: the party deleted itself.
    """
    party = listener.party
    row = find_reach(session, party) or new_reach(party)
    before = session.vault.read_document(row, "counts") if listener.may_know else {}
    tally = counted.of(party)
    for_party = _for_donor if party.donor_id else _for_organisation
    told = for_party(before, tally) if listener.may_know else {}
    row.day, row.pairs_waiting = session.today, tally.pairs_waiting
    session.vault.write_document(row, "counts", told | _for_officers(tally))
    session.add(row)
    session.flush()


def settle(
    before: tuple[Shown, int] | None, number: int, coarse: Callable[[int], Shown]
) -> tuple[Shown, int]:
    """Return what to show of a number, and the number that this was made from.

    It moves only once the truth has moved by ten, so that no single arrival shows in it.
    """
    if before is not None and abs(number - before[1]) < SMALL:
        return before
    return coarse(number), number


def _for_organisation(before: Mapping[str, Any], tally: Tally) -> dict[str, Any]:
    known = before.get("unlocks", {})
    unlocks = {
        key: settle(known.get(key), crowd.pairs, coarse_for_organisation)
        for key, crowd in tally.unlocks.items()
    }
    return {"unlocks": unlocks}


def _for_donor(before: Mapping[str, Any], tally: Tally) -> dict[str, Any]:
    return {
        "unlocks": _settle_all(before.get("unlocks", {}), tally.unlocks),
        "offers": _settle_all(before.get("offers", {}), tally.offers, most=MOST_OFFERS),
    }


def _settle_all(
    known: Mapping[str, Any], crowds: Mapping[str, Crowd], most: int | None = None
) -> dict[str, Any]:
    """Settle at most so many numbers; those that were told before come first."""
    keys = sorted(crowds, key=lambda key: (key not in known, key))[:most]
    return {key: settle(known.get(key), crowds[key].number, coarse_for_donor) for key in keys}


def _for_officers(tally: Tally) -> dict[str, Any]:
    waiting = {code: [number, tally.alone[code]] for code, number in tally.waiting.items()}
    return {"officers": waiting} if waiting else {}
