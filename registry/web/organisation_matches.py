"""Help offered to an organisation: look at it, say yes or no, ask; waivers an officer asks for."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from registry.domain.pipeline import Mover
from registry.identity.current import current_actor, current_session
from registry.services.matches.answer_waiver import answer_waiver, list_waiver_requests
from registry.services.matches.consent_match import consent_match
from registry.web import introductions, saying_no, sealed
from registry.web.language import page_language
from registry.web.organisation import blueprint
from registry.web.side import Side
from search.codes import MatchState

SIDE = Side(
    part=Mover.ORGANISATION,
    yes=consent_match,
    leads_to=(MatchState.CONSENTED, MatchState.INTRODUCED, MatchState.AWARDED),
    waits_in=MatchState.INTERESTED,
)

ANSWERS = {"yes": True, "no": False}


@blueprint.get("/help")
def matches() -> str:
    """List the help that was offered."""
    return introductions.show_list(SIDE)


@blueprint.get("/help/<match_id>")
def match(match_id: str) -> str:
    """Show one offer of help: what, by whom, what they would learn, and when."""
    return introductions.show_match(SIDE, match_id)


@blueprint.route("/help/<match_id>/yes", methods=["GET", "POST"])
def accept_match(match_id: str) -> ResponseReturnValue:
    """Say what follows from a yes, then record it."""
    return introductions.say_yes(SIDE, match_id)


@blueprint.route("/help/<match_id>/no", methods=["GET", "POST"])
def decline_match(match_id: str) -> ResponseReturnValue:
    """Say no, with a reason."""
    return saying_no.say_no(SIDE, match_id)


@blueprint.route("/help/<match_id>/ask", methods=["GET", "POST"])
def ask_about_match(match_id: str) -> ResponseReturnValue:
    """Ask the officers about it."""
    return introductions.ask_officer(SIDE, match_id)


@blueprint.route("/help/<match_id>/give/<kind>", methods=["GET", "POST"])
def give(match_id: str, kind: str) -> ResponseReturnValue:
    """Let the other side read one sealed envelope."""
    return sealed.give(SIDE, match_id, kind)


@blueprint.route("/help/<match_id>/take-back/<kind>", methods=["GET", "POST"])
def take_back(match_id: str, kind: str) -> ResponseReturnValue:
    """Let the other side read it no more."""
    return sealed.take_back(SIDE, match_id, kind)


@blueprint.get("/permissions")
def waivers() -> str:
    """List the rules that officers ask to set aside."""
    asked = list_waiver_requests(current_session(), current_actor(), language=page_language())
    return render_template("organisation/waivers.html", requests=asked)


@blueprint.post("/permissions/<match_id>/<rule>")
def answer_waiver_request(match_id: str, rule: str) -> ResponseReturnValue:
    """Record whether a rule that protects the organisation may be set aside this once."""
    agrees = ANSWERS.get(request.form.get("answer", ""))
    if agrees is None:
        abort(400)
    session, actor = current_session(), current_actor()
    if _is_still_asked(match_id, rule):
        answer_waiver(session, actor, match_id, rule=rule, agrees=agrees)
        flash(_("Your answer is recorded."), "good")
    else:
        flash(_("This is no longer asked. Nothing was changed."), "warn")
    return redirect(url_for("organisation.waivers"), code=303)


def _is_still_asked(match_id: str, rule: str) -> bool:
    """Say whether the answer is still waited for; the same form sent twice finds it is not."""
    asked = list_waiver_requests(current_session(), current_actor(), language=page_language())
    return any((each["match"], each["rule"]) == (match_id, rule) for each in asked)
