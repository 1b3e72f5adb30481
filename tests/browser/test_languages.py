"""The journeys in Belarusian and Russian, without an English sentence left on the way."""

from collections.abc import Callable

import pytest

from registry.domain.roles import Role
from search.codes import MatchState
from tests.browser.pages import OWN_PAGES, follow_links
from tests.browser.sentences import english_left, latin_runs
from tests.browser.served import Served
from tests.browser.visitor import Visitor
from tests.factories.matches import Pair, bring_to, make_pair

LANGUAGES = ("be", "ru")
TELEPHONE = 360
"""Pixels; words of these languages are longer than English ones."""
DOORS = {"be": "Мне патрэбна дапамога", "ru": "Мне нужна помощь"}


def check(visitor: Visitor, language: str) -> None:
    """Hold the page that is shown to its language."""
    assert visitor.page.locator("html").get_attribute("lang") == language
    left = {*english_left(visitor.page, language), *latin_runs(visitor.page)}
    assert left == set(), f"{visitor.path} says in English: {left}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_registering_and_writing_a_need(visit: Callable[..., Visitor], language: str) -> None:
    """The same way as in English, by the places of links, fields and buttons."""
    somebody = visit("en", width=360).open("/")
    somebody.page.locator(f'button[name="language"][value="{language}"]').click()
    check(somebody, language)
    press_next(somebody, ".door a", language)
    press_next(somebody, "main a.btn-primary", language)
    press_next(somebody, "main button.btn-primary", language)
    assert somebody.status == 422
    somebody.page.locator('label[for="f-kind"]').click()
    somebody.page.locator('label[for="f-legal_statuses"]').click()
    somebody.page.select_option("#f-base_country", "LT")
    press_next(somebody, "main button.btn-primary", language)
    press_next(somebody, "main button.btn-primary", language)
    assert somebody.path == "/o/home"
    somebody.open("/o/needs/new")
    check(somebody, language)
    somebody.page.select_option("#f-category", "legal_aid.fines")
    somebody.page.select_option("#f-country", "BY")
    somebody.page.locator('label[for="f-asks_for"]').click()
    press_next(somebody, "main button.btn-primary", language)
    somebody.page.fill("#f-amount_requested", "-5")
    press_next(somebody, "main button.btn-primary", language)
    assert somebody.status == 422
    somebody.page.fill("#f-amount_requested", "900")
    for _ in range(3):
        press_next(somebody, "main button.btn-primary", language)
    assert somebody.status == 200


def press_next(visitor: Visitor, place: str, language: str) -> None:
    visitor.page.locator(place).first.click()
    check(visitor, language)


@pytest.fixture(scope="module")
def pair(served: Served) -> Pair:
    """A match that both sides see, of people who wrote nothing themselves."""
    officer, _ = served.make_account(Role.OFFICER)
    with served.session() as session:
        pair = make_pair(need={"title": "Dach nad haławoj", "language": "be"})
        bring_to(session, pair, officer, MatchState.INTERESTED)
        return pair


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("role", list(Role))
def test_no_page_of_a_role_is_left_in_english_or_too_wide(
    pair: Pair, sign_in: Callable[..., Visitor], role: Role, language: str
) -> None:
    """Every kind of page that can be reached, but for what people wrote in their own language."""
    party = {
        Role.ORGANISATION: {"organisation_id": pair.organisation.id},
        Role.DONOR: {"donor_id": pair.donor.id},
    }.get(role, {})
    visitor = sign_in(role, language=language, **party).open("/home")
    left: set[tuple[str, str]] = set()
    too_wide: dict[str, int] = {}
    for page in follow_links(visitor, 1, OWN_PAGES[role]):
        left |= {(page, words) for words in english_left(visitor.page, language)}
        too_wide[page] = visitor.overflow_at(TELEPHONE)
    assert left == set()
    assert {page: over for page, over in too_wide.items() if over} == {}
