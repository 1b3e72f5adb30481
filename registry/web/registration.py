"""Registering without e-mail or name, and the page that shows the new secret once."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import asdict
from typing import Any

from flask import Blueprint, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_security import login_user

from registry.domain.errors import RecordRefusedError
from registry.domain.roles import Role
from registry.identity.accounts import NewSecret, hash_name, may_sign_in, prepare_secret
from registry.identity.current import current_session
from registry.identity.unlocking import keep_unlocked
from registry.schemas.records import schema_of
from registry.services.donors.register_donor import register_donor
from registry.services.organisations.register_organisation import register_organisation
from registry.storage.accounts import find_account
from registry.web.form import Form
from registry.web.language import page_language
from registry.web.sending_once import (
    Secret,
    answer_done_before,
    forget_shown,
    form_word,
    kept_to_show,
    make_and_keep,
)

blueprint = Blueprint("registration", __name__)

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
    """Show the new name, passphrase and recovery code until they are said to be written down."""
    if request.method == "POST":
        forget_shown("registration")
    kept = kept_to_show("registration")
    if kept is None:
        return redirect(url_for("home.home"), code=303)
    return render_template("registration/secret.html", secret=kept)


def _register(role: Role, register: Register) -> ResponseReturnValue:
    form = _form(role, SHOWN[role])
    record = form.load(partial=("external_id",)) if request.method == "POST" else None
    answer = _answer_record(form, record, register) if record is not None else None
    if answer is not None:
        return answer
    page = render_template(f"registration/{role}.html", form=form, once=form_word())
    return page, 422 if form.problems else 200


def _form(role: Role, shown: Collection[str]) -> Form:
    schema = schema_of(role.value)
    typed = request.form if request.method == "POST" else None
    return Form(schema, typed, only=shown)


def _answer_record(
    form: Form, record: Mapping[str, Any], register: Register
) -> ResponseReturnValue | None:
    """Register what was typed and sign the new account in; None with problems in the form."""
    language = page_language()
    prepared = prepare_secret(language)  # slow on purpose, so before anything is locked

    def make() -> Secret:
        _, new = register(current_session(), record, language=language, prepared=prepared)
        return {**asdict(new), "private_key": prepared.pair.private.hex()}

    try:
        secret = make_and_keep("registration", make, admit=_sign_in)
    except RecordRefusedError as refused:
        form.refuse(refused.problems)
        return None
    if secret is None:
        return answer_done_before("registration")
    return redirect(url_for("registration.secret"), code=303)


def _sign_in(secret: Secret) -> bool:
    """Sign the new account in; not where it was closed, frozen or locked twice meanwhile."""
    current = current_session()
    account = find_account(current, hash_name(current.vault, secret["name"]))
    if account is None or account.second_factor is not None or not may_sign_in(current, account):
        return False
    if not login_user(account, authn_via=["password"]):
        return False
    keep_unlocked(session, account, bytes.fromhex(secret["private_key"]))
    return True
