"""The donor says that it would help, the organisation says yes, and both see what follows."""

from collections.abc import Callable

from registry.domain.roles import Role
from search.codes import MatchState
from tests.browser.served import Served
from tests.browser.visitor import Visitor
from tests.factories.matches import Pair, bring_to, make_pair

HANDLE = "Willow by the river"

HOLDERS = "Ask for the editor, weekdays after six"
DONORS = "Write to the front desk"


def seal_contact(person: Visitor, where: str, text: str) -> None:
    person.open(f"{where}/about/sealed/contact").write("Contact", text).press("Seal it")
    assert person.reads("It is sealed.", text)


def make_offered(served: Served) -> Pair:
    officer, _ = served.make_account(Role.OFFICER)
    with served.session() as session:
        pair = make_pair(organisation={"handle": HANDLE})
        bring_to(session, pair, officer, MatchState.OFFERED)
        return pair


def test_donor_and_organisation_are_introduced(
    served: Served, sign_in: Callable[..., Visitor]
) -> None:
    pair = make_offered(served)
    donor = sign_in(Role.DONOR, donor_id=pair.donor.id, width=360)
    holder = sign_in(Role.ORGANISATION, organisation_id=pair.organisation.id, width=360)
    assert holder.open("/o/help").reads("When a donor would help you, it will stand here")

    # The donor sees what is asked and why it was proposed, and not who asks.
    donor.main.get_by_role("link", name="Look at it").first.click()
    assert donor.reads("You decide", "What happens if you say yes", "€4,500")
    assert HANDLE not in donor.text
    seal_contact(donor, "/d", DONORS)
    seal_contact(holder, "/o", HOLDERS)
    donor.open(f"/d/needs/{pair.id}").follow("Yes, we would help")
    assert donor.reads("The organisation sees your offer")
    donor.mark("Contact").press("Yes, we would help")
    assert donor.reads("The organisation now sees your offer and decides.")

    # It waits on the organisation's first page, which says by whom and when the donor was checked.
    holder.open("/o/home")
    holder.main.get_by_role("link", name="Look at it").first.click()
    assert holder.reads("You decide", "By whom", "What the donor learns of you, and when")
    holder.follow("Yes, we would take this help")
    assert holder.reads("You can take your yes back later")
    assert DONORS not in holder.text
    holder.mark("Contact").press("Yes, we would take this help")
    assert holder.reads("You said yes, and both of you are marked as introduced.", DONORS)

    # Each reads on this page how to reach the other, until it is taken back.
    donor.reload()
    assert donor.reads("both of you are marked as introduced.", HANDLE, HOLDERS)
    holder.open(f"/o/help/{pair.id}/take-back/contact").press("Yes, take it back")
    donor.reload()
    assert HOLDERS not in donor.text
    # A form that was sent long ago does nothing when it is sent again.
    holder.open(f"/o/help/{pair.id}/yes")
    assert not holder.main.get_by_role("button", name="Yes, we would take this help").count()
