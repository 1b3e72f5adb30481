"""What the refusals of a time tell of rules and weights, as an officer reads it."""

from datetime import date, timedelta

from flask import current_app, render_template, request, url_for

from registry.domain.msgid import N_
from registry.identity.current import current_actor, current_session
from registry.services.matches.read_feedback import read_feedback
from registry.web.language import page_language
from registry.web.officer import blueprint
from search.eligibility import sentences
from search.eligibility.catalogue import load_rules
from search.matching.score import load_parts

PERIODS = {"30": N_("a month"), "90": N_("three months"), "365": N_("a year")}
"""Days -> how long that is."""
USUAL = "90"


@blueprint.get("/feedback")
def feedback() -> str:
    """Show what was refused and agreed in a time, and which rules and weights that speaks of."""
    chosen = request.args.get("days", USUAL)
    chosen = chosen if chosen in PERIODS else USUAL
    found = read_feedback(current_session(), current_actor(), _since(int(chosen)))
    return render_template(
        "officer/feedback.html",
        found=found,
        periods=PERIODS,
        chosen=chosen,
        name_rule=_name_rule,
        name_part=_name_part,
        editor=_editor,
    )


def _since(days: int) -> date:
    return current_session().today - timedelta(days=days)


def _name_rule(code: str) -> str:
    return sentences.label(code, page_language()) if code in load_rules() else code


def _name_part(code: str) -> str:
    parts = load_parts()
    return parts[code].label.in_language(page_language()) if code in parts else code


def _editor(programme_id: str) -> str:
    """Return where the weights and rules of a programme are changed."""
    if "officer.programme" in current_app.view_functions:
        return url_for("officer.programme", programme_id=programme_id)
    return url_for("officer.rules")
