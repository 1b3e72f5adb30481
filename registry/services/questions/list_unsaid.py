"""The facts that a party has not said and that a rule may ask for: its own open questions.

Which ones there are follows from the party's own records alone. In which order they stand, and
what a verified reader is told of each, comes from the day's count: see `registry.services.reach`.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from sqlmodel import col, select

from registry.domain.disclosure import Coarse
from registry.domain.roles import Role
from registry.identity.actor import Actor
from registry.services.facts import FactsReader
from registry.services.funding import Funding
from registry.services.questions.asked_by_hand import asked_by_hand
from registry.services.reach.read_reach import Told, read_told
from registry.services.reach.tally import key_of
from registry.storage.database import RegistrySession
from registry.storage.donors import Donor
from registry.storage.needs import Need
from registry.storage.offers import Offer
from registry.storage.organisations import Organisation
from registry.storage.reach import PartyId, find_withheld
from search.codes import MATCHED_NEED_STATUSES, OfferStatus
from search.eligibility.pair import Settings
from search.eligibility.unsaid import Unsaid, unsaid_of_need, unsaid_of_offer

MOST_RECORDS = 20
"""Needs or offers of one party that are looked through, the newest first."""

_ASKED_OFFERS = (OfferStatus.OPEN, OfferStatus.PAUSED)


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """One fact that is not said: what is asked, of which record, and who asked besides a rule.

    `told` is a word of `Coarse` for an organisation, tens for a donor, None where nothing may
    be told. `question_id` and `asked_on` are those of an officer who asked the same by hand;
    `withheld` says that the party would rather not answer.
    """

    unsaid: Unsaid
    record_id: str
    told: Coarse | int | None = None
    question_id: str | None = None
    asked_on: date | None = None
    withheld: bool = False

    @property
    def code(self) -> str:
        return self.unsaid.code

    @property
    def record(self) -> str:
        """`need`, `organisation`, `offer` or `donor`."""
        return self.unsaid.record

    @property
    def fields(self) -> tuple[str, ...]:
        """The fields of the record in which it can be answered."""
        return self.unsaid.fields

    @property
    def is_about(self) -> tuple[str, str]:
        return self.record_id, self.code


def list_unsaid(session: RegistrySession, actor: Actor) -> list[OpenQuestion]:
    """List the open questions of the actor's own party, each once, the most useful first.

    Who may be told nothing finds them in the order of the rules. Those that an officer asked by
    hand come before all others; those that the party would rather not answer come last.
    """
    party = party_of(actor)
    found = {each.is_about: each for each in _own_questions(session, party)}
    told, refused = read_told(session, party), _withheld(session, party)
    by_hand = asked_by_hand(session, party)
    questions = [_completed(each, told, refused, by_hand) for each in found.values()]
    return sorted(questions, key=_rank)


def find_unsaid(
    session: RegistrySession, actor: Actor, record_id: str, code: str
) -> OpenQuestion | None:
    """Return one open question of the actor's own party; None where that is not open."""
    questions = list_unsaid(session, actor)
    return next((each for each in questions if each.is_about == (record_id, code)), None)


def party_of(actor: Actor) -> PartyId:
    """Name the party that an actor belongs to, in a browser."""
    if actor.role is Role.DONOR:
        return PartyId(donor_id=actor.donor_id)
    return PartyId(organisation_id=actor.organisation_id)


def _own_questions(session: RegistrySession, party: PartyId) -> Iterator[OpenQuestion]:
    """Yield every question once per record that answers it."""
    # What awards gave does not change what is asked, so none is read.
    reader = FactsReader(session.vault, Funding((), session.today))
    settings = Settings(home_countries=session.settings.home_countries)
    if party.donor_id is not None:
        donor = session.get_one(Donor, party.donor_id)
        for offer in _offers(session, donor.id):
            asked = unsaid_of_offer(reader.read_offer(offer, donor), session.today, settings)
            yield from _about(asked, {"offer": offer.id, "donor": donor.id})
        return
    organisation = session.get_one(Organisation, party.organisation_id)
    facts = reader.read_organisation(organisation)
    for need in _needs(session, organisation.id):
        asked = unsaid_of_need(reader.read_need(need), facts, session.today, settings)
        yield from _about(asked, {"need": need.id, "organisation": organisation.id})


def _about(asked: Iterable[Unsaid], ids: Mapping[str, str]) -> Iterator[OpenQuestion]:
    for unsaid in asked:
        yield OpenQuestion(unsaid, ids[unsaid.record])


def _needs(session: RegistrySession, organisation_id: str) -> list[Need]:
    statement = select(Need).where(
        col(Need.organisation_id) == organisation_id, col(Need.status).in_(MATCHED_NEED_STATUSES)
    )
    newest = statement.order_by(col(Need.created_on).desc(), col(Need.id))
    return list(session.exec(newest.limit(MOST_RECORDS)))


def _offers(session: RegistrySession, donor_id: str) -> list[Offer]:
    statement = select(Offer).where(
        col(Offer.donor_id) == donor_id, col(Offer.status).in_(_ASKED_OFFERS)
    )
    newest = statement.order_by(col(Offer.created_on).desc(), col(Offer.id))
    return list(session.exec(newest.limit(MOST_RECORDS)))


def _withheld(session: RegistrySession, party: PartyId) -> set[tuple[str, str]]:
    row = find_withheld(session, party)
    document = session.vault.read_document(row, "questions") if row else {}
    return {(record_id, code) for record_id, codes in document.items() for code in codes}


def _completed(
    question: OpenQuestion,
    told: Told,
    refused: set[tuple[str, str]],
    by_hand: Mapping[tuple[str, str], tuple[str, date]],
) -> OpenQuestion:
    question_id, asked_on = by_hand.get(question.is_about, (None, None))
    return replace(
        question,
        told=told.of_question(key_of(*question.is_about)),
        question_id=question_id,
        asked_on=asked_on,
        withheld=question.is_about in refused and question_id is None,
    )


_PLACES = {None: 0, Coarse.FEW: 0, Coarse.SOME: 1, Coarse.MANY: 2}


def _rank(question: OpenQuestion) -> tuple[bool, bool, int, str, str]:
    told = question.told
    weight = told if isinstance(told, int) else _PLACES[told]
    by_hand = question.question_id is not None
    return question.withheld, not by_hand, -weight, question.code, question.record_id
