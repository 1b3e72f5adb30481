"""Why, why not, what if, on the officers' desk: the board paper and the counts of an offer."""

from datetime import date
from typing import Any

from flask import render_template

from registry.identity.actor import Actor
from registry.identity.current import current_actor, current_session
from registry.services.donors.get_donor import get_donor
from registry.services.matches.board_paper import NEED_CODES, OFFER_CODES, board_paper
from registry.services.matches.explain_match import explain_match
from registry.services.matches.nearest_offers import nearest_offers
from registry.services.matches.what_if import MOST_PAIRS, what_if
from registry.services.name_code import name_code
from registry.services.offers.get_offer import get_offer
from registry.services.programmes.get_programme import name_programme as named_in_store
from registry.storage.database import RegistrySession
from registry.storage.needs import Need
from registry.storage.offers import Offer
from registry.web.language import page_language
from registry.web.officer import blueprint
from search.money import read_amount


@blueprint.get("/matches/<match_id>/board-paper")
def paper(match_id: str) -> str:
    """Show what a board reads of a match, made to be printed."""
    session = current_session()
    view = board_paper(session, current_actor(), match_id, page_language())
    return render_template(
        "officer/board_paper.html",
        paper=view,
        programme_name=named_in_store(session, view["programme"]),
        need_codes=NEED_CODES,
        offer_codes=OFFER_CODES,
        score_lines=[
            (line["label"], line["value"], line["reason"]) for line in view["score_parts"]
        ],
    )


@blueprint.get("/offers/<offer_id>/what-if")
def what_if_relaxed(offer_id: str) -> str:
    """Show how many needs each rule of an offer keeps away, and how many would really gain."""
    session, actor = current_session(), current_actor()
    view = get_offer(session, actor, offer_id)
    row = session.get_one(Offer, view["id"])
    found = what_if(session, actor, row, page_language(), most_pairs=MOST_PAIRS)
    return render_template(
        "officer/what_if.html",
        offer=view,
        too_many=not found["rules"],
        needs=found["needs"],
        lines=[
            {**each, "asked": read_amount(each["asked"])}
            for each in found["rules"]
            if each["fails_only"]
        ],
    )


def read_reasons(match_id: str) -> dict[str, Any]:
    """Return why a match does not come about and what would change it, days as days."""
    found = explain_match(current_session(), current_actor(), match_id, page_language())
    why_not = found["why_not"]
    if why_not and why_not["day"]:
        why_not["day"] = date.fromisoformat(why_not["day"])
    return found


def read_nearest(need_id: str) -> list[dict[str, Any]]:
    """Return the offers that come nearest to a need, with `record` (the offer) and its `donor`.

    None where any offer fits.
    """
    session, actor = current_session(), current_actor()
    need = session.get_one(Need, need_id)
    found = nearest_offers(session, actor, need, page_language(), labels=name_code)
    return [line | _name_offer(session, actor, line["offer"]) for line in found["nearest"]]


def _name_offer(session: RegistrySession, actor: Actor, offer_id: str) -> dict[str, Any]:
    """Return the offer and its donor as officers read them."""
    view = get_offer(session, actor, offer_id)
    return {"record": view, "donor": get_donor(session, actor, view["donor_id"])}
