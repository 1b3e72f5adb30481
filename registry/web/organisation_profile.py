"""What an organisation says of itself, and changing it; questions from and to it."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from registry.identity.current import current_actor, current_session
from registry.schemas.records import dump_record
from registry.services.organisations.change_organisation import change_organisation
from registry.web import answering
from registry.web import sealed as sealing
from registry.web.editing import Edit
from registry.web.facts_asked import show_fact
from registry.web.need_readers import ORGANISATION_FIELDS
from registry.web.organisation import blueprint, own_organisation_view
from registry.web.organisation_matches import SIDE

CHANGEABLE = (
    *("kind", "legal_statuses", "base_country", "handle", "languages", "operates_in", "themes"),
    *("target_groups", "staff_band", "active_since", "declines_donor_kinds"),
    "declines_anonymous",
)


@blueprint.get("/about")
def profile() -> str:
    """Show what the organisation said of itself."""
    view = own_organisation_view()
    return render_template(
        "organisation/profile.html",
        organisation=view,
        sealed_lines=sealing.own_lines(),
        prove=sealing.where_to_prove(),
        record=dump_record("organisation", view),
        names=[name for name in ORGANISATION_FIELDS if name != "vetting"],
    )


@blueprint.route("/about/change", methods=["GET", "POST"])
def change_profile() -> ResponseReturnValue:
    """Change what the organisation says of itself."""
    view = own_organisation_view()
    edit = Edit("organisation", view, CHANGEABLE)
    if request.method == "POST" and edit.save(
        lambda *made: change_organisation(current_session(), current_actor(), view["id"], *made)
    ):
        flash(_("It is saved."), "good")
        return redirect(url_for("organisation.profile"), code=303)
    return render_template("organisation/profile_change.html", edit=edit), edit.status


@blueprint.route("/about/sealed/<kind>", methods=["GET", "POST"])
def sealed(kind: str) -> ResponseReturnValue:
    """Read back or write what only one's own side opens: contact, legal name, payout."""
    return sealing.write(SIDE, kind)


@blueprint.get("/questions")
def questions() -> str:
    """List the questions from and to the organisation."""
    return answering.show_questions("organisation")


@blueprint.route("/questions/new", methods=["GET", "POST"])
def ask() -> ResponseReturnValue:
    """Ask the officers something."""
    return answering.ask("organisation", current_actor().organisation_id or "")


@blueprint.route("/questions/<record_id>/<code>", methods=["GET", "POST"])
def fact(record_id: str, code: str) -> ResponseReturnValue:
    """Say a fact that a rule asks for, or that one would rather not."""
    return show_fact("organisation", record_id, code)


@blueprint.route("/questions/<question_id>", methods=["GET", "POST"])
def answer(question_id: str) -> ResponseReturnValue:
    """Answer a question of an officer."""
    return answering.answer("organisation", question_id)
