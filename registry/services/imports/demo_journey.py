"""Some matches of the demonstration under way, so that every account finds something waiting.

Everything goes through the services, with the actors of the demonstration accounts: what a rule
or a state forbids them is left as it is, and the next match is tried.
"""

import tomllib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from sqlmodel import col, select

from registry.domain.errors import InvalidMoveError
from registry.domain.roles import Role
from registry.identity.actor import Actor
from registry.services.imports.demo_parties import DemoParties, proposed_matches
from registry.services.imports.demo_rows import DEMO
from registry.services.matches.consent_match import consent_match
from registry.services.matches.decline_match import decline_match
from registry.services.matches.offer_match import offer_match
from registry.services.matches.record_interest import record_interest
from registry.services.matches.shortlist_match import shortlist_match
from registry.services.needs.change_need import change_need
from registry.services.needs.confirm_urgency import confirm_urgency
from registry.services.offers.change_offer import change_offer
from registry.services.questions.ask_question import ask_question
from registry.storage.database import RegistrySession
from registry.storage.matches import Match
from registry.storage.needs import Need
from registry.storage.offers import Offer
from registry.storage.organisations import Organisation
from search.codes import MATCHED_NEED_STATUSES, ReasonCode, Urgency, Vetting

Step = Callable[[Match], Any]
Record = TypeVar("Record", Need, Offer)


@dataclass(slots=True)
class DemoJourney:
    """The acts of the demonstration's people, in one writing session."""

    session: RegistrySession
    parties: DemoParties
    actors: Mapping[Role, Actor]
    notes: Mapping[str, str] = field(init=False)
    questions: Mapping[str, str] = field(init=False)

    def __post_init__(self) -> None:
        written = tomllib.loads((DEMO / "journey.toml").read_text("utf-8"))
        self.notes, self.questions = written["notes"], written["questions"]

    def run(self) -> None:
        """Move some matches on, ask two questions, confirm some urgencies, leave facts unsaid."""
        own_needs = col(Match.organisation_id) == self.parties.organisation_id
        own_offers = col(Match.donor_id) == self.parties.donor_id
        shown = (self._shortlist, self._offer)
        # The organisation: two that wait for its word, one introduction.
        self._move(2, (*shown, self._say_interest), own_needs, ~own_offers)
        self._move(1, (*shown, self._say_interest, self._consent), own_needs, ~own_offers)
        # The donor: three needs to look at, one introduction, one that came to nothing.
        self._move(3, shown, own_offers, ~own_needs)
        self._move(1, (*shown, self._be_interested, self._say_consent), own_offers, ~own_needs)
        self._move(1, (*shown, self._decline), own_offers, ~own_needs)
        # The officer: some on the short list.
        self._move(4, (self._shortlist,), ~own_needs, ~own_offers)
        self._ask()
        self._confirm_urgencies()
        self._leave_unsaid()

    def _move(self, wanted: int, steps: Iterable[Step], *which: Any) -> None:
        """Take so many matches through all the steps, each of another need."""
        taken: set[str] = set()
        for match in proposed_matches(self.session, *which):
            if len(taken) == wanted:
                return
            if match.need_id not in taken and self._take(match, steps):
                taken.add(match.need_id)

    def _take(self, match: Match, steps: Iterable[Step]) -> bool:
        try:
            for step in steps:
                step(match)
        except InvalidMoveError:
            return False
        return True

    def _shortlist(self, match: Match) -> None:
        note = self.notes["shortlist"]
        shortlist_match(self.session, self.actors[Role.OFFICER], match.id, note=note)

    def _offer(self, match: Match) -> None:
        offer_match(self.session, self.actors[Role.OFFICER], match.id)

    def _say_interest(self, match: Match) -> None:
        note = self.notes["interest"]
        record_interest(self.session, self.actors[Role.OFFICER], match.id, note=note)

    def _be_interested(self, match: Match) -> None:
        record_interest(self.session, self.actors[Role.DONOR], match.id)

    def _say_consent(self, match: Match) -> None:
        note = self.notes["consent"]
        consent_match(self.session, self.actors[Role.OFFICER], match.id, note=note)

    def _consent(self, match: Match) -> None:
        consent_match(self.session, self.actors[Role.ORGANISATION], match.id)

    def _decline(self, match: Match) -> None:
        decline_match(
            self.session,
            self.actors[Role.OFFICER],
            match.id,
            reason_code=ReasonCode.TIMING,
            note=self.notes["decline"],
        )

    def _ask(self) -> None:
        need = self.session.exec(
            select(Need).where(
                col(Need.organisation_id) == self.parties.organisation_id,
                col(Need.status).in_(MATCHED_NEED_STATUSES),
            )
        ).first()
        if need is not None:
            self._ask_one("need", need.id, Role.ORGANISATION)
        self._ask_one("donor", self.parties.donor_id, Role.DONOR)

    def _ask_one(self, about: str, about_id: str, to: Role) -> None:
        ask_question(
            self.session,
            self.actors[Role.OFFICER],
            about,
            about_id,
            to_role=to,
            text=self.questions[to],
        )

    def _confirm_urgencies(self) -> None:
        """Confirm every second emergency and urgent need that verified organisations state."""
        for stated in (Urgency.EMERGENCY, Urgency.URGENT):
            needs = self.session.exec(
                select(Need)
                .join(Organisation, col(Organisation.id) == col(Need.organisation_id))
                .where(
                    col(Need.urgency) == stated,
                    col(Need.status).in_(MATCHED_NEED_STATUSES),
                    col(Organisation.vetting) == Vetting.VERIFIED,
                )
                .order_by(col(Need.id))
            ).all()
            for need in needs[::2]:
                officer = self.actors[Role.OFFICER]
                confirm_urgency(self.session, officer, need.id, stated, need.version)

    def _leave_unsaid(self) -> None:
        """Take facts back that rules ask for: each side finds questions, officers what changed."""
        needs = self._newest(Need, col(Need.organisation_id) == self.parties.organisation_id)
        for need, name in zip(needs, ("publicity_accepted", "channels"), strict=False):
            change_need(
                self.session, self.actors[Role.ORGANISATION], need.id, {name: None}, need.version
            )
        offers = self._newest(Offer, col(Offer.donor_id) == self.parties.donor_id)
        for offer, name in zip(offers, ("publicity_required", "channels"), strict=False):
            change_offer(
                self.session, self.actors[Role.DONOR], offer.id, {name: None}, offer.version
            )

    def _newest(self, table: type[Record], owned: Any) -> Sequence[Record]:
        matched = ("open", "partly_met")
        statement = select(table).where(owned, col(table.status).in_(matched))
        return self.session.exec(statement.order_by(col(table.id))).all()
