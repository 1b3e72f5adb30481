"""Two officers have the same match open: the second one is told, and keeps what was typed."""

from collections.abc import Callable

from registry.domain.roles import Role
from tests.browser.served import Served
from tests.browser.visitor import Visitor
from tests.factories.matches import make_pair

NOTE = "Too late for them, I think."


def test_two_officers_collide(served: Served, sign_in: Callable[..., Visitor]) -> None:
    with served.session():
        match = f"/desk/matches/{make_pair().id}"
    first, second = sign_in(Role.OFFICER), sign_in(Role.OFFICER)
    second.open(match).follow("Decline")
    second.choose("Why", "It would come too late or too early").write("Note", NOTE)

    first.open(match).press("Put on the short list")
    assert first.reads("On an officer's short list")

    second.press("Decline")
    assert second.status == 409
    assert second.reads("Something happened while you were looking at it", "Nothing was done")
    assert second.typed("Note") == NOTE
    first.reload()
    assert first.reads("On an officer's short list")

    # It looks at what is new and still declines.
    second.press("Decline")
    assert second.reads("Declined", NOTE)
    first.reload()
    assert first.reads("Declined", NOTE)
