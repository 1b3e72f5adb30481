"""The headers of every answer, of errors and files too."""

import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule

from registry.web.headers import EVERYWHERE

EXPECTED = {*EVERYWHERE, "Content-Security-Policy", "Cache-Control", "Strict-Transport-Security"}


def test_a_page_allows_nothing_but_what_is_ours(visitor: FlaskClient) -> None:
    headers = visitor.get("/kitchen").headers
    assert headers["Content-Security-Policy"] == (
        "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; "
        "base-uri 'none'; frame-ancestors 'none'"
    )
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["Cache-Control"] == "no-store"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"


def test_an_error_is_protected_like_a_page(visitor: FlaskClient) -> None:
    headers = visitor.get("/nothing-here").headers
    assert headers["Cache-Control"] == "no-store"
    assert "default-src 'none'" in headers["Content-Security-Policy"]


def test_a_file_may_be_kept_but_load_nothing(visitor: FlaskClient) -> None:
    page = visitor.get("/kitchen").text
    address = page.partition('stylesheet" href="')[2].partition('"')[0]
    headers = visitor.get(address).headers
    assert headers["Content-Security-Policy"] == "default-src 'none'; frame-ancestors 'none'"
    assert "no-store" not in headers["Cache-Control"]


def test_the_page_where_one_signs_in_is_not_kept(client: FlaskClient) -> None:
    assert client.get("/sign-in").headers["Cache-Control"] == "no-store"
    assert client.post("/sign-in").headers["Cache-Control"] == "no-store"


def address_of(rule: Rule) -> str:
    """Fill the gaps of a route; which record is meant does not matter here."""
    chosen = re.sub(r"<any\((\w+).*?>", r"\1", rule.rule)
    return re.sub(r"<.*?>", "0" * 32, chosen)


@pytest.mark.parametrize("method", ["GET", "POST", "DELETE", "TRACE"])
def test_every_route_is_protected_whatever_it_answers(
    app: Flask, client: FlaskClient, method: str
) -> None:
    rules = list(app.url_map.iter_rules())
    assert len(rules) > 100

    bare = [
        f"{answer.status_code} {rule.rule}: {missing}"
        for rule in rules
        if (answer := client.open(address_of(rule), method=method))
        and (missing := EXPECTED - set(answer.headers.keys()))
    ]

    assert bare == []


def test_so_is_an_answer_to_more_than_can_be_read(client: FlaskClient) -> None:
    answer = client.post("/sign-in", data={"username": "n" * 5_000_000})
    assert answer.status_code == 413
    assert set(answer.headers.keys()) >= EXPECTED


def test_and_one_to_what_nobody_foresaw(app: Flask, client: FlaskClient) -> None:
    def fall() -> None:
        raise RuntimeError

    app.view_functions["front.start"] = fall
    app.config.update(TESTING=False, PROPAGATE_EXCEPTIONS=False)
    answer = client.get("/")
    assert answer.status_code == 500
    assert set(answer.headers.keys()) >= EXPECTED


def test_an_onion_address_has_no_transport_to_be_strict_about(client: FlaskClient) -> None:
    answer = client.get("/", headers={"Host": f"{'a' * 56}.onion"})
    assert "Strict-Transport-Security" not in answer.headers
