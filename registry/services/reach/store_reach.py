"""What was counted becomes what may be shown: coarse, and only for those who may know it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlmodel import col, select

from registry.domain.disclosure import Coarse, coarse_for_donor, coarse_for_organisation
from registry.services.reach.count_reach import Counted
from registry.services.reach.settle import settle_all
from registry.services.reach.tally import MEASURES, Crowd, Tally
from registry.services.reach.who_counts import trusted_organisations
from registry.storage.database import RegistrySession
from registry.storage.donors import Donor
from registry.storage.reach import PartyId, Reach, find_reach, new_reach
from search.codes import RecordState, Vetting

MOST_NUMBERS = 20
"""Numbers that a donor is told in three months, whatever of: each is an answer to a question."""

MOST_RELAXED = 4 * len(MEASURES)
"""How many of them tell what relaxing a rule would change: so much is left for reach."""


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
    organisations = {each for each, _ in kept if each} | set(trusted) | set(counted.organisations)
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
    told = for_party(before, tally, session.today) if listener.may_know else {}
    row.day, row.pairs_waiting = session.today, tally.pairs_waiting
    session.vault.write_document(row, "counts", told | _for_officers(tally))
    session.add(row)
    session.flush()


def _for_organisation(before: Mapping[str, Any], tally: Tally, today: date) -> dict[str, Any]:
    numbers = {
        "unlocks": _words(_parties(tally.unlocks)),
        "in_sight": _words(_parties(tally.in_sight)),
        "limits": _words(tally.limits),
        "limits_in_sight": _words(tally.limits_in_sight),
    }
    return settle_all(before, numbers, today)


def _for_donor(before: Mapping[str, Any], tally: Tally, today: date) -> dict[str, Any]:
    unlocks = _parties(tally.unlocks)
    numbers = {
        "offers": _tens(tally.offers),
        "unlocks": {key: (many, coarse_for_donor(many)) for key, many in unlocks.items()},
        "relaxed": _tens(tally.relaxed),
    }
    return settle_all(before, numbers, today, most=MOST_NUMBERS, shares={"relaxed": MOST_RELAXED})


def _tens(crowds: Mapping[str, Crowd]) -> dict[str, tuple[int, int]]:
    """Return needs in tens, and the parties that ask for them."""
    return {key: (len(each.others), coarse_for_donor(each.number)) for key, each in crowds.items()}


def _words(parties: Mapping[str, int]) -> dict[str, tuple[int, Coarse]]:
    return {key: (many, coarse_for_organisation(many)) for key, many in parties.items()}


def _parties(crowds: Mapping[str, Crowd]) -> dict[str, int]:
    """Count parties, not pairs: nobody counts twice for whoever posts many needs or offers."""
    return {key: len(crowd.others) for key, crowd in crowds.items()}


def _for_officers(tally: Tally) -> dict[str, Any]:
    waiting = {code: [number, tally.alone[code]] for code, number in tally.waiting.items()}
    return {"officers": waiting} if waiting else {}
