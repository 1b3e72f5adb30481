"""A newcomer is fully trusted only once two officers said so; one alone waits, in sight."""

from collections.abc import Callable

from registry.domain.roles import Role
from registry.identity.actor import Actor
from registry.storage.database import RegistrySession
from registry.storage.donors import Donor
from registry.storage.organisations import Organisation
from search.codes import Vetting
from tests.conftest import Calendar
from tests.factories import DonorFactory, OrganisationFactory
from tests.person import Person

Sit = Callable[..., Person]


def test_one_officer_proposes_and_another_one_confirms(
    session: RegistrySession, person_of: Sit, make_actor: Callable[..., Actor]
) -> None:
    newcomer = OrganisationFactory.create(handle="Tin Kettle", vetting=Vetting.UNVERIFIED)
    first, second = (person_of(make_actor(Role.OFFICER)) for _ in range(2))

    # The first one has seen their work, and learns that this alone is not enough.
    first.open(f"/desk/organisations/{newcomer.id}").follow("Set to: Checked")
    assert first.sees("Two officers have to agree", "another officer confirms it")
    first.send("Propose it", {"reason": "evidence_seen", "note": "I saw two years of their work."})
    assert first.sees("It is proposed; another officer has to confirm it.", "Proposed: Checked")
    assert standing(session, newcomer) == Vetting.UNVERIFIED

    # Nor can it say so twice, by the page or past it.
    first.follow("See what is proposed")
    assert first.sees("You proposed this yourself")
    assert "Confirm it" not in first.page.text
    address = f"/desk/organisations/{newcomer.id}/trust/verified"
    typed = {"reason": "evidence_seen", "_version": str(newcomer.version)}
    assert first.post(address, typed).status_code == 303
    assert standing(session, newcomer) == Vetting.UNVERIFIED

    # The second one finds it waiting, reads why, and confirms.
    second.open("/desk/organisations")
    assert second.sees("Waiting for a second officer")
    second.follow("Tin Kettle").follow("See what is proposed")
    assert second.sees("I saw two years of their work.", "An officer has seen papers or work")
    second.send("Confirm it", {"reason": "known_to_the_house"})
    assert second.sees("Two officers agreed")
    assert standing(session, newcomer) == Vetting.VERIFIED
    assert not second.open("/desk/organisations").sees("Waiting for a second officer")


def test_the_second_officer_turns_it_down(
    session: RegistrySession, person_of: Sit, make_actor: Callable[..., Actor]
) -> None:
    stranger = DonorFactory.create(handle="Blue Door", vetting=Vetting.UNVERIFIED)
    first, second = (person_of(make_actor(Role.OFFICER)) for _ in range(2))
    first.open(f"/desk/donors/{stranger.id}").follow("Set to: Checked")
    first.send("Propose it", {"reason": "evidence_seen"})
    second.open(f"/desk/donors/{stranger.id}").follow("See what is proposed")
    second.send("Turn it down")
    assert second.sees("The proposal is taken off", "Taken off: Checked")
    assert standing(session, stranger) == Vetting.UNVERIFIED

    # What was turned down is no first word: whoever wants it begins again.
    second.follow("Set to: Checked").send("Propose it", {"reason": "evidence_seen"})
    assert standing(session, stranger) == Vetting.UNVERIFIED


def test_the_only_officer_waits_and_the_auditor_sees_it(
    session: RegistrySession,
    person_of: Sit,
    make_actor: Callable[..., Actor],
    calendar: Calendar,
) -> None:
    newcomer = OrganisationFactory.create(handle="Tin Kettle", vetting=Vetting.VOUCHED)
    alone, auditor = person_of(make_actor(Role.OFFICER)), person_of(make_actor(Role.AUDITOR))
    page = f"/desk/organisations/{newcomer.id}"
    alone.open(page).follow("Set to: Checked")
    assert alone.sees("You are the only officer", "26 November 2026")
    alone.send("Propose it", {"reason": "evidence_seen"})

    assert auditor.open("/trail/").sees("Waiting for a second officer", newcomer.id)
    assert auditor.sees("confirms it alone from 26 November 2026 on", "Trust was proposed")
    assert "Tin Kettle" not in auditor.source

    # A proposal just before midnight is not confirmed just after it.
    calendar.pass_days(1)
    assert alone.open(page).follow("See what is proposed").sees("26 November 2026")
    assert "Confirm it" not in alone.page.text
    calendar.pass_days(1)
    alone.open(page).follow("See what is proposed").send("Confirm it", {"reason": "evidence_seen"})
    assert standing(session, newcomer) == Vetting.VERIFIED
    assert auditor.open("/trail/").sees("verified_by_one_officer")


def standing(session: RegistrySession, party: Organisation | Donor) -> str:
    session.refresh(party)
    vetting = party.vetting
    session.commit()
    return vetting
