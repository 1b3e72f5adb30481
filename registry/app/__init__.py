"""The application: the one place where the real parts are plugged together."""

import logging
from typing import Any

from flask import Flask
from flask_wtf.csrf import CSRFProtect
from werkzeug.exceptions import HTTPException
from werkzeug.local import LocalProxy
from werkzeug.routing import RequestRedirect

from registry.api import init_api
from registry.app.errors import init_errors, lead_on, log_unexpected
from registry.app.guard import init_guard
from registry.app.health import health
from registry.app.log_lines import init_request_ids
from registry.app.parts import Parts, open_parts
from registry.app.transactions import init_transactions
from registry.config import Settings
from registry.domain.clock import Clock, utc_day
from registry.identity.current import current_session
from registry.identity.session_interface import DatabaseSessionInterface
from registry.identity.sign_in import init_sign_in
from registry.web import ROOT, init_web

LARGEST_REQUEST = 4 * 1024 * 1024
"""Bytes; above what the longest form or record can need, so that limits are told per field."""


class RegistryFlask(Flask):
    """Flask that logs no message of an error, no path and no traceback, and names no host."""

    def handle_http_exception(self, error: HTTPException) -> Any:
        """Answer an HTTP error; Flask shows redirects of its routing to no handler."""
        if isinstance(error, RequestRedirect):
            return lead_on(error)
        return super().handle_http_exception(error)

    def log_exception(self, exc_info: Any) -> None:
        """Log what nobody caught: its kind and its place."""
        log_unexpected(exc_info[1])


def create_app(settings: Settings, clock: Clock = utc_day) -> Flask:
    """Make the application from its settings.

    Raises:
        UnsafeSettingsError: it must not start like this; the message says what to mend.
    """
    return create_app_from(open_parts(settings, clock))


def create_app_from(parts: Parts) -> Flask:
    """Make the application from opened parts (tests hand in their own)."""
    app = RegistryFlask("registry", template_folder=str(ROOT / "templates"), static_folder=None)
    app.config.update(
        SECRET_KEY=parts.vault.keys.purpose_key("cookies"),
        SECURITY_PASSWORD_SALT=parts.vault.keys.purpose_key("passphrases").hex(),
        MAX_CONTENT_LENGTH=LARGEST_REQUEST,
        MAX_FORM_MEMORY_SIZE=LARGEST_REQUEST,
        WTF_CSRF_TIME_LIMIT=None,
        WTF_CSRF_SSL_STRICT=False,
    )
    app.logger.addFilter(_drop_traceback)
    app.extensions["parts"] = parts
    app.session_interface = DatabaseSessionInterface(parts.database)
    init_request_ids(app)
    init_transactions(app, parts.database)
    # Before the token is looked at: a form that comes after the session ended has a lost token,
    # and its sender is asked to sign in instead of being told that it cannot be read.
    init_guard(app)
    csrf = CSRFProtect(app)
    init_sign_in(app, LocalProxy(current_session))
    app.register_blueprint(health)
    init_web(app, parts.settings)
    init_api(app, csrf)
    init_errors(app)
    return app


def _drop_traceback(record: logging.LogRecord) -> bool:
    """Let a line of Flask's own pass without the traceback, whose last line is the message."""
    record.exc_info = None
    return True
