"""Sessions at rest: the row alone opens nothing, tells no time, and ends when it should."""

import hashlib
import time

import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlmodel import select

from registry.domain.roles import Role
from registry.identity import session_interface
from registry.identity.session_interface import (
    COOKIE,
    STEP_SECONDS,
    VISITOR_PREFIX,
    WHOLE_SECONDS,
)
from registry.privacy.key_store import NONCE_BYTES
from registry.storage.sessions import BrowserSession, delete_expired_sessions


@pytest.fixture
def browser(signed_in):
    return signed_in(Role.OFFICER)


def token_of(browser):
    return browser.get_cookie(COOKIE).value


def only_row(rows):
    with rows() as reading:
        return reading.exec(select(BrowserSession)).one()


def is_let_in(browser):
    return not (browser.get("/home").location or "").startswith("/sign-in")


def test_a_signed_in_browser_is_let_in(browser):
    assert is_let_in(browser)


def test_the_row_holds_a_hash_of_the_cookie_and_a_body_that_only_the_cookie_opens(browser, rows):
    token, row = token_of(browser), only_row(rows)

    assert row.id == hashlib.sha256(token.encode()).digest()
    for guess in (row.id, hashlib.sha256(b"").digest(), hashlib.sha256(row.id).digest()):
        with pytest.raises(InvalidTag):
            AESGCM(guess).decrypt(row.body[:NONCE_BYTES], row.body[NONCE_BYTES:], None)
    assert token.encode() not in row.body


def test_the_only_time_kept_is_rounded(browser, rows):
    assert only_row(rows).expires % STEP_SECONDS == 0


def test_the_cookie_is_kept_from_scripts_and_other_sites(browser, app):
    answer = app.test_client().get("/sign-in")
    header = next(
        value for name, value in answer.headers if name == "Set-Cookie" and COOKIE in value
    )

    for part in ("Secure", "HttpOnly", "SameSite=Lax", "Path=/"):
        assert part in header
    assert "Domain" not in header


@pytest.mark.parametrize("token", ["", "x" * 64, "0" * 64, VISITOR_PREFIX, "v.e30.x.y"])
def test_made_up_cookies_open_nothing(app, token):
    browser = app.test_client()
    browser.set_cookie(COOKIE, token, secure=True)

    assert not is_let_in(browser)


def test_a_visitors_cookie_cannot_sign_in(app, browser):
    visitor = app.test_client()
    interface = app.session_interface
    data = session_interface.RegistrySessionData({"_user_id": "anybody", "_fresh": True})
    visitor.set_cookie(COOKIE, interface._visitor_cookie(app, data), secure=True)

    assert not is_let_in(visitor)


def test_an_idle_session_ends(browser, monkeypatch):
    later = time.time() + session_interface.IDLE_SECONDS + 2 * STEP_SECONDS
    monkeypatch.setattr(session_interface.time, "time", lambda: later)

    assert not is_let_in(browser)


def test_a_session_in_use_ends_after_a_working_day(browser, parts, monkeypatch):
    begun = time.time()
    answers = []
    for passed in range(0, WHOLE_SECONDS + 3600, session_interface.IDLE_SECONDS // 2):
        monkeypatch.setattr(session_interface.time, "time", lambda now=begun + passed: now)
        answers.append(is_let_in(browser))

    assert answers[0]
    assert not answers[-1]
    ends = answers.index(False)
    assert abs(ends * (session_interface.IDLE_SECONDS // 2) - WHOLE_SECONDS) <= 1800


def test_a_request_under_way_does_not_bring_back_a_session_that_was_ended(app, browser, rows):
    """Two requests at once: the slower one saves after the other has signed out."""
    interface, token = app.session_interface, token_of(browser)
    with app.test_request_context(environ_base={"HTTP_COOKIE": f"{COOKIE}={token}"}) as slower:
        kept = interface.open_session(app, slower.request)
        assert kept["_user_id"]
        interface._delete_row(token)
        kept["changed"] = True
        interface.save_session(app, kept, app.response_class())

    assert not is_let_in(browser)
    with rows() as reading:
        assert reading.exec(select(BrowserSession)).all() == []


def test_a_row_that_was_tampered_with_opens_nothing(parts, browser, rows):
    row = only_row(rows)
    with parts.database.writing() as session:
        session.get_one(BrowserSession, row.id).body = row.body[:-1] + bytes([row.body[-1] ^ 1])

    assert not is_let_in(browser)


def test_expired_rows_are_deleted(browser, parts, rows):
    with parts.database.writing() as session:
        delete_expired_sessions(session, int(time.time()))
    assert only_row(rows)

    with parts.database.writing() as session:
        delete_expired_sessions(session, int(time.time()) + 86_400)
    with rows() as reading:
        assert reading.exec(select(BrowserSession)).all() == []


def test_a_session_prints_nothing(app):
    data = session_interface.RegistrySessionData({"_user_id": "secret"}, "token")

    assert repr(data) == "<session>"
