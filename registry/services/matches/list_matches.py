"""The matches that an actor may see, as lines made from codes."""

from typing import Any, TypedDict

from sqlalchemy import ColumnElement
from sqlalchemy import select as select_rows
from sqlmodel import col, select

from registry.domain.errors import NotAllowedError
from registry.domain.pipeline import Mover
from registry.domain.roles import Role
from registry.identity.actor import Actor
from registry.identity.permissions import is_in_sight, owned_organisations
from registry.services.matches.see_match import audience_of
from registry.services.paging import DEFAULT_LIMIT, ListPage, by_day, list_page
from registry.storage.database import RegistrySession
from registry.storage.donors import Donor
from registry.storage.matches import Match
from registry.storage.needs import Need
from registry.storage.offers import Offer
from registry.storage.organisations import Organisation
from search.codes import MatchState

NEED_CODES = ("category", "country", "amount_requested", "quantity", "needed_by", "useful_until")
OFFER_CODES = ("instrument", "flexibility")
OFFICERS_OWN = ("outcome", "score", "confidence", "pinned")


class MatchFilters(TypedDict, total=False):
    """All optional: one state, one need, one offer (ids), a least score (0 to 1, officers)."""

    state: str
    need: str
    offer: str
    min_score: float


def list_matches(
    session: RegistrySession,
    actor: Actor,
    *,
    filters: MatchFilters | None = None,
    cursor: str | None = None,
    limit: int = DEFAULT_LIMIT,
) -> ListPage:
    """List matches, the last moved first: all to officers, to a side those shown to it.

    A line: `{"id", "version", "audience", "need", "offer" (ids), "state", "proposed_amount",
    "moved_on", "offered_on", "interested_on"}`, the need's `category country amount_requested
    quantity needed_by useful_until urgency` (the confirmed one, else the stated), the offer's
    `instrument flexibility`; to officers also `outcome score confidence pinned assigned_to`.
    The codes of a party that is out of sight are left out.

    Raises:
        NotAllowedError: the actor is neither an officer nor a side.
        RecordRefusedError: cursor or limit cannot be used.
    """
    part = part_of(actor)
    statement = select_shown(actor, *_chosen(part, filters or {}))
    order = by_day("matches", col(Match.moved_on), descending=True)
    return list_page(
        session,
        statement,
        order,
        col(Match.id),
        cursor=cursor,
        limit=limit,
        view=lambda match: view_line(session, match, part),
    )


def part_of(actor: Actor) -> Mover:
    """Return as whom an actor meets matches.

    Raises:
        NotAllowedError: as nobody.
    """
    if actor.is_officer:
        return Mover.OFFICER
    if actor.role is Role.DONOR:
        return Mover.DONOR
    if actor.role in (Role.ORGANISATION, Role.PARTNER):
        return Mover.ORGANISATION
    raise NotAllowedError


def shown_to(actor: Actor) -> list[ColumnElement[bool]]:
    """Select the matches that an actor may see; the same as `see_match` says one by one."""
    part = part_of(actor)
    if part is Mover.OFFICER:
        return []
    if part is Mover.DONOR:
        return [col(Match.donor_id) == (actor.donor_id or ""), col(Match.offered_on).is_not(None)]
    owned = select(col(Organisation.id)).where(owned_organisations(actor))
    return [col(Match.organisation_id).in_(owned), col(Match.interested_on).is_not(None)]


def select_shown(actor: Actor, *conditions: ColumnElement[bool]) -> Any:
    """Select the matches that an actor may see, each row with its four records behind it.

    So `view_line` finds them in the session, as long as the rows are held, and asks for none.
    """
    return (
        select_rows(Match, Need, Offer, Organisation, Donor)
        .join(Need, col(Need.id) == col(Match.need_id))
        .join(Offer, col(Offer.id) == col(Match.offer_id))
        .join(Organisation, col(Organisation.id) == col(Match.organisation_id))
        .join(Donor, col(Donor.id) == col(Match.donor_id))
        .where(*shown_to(actor), *conditions)
    )


def view_line(session: RegistrySession, match: Match, part: Mover) -> dict[str, Any]:
    """Return one line; nothing guarded is opened."""
    need, offer = session.get_one(Need, match.need_id), session.get_one(Offer, match.offer_id)
    donor = session.get_one(Donor, match.donor_id)
    line: dict[str, Any] = {
        "id": match.id,
        "version": match.version,
        "audience": audience_of(match, part, need, donor),
        "need": need.id,
        "offer": offer.id,
        "state": MatchState(match.state),
        "proposed_amount": match.proposed_amount,
        "moved_on": match.moved_on,
        "offered_on": match.offered_on,
        "interested_on": match.interested_on,
    }
    if part is not Mover.DONOR or is_in_sight(session.get_one(Organisation, match.organisation_id)):
        line |= {name: getattr(need, name) for name in NEED_CODES}
        line["urgency"] = need.urgency_confirmed or need.urgency
    if part is not Mover.ORGANISATION or is_in_sight(donor):
        line |= {name: getattr(offer, name) for name in OFFER_CODES}
    if part is Mover.OFFICER:
        line |= {name: getattr(match, name) for name in OFFICERS_OWN}
        line["assigned_to"] = match.assigned_to_id
    return line


def _chosen(part: Mover, filters: MatchFilters) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if state := filters.get("state"):
        found.append(col(Match.state) == state)
    if need := filters.get("need"):
        found.append(col(Match.need_id) == need)
    if offer := filters.get("offer"):
        found.append(col(Match.offer_id) == offer)
    least = filters.get("min_score")
    if least is not None and part is Mover.OFFICER:
        found.append(col(Match.score) >= least)
    return found
