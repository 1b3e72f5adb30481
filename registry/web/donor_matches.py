"""Needs offered to a donor: look at one, say that one would help, or no, or ask."""

from flask.typing import ResponseReturnValue

from registry.domain.pipeline import Mover
from registry.services.matches.record_interest import record_interest
from registry.web import introductions, saying_no, sealed
from registry.web.donor import blueprint
from registry.web.side import Side
from search.codes import MatchState

SIDE = Side(
    part=Mover.DONOR,
    yes=record_interest,
    leads_to=(
        *(MatchState.INTERESTED, MatchState.CONSENTED, MatchState.INTRODUCED),
        MatchState.AWARDED,
    ),
    waits_in=MatchState.OFFERED,
)


@blueprint.get("/needs")
def matches() -> str:
    """List the needs that were shown to the donor."""
    return introductions.show_list(SIDE)


@blueprint.get("/needs/<match_id>")
def match(match_id: str) -> str:
    """Show one need: codes and amount, why it was proposed, what follows from a yes."""
    return introductions.show_match(SIDE, match_id)


@blueprint.route("/needs/<match_id>/yes", methods=["GET", "POST"])
def accept_match(match_id: str) -> ResponseReturnValue:
    """Say what follows from a yes, then record it."""
    return introductions.say_yes(SIDE, match_id)


@blueprint.route("/needs/<match_id>/no", methods=["GET", "POST"])
def decline_match(match_id: str) -> ResponseReturnValue:
    """Say no, with a reason."""
    return saying_no.say_no(SIDE, match_id)


@blueprint.route("/needs/<match_id>/ask", methods=["GET", "POST"])
def ask_about_match(match_id: str) -> ResponseReturnValue:
    """Ask the officers about it."""
    return introductions.ask_officer(SIDE, match_id)


@blueprint.route("/needs/<match_id>/give/<kind>", methods=["GET", "POST"])
def give(match_id: str, kind: str) -> ResponseReturnValue:
    """Let the other side read one sealed envelope."""
    return sealed.give(SIDE, match_id, kind)


@blueprint.route("/needs/<match_id>/take-back/<kind>", methods=["GET", "POST"])
def take_back(match_id: str, kind: str) -> ResponseReturnValue:
    """Let the other side read it no more."""
    return sealed.take_back(SIDE, match_id, kind)
