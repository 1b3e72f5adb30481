import pytest
from flask.testing import FlaskClient


def language_of(client: FlaskClient, **headers: str) -> str:
    page = client.get("/kitchen", headers=headers).text
    return page.partition('<html lang="')[2][:2]


@pytest.mark.parametrize(
    ("asked_for", "given"),
    [
        ("be-BY,be;q=0.9,en;q=0.5", "be"),
        ("ru", "ru"),
        ("pl,uk;q=0.8,ru;q=0.3", "ru"),
        ("pl", "en"),
        ("", "en"),
    ],
)
def test_a_page_comes_in_the_language_that_the_browser_asks_for(
    visitor: FlaskClient, asked_for: str, given: str
) -> None:
    assert language_of(visitor, **{"Accept-Language": asked_for}) == given


def test_a_chosen_language_wins_and_leads_back_to_the_page(visitor: FlaskClient) -> None:
    answer = visitor.post("/language", data={"language": "be", "next": "/kitchen?x=1"})
    assert (answer.status_code, answer.location) == (303, "/kitchen?x=1")
    assert language_of(visitor, **{"Accept-Language": "ru"}) == "be"


def test_the_choice_is_gone_with_the_browser_and_out_of_reach_of_scripts(
    visitor: FlaskClient,
) -> None:
    answer = visitor.post("/language", data={"language": "ru"}, base_url="https://registry.test")
    cookie = answer.headers["Set-Cookie"]
    assert "language=ru" in cookie
    assert "HttpOnly" in cookie
    assert "Secure" in cookie
    assert "SameSite=Lax" in cookie
    assert "Expires" not in cookie
    assert "Max-Age" not in cookie


def test_looking_at_a_page_chooses_nothing(visitor: FlaskClient) -> None:
    assert visitor.get("/language?language=be").status_code == 405
    assert language_of(visitor) == "en"


@pytest.mark.parametrize("language", ["", "pl", "be\r\nX: 1", "../be"])
def test_a_language_that_does_not_exist_is_refused(visitor: FlaskClient, language: str) -> None:
    assert visitor.post("/language", data={"language": language}).status_code == 400


@pytest.mark.parametrize(
    "target",
    [
        "https://elsewhere.example/",
        "//elsewhere.example/",
        "/\\elsewhere.example/",
        "/\t/elsewhere.example/",
        "javascript:alert(1)",
        "elsewhere.example",
        "",
    ],
)
def test_the_way_back_never_leads_elsewhere(visitor: FlaskClient, target: str) -> None:
    answer = visitor.post("/language", data={"language": "be", "next": target})
    assert answer.location == "/"


def test_a_page_offers_the_way_back_to_itself(visitor: FlaskClient) -> None:
    page = visitor.get("/kitchen?filter=urgent").text
    assert 'name="next" value="/kitchen?filter=urgent"' in page
