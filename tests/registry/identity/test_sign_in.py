"""Registering, signing in and out, and what is left of it in the database."""

from __future__ import annotations

import re
import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from sqlmodel import select

from registry.identity import sign_in as module
from registry.identity.session_interface import COOKIE
from registry.storage.accounts import Account

if TYPE_CHECKING:
    from flask import Flask
    from flask.testing import FlaskClient

    from registry.app.parts import Parts


def csrf_of(client: FlaskClient, path: str) -> str:
    page = client.get(path).get_data(as_text=True)
    found = re.search(r'name="csrf_token" value="([^"]+)"', page)
    assert found is not None
    return found.group(1)


def register(client: FlaskClient) -> dict[str, str]:
    """Register an organisation as a person would; return what it is shown once."""
    path = "/register/organisation"
    answer = client.post(
        path,
        data={
            "csrf_token": csrf_of(client, path),
            "kind": "media",
            "legal_statuses": "liquidated",
            "base_country": "PL",
        },
    )
    assert answer.status_code == 303
    assert answer.location == "/your-passphrase"
    page = client.get(answer.location).get_data(as_text=True)
    secrets = re.findall(r'<p class="secret" translate="no">([^<]+)</p>', page)
    return dict(zip(("name", "passphrase", "recovery_code"), secrets, strict=True))


def sign_in(client: FlaskClient, name: str, passphrase: str) -> int:
    token = csrf_of(client, "/sign-in")
    data = {"csrf_token": token, "username": name, "password": passphrase}
    return client.post("/sign-in", data=data).status_code


def test_who_registers_is_shown_a_secret_until_it_is_written_down(client: FlaskClient) -> None:
    secret = register(client)
    assert len(secret["passphrase"].split()) == 7
    assert secret["passphrase"] in client.get("/your-passphrase").get_data(as_text=True)
    token = csrf_of(client, "/your-passphrase")
    assert client.post("/your-passphrase", data={"csrf_token": token}).location == "/home"
    assert client.get("/your-passphrase").location == "/home"


def test_the_secret_signs_in_again_whatever_the_letters_look_like(app: Flask) -> None:
    secret = register(app.test_client())
    again = app.test_client()
    typed = f"  {secret['passphrase'].upper().replace(' ', '   ')} "
    assert sign_in(again, secret["name"].upper(), typed) == 302
    assert again.get("/home").status_code == 302


def test_a_wrong_passphrase_and_an_unknown_name_look_the_same(app: Flask) -> None:
    secret = register(app.test_client())
    pages = []
    for name, passphrase in ((secret["name"], "wrong words"), ("nobody-at-all", "wrong words")):
        client = app.test_client()
        data = {
            "csrf_token": csrf_of(client, "/sign-in"),
            "username": name,
            "password": passphrase,
        }
        answer = client.post("/sign-in", data=data)
        page = re.sub(r'(csrf_token" value=")[^"]+', r"\1", answer.get_data(as_text=True))
        pages.append((answer.status_code, page.replace(name, "")))
        assert client.get("/home").location.startswith("/sign-in")
    assert pages[0] == pages[1]
    assert pages[0][0] == 200
    assert "not right" in pages[0][1]


def test_the_cookie_changes_at_sign_in_and_dies_at_sign_out(app: Flask) -> None:
    secret = register(app.test_client())
    client = app.test_client()
    client.get("/sign-in")
    visitor = client.get_cookie(COOKIE)
    sign_in(client, secret["name"], secret["passphrase"])
    signed_in = client.get_cookie(COOKIE)
    assert visitor is not None
    assert signed_in is not None
    assert visitor.value != signed_in.value
    token = csrf_of(client, "/what-is-kept")
    left = client.post("/sign-out", data={"csrf_token": token})
    assert left.status_code == 302
    assert left.headers["Clear-Site-Data"] == '"cache", "storage"'
    stolen = app.test_client()
    stolen.set_cookie(COOKIE, signed_in.value, secure=True)
    assert stolen.get("/home").location.startswith("/sign-in")


