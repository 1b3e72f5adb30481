"""Who signs in for an organisation: a holder adds another one, or removes one."""

from dataclasses import asdict

from flask import Blueprint, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from registry.identity.accounts import prepare_secret
from registry.identity.current import (
    begin_writing,
    close_request,
    current_actor,
    current_session,
)
from registry.identity.unlocking import unlocked_key
from registry.services.accounts.holders import (
    MOST_HOLDERS,
    add_holder,
    find_other_holder,
    list_holders,
    remove_holder,
)
from registry.services.matches.write_review import short_of
from registry.web.language import page_language
from registry.web.sending_once import (
    answer_done_before,
    forget_shown,
    form_word,
    kept_to_show,
    make_and_keep,
)

blueprint = Blueprint("holders", __name__, url_prefix="/your-sign-in/holders")


@blueprint.get("/")
def page() -> str:
    """List who can sign in for the organisation."""
    return render_template(
        "account/holders.html",
        holders=list_holders(current_session(), current_actor()),
        most=MOST_HOLDERS,
        once=form_word(),
    )


@blueprint.post("/new")
def add() -> ResponseReturnValue:
    """Make an account for one more holder, and lead to its secrets."""
    actor, language = current_actor(), page_language()
    close_request()  # lets go of the write lock: hashing is slow on purpose
    prepared = prepare_secret(language)

    def make() -> dict[str, str]:
        private = unlocked_key(session)
        return asdict(add_holder(begun, actor, prepared, language=language, private=private))

    begun = begin_writing()
    if make_and_keep("holder", make) is None:
        return answer_done_before("holder")
    return redirect(url_for("holders.shown"), code=303)


@blueprint.route("/shown", methods=["GET", "POST"])
def shown() -> ResponseReturnValue:
    """Show a new holder's secrets until they are said to be handed over; then never again."""
    if request.method == "POST":
        forget_shown("holder")
    kept = kept_to_show("holder")
    if kept is None:
        return redirect(url_for("holders.page"), code=303)
    return render_template("account/new_holder.html", secret=kept)


@blueprint.route("/<account_id>/remove", methods=["GET", "POST"])
def remove(account_id: str) -> ResponseReturnValue:
    """Ask whether a holder is to be removed; then remove it."""
    holder = find_other_holder(current_session(), current_actor(), account_id)
    if request.method == "POST":
        remove_holder(current_session(), current_actor(), account_id)
        flash(_("Removed: nobody signs in with it any more."), "good")
        return redirect(url_for("holders.page"), code=303)
    return render_template(
        "confirm.html",
        title=_("Remove this holder?"),
        sentence=_("Holder %(id)s.", id=short_of(holder.id)),
        follows=[
            _("Whoever is signed in with it is signed out at once."),
            _("What is sealed opens to it no more; what was read already was read."),
            _("The one who is removed is not asked. You can make a new account for them later."),
        ],
        yes=_("Yes, remove"),
        no_href=url_for("holders.page"),
        danger=True,
    )
