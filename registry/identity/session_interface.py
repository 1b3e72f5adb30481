"""Browser sessions: a signed cookie for visitors, a row that only the cookie opens for others.

Cookie: 32 random bytes. Row: id = SHA-256(cookie), body encrypted under a key derived
from the cookie, so that the row alone opens nothing. The id changes at sign-in.
"""

import hashlib
import secrets
import time
from typing import Any

from flask import Flask, Request, Response
from flask.sessions import SecureCookieSessionInterface, SessionInterface, SessionMixin
from itsdangerous import BadSignature
from werkzeug.datastructures import CallbackDict

from registry.identity.unlocking import SIGNED_IN, UNLOCKED
from registry.privacy.tokens import close_with, open_with
from registry.storage.database import Database, RegistrySession
from registry.storage.sessions import BrowserSession

COOKIE = "__Host-session"
BODY = "session body"
VISITOR_PREFIX = "v."
IDLE_SECONDS = 30 * 60
WHOLE_SECONDS = 8 * 60 * 60
STEP_SECONDS = 5 * 60
TOKEN_LENGTH = 64
BEGUN = "_begun"
ROTATE = "_rotate"


class RegistrySessionData(CallbackDict[str, Any], SessionMixin):
    """What a request sees as `session`; `token` is the cookie it came with, empty for a visitor."""

    def __init__(self, initial: dict[str, Any] | None = None, token: str = "") -> None:
        def remember_change(_: object) -> None:
            self.modified = True

        super().__init__(initial or {}, remember_change)
        self.token = token
        self.expires = 0
        self.modified = False

    def __repr__(self) -> str:
        return "<session>"


class DatabaseSessionInterface(SessionInterface):
    """Opens and saves sessions: signed cookies for visitors, rows for who signed in."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._visitors = SecureCookieSessionInterface()

    def open_session(self, app: Flask, request: Request) -> RegistrySessionData:
        cookie = request.cookies.get(COOKIE, "")
        if cookie.startswith(VISITOR_PREFIX):
            return RegistrySessionData(self._read_visitor(app, cookie))
        return self._read_row(cookie) if len(cookie) == TOKEN_LENGTH else RegistrySessionData()

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        assert isinstance(session, RegistrySessionData)
        response.vary.add("Cookie")
        if SIGNED_IN in session or UNLOCKED in session:
            # A key that waits for a second factor must not go into a visitor's cookie either.
            self._save_row(session, response)
            return
        if session.token:
            self._delete_row(session.token)
            # Not the cookies: the visitor's one that follows remembers the language.
            response.headers["Clear-Site-Data"] = '"cache", "storage"'
        if session.modified:
            _set_cookie(response, self._visitor_cookie(app, session))

    def _read_visitor(self, app: Flask, cookie: str) -> dict[str, Any]:
        serializer = self._visitors.get_signing_serializer(app)
        assert serializer is not None
        try:
            content = serializer.loads(cookie[len(VISITOR_PREFIX) :], max_age=WHOLE_SECONDS)
        except BadSignature:
            return {}
        return {} if SIGNED_IN in content else dict(content)

    def _visitor_cookie(self, app: Flask, session: RegistrySessionData) -> str:
        serializer = self._visitors.get_signing_serializer(app)
        assert serializer is not None
        return VISITOR_PREFIX + str(serializer.dumps(dict(session)))

    def _read_row(self, token: str) -> RegistrySessionData:
        now = time.time()
        with self._database.reading() as reading:
            row = reading.get(BrowserSession, _row_id(token))
            if row is None or row.expires <= now:
                return RegistrySessionData()
            body, expires = row.body, row.expires
        content = open_with(token, BODY, body)
        if content is None or now - content.get(BEGUN, 0) > WHOLE_SECONDS:
            return RegistrySessionData()
        session = RegistrySessionData(content, token)
        session.expires = expires
        return session

    def _save_row(self, session: RegistrySessionData, response: Response) -> None:
        expires = _next_expiry()
        if not session.modified and expires == session.expires:
            return
        session.setdefault(BEGUN, int(time.time()))
        old_token = session.token
        rotates = session.pop(ROTATE, False) or not old_token
        if rotates:
            session.token = secrets.token_hex(TOKEN_LENGTH // 2)
            _set_cookie(response, session.token)
        body = close_with(session.token, BODY, dict(session))
        row = BrowserSession(id=_row_id(session.token), body=body, expires=expires)
        with self._database.writing() as writing:
            if rotates:
                _drop_row(writing, old_token)
            elif writing.get(BrowserSession, row.id) is None:
                return  # signed out by another request meanwhile: it stays so
            writing.merge(row)

    def _delete_row(self, token: str) -> None:
        with self._database.writing() as writing:
            _drop_row(writing, token)


def rotate_session(session: RegistrySessionData) -> None:
    """Ask for a new cookie and a new row at the end of this request."""
    session[ROTATE] = True


def _drop_row(writing: RegistrySession, token: str) -> None:
    row = writing.get(BrowserSession, _row_id(token))
    if row is not None:
        writing.delete(row)


def _next_expiry() -> int:
    steps = -(-(int(time.time()) + IDLE_SECONDS) // STEP_SECONDS)
    return steps * STEP_SECONDS


def _set_cookie(response: Response, value: str) -> None:
    response.set_cookie(COOKIE, value, secure=True, httponly=True, samesite="Lax", path="/")


def _row_id(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()
