"""Two acts that ask nobody: freezing and deleting oneself; and freezing with a code."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_security import logout_user

from registry.domain.roles import Role
from registry.identity.current import (
    close_request,
    current_actor,
    current_database,
    current_session,
)
from registry.identity.passphrases import normal_code
from registry.identity.throttle import FREEZE_CODE, give_back, take_try
from registry.services.donors.delete_donor import delete_donor
from registry.services.organisations.delete_organisation import delete_organisation
from registry.services.organisations.freeze_organisation import (
    freeze_by_code,
    freeze_organisation,
    make_freeze_code,
)

blueprint = Blueprint("ending", __name__)

FIRST_DIGITS = 5


@blueprint.route("/your-sign-in/freeze", methods=["GET", "POST"])
def freeze() -> ResponseReturnValue:
    """Ask whether everything is to be frozen; then do it and sign out."""
    if request.method == "POST":
        actor = current_actor()
        freeze_organisation(current_session(), actor, actor.organisation_id or "")
        logout_user()
        return redirect(url_for("ending.done", what="frozen"), code=303)
    return render_template(
        "confirm.html",
        title=_("Freeze everything?"),
        sentence=_("Within seconds nothing of you is shown, matched or passed on any more."),
        follows=[
            _("Everybody who is signed in for you is signed out, on every device."),
            _("Nobody can sign in for you, not even with the right passphrase."),
            _("Pairings under way end; the others do not learn why."),
            _("What you gave others to read is taken back; what they have read, they have read."),
            _("Only an officer opens it again, and asks first whether you are free to speak."),
        ],
        yes=_("Yes, freeze everything"),
        no_href=url_for("account.page"),
        danger=True,
    )


@blueprint.route("/your-sign-in/freeze-code", methods=["GET", "POST"])
def freeze_code() -> ResponseReturnValue:
    """Make a code with which somebody trusted can freeze everything; show it once."""
    made = None
    if request.method == "POST":
        made = make_freeze_code(current_session(), current_actor())
    return render_template("account/freeze_code.html", code=made)


@blueprint.route("/code", methods=["GET", "POST"])
def use_code() -> ResponseReturnValue:
    """Take a freeze code from anybody; it freezes and shows nothing."""
    if request.method == "GET":
        return render_template("account/use_code.html", problem=False)
    typed = normal_code(request.form.get("code", ""))
    close_request()
    take_try(current_database(), FREEZE_CODE, typed[:FIRST_DIGITS])
    with current_database().writing() as session:
        is_known = freeze_by_code(session, typed)
    if not is_known:
        return render_template("account/use_code.html", problem=True), 422
    give_back(current_database(), FREEZE_CODE, typed[:FIRST_DIGITS])
    return redirect(url_for("ending.done", what="frozen"), code=303)


@blueprint.route("/your-sign-in/delete", methods=["GET", "POST"])
def delete() -> ResponseReturnValue:
    """Ask whether everything is to be deleted for good; then do it."""
    if request.method == "POST":
        _delete_own()
        logout_user()
        return redirect(url_for("ending.done", what="deleted"), code=303)
    return render_template(
        "confirm.html",
        title=_("Delete everything of you?"),
        sentence=_("It cannot be undone, by nobody. Nobody is asked first."),
        follows=[
            _("The key to your texts is destroyed at once: they are unreadable, in backups too."),
            _("Needs, offers, pairings, notes and all accounts of yours are removed."),
            _("What others read or wrote down already is not in our hands."),
            _("If you only want to be out of sight for a while, freeze instead."),
        ],
        yes=_("Yes, delete everything"),
        no_href=url_for("account.page"),
        danger=True,
    )


@blueprint.get("/done/<what>")
def done(what: str) -> ResponseReturnValue:
    """Say that it is done; it looks the same to whoever opens it."""
    sentences = {
        "frozen": _("It is frozen. Nothing of it is shown, matched or passed on any more."),
        "deleted": _("It is deleted. What stood here cannot be read by anybody any more."),
    }
    if what not in sentences:
        return render_template("account/done.html", sentence=None), 404
    return render_template("account/done.html", sentence=sentences[what])


def _delete_own() -> None:
    actor, session = current_actor(), current_session()
    if actor.role is Role.DONOR:
        delete_donor(session, actor, actor.donor_id or "")
    else:
        delete_organisation(session, actor, actor.organisation_id or "")
