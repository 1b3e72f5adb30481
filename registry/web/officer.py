"""The officers' desk: what its journeys share. Each of them stands in a file of its own."""

from typing import Any

from flask import Blueprint, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from registry.identity.current import current_actor, current_session
from registry.services.matches.assign_match import list_officers
from registry.services.matches.write_review import short_of
from registry.web.language import local_path

blueprint = Blueprint("officer", __name__, url_prefix="/desk")

WELL_KNOWN, MOSTLY_KNOWN = 0.95, 0.8
"""Shares of facts known from which on a score is called firm, and fairly firm."""


@blueprint.app_template_global()
def say_confidence(share: float) -> str:
    """Say in words how much of what the rules ask is known."""
    if share >= WELL_KNOWN:
        return str(_("nearly all is known"))
    return str(_("most is known") if share >= MOSTLY_KNOWN else _("much is not known yet"))


@blueprint.app_template_global()
def name_officer(account_id: str | None) -> str:
    """Return "you", or the short id of another officer; empty where there is none."""
    if account_id is None:
        return ""
    if account_id == current_actor().account_id:
        return str(_("you"))
    return str(_("officer %(id)s", id=short_of(account_id)))


def officer_choices() -> list[tuple[str, str]]:
    """Return (id, what to call it) of those who can be handed something, oneself first."""
    officers = list_officers(current_session(), current_actor())
    return [(each["id"], name_officer(each["id"])) for each in officers]


def back_to(endpoint: str, **values: Any) -> ResponseReturnValue:
    """Lead back to the page that a form came from, else to one of ours."""
    came_from = local_path(request.form.get("_back", ""))
    return redirect(came_from if came_from != "/" else url_for(endpoint, **values), code=303)


def speaker_name(role: str, *, is_me: bool = False, by: str | None = None) -> str:
    """Say who acted: "you", "officer 3f2a1c", "the donor"."""
    if is_me:
        return str(_("you"))
    if by and role in ("officer", "admin"):
        return str(_("officer %(id)s", id=by))
    names = {
        "donor": _("the donor"),
        "organisation": _("the organisation"),
        "partner": _("the organisation's hub"),
        "system": _("the registry"),
    }
    return str(names.get(role, _("an officer")))
