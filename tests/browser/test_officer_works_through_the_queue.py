"""An officer narrows the queue, declines several at once, reads a match, and offers it."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator

from registry.domain.roles import Role
from tests.browser.served import Served
from tests.browser.visitor import Visitor
from tests.factories import OfferFactory
from tests.factories.matches import CLEAR_TERMS, Pair, make_pair


@pytest.fixture
def pair(served: Served) -> Pair:
    """A need with four proposals, all of whose rules are met."""
    with served.session():
        pair = make_pair()
        for _ in range(3):
            OfferFactory.create(**CLEAR_TERMS)
    served.work()
    return pair


def group_of(desk: Visitor, pair: Pair) -> Locator:
    """Find the need of the pair in the queue, on whichever page of it."""
    group = desk.page.locator(f"#need-{pair.need.id}")
    while not group.count():
        desk.follow("Next page")
    return group


def test_officer_works_through_the_queue(
    served: Served, pair: Pair, sign_in: Callable[..., Visitor]
) -> None:
    desk = sign_in(Role.OFFICER)
    assert desk.reads("Emergencies", "needs,", "proposals.")

    # The filters stay in the address, each can be taken away, and reloading keeps them.
    desk.main.locator("summary", has_text="Narrow the list").click()
    desk.choose("What is needed", "Rent for an office or a room")
    desk.choose("Order", "Newest proposals first").press("Show")
    assert "category=fixed_costs.rent" in desk.page.url
    assert "sort=newest" in desk.page.url
    desk.reload()
    titles = desk.main.locator(".group h3").all_inner_texts()
    assert titles
    assert all(title.startswith("Rent for an office or a room") for title in titles)

    group = group_of(desk, pair)
    desk.press("Take it on", within=group)
    assert desk.reads("It is yours now.")

    # Several go with one reason. Without one, nothing happens and the marks stay.
    for number in (0, 1):
        group.locator("label.pick").nth(number).click()
    desk.press("Decline what is marked")
    assert desk.status == 422
    assert desk.problem_at("Why")
    group = group_of(desk, pair)
    assert group.locator("input[type=checkbox]:checked").count() == 2
    desk.choose("Why", "Another kind of help is meant").press("Decline what is marked")
    assert desk.reads("2 proposals are declined.")

    read_and_offer(desk, pair)


def read_and_offer(desk: Visitor, pair: Pair) -> None:
    """Open what is left, read its rules, and show it to the donor."""
    group_of(desk, pair).get_by_role("link").filter(has_text="Money (a grant)").first.click()
    match = desk.path
    assert desk.reads(
        "Every rule is met.", "What the score is made of", "Who learns what, and when"
    )
    desk.main.locator("summary", has_text="rules are met").click()
    assert desk.main.get_by_text("Protects both.").first.is_visible()

    # What cannot be done now says why not.
    desk.main.locator("summary", has_text="What is not possible now").click()
    shown_to_donor = desk.main.get_by_role("button", name="Show to the donor")
    assert shown_to_donor.is_disabled()

    with desk.second_tab() as tab:
        tab.open(match)
        desk.press("Put on the short list")
        assert desk.reads("On an officer's short list")
        # The same from the old page is the same wish: it is done once, and the page says so.
        tab.press("Put on the short list")
        assert tab.reads("On an officer's short list")
        assert tab.main.locator(".history li").count() == 1
        impossible(tab, match)
    desk.press("Show to the donor")
    assert desk.reads("Shown to the donor", "It waits for the donor's answer.")


def impossible(desk: Visitor, match: str) -> None:
    """A step that is not due yet is refused in words, with a way back."""
    desk.open(f"{match}/acts/award")
    assert not desk.main.get_by_role("button").count()
    assert desk.reads("This is not the moment for it", "What you can do now", "Show to the donor")
    desk.follow("Go back")
    assert desk.path == match
