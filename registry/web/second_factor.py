"""The second factor: its code at signing in, setting it up, spare codes; and proving once more."""

import io
import time

import segno
from flask import Blueprint, Response, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_security import login_user

from registry.identity.current import (
    close_request,
    current_account,
    current_database,
    current_session,
)
from registry.identity.proof import (
    is_pending_for,
    note_proof,
    pending_account_id,
    try_code,
    try_passphrase,
)
from registry.identity.second_factor import (
    address_for_app,
    make_shared_secret,
    match_step,
    remove_second_factor,
    set_up_second_factor,
)
from registry.storage.accounts import Account
from registry.web.language import local_path

blueprint = Blueprint("second_factor", __name__, url_prefix="/second-factor")

SHARED = "_shared_secret"
"""Where the session keeps the secret that an app is being given, till a code of it was typed."""

SPARE = "_spare_codes"
"""Where the session keeps new spare codes till they are said to be written down."""

GROUP = 4


@blueprint.route("/", methods=["GET", "POST"])
def enter() -> ResponseReturnValue:
    """Ask for the code after the passphrase, and sign in."""
    account_id = pending_account_id(session)
    if account_id is None:
        return redirect(url_for("security.login", next=_next()), code=303)
    if request.method == "GET":
        return render_template("second_factor/enter.html", problem=False, next=_next())
    if not try_code(current_database(), account_id, request.form.get("code", "")):
        return render_template("second_factor/enter.html", problem=True, next=_next()), 422
    account = current_session().get_one(Account, account_id)
    if not is_pending_for(session, account):
        session.clear()
        return redirect(url_for("security.login"), code=303)
    login_user(account, authn_via=["password", "authenticator"])
    return redirect(_next() or url_for("home.home"), code=303)


@blueprint.route("/again", methods=["GET", "POST"])
def prove() -> ResponseReturnValue:
    """Ask somebody who is signed in for the code, or the passphrase, once more."""
    account = current_account()
    wants_code = account.second_factor is not None
    context = {"wants_code": wants_code, "next": _next(), "problem": False}
    if request.method == "GET":
        return render_template("second_factor/prove.html", **context)
    close_request()  # lets go of the write lock: tries are counted apart, hashing is slow
    typed, database = request.form.get("code", ""), current_database()
    is_right = (
        try_code(database, account.id, typed)
        if wants_code
        else try_passphrase(database, account, request.form.get("passphrase", ""))
    )
    if not is_right:
        return render_template("second_factor/prove.html", **context | {"problem": True}), 422
    note_proof(session)
    return redirect(_next() or url_for("home.home"), code=303)


@blueprint.route("/new", methods=["GET", "POST"])
def set_up() -> ResponseReturnValue:
    """Show what an app needs, and take its first code."""
    secret = session.setdefault(SHARED, make_shared_secret())
    step = None
    if request.method == "POST":
        step = match_step(secret, request.form.get("code", ""), time.time())
    if step is None:
        return _show_set_up(secret)
    account = current_session().get_one(Account, current_account().id)
    session[SPARE] = set_up_second_factor(current_session(), account, secret, step)
    session.pop(SHARED)
    note_proof(session)
    return redirect(url_for("second_factor.spare_codes", next=_next()), code=303)


def _show_set_up(secret: str) -> ResponseReturnValue:
    is_wrong = request.method == "POST"
    page = render_template(
        "second_factor/set_up.html",
        secret=" ".join(secret[at : at + GROUP] for at in range(0, len(secret), GROUP)),
        address=address_for_app(secret),
        account=current_account(),
        problem=is_wrong,
        next=_next(),
    )
    return page, 422 if is_wrong else 200


@blueprint.get("/picture")
def picture() -> ResponseReturnValue:
    """Draw the address for the app, for a telephone's camera."""
    secret = session.get(SHARED)
    if secret is None:
        return Response(status=404)
    drawn = io.BytesIO()
    segno.make_qr(address_for_app(secret)).save(
        drawn, kind="svg", scale=5, dark="#000", light="#fff", svgclass=None, lineclass=None
    )
    return Response(drawn.getvalue(), content_type="image/svg+xml")


@blueprint.route("/spare-codes", methods=["GET", "POST"])
def spare_codes() -> ResponseReturnValue:
    """Show new spare codes until they are said to be written down."""
    if request.method == "POST":
        session.pop(SPARE, None)
    if SPARE not in session:
        return redirect(_next() or url_for("home.home"), code=303)
    return render_template("second_factor/spare_codes.html", codes=session[SPARE], next=_next())


@blueprint.route("/remove", methods=["GET", "POST"])
def remove() -> ResponseReturnValue:
    """Ask whether the passphrase alone is to be enough again; only organisations may."""
    if request.method == "POST":
        account = current_session().get_one(Account, current_account().id)
        remove_second_factor(current_session(), account, account.id)
        flash(_("The second factor is taken off."), "good")
        return redirect(url_for("account.page"), code=303)
    return render_template(
        "confirm.html",
        title=_("Take the second factor off?"),
        sentence=_("Then your sign-in name and your passphrase are enough."),
        follows=[_("Whoever finds the paper with both can sign in.")],
        yes=_("Yes, take it off"),
        no_href=url_for("account.page"),
        danger=True,
    )


def _next() -> str | None:
    """Return the page to go on to afterwards; only one of ours."""
    wanted = request.values.get("next")
    return local_path(wanted) if wanted else None
