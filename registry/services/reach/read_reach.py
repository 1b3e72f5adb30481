"""What a party may be told of the day's count, and what officers are told of all of them."""

from dataclasses import dataclass, field
from datetime import date
from itertools import accumulate
from typing import Any

from registry.domain.disclosure import Coarse
from registry.domain.errors import KeyGoneError
from registry.identity.permissions import is_trusted
from registry.services.reach.limits import limits_of_needs
from registry.services.reach.tally import MEASURES, key_of, relaxed_key
from registry.storage.database import RegistrySession
from registry.storage.donors import Donor
from registry.storage.organisations import Organisation
from registry.storage.reach import PartyId, find_reach
from search.codes import RecordState, Vetting


@dataclass(frozen=True, slots=True)
class Relaxed:
    """What a donor is told of one rule: how many needs an offer would gain without it, in tens.

    Each number is a part of the one before, and 0 says fewer than ten.
    """

    rule: str
    newly_eligible: int
    competitive: int
    net: int


@dataclass(frozen=True, slots=True)
class Told:
    """What one party is told today; `counted_on` is None where it is told nothing."""

    is_donor: bool
    counted_on: date | None = None
    counts: dict[str, Any] = field(default_factory=dict)

    def of_question(self, key: str) -> Coarse | int | None:
        """Return what answering would unlock: a word for an organisation, tens for a donor."""
        if self.counted_on is None:
            return None
        if self.is_donor:
            return self._number("unlocks", key) or 0
        return self._larger_word(key, "unlocks", "in_sight")

    def of_offer(self, offer_id: str) -> int | None:
        """Return how many needs an offer or a draft reaches, in tens; None where none is told.

        That is: not counted yet, one of too many, or an offer that excludes anybody.
        """
        return self._number("offers", offer_id)

    def of_relaxed(self, offer_id: str) -> list[Relaxed]:
        """Return what is told of the limits of an offer; of each all three numbers, or nothing."""
        named = (key.split(" ") for key in self.counts.get("relaxed", {}))
        rules = sorted({rule for owner, rule, _ in named if owner == offer_id})
        found = ((rule, self._relaxed(offer_id, rule)) for rule in rules)
        return [Relaxed(rule, *numbers) for rule, numbers in found if len(numbers) == len(MEASURES)]

    def of_limits(self, need_id: str) -> dict[str, Coarse]:
        """Return for each limit that a need can set how many more donors' offers fit without it."""
        if self.counted_on is None:
            return {}
        return {
            rule: self._larger_word(key_of(need_id, rule), "limits", "limits_in_sight")
            for rule in limits_of_needs()
        }

    def _relaxed(self, offer_id: str, rule: str) -> list[int]:
        """Return the numbers that are told, none larger than the one before.

        They are settled one by one, so a later one may have moved sooner.
        """
        keys = (relaxed_key(offer_id, rule, measure) for measure in MEASURES)
        told = (self._number("relaxed", key) for key in keys)
        return list(accumulate((number for number in told if number is not None), min))

    def _number(self, kind: str, key: str) -> int | None:
        known = self.counts.get(kind, {}).get(key)
        return int(known[0]) if known else None

    def _larger_word(self, key: str, *kinds: str) -> Coarse:
        """Return one word of two; they are never added up, or one would tell the other."""
        known = [self.counts.get(kind, {}).get(key) for kind in kinds]
        words = [Coarse(each[0]) if each else Coarse.FEW for each in known]
        return max(words, key=list(Coarse).index)


def read_told(session: RegistrySession, party: PartyId) -> Told:
    """Return what a party may know of the last count: nothing, unless it is trusted now."""
    is_donor = party.donor_id is not None
    row = find_reach(session, party) if may_know(session, party) else None
    if row is None:
        return Told(is_donor)
    try:
        counts = session.vault.read_document(row, "counts")
    except KeyGoneError:
        return Told(is_donor)
    if "unlocks" not in counts:
        return Told(is_donor)  # counted when the party might not be told anything yet
    return Told(is_donor, row.day, counts)


def may_know(session: RegistrySession, party: PartyId) -> bool:
    """Say whether a party may be told numbers: a verified donor, an organisation vouched for."""
    if party.donor_id is not None:
        donor = session.get(Donor, party.donor_id)
        return (
            donor is not None
            and donor.vetting == Vetting.VERIFIED
            and donor.state == RecordState.ACTIVE
        )
    organisation = session.get(Organisation, party.organisation_id or "")
    return organisation is not None and is_trusted(organisation)
