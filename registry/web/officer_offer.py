"""An offer as officers read it, with what was proposed from it."""

from flask import render_template
from flask.typing import ResponseReturnValue

from registry.identity.current import current_actor, current_session
from registry.services.donors.get_donor import get_donor
from registry.services.matches.list_matches import list_matches
from registry.services.offers.get_offer import get_offer
from registry.services.programmes.place_offer import programme_of_offer
from registry.services.questions.list_questions import list_questions
from registry.web.officer import blueprint
from registry.web.officer_match import OFFER_CODES
from registry.web.officer_programmes import programme_choices
from registry.web.officer_questions import ask_about

MOST_PROPOSALS = 100


@blueprint.get("/offers/<offer_id>")
def offer(offer_id: str) -> str:
    """Show one offer, its donor, its proposals and questions."""
    session, actor = current_session(), current_actor()
    view = get_offer(session, actor, offer_id)
    lines = list_matches(session, actor, filters={"offer": offer_id}, limit=MOST_PROPOSALS).items
    return render_template(
        "officer/offer.html",
        offer=view,
        codes=OFFER_CODES,
        donor=get_donor(session, actor, view["donor_id"]),
        proposals=sorted(lines, key=lambda line: (-line["score"], line["id"])),
        programme=programme_of_offer(session, actor, offer_id),
        programmes=programme_choices(),
        questions=list_questions(session, actor, about=offer_id),
    )


@blueprint.route("/offers/<offer_id>/ask", methods=["GET", "POST"])
def ask_about_offer(offer_id: str) -> ResponseReturnValue:
    """Ask the donor something about its offer."""
    view = get_offer(current_session(), current_actor(), offer_id)
    return ask_about("offer", view["id"], "donor", "officer.offer", offer_id=offer_id)
