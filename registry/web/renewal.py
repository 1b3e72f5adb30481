"""New secrets for somebody who lost everything: asked for, made, shown once."""

from dataclasses import asdict
from typing import Any

from flask import Blueprint, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from registry.domain.roles import Role
from registry.identity.accounts import prepare_secret
from registry.identity.current import (
    begin_writing,
    close_request,
    current_actor,
    current_session,
)
from registry.identity.unlocking import unlocked_key
from registry.services.accounts.renew_account import find_renewable, renew_account
from registry.services.matches.write_review import short_of
from registry.web.sending_once import (
    answer_done_before,
    forget_shown,
    form_word,
    kept_to_show,
    make_and_keep,
)

blueprint = Blueprint("renewal", __name__, url_prefix="/new-secrets")


@blueprint.route("/of/<account_id>", methods=["GET", "POST"])
def renew(account_id: str) -> ResponseReturnValue:
    """Ask whether an account is to get new secrets; then make them and lead to them."""
    actor = current_actor()
    account = find_renewable(current_session(), actor, account_id)
    if request.method == "GET":
        return render_template("renewal/ask.html", **_question(account_id), once=form_word())
    language = account.language
    close_request()  # lets go of the write lock: hashing is slow on purpose
    prepared = prepare_secret(language)

    def make() -> dict[str, str]:
        private = unlocked_key(session)
        return asdict(renew_account(begun, actor, account_id, prepared, private))

    begun = begin_writing()
    if make_and_keep("renewal", make) is None:
        return answer_done_before("renewal")
    return redirect(url_for("renewal.shown"), code=303)


@blueprint.route("/shown", methods=["GET", "POST"])
def shown() -> ResponseReturnValue:
    """Show the new secrets until they are said to be handed over; then never again."""
    if request.method == "POST":
        forget_shown("renewal")
    kept = kept_to_show("renewal")
    if kept is None:
        return redirect(url_for("home.home"), code=303)
    return render_template("admin/shown_account.html", secret=kept)


def _question(account_id: str) -> dict[str, Any]:
    by_colleague = current_actor().role is Role.ORGANISATION
    sealed = (
        _("What you can open of what is sealed is shared with the new key: nothing is lost.")
        if by_colleague
        else _("What was sealed to this account alone cannot be opened any more, by anybody.")
    )
    return {
        "short": short_of(account_id),
        "follows": [
            _("It gets a new name, passphrase and recovery code; the old ones open nothing."),
            _("Whoever is signed in with it is signed out; a second factor is set up anew."),
            sealed,
        ],
    }
