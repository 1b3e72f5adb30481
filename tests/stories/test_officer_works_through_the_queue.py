"""An officer works through the queue in a browser, by the links and forms that stand there.

Many proposals wait; a few decisions deal with all of them: what does not fit goes with one
reason, what is unclear is asked, what fits is shown to the donor, and the donor and the
organisation go on from there on pages of their own.
"""

from collections.abc import Callable
from typing import Any

import pytest

from registry.app.parts import Parts
from registry.domain.roles import Role
from registry.identity.actor import Actor
from registry.jobs.drain import drain_once
from registry.jobs.pulse import unwatched
from registry.storage.accounts import Account
from registry.storage.audit import verify_audit
from registry.storage.database import RegistrySession
from search.codes import Urgency, Vetting
from tests.factories import (
    AccountFactory,
    DonorFactory,
    NeedFactory,
    OfferFactory,
    OrganisationFactory,
)
from tests.factories.matches import CLEAR_TERMS
from tests.person import Person

Work = Callable[[], None]

RENT = "Rent for an office or a room · Poland"
ANSWER = "Days until you decide: 5"


@pytest.fixture
def work(parts: Parts) -> Work:
    """Let the worker do all that waits."""

    def drain() -> None:
        while drain_once(parts.database, unwatched):
            pass

    return drain


def test_an_officer_works_through_the_queue(
    session: RegistrySession,
    work: Work,
    officer: Actor,
    person_of: Callable[[Account | Actor], Person],
    rows: Callable[[], Any],
) -> None:
    newcomer = OrganisationFactory.create(vetting=Vetting.UNVERIFIED, handle="Tin Kettle")
    NeedFactory.create(organisation=newcomer, urgency=Urgency.EMERGENCY)
    for country in ("LT", "GE"):
        NeedFactory.create(country=country, urgency=Urgency.ROUTINE)
    giver = DonorFactory.create(handle="Copper Lamp")
    OfferFactory.create(donor=giver, title="Rooms", **(CLEAR_TERMS | {"decision_days": None}))
    for title in ("Small rooms", "Large rooms"):
        OfferFactory.create(title=title, **CLEAR_TERMS)
    holder = AccountFactory.create(role=Role.ORGANISATION, organisation_id=newcomer.id)
    donor = AccountFactory.create(role=Role.DONOR, donor_id=giver.id)
    desk = person_of(officer)
    work()

    vouch_for_the_newcomer(desk)
    decline_what_does_not_fit(desk)
    ask_what_is_open(desk)
    answer_in_the_offer(person_of(donor))
    work()
    show_it_to_the_donor(desk)
    say_yes_on_both_sides(person_of(donor), person_of(holder))

    desk.open("/desk/queue?state=introduced")
    assert desk.sees("1 need, 1 proposal", RENT)
    with rows() as reading:
        assert verify_audit(reading) is None


def vouch_for_the_newcomer(desk: Person) -> None:
    """Six proposals of two needs stand in the queue; the newcomer's have to wait for trust."""
    desk.open("/home")
    assert desk.sees("2 needs, 6 proposals")
    assert not desk.sees("Emergencies")
    desk.follow("1 organisation to check").follow("Tin Kettle")
    desk.follow("Set to: Vouched for")
    desk.send("Decide", {"reason": "vouched_by_others", "note": "Two members know them."})
    assert desk.sees("one officer decided alone")
    desk.follow("Queue")
    assert desk.sees("3 needs, 9 proposals", "Emergencies", "stated, not confirmed")
    desk.send("Confirm the urgency")
    assert desk.sees("Emergency: somebody is in danger now confirmed")


def decline_what_does_not_fit(desk: Person) -> None:
    """All six of the others go at once, without being opened one by one."""
    desk.send("Show", {"urgency": "routine"})
    assert desk.sees("2 needs, 6 proposals")
    boxes = [each for form in desk.page.forms for each in form.fields if each.name == "_match"]
    marked = [value for box in boxes for value in box.offered]
    assert len(marked) == 6
    desk.send("Decline what is marked", {"_match": marked, "reason_code": "not_a_priority"})
    assert desk.sees("6 proposals are declined.", "Nothing fits what you chose.")
    desk.follow("Show everything")
    assert desk.sees("1 need, 3 proposals")


def ask_what_is_open(desk: Person) -> None:
    """Read the text, which is counted; then ask the donor the very question that is open."""
    desk.follow(RENT).send("Open the text")
    assert desk.sees("Our newsroom of four keeps its two rooms", "with you")
    unclear = [href for _, href in desk.page.links if "/desk/matches/" in href]
    for address in unclear:
        desk.open(address)
        if desk.sees("1 thing to ask"):
            break
    assert desk.sees("Still to be asked", "The help arrives in time", "20 rules are met")
    desk.send("Ask this")
    assert desk.sees("Asked on 24 November 2026, no answer yet")
    desk.send("Put on the short list")
    assert desk.sees("ask for what is missing")


def answer_in_the_offer(donor: Person) -> None:
    """The donor finds the question on its first page; what it answers stands in its offer."""
    donor.open("/home").follow("Read and answer")
    donor.send("Save the answer", {"decision_days": "5"})


def show_it_to_the_donor(desk: Person) -> None:
    """The worker judged the pair anew; now nothing stands in the way."""
    desk.open("/desk/queue").follow("1 answer to read")
    assert desk.sees(ANSWER)
    desk.follow("What it is about")
    assert desk.sees("Every rule is met.", ANSWER)
    desk.send("Show to the donor")
    assert desk.sees("It waits for the donor's answer.", "Shown to the donor")
    assert "Show to the donor" not in [
        words for form in desk.page.forms for words, *_ in form.buttons
    ]


def say_yes_on_both_sides(donor: Person, holder: Person) -> None:
    """Each side sees what the officer showed it, and says yes on a page of its own."""
    donor.open("/d/needs").follow("Look at it")
    assert "Tin Kettle" not in donor.source
    donor.follow("Yes, we would help").send("Yes, we would help")
    holder.open("/o/help").follow("Look at it")
    assert holder.sees("Copper Lamp")
    holder.follow("Yes, we would take this help").send("Yes, we would take this help")
    assert holder.sees("Introduced to each other")
