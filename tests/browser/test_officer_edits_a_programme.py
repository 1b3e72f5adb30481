"""An officer tries other weights in a real browser; the page that waits looks again by itself."""

from collections.abc import Callable

import pytest
from sqlmodel import col, select

from registry.domain.roles import Role
from registry.storage.matches import Match
from tests.browser.served import Served
from tests.browser.visitor import Visitor

WIDTHS = (1280, 360)


def is_narrow_enough(visitor: Visitor) -> bool:
    over = {width: visitor.overflow_at(width) for width in WIDTHS}
    return not any(over.values())


@pytest.mark.slow
def test_an_officer_edits_a_programme(served: Served, sign_in: Callable[..., Visitor]) -> None:
    desk = sign_in(Role.OFFICER)
    desk.open("/desk/programmes")
    assert is_narrow_enough(desk)
    desk.follow("General programme")
    assert desk.reads("as the house began", "Now 25 % of the score.")
    assert is_narrow_enough(desk)
    desk.main.locator("label", has_text="There is a common language").click()
    desk.write("Urgency", "60").press("See what would change")
    assert desk.reads("It is still counting", "applies", "left out")
    assert is_narrow_enough(desk)
    served.work()
    desk.main.get_by_text("Would fit", exact=True).wait_for()
    assert desk.reads("Would be refused", "Other best three")
    assert is_narrow_enough(desk)
    desk.write("Why", "Winter comes.").press("Save as version 1")
    assert desk.reads("It is saved", "version 1", "Winter comes.")
    served.work()
    with served.session() as session:
        match = session.exec(select(col(Match.id)).where(Match.programme_number == 1)).first()
    desk.open(f"/desk/matches/{match}")
    assert desk.reads("General programme, version 1; weights general-1")
    assert is_narrow_enough(desk)
