"""What axe finds on each kind of page of each role: nothing serious.

Pages are shown without script everywhere else; axe is one, so it looks from a second context
that has the first one's cookies. It is handed in by the test, for the pages refuse script tags.
"""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, Page

from tests.browser.pages import OWN_PAGES, follow_links
from tests.browser.served import Served
from tests.browser.test_every_page import somebody
from tests.browser.visitor import Visitor

SERIOUS = {"serious", "critical"}
RUN = "() => axe.run({resultTypes: ['violations']}).then(found => found.violations)"
REFUSED = {"/nothing-here": "visitor", "/desk/": "organisation"}
"""Pages that say no, and to whom."""


@pytest.fixture
def look_again(chromium: Browser) -> Iterator[Callable[[Visitor], Page]]:
    """Open a page with script switched on, signed in as the visitor is."""
    pages: list[Page] = []

    def make(visitor: Visitor, scheme: Any = "light") -> Page:
        context = chromium.new_context(
            base_url=visitor.address,
            storage_state=visitor.context.storage_state(),
            color_scheme=scheme,
        )
        pages.append(context.new_page())
        return pages[-1]

    yield make
    for page in pages:
        page.context.close()


@pytest.fixture
def seat(
    served: Served, visit: Callable[..., Visitor], sign_in: Callable[..., Visitor]
) -> Callable[[str], Visitor]:
    """Sit somebody of a role down at its first page."""
    return partial(somebody, served, visit, sign_in)


def serious_problems(page: Page, address: str) -> list[str]:
    """Open an address and return what axe says of it, with the elements it means."""
    page.goto(address)
    page.evaluate(AXE_SCRIPT)
    return [
        f"{address}: {each['id']} ({each['impact']}): {[node['target'] for node in each['nodes']]}"
        for each in page.evaluate(RUN)
        if each["impact"] in SERIOUS
    ]


@pytest.mark.slow
@pytest.mark.parametrize("role", OWN_PAGES)
def test_axe_finds_nothing_serious(
    seat: Callable[[str], Visitor], look_again: Callable[[Visitor], Page], role: str
) -> None:
    visitor = seat(role)
    page = look_again(visitor)
    found: list[str] = []
    for _ in follow_links(visitor, 1, OWN_PAGES[role]):
        found += serious_problems(page, visitor.page.url)
    assert found == []


@pytest.mark.slow
@pytest.mark.parametrize(("path", "role"), REFUSED.items())
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nor_on_pages_that_say_no(
    seat: Callable[[str], Visitor],
    look_again: Callable[..., Page],
    path: str,
    role: str,
    scheme: str,
) -> None:
    page = look_again(seat(role), scheme)
    assert serious_problems(page, path) == []


@pytest.mark.slow
def test_axe_would_find_something(
    visit: Callable[..., Visitor], look_again: Callable[[Visitor], Page]
) -> None:
    """A picture without words and a form field without a name are found: it does look."""
    page = look_again(visit().open("/"))
    page.goto("/")
    page.evaluate("() => { document.querySelector('main').innerHTML = '<img src=\"/x\"><input>'; }")
    page.evaluate(AXE_SCRIPT)
    assert {each["id"] for each in page.evaluate(RUN)} >= {"image-alt", "label"}
