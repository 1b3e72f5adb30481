"""The pages of organisations and donors as a browser draws them: every page, narrow and wide.

Measured as `test_look` measures; the application is the real one, with people signed in.
"""

import shutil
from collections.abc import Callable, Iterator
from threading import Thread
from typing import Any

import pytest
from flask import Flask
from werkzeug.serving import make_server

from registry.identity.actor import Actor
from registry.services.questions.ask_question import ask_question
from registry.storage.accounts import Account
from search.codes import MatchState, NeedStatus, OfferStatus, Visibility
from search.money import Quantity
from tests.factories import NeedFactory, OfferFactory
from tests.factories.matches import Pair, bring_to, make_pair
from tests.registry.web.test_look import MEASURE

playwright = pytest.importorskip("playwright.sync_api")

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="Chromium was not found: the look is not tested"),
]

WIDTHS = (320, 1280)
FLAWS = ("small", "low", "faint", "nameless", "twice")

ORGANISATIONS_PAGES = (
    *("home", "needs", "needs/new", "help", "permissions", "about", "about/change", "questions"),
    *("questions/new", "needs/{need}", "needs/{need}/what", "needs/{need}/amount"),
    *("needs/{need}/way", "needs/{need}/readers", "needs/{need}/withdraw", "needs/{need}/met"),
    *("needs/{draft}", "needs/{draft}/amount", "help/{match}", "help/{match}/yes"),
    *("help/{match}/no", "help/{match}/ask"),
)
DONORS_PAGES = (
    *("home", "offers", "offers/new", "needs", "about", "about/change", "questions"),
    *("questions/new", "offers/{offer}", "offers/{offer}/what", "offers/{offer}/whom"),
    *("offers/{offer}/terms", "offers/{offer}/way", "offers/{offer}/days", "offers/{offer}/close"),
    *("offers/{draft}", "needs/{match}", "needs/{match}/yes", "needs/{match}/no"),
    "needs/{match}/ask",
)


@pytest.fixture
def pair(session, officer: Actor) -> Pair:
    """Two sides with everything on their pages: drafts, questions, and help under way."""
    pair = make_pair(need={"situation": "We move in spring.", "channels": ["bank_abroad"]})
    ask_question(session, officer, "need", pair.need.id, to_role="organisation", text="How many?")
    ask_question(session, officer, "donor", pair.donor.id, to_role="donor", text="Who decides?")
    bring_to(session, pair, officer, MatchState.INTERESTED)
    return pair


@pytest.fixture
def address(app: Flask) -> Iterator[str]:
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def browser(chromium: Any) -> Any:
    return chromium


@pytest.fixture
def page_of(session, browser: Any, address: str, signed_in: Callable[..., Any]) -> Any:
    """Open a browser in which one who acts is signed in."""

    def make(actor: Actor) -> Any:
        account = session.get_one(Account, actor.account_id)
        session.commit()
        cookies = signed_in(account.role, account=account)._cookies.values()
        context = browser.new_context(locale="en-GB")
        context.add_cookies(
            [
                {
                    "name": each.key,
                    "value": each.value,
                    "url": f"https{address[4:]}",
                    "secure": True,
                }
                for each in cookies
            ]
        )
        return context.new_page()

    return make


def check(page: Any, address: str) -> None:
    """Hold one page to what a person needs, at every width."""
    assert page.goto(address).status == 200, address
    assert page.locator("h1").count() == 1, address
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        measured = page.evaluate(MEASURE)
        assert measured["overflow"] <= 0, (address, width)
        for flaw in FLAWS:
            assert measured[flaw] == [], (flaw, address, width)


def test_every_page_of_an_organisation_is_right(pair: Pair, page_of: Any, address: str) -> None:
    draft = NeedFactory.create(
        organisation=pair.organisation,
        status=NeedStatus.DRAFT,
        category="equipment",
        amount_requested=NeedFactory.ABSENT,
        quantity=Quantity(500, "items"),
        asks_for=["money", "items"],
    )
    page = page_of(pair.holder)
    ids = {"need": pair.need.id, "draft": draft.id, "match": pair.id}
    for path in ORGANISATIONS_PAGES:
        check(page, f"{address}/o/{path.format(**ids)}")


def test_every_page_of_a_donor_is_right(pair: Pair, page_of: Any, address: str) -> None:
    draft = OfferFactory.create(
        donor=pair.donor,
        status=OfferStatus.DRAFT,
        visibility=Visibility.PUBLIC,
        title="Rent, pay, accounting, and whatever else keeps a newsroom of exiles running",
        excluded_organisations=["Thorn 3"],
    )
    page = page_of(pair.giver)
    ids = {"offer": pair.offer.id, "draft": draft.id, "match": pair.id}
    for path in DONORS_PAGES:
        check(page, f"{address}/d/{path.format(**ids)}")
