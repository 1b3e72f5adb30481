"""What anyone may see without an account: the doors, what is kept, what is offered, figures."""

from datetime import date

from flask import Blueprint, current_app, render_template, request, url_for

from registry.identity.current import current_session
from registry.services.offers.list_public_offers import list_public_offers

blueprint = Blueprint("front", __name__)

REGISTRATION = {
    "organisation": "registration.organisation",
    "donor": "registration.donor",
}
"""Who registers -> the endpoint where they do."""

NEWEST_OFFERS = 6
"""So many public offers stand on the front page."""

MONTHS_PER_QUARTER = 3
LAST_QUARTER_BEGINS = 10


@blueprint.get("/")
def start() -> str:
    """Show the three doors, and in four sentences what is kept and what that can mean."""
    offers = list_public_offers(current_session(), limit=NEWEST_OFFERS).items
    return render_template("front.html", offers=offers, next_snapshot=next_snapshot_day(_today()))


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
    return render_template("statistics.html", next_snapshot=next_snapshot_day(_today()))


def next_snapshot_day(today: date) -> date:
    """Return the first day of the next quarter, on which a snapshot can be made."""
    begins = (today.month - 1) // MONTHS_PER_QUARTER * MONTHS_PER_QUARTER + 1
    if begins == LAST_QUARTER_BEGINS:
        return date(today.year + 1, 1, 1)
    return date(today.year, begins + MONTHS_PER_QUARTER, 1)


def _registration_address(party: str) -> str:
    """Return where the party registers; empty while that page does not exist."""
    endpoint = REGISTRATION[party]
    return url_for(endpoint) if endpoint in current_app.view_functions else ""


def _today() -> date:
    return current_session().today
