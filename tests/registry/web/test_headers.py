from flask.testing import FlaskClient


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
