"""The auditor's page: the trail of what was done, and whether its chain is whole."""

from flask import Blueprint, render_template, request

from registry.domain.identifiers import is_id
from registry.identity.current import current_actor, current_session
from registry.services.trail.read_trail import check_trail, list_trail
from registry.services.vetting.list_proposals import list_proposals
from registry.services.vetting.set_vetting import PARTIES
from registry.web.lists import page_links
from registry.web.trail_words import say_act

blueprint = Blueprint("auditor", __name__, url_prefix="/trail")


@blueprint.get("/")
def trail() -> str:
    """Show the entries, newest first; the whole chain is checked where that is asked for."""
    session, actor = current_session(), current_actor()
    about, cursor = request.args.get("about", ""), request.args.get("cursor")
    subject = about if is_id(about) else None
    page = list_trail(session, actor, subject=subject, cursor=cursor)
    is_checked = request.args.get("check") == "yes"
    return render_template(
        "auditor/trail.html",
        entries=[entry | {"what": say_act(entry["act"])} for entry in page.items],
        about=about,
        subject=subject,
        is_checked=is_checked,
        breaks_at=check_trail(session, actor) if is_checked else None,
        waiting=[each for record in PARTIES for each in list_proposals(session, actor, record)],
        pages=page_links(page, "auditor.trail", about=subject),
    )