def test_neither_names_nor_secrets_nor_cookies_are_in_the_database(
    app: Flask, parts: Parts
) -> None:
    client = app.test_client()
    secret = register(client)
    cookie = client.get_cookie(COOKIE)
    assert cookie is not None
    folder = Path(parts.settings.data_dir)
    stored = b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())
    for planted in (secret["name"], secret["passphrase"], cookie.value):
        assert planted.encode() not in stored
    with sqlite3.connect(folder / "registry.db") as database:
        assert database.execute("SELECT count(*) FROM browser_session").fetchone() == (1,)


def test_visitors_leave_no_row(app: Flask, parts: Parts) -> None:
    client = app.test_client()
    client.get("/")
    client.get("/sign-in")
    with sqlite3.connect(parts.settings.data_dir / "registry.db") as database:
        assert database.execute("SELECT count(*) FROM browser_session").fetchone() == (0,)


def test_a_post_without_the_token_changes_nothing(client: FlaskClient) -> None:
    data = {"kind": "media", "legal_statuses": "liquidated", "base_country": "PL"}
    assert client.post("/register/organisation", data=data).status_code == 400


def test_the_cookie_changes_once_at_sign_in_and_stays(app: Flask) -> None:
    secret = register(app.test_client())
    client = app.test_client()
    sign_in(client, secret["name"], secret["passphrase"])
    cookie = client.get_cookie(COOKIE)
    asked = {"csrf_token": csrf_of(client, "/what-is-kept"), "text": "When will it be?"}
    assert client.post("/o/questions/new", data=asked).status_code == 303
    after = client.get_cookie(COOKIE)
    assert cookie is not None
    assert after is not None
    assert after.value == cookie.value


@pytest.mark.parametrize("passphrase", ["right", "wrong words"])
def test_nobody_waits_for_the_write_lock_while_a_passphrase_is_looked_at(
    app: Flask, parts: Parts, monkeypatch: pytest.MonkeyPatch, passphrase: str
) -> None:
    secret = register(app.test_client())
    looked: list[bool] = []

    def look(typed: str, kept: str) -> bool:
        with parts.database.writing() as session:
            session.exec(select(Account)).all()  # takes the write lock, or waits in vain
        looked.append(True)
        return typed == secret["passphrase"]

    monkeypatch.setattr(module, "verify_password", look)
    typed = secret["passphrase"] if passphrase == "right" else passphrase
    assert sign_in(app.test_client(), secret["name"], typed) == (
        302 if passphrase == "right" else 200
    )
    assert looked == [True]


@pytest.mark.parametrize("name", ["nobody-at-all", ""])
def test_a_closed_account_takes_as_long_as_an_unknown_name(
    app: Flask, parts: Parts, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    secret = register(app.test_client())
    with parts.database.writing() as session:
        for account in session.exec(select(Account)):
            account.active = False
    hashed: list[str] = []
    monkeypatch.setattr(module, "hash_password", hashed.append)
    assert sign_in(app.test_client(), name or secret["name"], secret["passphrase"]) == 200
    assert len(hashed) == 1


@pytest.mark.parametrize("sent", [{"username": ["a"], "password": {}}, "x", {"password": 1}, {}])
def test_signing_in_takes_a_form_and_nothing_else(client: FlaskClient, sent: object) -> None:
    token = csrf_of(client, "/sign-in")
    answer = client.post("/sign-in", json=sent, headers={"X-CSRFToken": token})
    assert answer.status_code == 415


def test_an_account_that_goes_while_its_passphrase_is_looked_at_is_not_signed_in(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module.SignInForm, "_is_right", lambda _: True)
    client = app.test_client()
    assert sign_in(client, "nobody-at-all", "right words") == 200
    assert client.get("/home").location.startswith("/sign-in")
