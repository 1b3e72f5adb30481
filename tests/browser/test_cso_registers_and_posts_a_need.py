"""Somebody reads before registering, registers, writes a need down, and is vouched for."""

from collections.abc import Callable

from registry.domain.roles import Role
from registry.identity.accounts import NewSecret
from tests.browser.served import Served
from tests.browser.visitor import Visitor

HANDLE = "Heron of March"


def register(somebody: Visitor) -> NewSecret:
    """Read what there is to know, answer the questions, copy the secret by hand."""
    somebody.open("/").follow("I need help")
    assert somebody.reads("You need no e-mail, no telephone and no name.", "Let a hub do it")
    somebody.follow("I have read it, go on")
    somebody.mark("Civil society organisation").write("The name you go by here", HANDLE)
    somebody.press("Register")
    assert somebody.status == 422
    assert somebody.problem_at("Where you are")
    assert somebody.typed("The name you go by here") == HANDLE
    somebody.mark("Liquidated, or being liquidated").choose("Where you are", "Lithuania")
    somebody.press("Register")
    name, passphrase, code = (
        somebody.main.locator(".secret").nth(each).inner_text() for each in range(3)
    )
    assert len(passphrase.split()) == 7
    somebody.press("I have written it down")
    return NewSecret(name, passphrase, code)


def test_cso_registers_and_posts_a_need(
    visit: Callable[..., Visitor], sign_in: Callable[..., Visitor], served: Served
) -> None:
    somebody = visit(width=360)
    secret = register(somebody)
    assert somebody.reads(f"Good day, {HANDLE}", "Not checked yet")

    # Going back does not show the secret again, and reloading harms nothing.
    somebody.go_back()
    assert secret.passphrase not in somebody.text
    somebody.open("/home").press("Sign out")
    assert somebody.path == "/"
    somebody.open("/o/home")
    assert somebody.path == "/sign-in"
    somebody.write("Sign-in name", secret.name.upper()).write("Passphrase", secret.passphrase)
    somebody.main.get_by_role("button", name="Sign in").click()
    assert somebody.reads(f"Good day, {HANDLE}")

    write_need_down(somebody)

    # An officer finds the newcomer among those to check, and vouches for it.
    desk = sign_in(Role.OFFICER)
    desk.follow("Organisations")
    desk.open("/desk/organisations?vetting=unverified")
    while not desk.page.get_by_role("link", name=HANDLE).count():
        desk.follow("Next page")
    desk.follow(HANDLE).follow("Set to: Vouched for")
    desk.mark("Others known here vouch for it").press("Decide")
    assert desk.reads("Vouched for", "Paying fines · Belarus")
    assert somebody.open("/home").reads("Vouched for", "Fines of three volunteers")


def write_need_down(somebody: Visitor) -> None:
    """Four pages with a mistake on the way, then a last look at who will read what."""
    somebody.follow("Write down a need")
    somebody.choose("What you need", "Paying fines").choose("Where it is needed", "Belarus")
    somebody.mark("Money").write("In a few words", "Fines of three volunteers")
    somebody.press("Save and go on")

    somebody.write("How much money", "nine hundred").write("The least that would still help", "300")
    somebody.press("Save and go on")
    assert somebody.status == 422
    assert somebody.problem_at("How much money")
    assert somebody.typed("How much money") == "nine hundred"
    assert somebody.typed("The least that would still help") == "300"
    somebody.page.get_by_role("alert").get_by_role("link", name="How much money").click()
    somebody.write("How much money", "900").press("Save and go on")

    somebody.mark("Within the coming weeks").mark("Cash, vouchers or prepaid cards")
    somebody.press("Save and go on")
    somebody.mark("Partner organisations of the registry")
    somebody.mark("Nobody", of="Who may know that you were helped")
    somebody.press("Save and look through it")
    assert somebody.reads("A donor sees", "A partner organisation sees", "Nobody sees but officers")
    somebody.press("Publish it")
    assert somebody.reads("It is open.", "€0 of €900", "has to vouch for you first")
    # The page after a post is a page of its own: reloading it sends nothing again.
    somebody.reload()
    assert somebody.status == 200
    assert "It is open." not in somebody.text
