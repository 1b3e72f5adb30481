"""Who may see and change which record: every answer that needs a row, in one place.

`registry.identity.policy` says who may reach a route at all; here stands what follows from the
record itself. Whoever may not see a record is told that there is none. Lists ask the same
questions in SQL, through the conditions at the end; a test holds both to the same answers.
"""

from sqlalchemy import ColumnElement, String, and_, cast, false, or_, true
from sqlmodel import col

from registry.domain.audience import Audience
from registry.domain.pipeline import Mover
from registry.domain.roles import Role, Scope
from registry.identity.actor import SYSTEM, Actor, is_hub
from registry.storage.donors import Donor
from registry.storage.needs import Need
from registry.storage.offers import Offer
from registry.storage.organisations import Organisation
from search.codes import (
    MATCHED_NEED_STATUSES,
    MATCHED_OFFER_STATUSES,
    Reader,
    RecordState,
    Vetting,
    Visibility,
)

TRUSTED = (Vetting.VOUCHED, Vetting.VERIFIED)
SHARED = (Visibility.MEMBERS, Visibility.PUBLIC)


def is_trusted(party: Organisation | Donor) -> bool:
    """Say whether a party is active and at least vouched for, so that others may hear of it."""
    return party.state == RecordState.ACTIVE and party.vetting in TRUSTED


def is_in_sight(party: Organisation | Donor) -> bool:
    """Say whether a party is active and not suspended."""
    return party.state == RecordState.ACTIVE and party.vetting != Vetting.SUSPENDED


def is_house(actor: Actor) -> bool:
    """Say whether the operator, an import or the worker acts."""
    return actor.account_id == SYSTEM


# Organisations and donors


def owns_organisation(actor: Actor, organisation: Organisation) -> bool:
    """Say whether it is the actor's own, or one that it may speak for now.

    These are the ones it hosts and those its key registered, as long as `speaks_for_others`.
    """
    if actor.role not in (Role.ORGANISATION, Role.PARTNER):
        return False
    own = actor.organisation_id
    if own is not None and own == organisation.id:
        return True
    if not speaks_for_others(actor):
        return False
    if own is not None and own == organisation.hosted_by_id:
        return True
    return actor.role is Role.PARTNER and organisation.registered_by_id == actor.account_id


def speaks_for_others(actor: Actor) -> bool:
    """Say whether the actor may act in the stead of organisations that it hosts or registered.

    A hub has to be active and verified at this moment, whatever it was when it took them in;
    the key of a partner without an organisation of its own answers for what it registers.
    """
    if actor.organisation_id is not None:
        return actor.is_hub
    return actor.role is Role.PARTNER


def owns_donor(actor: Actor, donor: Donor) -> bool:
    """Say whether the actor acts for this donor."""
    return actor.role is Role.DONOR and actor.donor_id == donor.id


def audience_of_organisation(actor: Actor, organisation: Organisation) -> Audience | None:
    """Say how the actor may see an organisation outside of any match; None: not at all."""
    if organisation.state == RecordState.DELETED:
        return None
    if owns_organisation(actor, organisation):
        return Audience.OWNER
    return Audience.OFFICER if actor.is_officer else None


def audience_of_donor(actor: Actor, donor: Donor) -> Audience | None:
    """Say how the actor may see a donor outside of any match; None: not at all."""
    if donor.state == RecordState.DELETED:
        return None
    if owns_donor(actor, donor):
        return Audience.OWNER
    return Audience.OFFICER if actor.is_officer else None


def may_host(actor: Actor, own: Organisation | None) -> bool:
    """Say whether the actor may register organisations in their stead; `own` is its own one.

    A hub has to be verified itself; a partner's key answers for what it registers.
    """
    if actor.is_officer:
        return True
    if own is not None and not is_hub(own.vetting, own.state):
        return False
    return actor.role is Role.PARTNER or (actor.role is Role.ORGANISATION and own is not None)


def may_change_party(actor: Actor, *, owns: bool, has_account: bool) -> bool:
    """Say whether the actor may write a party's records.

    The party itself, its hub and imports may; officers only where it has no account of its own.
    """
    return owns or is_house(actor) or (actor.is_officer and not has_account)


# Needs


def audience_of_need(actor: Actor, need: Need, organisation: Organisation) -> Audience | None:
    """Say how the actor may see a need outside of any match; None: not at all.

    Donors meet needs through matches alone; see `see_match.audience_of`. A partner's text is for
    one need at a time: lists ask for `Audience.PARTNER` whatever this says.
    """
    if organisation.state == RecordState.DELETED:
        return None
    if owns_organisation(actor, organisation):
        return Audience.OWNER
    if actor.is_officer:
        return Audience.OFFICER
    if actor.role is Role.PARTNER and _is_for_partners(need, organisation):
        return Audience.PARTNER_TEXT if actor.may(Scope.NEEDS_TEXT) else Audience.PARTNER
    return None


