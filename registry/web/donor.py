"""The pages of a donor: its first page and the list of its offers.

The further journeys stand in files of their own and hang on the same blueprint.
"""

from typing import Any

from flask import Blueprint, render_template, request

from registry.identity.current import current_actor, current_session
from registry.services.donors.get_donor import get_donor
from registry.services.offers.list_offers import list_offers
from registry.services.waiting import what_waits
from registry.web.facts_asked import facts_at_home
from registry.web.lists import page_links

blueprint = Blueprint("donor", __name__, url_prefix="/d")

OFFERS_AT_HOME = 10


@blueprint.get("/home")
def home() -> str:
    """Show what waits, the latest offers, and how far the donor was checked."""
    session, actor = current_session(), current_actor()
    return render_template(
        "donor/home.html",
        waiting=what_waits(session, actor)["items"],
        offers=list_offers(session, actor, limit=OFFERS_AT_HOME).items,
        donor=own_donor_view(),
        **facts_at_home(),
    )


@blueprint.get("/offers")
def offers() -> str:
    """List the donor's offers, newest first, each with what is left of it."""
    page = list_offers(current_session(), current_actor(), cursor=request.args.get("cursor"))
    return render_template(
        "donor/offers.html", offers=page.items, pages=page_links(page, "donor.offers")
    )


def own_donor_view() -> dict[str, Any]:
    """Return the donor that the account belongs to, as it sees itself."""
    actor = current_actor()
    return get_donor(current_session(), actor, actor.donor_id or "")
