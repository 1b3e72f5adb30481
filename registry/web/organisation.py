"""The pages of an organisation: its first page and the list of its needs.

The further journeys stand in files of their own and hang on the same blueprint.
"""

from typing import Any

from flask import Blueprint, render_template, request

from registry.identity.current import current_actor, current_session
from registry.services.needs.list_needs import list_needs
from registry.services.needs.read_coverage import read_coverage
from registry.services.organisations.get_organisation import get_organisation
from registry.services.organisations.hosting import has_lost_its_voice
from registry.services.waiting import what_waits
from registry.web.facts_asked import facts_at_home
from registry.web.lists import page_links

blueprint = Blueprint("organisation", __name__, url_prefix="/o")

NEEDS_AT_HOME = 10


@blueprint.get("/home")
def home() -> str:
    """Show what waits, the latest needs, and how far the organisation was checked."""
    session, actor = current_session(), current_actor()
    latest = list_needs(session, actor, limit=NEEDS_AT_HOME).items
    return render_template(
        "organisation/home.html",
        waiting=what_waits(session, actor)["items"],
        needs=latest,
        coverage=read_coverage(session, latest),
        organisation=own_organisation_view(),
        hosts_in_vain=has_lost_its_voice(current_session(), current_actor()),
        today=session.today,
        **facts_at_home(),
    )


@blueprint.get("/needs")
def needs() -> str:
    """List what the organisation needs, newest first."""
    page = list_needs(current_session(), current_actor(), cursor=request.args.get("cursor"))
    return render_template(
        "organisation/needs.html",
        needs=page.items,
        coverage=read_coverage(current_session(), page.items),
        organisation=own_organisation_view(),
        hosts_in_vain=has_lost_its_voice(current_session(), current_actor()),
        pages=page_links(page, "organisation.needs"),
        today=current_session().today,
    )


def own_organisation_view() -> dict[str, Any]:
    """Return the organisation that the account belongs to, as it sees itself."""
    actor = current_actor()
    return get_organisation(current_session(), actor, actor.organisation_id or "")