def _is_for_partners(need: Need, organisation: Organisation) -> bool:
    return (
        Reader.PARTNERS in (need.readers or ())
        and need.status in MATCHED_NEED_STATUSES
        and is_trusted(organisation)
    )


# Offers


def audience_of_offer(
    actor: Actor,
    offer: Offer,
    donor: Donor,
    *,
    own: Organisation | None = None,
) -> Audience | None:
    """Say how the actor may see an offer outside of any match; `own` is its organisation."""
    if donor.state == RecordState.DELETED:
        return None
    if owns_donor(actor, donor):
        return Audience.OWNER
    if actor.is_officer:
        return Audience.OFFICER
    return _members_audience(actor, own) if _is_shared(offer, donor) else None


def _members_audience(actor: Actor, own: Organisation | None) -> Audience | None:
    if actor.role is Role.PARTNER:
        return Audience.PARTNER
    reads = actor.role is Role.ORGANISATION and own is not None and is_trusted(own)
    return Audience.ORGANISATION if reads else None


def _is_shared(offer: Offer, donor: Donor) -> bool:
    open_to_members = offer.visibility in SHARED and offer.status in MATCHED_OFFER_STATUSES
    return open_to_members and is_trusted(donor)


# Moves


def mover_of(actor: Actor) -> Mover | None:
    """Say as whom the actor moves a record; None for the house, which may make any move."""
    if is_house(actor):
        return None
    if actor.is_officer:
        return Mover.OFFICER
    return Mover.DONOR if actor.role is Role.DONOR else Mover.ORGANISATION


# The same in SQL, for lists


def owned_organisations(actor: Actor) -> ColumnElement[bool]:
    """Select the organisations that `owns_organisation` says yes to."""
    if actor.role not in (Role.ORGANISATION, Role.PARTNER):
        return false()
    own = col(Organisation.id) == (actor.organisation_id or "")
    return or_(own, in_the_care_of(actor)) if speaks_for_others(actor) else own


def in_the_care_of(actor: Actor) -> ColumnElement[bool]:
    """Select the organisations that the actor hosts or registered, whether or not it may speak."""
    conditions: list[ColumnElement[bool]] = []
    if actor.organisation_id is not None:
        conditions.append(col(Organisation.hosted_by_id) == actor.organisation_id)
    if actor.role is Role.PARTNER:
        conditions.append(col(Organisation.registered_by_id) == actor.account_id)
    return or_(false(), *conditions)


def listed_organisations(actor: Actor) -> ColumnElement[bool]:
    """Select the organisations that an actor's list may hold: the frozen stand in none."""
    active = col(Organisation.state) == RecordState.ACTIVE
    return and_(active, true() if actor.is_officer else owned_organisations(actor))


def listed_donors(actor: Actor) -> ColumnElement[bool]:
    """Select the donors that an actor's list may hold."""
    active = col(Donor.state) == RecordState.ACTIVE
    if actor.is_officer:
        return active
    if actor.role is Role.DONOR and actor.donor_id is not None:
        return and_(active, col(Donor.id) == actor.donor_id)
    return false()


def listed_needs(actor: Actor) -> ColumnElement[bool]:
    """Select the needs (joined with their organisations) that an actor's list may hold."""
    in_sight = and_(
        col(Organisation.state) == RecordState.ACTIVE,
        col(Organisation.vetting) != Vetting.SUSPENDED,
    )
    if actor.is_officer:
        return in_sight
    owned = and_(col(Organisation.state) == RecordState.ACTIVE, owned_organisations(actor))
    if actor.role is not Role.PARTNER:
        return owned
    readable = and_(
        in_sight,
        col(Organisation.vetting).in_(TRUSTED),
        col(Need.status).in_(MATCHED_NEED_STATUSES),
        cast(col(Need.readers), String).like(f'%"{Reader.PARTNERS}"%'),
    )
    return or_(owned, readable)


def listed_offers(actor: Actor, own: Organisation | None = None) -> ColumnElement[bool]:
    """Select the offers (joined with their donors) that an actor's list may hold."""
    if actor.is_officer:
        in_sight = col(Donor.vetting) != Vetting.SUSPENDED
        return and_(col(Donor.state) == RecordState.ACTIVE, in_sight)
    if actor.role is Role.DONOR:
        return and_(col(Donor.state) == RecordState.ACTIVE, col(Donor.id) == (actor.donor_id or ""))
    return shared_offers(SHARED) if _members_audience(actor, own) else false()


def shared_offers(visibilities: tuple[Visibility, ...]) -> ColumnElement[bool]:
    """Select the open offers of trusted donors that are shared this far."""
    return and_(
        col(Offer.visibility).in_(visibilities),
        col(Offer.status).in_(MATCHED_OFFER_STATUSES),
        col(Donor.state) == RecordState.ACTIVE,
        col(Donor.vetting).in_(TRUSTED),
    )
