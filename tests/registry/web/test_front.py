from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from registry.domain.roles import Role
from registry.storage.database import RegistrySession
from search.codes import Visibility
from tests.factories import DonorFactory, OfferFactory

OPEN_TO_ALL = (
    "/",
    "/what-is-kept",
    "/before-registering/organisation",
    "/before-registering/donor",
    "/help-offered",
    "/figures",
    "/sign-in",
)


@pytest.mark.parametrize("path", OPEN_TO_ALL)
@pytest.mark.parametrize("language", ["en", "be", "ru"])
def test_anyone_can_read_it_and_is_given_nothing_to_carry(
    client: FlaskClient, path: str, language: str
) -> None:
    answer = client.get(path, headers={"Accept-Language": language})
    assert answer.status_code == 200
    assert f'<html lang="{language}"' in answer.text
    if path != "/sign-in":
        assert "Set-Cookie" not in answer.headers


def test_the_front_page_opens_three_doors(client: FlaskClient) -> None:
    page = client.get("/").text
    doors = page.partition('class="doors"')[2].partition("</ul>")[0]
    assert doors.count("<a href=") == 3
    for address in doors.split('href="')[1:]:
        assert client.get(address.partition('"')[0]).status_code == 200


def test_before_registering_says_what_it_can_mean_and_leads_on(client: FlaskClient) -> None:
    page = client.get("/before-registering/organisation").text
    assert "Let a hub do it in your stead" in page
    assert "can then be used against you" in page
    assert "Look without an account" in page
    assert 'href="/register/organisation"' in page


def test_only_public_offers_of_trusted_donors_stand_there(
    client: FlaskClient, session: RegistrySession
) -> None:
    OfferFactory.create(title="For everyone", visibility=Visibility.PUBLIC)
    OfferFactory.create(title="For members", visibility=Visibility.MEMBERS)
    unknown = DonorFactory.create(vetting="unverified")
    OfferFactory.create(title="From nowhere", visibility=Visibility.PUBLIC, donor=unknown)
    session.commit()
    for path, last_day in (("/", "31 Mar 2027"), ("/help-offered", "31 March 2027")):
        page = client.get(path).text
        assert "For everyone" in page
        assert "€50,000" in page
        assert last_day.replace(" ", "\N{NO-BREAK SPACE}") in page
        assert "For members" not in page
        assert "From nowhere" not in page
        assert "Harbour" not in page


def test_a_cursor_that_is_none_is_told_so(client: FlaskClient) -> None:
    assert client.get("/help-offered?cursor=nonsense").status_code == 422


def test_figures_say_when_the_first_ones_come(client: FlaskClient) -> None:
    assert "1\N{NO-BREAK SPACE}January\N{NO-BREAK SPACE}2027" in client.get("/figures").text


@pytest.mark.parametrize("role", list(Role))
def test_whoever_is_signed_in_sees_what_waits_and_the_way_out(
    signed_in: Callable[..., FlaskClient], session: RegistrySession, role: Role
) -> None:
    browser = signed_in(role)
    session.commit()
    page = browser.get("/what-is-kept").text
    assert "Nothing waits for you" in page
    assert 'action="/sign-out"' in page
    assert 'href="/sign-in"' not in page
