"""With the keyboard alone: signing in, and answering an officer's question."""

from collections.abc import Callable

from registry.domain.roles import Role
from registry.services.questions.ask_question import ask_question
from tests.browser.served import Served
from tests.browser.visitor import Visitor
from tests.factories import OrganisationFactory

FOCUSED = """() => {
  const it = document.activeElement;
  const look = getComputedStyle(it), place = it.getBoundingClientRect();
  return {
    words: (it.labels && it.labels.length ? it.labels[0].innerText : it.innerText || "").trim(),
    outline: look.outlineStyle === "none" ? 0 : parseFloat(look.outlineWidth),
    in_sight: place.bottom > 0 && place.top < innerHeight && place.width > 0,
    covered: !it.contains(document.elementFromPoint(
      place.left + place.width / 2, place.top + place.height / 2)),
  };
}"""
MOST_STEPS = 60


def step_to(visitor: Visitor, words: str) -> None:
    """Press Tab until what says this has the focus; each stop on the way can be seen."""
    for _ in range(MOST_STEPS):
        visitor.page.keyboard.press("Tab")
        stop = visitor.page.evaluate(FOCUSED)
        assert stop["outline"] >= 2, f"the focus on “{stop['words']}” cannot be seen"
        assert stop["in_sight"], f"“{stop['words']}” has the focus out of sight"
        if stop["words"].startswith(words):
            assert not stop["covered"], f"“{words}” is covered by something"
            return
    raise AssertionError(f"“{words}” is not reached with {MOST_STEPS} times Tab")


def test_signing_in_and_answering_with_the_keyboard_alone(
    served: Served, visit: Callable[..., Visitor]
) -> None:
    officer, _ = served.make_account(Role.OFFICER)
    with served.session():
        organisation = OrganisationFactory.create()
    _, secret = served.make_account(Role.ORGANISATION, organisation_id=organisation.id)
    served.do(
        ask_question,
        officer,
        "organisation",
        organisation.id,
        to_role="organisation",
        text="By which day?",
    )
    visitor = visit().open("/sign-in")
    keys = visitor.page.keyboard
    step_to(visitor, "Sign-in name")
    keys.type(secret.name)
    step_to(visitor, "Passphrase")
    keys.type(secret.passphrase)
    keys.press("Enter")
    visitor.page.wait_for_url("**/o/home")

    step_to(visitor, "Read and answer")
    keys.press("Enter")
    visitor.page.wait_for_url("**/o/questions/*")
    assert visitor.reads("By which day?")
    step_to(visitor, "Your answer")
    keys.type("By the end of January.")
    step_to(visitor, "Send the answer")
    keys.press("Enter")
    visitor.page.wait_for_url("**/o/questions")
    assert visitor.reads("By the end of January.")


def test_the_first_stop_leads_away_and_the_second_past_the_frame(
    visit: Callable[..., Visitor],
) -> None:
    visitor = visit().open("/")
    keys = visitor.page.keyboard
    step_to(visitor, "Leave this site")
    step_to(visitor, "Skip to what this page is about")
    keys.press("Enter")
    assert visitor.page.evaluate("document.activeElement.id") == "content"
    keys.press("Tab")
    assert visitor.page.evaluate(FOCUSED)["words"] == "I need help"
