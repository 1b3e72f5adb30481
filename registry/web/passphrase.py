"""A new passphrase: changed with the one in force, or made with the recovery code; new codes.

A new passphrase is shown first and holds only once it was typed back from paper: nobody is
locked out by a page that was closed too soon, or by a form that was sent twice.
"""

from http import HTTPStatus

from flask import Blueprint, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.local import LocalProxy

from registry.identity.current import (
    begin_writing,
    close_request,
    current_account,
    current_database,
    current_session,
)
from registry.identity.passphrases import make_passphrase, make_recovery_code, normal_secret
from registry.identity.proof import note_proof, try_passphrase
from registry.identity.renewal import open_with_code, put_rewrapped, rewrap
from registry.identity.session_interface import RegistrySessionData, rotate_session
from registry.identity.unlocking import (
    SIGNED_IN,
    keep_unlocked,
    read_wrapped,
    unlock,
    unlocked_key,
)
from registry.web.language import page_language

blueprint = Blueprint("passphrase", __name__)

NEW = "_new_passphrase"
"""Where a session keeps a passphrase that is shown and not yet in force; its row is encrypted."""

RECOVERED = "_recovered"
"""Where the session of somebody who is not signed in keeps what the recovery code opened."""


@blueprint.route("/your-sign-in/passphrase", methods=["GET", "POST"])
def change() -> ResponseReturnValue:
    """Ask for the passphrase in force; then make a new one and lead to it."""
    if request.method == "GET":
        return render_template("passphrase/change.html", problem=False)
    account, typed = current_account(), request.form.get("passphrase", "")
    wrapped = read_wrapped(current_session(), account.id)
    close_request()  # lets go of the write lock: hashing and deriving are slow on purpose
    if not try_passphrase(current_database(), account, typed):
        return render_template("passphrase/change.html", problem=True), _REFUSED
    private = unlock(wrapped, typed)
    if private is not None:
        keep_unlocked(session, account, private)
    note_proof(session)
    session[NEW] = make_passphrase(page_language())
    return redirect(url_for("passphrase.confirm"), code=303)


@blueprint.route("/your-sign-in/passphrase/new", methods=["GET", "POST"])
def confirm() -> ResponseReturnValue:
    """Show the new passphrase, and put it in force once it is typed back."""
    made, private = session.get(NEW), unlocked_key(session)
    if made is None or private is None:
        return redirect(url_for("passphrase.change"), code=303)
    if request.method == "GET" or not _is_typed_back(made):
        return _show(made, action=url_for("passphrase.confirm"))
    account_id = current_account().id
    close_request()
    rewrapped = rewrap(private, passphrase=made)
    account = put_rewrapped(begin_writing(), account_id, rewrapped, "passphrase_changed")
    session.pop(NEW)
    session[SIGNED_IN] = account.fs_uniquifier  # every other session of the account ends
    keep_unlocked(session, account, private)
    _rotate()
    flash(_("The new passphrase holds. The old one opens nothing any more."), "good")
    return redirect(url_for("account.page"), code=303)


@blueprint.route("/your-sign-in/recovery-code", methods=["GET", "POST"])
def recovery_code() -> ResponseReturnValue:
    """Make a new recovery code in place of the one there was, and show it once."""
    private = unlocked_key(session)
    if request.method == "GET" or private is None:
        unlocked = private is not None
        return render_template("passphrase/recovery_code.html", code=None, unlocked=unlocked)
    account_id, made = current_account().id, make_recovery_code()
    close_request()
    rewrapped = rewrap(private, recovery_code=made)
    put_rewrapped(begin_writing(), account_id, rewrapped, "recovery_code_renewed")
    return render_template("passphrase/recovery_code.html", code=made, unlocked=True)


@blueprint.route("/lost-passphrase", methods=["GET", "POST"])
def recover() -> ResponseReturnValue:
    """Ask for sign-in name and recovery code; whichever is wrong, the same sentence is said."""
    if request.method == "GET":
        return render_template("passphrase/recover.html", problem=False)
    name, code = request.form.get("name", ""), request.form.get("recovery_code", "")
    close_request()  # who is signed in holds the write lock: trying a code needs it
    opened = open_with_code(current_database(), name, code)
    if opened is None:
        return render_template("passphrase/recover.html", problem=True), _REFUSED
    account, private = opened
    session.clear()
    keep_unlocked(session, account, private)  # opens nothing yet: nobody is signed in by this
    session[RECOVERED] = {"account": account.id, "key": private.hex()}
    session[NEW] = make_passphrase(page_language())
    return redirect(url_for("passphrase.recovered"), code=303)


@blueprint.route("/lost-passphrase/new", methods=["GET", "POST"])
def recovered() -> ResponseReturnValue:
    """Show the new passphrase and code, and put both in force once the first is typed back."""
    opened, made = session.get(RECOVERED), session.get(NEW)
    if opened is None or made is None:
        return redirect(url_for("passphrase.recover"), code=303)
    code = session.setdefault(CODE, make_recovery_code())
    if request.method == "GET" or not _is_typed_back(made):
        return _show(made, code, action=url_for("passphrase.recovered"))
    rewrapped = rewrap(bytes.fromhex(opened["key"]), passphrase=made, recovery_code=code)
    put_rewrapped(begin_writing(), opened["account"], rewrapped, "account_recovered")
    session.clear()
    flash(_("The new passphrase holds. Sign in with it; nothing that is sealed was lost."), "good")
    return redirect(url_for("security.login"), code=303)


CODE = "_new_code"
_REFUSED = HTTPStatus.UNPROCESSABLE_ENTITY


def _is_typed_back(made: str) -> bool:
    return normal_secret(request.form.get("passphrase", "")) == normal_secret(made)


def _show(made: str, code: str | None = None, *, action: str) -> ResponseReturnValue:
    problem = request.method == "POST"
    page = render_template(
        "passphrase/new.html", passphrase=made, code=code, action=action, problem=problem
    )
    return page, _REFUSED if problem else HTTPStatus.OK


def _rotate() -> None:
    assert isinstance(session, LocalProxy)
    data = session._get_current_object()  # noqa: SLF001 - the object behind Flask's proxy
    assert isinstance(data, RegistrySessionData)
    rotate_session(data)
