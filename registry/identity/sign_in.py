"""Signing in: Flask-Security over our accounts, without e-mail, with keyed names.

The form looks the account up by the keyed hash of the typed name; every failure looks the same.
"""

from http import HTTPStatus
from typing import Any, cast

from flask import Flask, abort, g, redirect, request, session, url_for
from flask_babel import lazy_gettext as _l
from flask_login import user_logged_out
from flask_security import (
    LoginForm,
    Security,
    SQLAlchemySessionUserDatastore,
    hash_password,
    uia_username_mapper,
    user_authenticated,
    verify_password,
)
from flask_security.tf_plugin import TfPlugin
from werkzeug.local import LocalProxy
from wtforms import PasswordField, StringField

from registry.identity.accounts import hash_name, may_sign_in
from registry.identity.current import close_request
from registry.identity.passphrases import normal_secret
from registry.identity.proof import begin_second_factor, note_proof
from registry.identity.sent_once import forget_kept_secrets
from registry.identity.session_interface import RegistrySessionData, rotate_session
from registry.identity.throttle import SIGN_IN, give_back, take_try
from registry.identity.unlocking import give_first_pair, keep_unlocked, read_wrapped, unlock
from registry.storage.accounts import Account, RoleName, find_account
from registry.storage.database import Database, RegistrySession


class SignInForm(LoginForm):
    """Name and passphrase; whichever is wrong, the same sentence stands at the form."""

    # WTForms drops a field that a subclass sets to None.
    email = None  # type: ignore[assignment]
    username = StringField(_l("Sign-in name"))
    password = PasswordField(_l("Passphrase"))
    remember = None  # type: ignore[assignment]
    _private: bytes | None = None

    def validate(self, **_kwargs: Any) -> bool:
        """Find the account and check the passphrase, in the same time whoever is asked for.

        Raises:
            ThrottledError: this name was tried too often, whether there is such an account or not.
        """
        close_request()  # a session that ended was looked up: it must not hold the write lock
        database: Database = g.database
        tried = normal_secret(self.username.data or "")
        take_try(database, SIGN_IN, tried)
        if self._is_right():
            give_back(database, SIGN_IN, tried)
            self.user = self._find(_request_session())
            if self.user is not None:
                self._keep_unlocked(self.user)
            return self.user is not None
        self.form_errors.append(_l("The name or the passphrase is not right. Try once more."))
        return False

    def _is_right(self) -> bool:
        # In a session that only reads: hashing is slow on purpose, and whoever guesses
        # passphrases must not keep everybody else from writing meanwhile.
        passphrase = normal_secret(self.password.data or "")
        database: Database = g.database
        with database.reading() as reading:
            account = self._find(reading)
            may = account is not None and may_sign_in(reading, account)
            kept = account.password if account is not None and may else None
            wrapped = read_wrapped(reading, account.id) if account is not None else None
        if kept is None:
            hash_password(passphrase)
            return False
        is_right = bool(verify_password(passphrase, kept))
        self._private = unlock(wrapped, passphrase) if is_right else None
        return is_right

    def _keep_unlocked(self, account: Account) -> None:
        typed = self.password.data or ""
        private = self._private or give_first_pair(_request_session(), account.id, typed)
        keep_unlocked(session, account, private)

    def _find(self, current: RegistrySession) -> Account | None:
        name = self.username.data or ""
        return find_account(current, hash_name(current.vault, name)) if name else None


class SecondFactorStep(TfPlugin):
    """What Flask-Security asks between the right passphrase and signing in.

    Its own second factor keeps half of its state in a readable cookie, takes a code twice and
    keeps spare codes in clear; ours is `registry.identity.second_factor`.
    """

    def tf_enter(
        self,
        user: Any,
        remember_me: bool | None,  # noqa: ARG002 - Flask-Security's signature
        primary_authn_via: str,  # noqa: ARG002
        next_loc: str | None,  # noqa: ARG002 - a whole address; the form holds the path
    ) -> Any:
        """Lead to the code where the account has a second factor; None signs it in."""
        if user.second_factor is None:
            return None
        begin_second_factor(session, user)
        return redirect(url_for("second_factor.enter", next=request.form.get("next") or None))


def init_sign_in(app: Flask, request_session: "LocalProxy[RegistrySession]") -> None:
    """Put Flask-Security to work on the request's own database session."""
    app.config.update(
        SECURITY_USER_IDENTITY_ATTRIBUTES=[{"username": {"mapper": uia_username_mapper}}],
        SECURITY_PASSWORD_HASH="argon2",  # noqa: S106 - the name of a scheme
        SECURITY_PASSWORD_SCHEMES=["argon2"],
        SECURITY_DEPRECATED_PASSWORD_SCHEMES=[],
        SECURITY_LOGIN_URL="/sign-in",
        SECURITY_LOGOUT_URL="/sign-out",
        SECURITY_LOGOUT_METHODS=["POST"],
        SECURITY_POST_LOGIN_VIEW="/home",
        SECURITY_POST_LOGOUT_VIEW="/",
        SECURITY_UNAUTHORIZED_VIEW=None,
        SECURITY_FLASH_MESSAGES=False,
        SECURITY_REGISTERABLE=False,
        SECURITY_RECOVERABLE=False,
        SECURITY_TRACKABLE=False,
        SECURITY_CHANGEABLE=False,
        SECURITY_SEND_REGISTER_EMAIL=False,
        SECURITY_SEND_PASSWORD_CHANGE_EMAIL=False,
        # The form itself answers every failure alike; this would look for an e-mail field.
        SECURITY_RETURN_GENERIC_RESPONSES=False,
        SECURITY_JOIN_USER_ROLES=False,
        SECURITY_DEFAULT_REMEMBER_ME=False,
    )
    app.extensions["request_session"] = request_session
    datastore = SQLAlchemySessionUserDatastore(cast("Any", request_session), Account, RoleName)
    security = Security(app, datastore, login_form=SignInForm)
    security.two_factor_plugins = SecondFactorStep()
    app.before_request(_take_forms_only)
    user_authenticated.connect(_rotate, app)
    user_logged_out.connect(_wipe, app)


def _request_session() -> RegistrySession:
    from flask import current_app

    current: RegistrySession = current_app.extensions["request_session"]
    return current


def _take_forms_only() -> None:
    """Flask-Security would take JSON too, with values of any type that no form can send."""
    if request.blueprint == "security" and request.is_json:
        abort(HTTPStatus.UNSUPPORTED_MEDIA_TYPE)


def _rotate(_app: Flask, **_: Any) -> None:
    assert isinstance(session, LocalProxy)
    data = session._get_current_object()  # noqa: SLF001 - the object behind Flask's proxy
    assert isinstance(data, RegistrySessionData)
    rotate_session(data)
    note_proof(data)


def _wipe(_app: Flask, **_: Any) -> None:
    forget_kept_secrets(_request_session(), session)
    session.clear()
