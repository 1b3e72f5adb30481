"""A need as officers read it: codes freely, its text after an act of its own that is counted."""

from collections.abc import Mapping
from typing import Any

from flask import flash, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from registry.domain.errors import LimitReachedError
from registry.identity.current import current_actor, current_session
from registry.services.matches.decline_match import UNSEEN_STATES
from registry.services.matches.list_matches import list_matches
from registry.services.needs.get_need import get_need
from registry.services.needs.open_dossier import has_text, left_to_open, open_dossier, opened_today
from registry.services.needs.read_coverage import read_coverage
from registry.services.organisations.get_organisation import get_organisation
from registry.services.questions.list_questions import list_questions
from registry.web.officer import back_to, blueprint
from registry.web.officer_questions import ask_about
from registry.web.officer_reasons import read_nearest
from search.codes import PairOutcome

NEED_CODES = (
    *("serves", "amount_requested", "quantity", "asks_for"),
    *("breakdown", "minimum_useful", "months_covered", "minimum_months", "recurrence"),
    *("needed_by", "useful_until", "channels", "publicity_accepted", "reporting_accepted"),
    *("languages", "target_groups", "co_funding", "readers"),
)
"""Fields that are codes, amounts and days; they are read freely."""

MOST_PROPOSALS = 100


@blueprint.get("/needs/<need_id>")
def need(need_id: str) -> str:
    """Show one need, its proposals and questions; its text if it was opened today."""
    return show_need(need_id)


@blueprint.post("/needs/<need_id>/open")
def open_need(need_id: str) -> ResponseReturnValue:
    """Open the text of a need for today; past the limit the page says so and stays closed."""
    try:
        open_dossier(current_session(), current_actor(), need_id)
    except LimitReachedError as reached:
        flash(
            _(
                "You have opened %(num)s texts today, and that is the limit. Go on tomorrow, or "
                "hand this need to a colleague.",
                num=reached.limit,
            ),
            "warn",
        )
    return back_to("officer.need", need_id=need_id)


@blueprint.route("/needs/<need_id>/ask", methods=["GET", "POST"])
def ask_about_need(need_id: str) -> ResponseReturnValue:
    """Ask the organisation something about its need."""
    view = get_need(current_session(), current_actor(), need_id)
    return ask_about("need", view["id"], "organisation", "officer.need", need_id=need_id)


def text_standing(need_id: str) -> dict[str, Any]:
    """Say how the text of a need stands: `{"exists", "is_open", "left"}`.

    Whether there is one, whether it may be shown, and how many others may be opened yet today.
    """
    session, actor = current_session(), current_actor()
    return {
        "exists": has_text(session, need_id),
        "is_open": need_id in opened_today(session, actor),
        "left": left_to_open(session, actor),
    }


def show_need(need_id: str) -> str:
    """Show one need as it stands now, whatever was wanted of it."""
    session, actor = current_session(), current_actor()
    view = get_need(session, actor, need_id)
    lines = list_matches(session, actor, filters={"need": need_id}, limit=MOST_PROPOSALS).items
    return render_template(
        "officer/need.html",
        need=view,
        codes=NEED_CODES,
        text=text_standing(need_id),
        organisation=get_organisation(session, actor, view["organisation_id"]),
        coverage=read_coverage(session, [view])[need_id],
        proposals=sorted(lines, key=lambda line: (-line["score"], line["id"])),
        undecided=[line for line in lines if line["state"] in UNSEEN_STATES],
        nearest=[] if any(map(_fits, lines)) else read_nearest(need_id),
        questions=list_questions(session, actor, about=need_id),
        me=actor.account_id,
    )


def _fits(line: Mapping[str, Any]) -> bool:
    return bool(line["outcome"] == PairOutcome.ELIGIBLE)
