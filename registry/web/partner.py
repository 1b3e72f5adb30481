"""A partner's page: its API keys, made, shown once, and taken back."""

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from marshmallow import Schema

from registry.domain.errors import RecordRefusedError
from registry.domain.msgid import N_
from registry.domain.roles import Scope
from registry.identity.current import current_actor, current_session
from registry.schemas.plain import Code, Day, Several
from registry.schemas.record import InputSchema
from registry.services.accounts.keys import get_key, list_keys, make_key, revoke_key
from registry.services.organisations.hosting import has_lost_its_voice
from registry.web.choices import Choice
from registry.web.editing import status_of
from registry.web.form import Form
from registry.web.formats import show_day
from registry.web.sending_once import (
    answer_done_before,
    forget_shown,
    form_word,
    kept_to_show,
    make_and_keep,
)

blueprint = Blueprint("partner", __name__, url_prefix="/keys")

SCOPE_WORDS: dict[Scope, tuple[str, str]] = {
    Scope.NEEDS_READ: (
        N_("Read needs"),
        N_("Codes, amounts and days of needs that partners may read."),
    ),
    Scope.NEEDS_TEXT: (
        N_("Read texts of needs"),
        N_("One need at a time; every reading is counted, and 60 a day is the most."),
    ),
    Scope.NEEDS_WRITE: (N_("Write needs"), N_("Of organisations that you registered or host.")),
    Scope.ORGANISATIONS_READ: (
        N_("Read organisations"),
        N_("Those that you registered or host, no others."),
    ),
    Scope.ORGANISATIONS_WRITE: (
        N_("Write organisations"),
        N_("You answer for whom you register here."),
    ),
    Scope.OFFERS_READ: (N_("Read offers"), N_("Those that their donors share with members.")),
    Scope.OFFERS_WRITE: (N_("Write offers"), N_("Of donors that belong to your account.")),
    Scope.MATCHES_READ: (
        N_("Read pairings"),
        N_("Of your organisations, from the day a donor said that it would help."),
    ),
    Scope.MATCHES_REVIEW: (
        N_("Answer pairings"),
        N_("Say yes or no in the stead of organisations that you registered or host."),
    ),
    Scope.STATISTICS_READ: (N_("Read figures"), N_("The same figures that anyone may read.")),
}
"""Scope -> English msgids: what it lets a key do, and how far."""


@blueprint.get("/")
def keys() -> str:
    """List the keys of the account."""
    return render_template(
        "partner/keys.html",
        keys=list_keys(current_session(), current_actor()),
        scope_words=SCOPE_WORDS,
        has_new=kept_to_show("key") is not None,
        hosts_in_vain=has_lost_its_voice(current_session(), current_actor()),
    )


@blueprint.route("/new", methods=["GET", "POST"])
def new_key() -> ResponseReturnValue:
    """Make a key that may do what is marked, until the day that is given."""
    typed = request.form if request.method == "POST" else None
    form = Form(
        _schema(), typed, labels={"scopes": _("What the key may do"), "expires_on": _("Until when")}
    )
    wanted = form.load() if typed is not None else None
    answer = _answer_wanted(form, wanted) if wanted is not None else None
    if answer is not None:
        return answer
    scopes = [Choice(str(scope), _(name), _(how)) for scope, (name, how) in SCOPE_WORDS.items()]
    page = render_template("partner/new_key.html", form=form, scopes=scopes, once=form_word())
    return page, status_of(form)


@blueprint.route("/new/shown", methods=["GET", "POST"])
def shown_key() -> ResponseReturnValue:
    """Show a new key until it is said to be kept; then never again."""
    if request.method == "POST":
        forget_shown("key")
    kept = kept_to_show("key")
    if kept is None:
        return redirect(url_for("partner.keys"), code=303)
    return render_template("partner/shown_key.html", key=kept["key"])


@blueprint.route("/<key_id>/revoke", methods=["GET", "POST"])
def revoke(key_id: str) -> ResponseReturnValue:
    """Ask whether a key is to open nothing any more; then see to it."""
    session, actor = current_session(), current_actor()
    key = get_key(session, actor, key_id)
    if request.method == "POST":
        revoke_key(session, actor, key_id)
        flash(_("The key opens nothing any more."), "good")
        return redirect(url_for("partner.keys"), code=303)
    return render_template(
        "confirm.html",
        title=_("Take this key back?"),
        sentence=_("It was made on %(day)s.", day=show_day(key["created_on"])),
        follows=[
            _("From now on every programme that uses it is refused."),
            _("It cannot be given back; you can make a new one."),
        ],
        yes=_("Yes, take it back"),
        no_href=url_for("partner.keys"),
        danger=True,
    )


def _schema() -> Schema:
    fields = {"scopes": Several(Code(Scope), required=True), "expires_on": Day()}
    return InputSchema.from_dict(fields)()  # type: ignore[arg-type]


def _answer_wanted(form: Form, wanted: Mapping[str, Any]) -> ResponseReturnValue | None:
    """Make the key and lead to where it is shown; None with problems in the form."""

    def make() -> dict[str, str]:
        scopes = frozenset(Scope(scope) for scope in wanted["scopes"])
        session, actor = current_session(), current_actor()
        return {"key": make_key(session, actor, scopes=scopes, expires_on=wanted.get("expires_on"))}

    try:
        secret = make_and_keep("key", make)
    except RecordRefusedError as refused:
        form.refuse(refused.problems)
        return None
    if secret is None:
        return answer_done_before("key")
    return redirect(url_for("partner.shown_key"), code=303)
