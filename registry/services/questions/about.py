"""What a question is about, and which party it concerns."""

from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from registry.domain.errors import FieldProblem, NotFoundError, RecordRefusedError
from registry.identity.actor import Actor
from registry.identity.permissions import owns_donor, owns_organisation
from registry.services.matches.see_match import see_match
from registry.storage.database import RegistrySession
from registry.storage.donors import Donor
from registry.storage.matches import Match
from registry.storage.needs import Need
from registry.storage.offers import Offer
from registry.storage.organisations import Organisation
from search.codes import Party

Row = TypeVar("Row")


class AboutKind(StrEnum):
    NEED = "need"
    OFFER = "offer"
    MATCH = "match"
    ORGANISATION = "organisation"
    DONOR = "donor"


@dataclass(frozen=True, slots=True)
class Concerned:
    """The organisation, the donor, or (of a match) both, that a record belongs to."""

    organisation_id: str | None = None
    donor_id: str | None = None


def find_concerned(
    session: RegistrySession, actor: Actor, about_kind: AboutKind, about_id: str
) -> Concerned:
    """Return whose record it is, for an actor who may ask about it.

    Raises:
        NotFoundError: there is no such record, or none that the actor may ask about.
    """
    concerned = (
        _of_match(session, actor, about_id)
        if about_kind is AboutKind.MATCH
        else _of_record(session, about_kind, about_id)
    )
    if not actor.is_officer and own_side(session, actor, concerned) is None:
        raise NotFoundError
    return concerned


def own_side(session: RegistrySession, actor: Actor, concerned: Concerned) -> Party | None:
    """Say for which of the parties concerned the actor acts; None for neither."""
    if concerned.organisation_id is not None:
        organisation = session.get(Organisation, concerned.organisation_id)
        if organisation is not None and owns_organisation(actor, organisation):
            return Party.ORGANISATION
    if concerned.donor_id is not None:
        donor = session.get(Donor, concerned.donor_id)
        if donor is not None and owns_donor(actor, donor):
            return Party.DONOR
    return None


def narrow_to(concerned: Concerned, party: Party) -> Concerned:
    """Keep the one party that asks or is asked: its key guards the text.

    Raises:
        RecordRefusedError: the record has no such party.
    """
    if party is Party.ORGANISATION and concerned.organisation_id is not None:
        return Concerned(organisation_id=concerned.organisation_id)
    if party is Party.DONOR and concerned.donor_id is not None:
        return Concerned(donor_id=concerned.donor_id)
    raise RecordRefusedError([FieldProblem("to_role", "not_concerned")])


def _of_match(session: RegistrySession, actor: Actor, match_id: str) -> Concerned:
    match: Match = see_match(session, actor, match_id).match
    return Concerned(match.organisation_id, match.donor_id)


def _of_record(session: RegistrySession, about_kind: AboutKind, about_id: str) -> Concerned:
    if about_kind is AboutKind.NEED:
        need = session.get(Need, about_id)
        return Concerned(organisation_id=_existing(need).organisation_id)
    if about_kind is AboutKind.OFFER:
        offer = session.get(Offer, about_id)
        return Concerned(donor_id=_existing(offer).donor_id)
    if about_kind is AboutKind.ORGANISATION:
        return Concerned(organisation_id=_existing(session.get(Organisation, about_id)).id)
    return Concerned(donor_id=_existing(session.get(Donor, about_id)).id)


def _existing(row: Row | None) -> Row:
    if row is None:
        raise NotFoundError
    return row
