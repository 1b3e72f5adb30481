"""What holds for each page of each role: no overflow, one heading, a neutral title, a language.

That no request leaves the origin and no policy is broken is looked at for every visitor of every
test here, when it leaves (`visit` in conftest.py).
"""

from collections.abc import Callable

import pytest

from registry.domain.roles import Role
from registry.services.imports.demo_parties import choose_parties
from tests.browser.pages import OWN_PAGES, follow_links
from tests.browser.served import Served
from tests.browser.visitor import Visitor

WIDTHS = (320, 360, 1280)
WORDS = {
    *("Start", "Home", "About", "Before you begin", "Register", "Sign in", "Figures"),
    *("List", "Entry", "Step", "Form", "Question", "Answer", "Search", "Rules", "Trail", "Keys"),
    *("Accounts", "Key", "Account"),
}
"""All that a title may say: whoever looks over a shoulder or into a history learns no more."""
SEVERAL = 4
FIRST_VISIT_BYTES = 100 * 1024


def problems_of(visitor: Visitor, kind: str) -> list[str]:
    """Say what is wrong with the page that is shown."""
    page = visitor.page
    found = [
        f"{kind}: {over} pixels too wide at {width}"
        for width in WIDTHS
        if (over := visitor.overflow_at(width))
    ]
    if (headings := page.locator("h1").count()) != 1:
        found.append(f"{kind}: {headings} headings of the first order")
    word, _, site = page.title().partition(" · ")
    if word not in WORDS or site != "Registry":
        found.append(f"{kind}: the title says {page.title()!r}")
    if page.locator("html").get_attribute("lang") != "en":
        found.append(f"{kind}: the language is not said")
    if visitor.status != 200:
        found.append(f"{kind}: {visitor.status}")
    return found


def party_of(served: Served, role: Role) -> dict[str, str]:
    """Let organisation and donor be those of the demonstration, which have something to see."""
    with served.parts.database.reading() as session:
        parties = choose_parties(session)
    return {
        Role.ORGANISATION: {"organisation_id": parties.organisation_id},
        Role.DONOR: {"donor_id": parties.donor_id},
    }.get(role, {})


def somebody(
    served: Served, visit: Callable[..., Visitor], sign_in: Callable[..., Visitor], role: str
) -> Visitor:
    """Sit somebody of a role down at its first page."""
    if role == "visitor":
        return visit().open("/")
    return sign_in(Role(role), **party_of(served, Role(role))).open("/home")


def go_through(visitor: Visitor, most_of_a_kind: int, within: tuple[str, ...]) -> list[str]:
    kinds: set[str] = set()
    found: list[str] = []
    for kind in follow_links(visitor, most_of_a_kind, within):
        kinds.add(kind)
        found += problems_of(visitor, kind)
    assert kinds
    return found


@pytest.mark.parametrize("role", OWN_PAGES)
def test_every_kind_of_page(
    served: Served,
    visit: Callable[..., Visitor],
    sign_in: Callable[..., Visitor],
    role: str,
) -> None:
    """One of each kind among the role's own pages."""
    visitor = somebody(served, visit, sign_in, role)
    assert go_through(visitor, most_of_a_kind=1, within=OWN_PAGES[role]) == []


@pytest.mark.slow
@pytest.mark.parametrize("role", OWN_PAGES)
def test_several_of_every_kind_of_page(
    served: Served,
    visit: Callable[..., Visitor],
    sign_in: Callable[..., Visitor],
    role: str,
) -> None:
    """The same for more of them: long words, empty lists and full ones differ from page to page."""
    visitor = somebody(served, visit, sign_in, role)
    assert go_through(visitor, most_of_a_kind=SEVERAL, within=OWN_PAGES[role]) == []


@pytest.mark.parametrize("path", ["/", "/before-registering/organisation", "/help-offered"])
def test_a_first_visit_weighs_little(visit: Callable[..., Visitor], path: str) -> None:
    """What goes over the line, heads of answers included, when nothing is kept from before."""
    visitor = visit(width=360)
    weighed: list[float] = []
    wire = visitor.context.new_cdp_session(visitor.page)
    wire.send("Network.enable")
    wire.on("Network.loadingFinished", lambda event: weighed.append(event["encodedDataLength"]))
    visitor.open(path)
    assert len(weighed) >= 2, "the page and its style sheet at least"
    assert sum(weighed) <= FIRST_VISIT_BYTES


def test_nothing_of_a_private_page_stays_in_the_browser(
    visit: Callable[..., Visitor], sign_in: Callable[..., Visitor]
) -> None:
    """After signing out, going back shows nothing of what stood there."""
    desk = sign_in(Role.OFFICER)
    assert desk.reads("Queue")
    desk.press("Sign out")
    assert desk.path == "/"
    desk.go_back()
    assert desk.path == "/sign-in"
