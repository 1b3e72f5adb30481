"""Counting, over all stored matches, what each open question holds up."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from sqlmodel import col, select

from registry.domain.errors import KeyGoneError
from registry.services.reach.tally import Tally, key_of
from registry.services.reach.who_counts import WhoCounts
from registry.storage.database import RegistrySession
from registry.storage.matches import Match
from registry.storage.reach import PartyId
from search.codes import MatchState, Outcome, PairOutcome, Party
from search.eligibility.catalogue import load_rules
from search.eligibility.rule import Question
from search.eligibility.unsaid import code_of
from search.eligibility.verdict import Verdict

MATCHES_AT_ONCE = 200


@dataclass(slots=True)
class Counted:
    """Tallies of the parties of which there was something to count, by their ids."""

    organisations: dict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))
    donors: dict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))

    def of(self, party: PartyId) -> Tally:
        """Return what was counted of a party, which may be nothing."""
        if party.donor_id is not None:
            return self.donors.get(party.donor_id, Tally())
        return self.organisations.get(party.organisation_id or "", Tally())


@dataclass(frozen=True, slots=True)
class Asked:
    """One open rule of a pair: the question it asks, and about whose record."""

    code: str
    question: Question

    @property
    def whom(self) -> Party:
        """Whose turn it is: where no field holds the answer, it is the officers'."""
        return self.question.whom if self.question.answers else Party.OFFICER

    @property
    def record(self) -> str:
        """The record that it is about; an organisation's where no field holds the answer."""
        first = next(iter(self.question.answers), Party.ORGANISATION.value)
        return first.partition(".")[0]


def count_reach(
    session: RegistrySession, who: WhoCounts, pulse: Callable[[], None] = lambda: None
) -> Counted:
    """Count every proposed pair that is open; exact, so not yet fit to be shown.

    A question unlocks a pair where all that is open in it asks the same party. For donors only
    organisations count that are vouched for: nobody else's need would reach them. Of an offer
    that excludes anybody they are told nothing.
    """
    counted = Counted()
    for match, asked in _open_pairs(session, pulse):
        _count_pair(counted, who, match, asked)
    return counted


def _open_pairs(
    session: RegistrySession, pulse: Callable[[], None]
) -> Iterator[tuple[Match, list[Asked]]]:
    statement = (
        select(Match)
        .where(
            col(Match.state) == MatchState.PROPOSED,
            col(Match.outcome) == PairOutcome.NEEDS_INFORMATION,
        )
        .order_by(col(Match.organisation_id), col(Match.id))
        .execution_options(yield_per=MATCHES_AT_ONCE)
    )
    matches = iter(session.exec(statement))
    while part := list(islice(matches, MATCHES_AT_ONCE)):
        pulse()
        session.vault.keys.look_up({match.organisation_id for match in part})
        for match in part:
            with suppress(KeyGoneError):  # its organisation deleted itself; the rows follow
                yield match, list(_asked_in(session.vault.read_document(match, "evidence")))


def _asked_in(evidence: Mapping[str, Any]) -> Iterator[Asked]:
    rules = load_rules()
    for record in evidence.get("verdicts", ()):
        verdict = Verdict.from_record(record)
        if verdict.outcome is not Outcome.NEEDS_INFORMATION or verdict.waived:
            continue
        question = rules[verdict.rule].questions.get(verdict.key) if verdict.rule in rules else None
        if question is not None:  # else the rule has changed since; the pair is judged anew soon
            yield Asked(code_of(verdict), question)


def _count_pair(counted: Counted, who: WhoCounts, match: Match, asked: list[Asked]) -> None:
    organisation = counted.organisations[match.organisation_id]
    donor = counted.donors[match.donor_id]
    whom = {each.whom for each in asked}
    unlocked = organisation.in_sight if match.offer_id in who.in_sight else organisation.unlocks
    is_told_to_donor = match.organisation_id in who.trusted and match.offer_id in who.told
    for each in asked if len(whom) == 1 else ():
        key = key_of(_record_id(match, each.record), each.code)
        if each.whom is Party.ORGANISATION:
            unlocked[key].add(match.donor_id)
        elif each.whom is Party.DONOR and is_told_to_donor:
            donor.unlocks[key].add(who.trusted[match.organisation_id])
    for tally, records in ((organisation, ("organisation", "need")), (donor, ("donor", "offer"))):
        of_officers = [e.code for e in asked if e.whom is Party.OFFICER and e.record in records]
        tally.wait_for_officers(of_officers, alone=whom == {Party.OFFICER})


def _record_id(match: Match, record: str) -> str:
    return str(getattr(match, f"{record}_id"))
