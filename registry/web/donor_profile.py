"""What a donor says of itself, and changing it; questions from and to it."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from registry.identity.current import current_actor, current_session
from registry.schemas.records import dump_record
from registry.services.donors.change_donor import change_donor
from registry.web import answering
from registry.web import sealed as sealing
from registry.web.donor import blueprint, own_donor_view
from registry.web.donor_matches import SIDE
from registry.web.editing import Edit
from registry.web.facts_asked import show_fact

CHANGEABLE = ("donor_kind", "handle", "languages")


@blueprint.get("/about")
def profile() -> str:
    """Show what the donor said of itself."""
    view = own_donor_view()
    return render_template(
        "donor/profile.html",
        donor=view,
        sealed_lines=sealing.own_lines(),
        prove=sealing.where_to_prove(),
        record=dump_record("donor", view),
        names=(*CHANGEABLE, "intermediary"),
    )


@blueprint.route("/about/change", methods=["GET", "POST"])
def change_profile() -> ResponseReturnValue:
    """Change what the donor says of itself."""
    view = own_donor_view()
    edit = Edit("donor", view, CHANGEABLE)
    if request.method == "POST" and edit.save(
        lambda *made: change_donor(current_session(), current_actor(), view["id"], *made)
    ):
        flash(_("It is saved."), "good")
        return redirect(url_for("donor.profile"), code=303)
    return render_template("donor/profile_change.html", edit=edit), edit.status


@blueprint.route("/about/sealed/<kind>", methods=["GET", "POST"])
def sealed(kind: str) -> ResponseReturnValue:
    """Read back or write what only one's own side opens: contact, legal name, payout."""
    return sealing.write(SIDE, kind)


@blueprint.get("/questions")
def questions() -> str:
    """List the questions from and to the donor."""
    return answering.show_questions("donor")


@blueprint.route("/questions/new", methods=["GET", "POST"])
def ask() -> ResponseReturnValue:
    """Ask the officers something."""
    return answering.ask("donor", current_actor().donor_id or "")


@blueprint.route("/questions/<record_id>/<code>", methods=["GET", "POST"])
def fact(record_id: str, code: str) -> ResponseReturnValue:
    """Say a fact that a rule asks for, or that one would rather not."""
    return show_fact("donor", record_id, code)


@blueprint.route("/questions/<question_id>", methods=["GET", "POST"])
def answer(question_id: str) -> ResponseReturnValue:
    """Answer a question of an officer."""
    return answering.answer("donor", question_id)
