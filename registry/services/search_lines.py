"""Hits of the index as lines for one reader: the record as it stands, and the words around.

Whoever may not see a record any more does not see its line; the index is only a cache.
"""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from sqlmodel import col, select

from registry.domain.audience import Audience
from registry.domain.errors import KeyGoneError
from registry.identity.actor import Actor
from registry.identity.permissions import (
    is_house,
    listed_needs,
    listed_offers,
    owns_organisation,
)
from registry.services.funding import read_funding_of
from registry.services.needs.open_dossier import opened_today
from registry.services.needs.view_need import view_need
from registry.services.offers.list_offers import AUDIENCES
from registry.services.offers.view_offer import view_offer
from registry.services.organisations.find_organisation import own_organisation
from registry.storage.database import RegistrySession
from registry.storage.donors import Donor
from registry.storage.needs import Need
from registry.storage.offers import Offer
from registry.storage.organisations import Organisation
from search.index.protocol import Hit, Kind, TextField
from search.text.languages import tell_language
from search.text.snippets import snippets

View = Callable[[], dict[str, Any]]


def read_lines(
    session: RegistrySession,
    actor: Actor,
    kind: Kind,
    hits: Sequence[Hit],
    terms: frozenset[str],
) -> list[dict[str, Any]]:
    """Return a line per hit that the actor may see, in the order of the hits.

    `terms` are the plain terms of the query: they are marked in title and summary, for who may
    read these in a list.
    """
    if not hits:
        return []
    ids = [hit.id for hit in hits]
    read = _need_views if kind is Kind.NEED else _offer_views
    views = read(session, actor, ids)
    lines = []
    for hit in hits:
        view = _open(views.get(hit.id))
        if view is not None:
            lines.append(_with_words(view, hit, terms))
    return lines


def _need_views(session: RegistrySession, actor: Actor, ids: Sequence[str]) -> dict[str, View]:
    statement = (
        select(Need, Organisation)
        .join(Organisation, col(Organisation.id) == col(Need.organisation_id))
        .where(col(Need.id).in_(ids), listed_needs(actor))
    )
    reads_all = not actor.is_officer or is_house(actor)
    opened = set() if reads_all or actor.scopes is not None else opened_today(session, actor)

    def view(need: Need, organisation: Organisation) -> dict[str, Any]:
        # An officer reads one text at a time, and each is counted.
        texts = reads_all or need.id in opened
        return view_need(session, need, _audience_of_line(actor, organisation), texts=texts)

    # The view holds both rows, so it finds the organisation in the session and asks for none.
    return {need.id: partial(view, need, whose) for need, whose in session.exec(statement)}


def _offer_views(session: RegistrySession, actor: Actor, ids: Sequence[str]) -> dict[str, View]:
    statement = (
        select(Offer, Donor)
        .join(Donor, col(Donor.id) == col(Offer.donor_id))
        .where(col(Offer.id).in_(ids), listed_offers(actor, own_organisation(session, actor)))
    )
    audience = AUDIENCES.get(actor.role, Audience.PUBLIC)
    found = session.exec(statement).all()
    funding = read_funding_of(session, [offer for offer, _ in found])

    def view(offer: Offer, _donor: Donor) -> dict[str, Any]:
        return view_offer(session, offer, audience, funding)

    return {offer.id: partial(view, offer, donor) for offer, donor in found}


def _audience_of_line(actor: Actor, organisation: Organisation) -> Audience:
    if actor.is_officer:
        return Audience.OFFICER
    return Audience.OWNER if owns_organisation(actor, organisation) else Audience.PARTNER


def _open(view: View | None) -> dict[str, Any] | None:
    """Open a view; None where there is none, or its owner deleted itself meanwhile."""
    try:
        return view() if view is not None else None
    except KeyGoneError:
        return None


def _with_words(view: dict[str, Any], hit: Hit, terms: frozenset[str]) -> dict[str, Any]:
    line = view | {"score": hit.score, "matched": hit.matched}
    texts = {name: view[name] for name in TextField if view.get(name)}
    if terms and texts:
        language = tell_language(view.get("language"), *texts.values())
        line["snippets"] = {
            str(name): [(piece.text, piece.marked) for piece in snippets(text, terms, language)]
            for name, text in texts.items()
        }
    return line
