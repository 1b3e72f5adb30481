"""Organisations and donors on the officers' desk: lists by trust, and decisions on it."""

from datetime import timedelta

import pytest
from sqlmodel import col, select

from registry.domain.trust import VettingReason
from registry.identity.actor import HOUSE
from registry.services.vetting.set_vetting import set_vetting
from registry.storage.audit import AuditEntry
from registry.storage.donors import Donor
from registry.storage.matches import Match
from registry.storage.organisations import Organisation
from search.codes import Vetting
from tests.conftest import TODAY
from tests.factories import DonorFactory, OrganisationFactory
from tests.factories.matches import make_pair
from tests.person import Person


@pytest.fixture
def newcomer(session) -> Organisation:
    return OrganisationFactory.create(handle="Tin Kettle", vetting=Vetting.UNVERIFIED)


@pytest.fixture
def person(person_of, newcomer, officer) -> Person:
    return person_of(officer)


def vetting_of(rows, table, party_id) -> str:
    with rows() as session:
        return session.get_one(table, party_id).vetting


class TestLists:
    def test_those_not_checked_stand_in_a_list_of_their_own(self, session, person):
        OrganisationFactory.create(handle="Copper Lamp")
        session.commit()
        person.open("/desk/organisations").sees("Tin Kettle", "Copper Lamp")
        person.follow("Not checked yet")
        assert person.sees("Tin Kettle", "not decided")
        assert not person.sees("Copper Lamp")

    def test_the_queue_leads_there(self, person):
        person.open("/desk/queue").follow("1 organisation to check")
        assert person.sees("Tin Kettle")

    def test_a_check_that_is_old_is_due_again(self, session, person, calendar):
        due = OrganisationFactory.create(handle="Copper Lamp")
        decide(session, "organisation", due.id, Vetting.VOUCHED, VettingReason.CHECK_IS_OLD)
        assert person.open("/desk/organisations").sees("24 Nov 2027")
        calendar.day = TODAY + timedelta(days=400)
        assert person.open(f"/desk/organisations/{due.id}").sees("over a year old: look again")

    def test_a_level_without_anybody_says_so(self, person):
        person.open("/desk/donors?vetting=suspended")
        assert person.sees("There are none with this level of trust.")
        assert person.open("/desk/donors").sees("Donors will stand here once one registers.")

    def test_a_list_goes_on_over_pages(self, session, person):
        for _ in range(26):
            OrganisationFactory.create(vetting=Vetting.UNVERIFIED)
        session.commit()
        person.open("/desk/organisations?vetting=unverified").follow("Next page")
        assert person.sees("2 entries on this page", "Nothing moves for these")
        assert person.follow("To the beginning").sees("25 entries on this page")


class TestDecisions:
    def test_a_decision_needs_a_reason_and_says_that_one_officer_decides(
        self, newcomer, person, rows
    ):
        person.open(f"/desk/organisations/{newcomer.id}").follow("Set to: Vouched for")
        assert person.sees("You decide this alone.")
        person.send("Decide", {"note": "Two others spoke for it."})
        assert person.status == 422
        assert person.typed("note") == "Two others spoke for it."
        person.send("Decide", {"reason": "vouched_by_others"})
        assert vetting_of(rows, Organisation, newcomer.id) == Vetting.VOUCHED
        assert person.sees("the trail says that one officer decided alone")
        assert person.sees("Others known here vouch for it · Two others spoke for it.")
        with rows() as session:
            acts = select(col(AuditEntry.detail)).where(col(AuditEntry.act) == "vetting_set")
            assert session.exec(acts).all() == ["vouched_by_one_officer"]

    def test_a_suspension_takes_everything_out_of_sight(self, session, person_of, officer, rows):
        pair = make_pair()
        person = person_of(officer).open(f"/desk/donors/{pair.donor.id}")
        person.follow("Set to: Suspended")
        assert person.sees("Everything of it goes out of sight at once")
        person.send("Suspend it", {"reason": "impostor_suspected"})
        assert person.sees("1 pairing of it ended with that.", "It is suspended")
        assert vetting_of(rows, Donor, pair.donor.id) == Vetting.SUSPENDED
        with rows() as reading:
            assert reading.get_one(Match, pair.id).state == "withdrawn"

    def test_a_level_that_cannot_follow_is_told_as_such(self, session, person_of, officer):
        donor = DonorFactory.create(vetting=Vetting.SUSPENDED)
        person = person_of(officer).open(f"/desk/donors/{donor.id}/trust/verified")
        assert person.sees("this level cannot be reached in one step")
        assert person_of(officer).open(f"/desk/donors/{donor.id}/trust/best").status == 200

    def test_sent_twice_it_is_decided_once(self, newcomer, person, rows):
        person.open(f"/desk/organisations/{newcomer.id}/trust/vouched")
        typed = {"reason": "vouched_by_others", "_version": str(person.typed("_version"))}
        address = f"/desk/organisations/{newcomer.id}/trust/vouched"
        assert [person.post(address, typed).status_code for _ in range(2)] == [303, 303]
        with rows() as session:
            acts = select(AuditEntry).where(col(AuditEntry.act) == "vetting_set")
            assert len(session.exec(acts).all()) == 1

    def test_a_stale_page_decides_nothing_and_keeps_what_was_typed(
        self, session, newcomer, person, rows
    ):
        person.open(f"/desk/organisations/{newcomer.id}/trust/verified")
        decide(session, "organisation", newcomer.id, Vetting.VOUCHED, VettingReason.HOST_ANSWERS)
        person.send("Propose it", {"reason": "evidence_seen", "note": "I saw their work."})
        assert person.status == 409
        assert person.sees("Somebody was quicker")
        assert person.typed("note") == "I saw their work."
        assert vetting_of(rows, Organisation, newcomer.id) == Vetting.VOUCHED
        person.send("Propose it")
        assert person.sees("Proposed: Checked", "I saw their work.")


class TestOneParty:
    def test_its_needs_and_offers_lead_to_their_pages(self, session, person_of, officer):
        pair = make_pair()
        person = person_of(officer).open(f"/desk/organisations/{pair.organisation.id}")
        assert person.follow("Rent for an office or a room · Poland").sees("Proposals")
        person.open(f"/desk/donors/{pair.donor.id}")
        with_title = next(href for _, href in person.page.links if "/desk/offers/" in href)
        assert person.open(with_title).sees("Rent for an office or a room · Poland", "What is left")

    @pytest.mark.parametrize("record", ["organisation", "donor"])
    def test_it_can_be_asked_something(self, session, person_of, officer, record):
        pair = make_pair()
        party = getattr(pair, record)
        person = person_of(officer).open(f"/desk/{record}s/{party.id}")
        person.follow(f"Ask the {record}")
        person.send("Send the question", {"text": "Who knows you here?"})
        assert person.sees("Who knows you here?", f"You asked the {record}")

    @pytest.mark.parametrize("path", ["organisations", "donors", "offers", "needs"])
    def test_what_is_not_there(self, person, path):
        assert person.open(f"/desk/{path}/{'0' * 32}").status == 404


def decide(session, record, party_id, vetting, reason) -> None:
    set_vetting(session, HOUSE, record, party_id, vetting=vetting, reason=reason)
    session.commit()
