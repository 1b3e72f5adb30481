"""What a hostile request gets: no 500, no way out of the site, no line of it in the log."""

import logging

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.exc import OperationalError

from registry.app import transactions

PLANTED = "marigold"


@pytest.mark.parametrize("path", ["/sign-in", "/api/v1/needs", "/healthz"])
def test_a_host_that_cannot_be_is_a_bad_request(client: FlaskClient, path: str) -> None:
    answer = client.get(path, headers={"Host": "x" * 5000})
    assert answer.status_code == 400
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("path", ["/keys", "/accounts", "/keys?next=//elsewhere.example"])
def test_a_redirect_names_no_host_that_the_request_made_up(client: FlaskClient, path: str) -> None:
    answer = client.get(path, headers={"Host": "elsewhere.example"})
    assert answer.status_code == 308
    assert answer.location.startswith(path.partition("?")[0] + "/")
    assert "http:" not in answer.get_data(as_text=True)


def test_what_fails_after_the_view_is_logged_without_a_word_of_it(
    app: Flask, caplog: pytest.LogCaptureFixture
) -> None:
    @app.after_request
    def fail(_response: object) -> None:
        raise RuntimeError(PLANTED)

    app.config["TESTING"] = False
    with caplog.at_level(logging.DEBUG):
        assert app.test_client().get(f"/{PLANTED}?q={PLANTED}").status_code == 500
    assert "unexpected RuntimeError in" in caplog.text
    assert PLANTED not in caplog.text


def test_a_commit_that_fails_asks_for_patience(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*, keep: bool) -> None:
        if keep:
            raise OperationalError("COMMIT", {}, Exception("database or disk is full"))

    app.config["TESTING"] = False
    monkeypatch.setattr(transactions, "end_request", fail)
    answer = app.test_client().get("/sign-in")
    assert answer.status_code == 503
