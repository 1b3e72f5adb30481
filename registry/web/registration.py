"""Registering without e-mail or name, and the page that shows the new secret once."""

from collections.abc import Callable, Collection
from typing import Any

from flask import Blueprint, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_security import login_user

from registry.domain.errors import NotFoundError, RecordRefusedError
from registry.domain.roles import Role
from registry.identity.accounts import NewSecret, hash_name
from registry.identity.current import current_session
from registry.schemas.records import schema_of
from registry.services.donors.register_donor import register_donor
from registry.services.organisations.register_organisation import register_organisation
from registry.storage.accounts import find_account
from registry.web.form import Form
from registry.web.language import page_language

blueprint = Blueprint("registration", __name__)

NEW_SECRET = "new_secret"  # noqa: S105 - a name in the session, which only its cookie opens

SHOWN = {
    Role.ORGANISATION: ("kind", "legal_statuses", "base_country", "handle", "languages"),
    Role.DONOR: ("donor_kind", "handle", "languages"),
}
"""Who registers -> the few fields that are asked for at the beginning."""

Register = Callable[..., tuple[dict[str, Any], NewSecret]]


@blueprint.route("/register/organisation", methods=["GET", "POST"])
def organisation() -> ResponseReturnValue:
    """Register an organisation: what it does, what papers it has, where it is."""
    return _register(Role.ORGANISATION, register_organisation)


@blueprint.route("/register/donor", methods=["GET", "POST"])
def donor() -> ResponseReturnValue:
    """Register a giver of help."""
    return _register(Role.DONOR, register_donor)


@blueprint.route("/your-passphrase", methods=["GET", "POST"])
def secret() -> ResponseReturnValue:
    """Show the new sign-in name and passphrase until they are said to be written down."""
    if request.method == "POST":
        session.pop(NEW_SECRET, None)
    if NEW_SECRET not in session:
        return redirect(url_for("home.home"), code=303)
    return render_template("registration/secret.html", secret=session[NEW_SECRET])


def _register(role: Role, register: Register) -> ResponseReturnValue:
    form = _form(role, SHOWN[role])
    if request.method == "POST" and _registered(form, register):
        return redirect(url_for("registration.secret"), code=303)
    page = render_template(f"registration/{role}.html", form=form)
    return page, 422 if form.problems else 200


def _form(role: Role, shown: Collection[str]) -> Form:
    schema = schema_of(role.value)
    typed = request.form if request.method == "POST" else None
    return Form(schema, typed, only=shown)


def _registered(form: Form, register: Register) -> bool:
    """Register what was typed, sign the new account in; False with problems in the form."""
    record = form.load(partial=("external_id",))
    if record is None:
        return False
    try:
        _, new = register(current_session(), record, language=page_language())
    except RecordRefusedError as refused:
        form.refuse(refused.problems)
        return False
    _sign_in(new)
    return True


def _sign_in(new: NewSecret) -> None:
    current = current_session()
    account = find_account(current, hash_name(current.vault, new.name))
    if account is None:
        raise NotFoundError
    login_user(account, authn_via=["password"])
    session[NEW_SECRET] = {"name": new.name, "passphrase": new.passphrase}
