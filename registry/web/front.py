"""What anyone may see without an account: the doors, what is kept, what is offered, figures."""

from datetime import date

from flask import Blueprint, current_app, render_template, request, url_for

from registry.domain.quarters import next_quarter
from registry.identity.current import current_session
from registry.services.offers.list_public_offers import list_public_offers
from registry.services.statistics.read_statistics import read_statistics
from registry.web.figures import figure_lines, kinds_untold, sum_of_lines

blueprint = Blueprint("front", __name__)

REGISTRATION = {
    "organisation": "registration.organisation",
    "donor": "registration.donor",
}
"""Who registers -> the endpoint where they do."""

NEWEST_OFFERS = 6
"""So many public offers stand on the front page."""


@blueprint.get("/")
def start() -> str:
    """Show the three doors, and in four sentences what is kept and what that can mean."""
    offers = list_public_offers(current_session(), limit=NEWEST_OFFERS).items
    return render_template("front.html", offers=offers, next_snapshot=next_quarter(_today()))


@blueprint.get("/what-is-kept")
def what_is_kept() -> str:
    """Say at length what is kept, for how long, who reads it, and what that can mean."""
    return render_template("what_is_kept.html")


@blueprint.get("/before-registering/<any(organisation, donor):party>")
def before_registering(party: str) -> str:
    """Say what there is to know before an account is made, and what one can do without one."""
    return render_template(
        "before_registering.html", party=party, registration=_registration_address(party)
    )


@blueprint.get("/help-offered")
def public_offers() -> str:
    """List the offers that their donors made public."""
    cursor = request.args.get("cursor")
    page = list_public_offers(current_session(), cursor=cursor)
    return render_template("public_offers.html", page=page, is_first=cursor is None)


@blueprint.get("/figures")
def statistics() -> str:
    """Show the latest snapshot, or when the first one comes."""
    told = read_statistics(current_session())
    return render_template(
        "statistics.html",
        told=told,
        lines=figure_lines(told),
        untold=kinds_untold(told),
        total=sum_of_lines(told),
    )


def _registration_address(party: str) -> str:
    """Return where the party registers; empty while that page does not exist."""
    endpoint = REGISTRATION[party]
    return url_for(endpoint) if endpoint in current_app.view_functions else ""


def _today() -> date:
    return current_session().today
