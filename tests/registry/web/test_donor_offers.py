"""An offer on the pages of its donor: five steps, changes, who reads what, pausing, closing."""

from itertools import pairwise

import pytest
from sqlmodel import col, select

from registry.domain.roles import Role
from registry.storage.audit import AuditEntry
from registry.storage.donors import Donor
from registry.storage.offers import Offer
from search.codes import OfferStatus, Visibility
from search.money import Money
from tests.factories import DonorFactory, OfferFactory
from tests.person import Person

WHAT = {
    "instrument": "grant",
    "_in": "EUR",
    "budget.amount": "20 000",
    "max_award.amount": "5000",
    "flexibility": "core",
}
HEADS = ("Organisations see", "Everybody sees, without an account", "Nobody sees but officers")


@pytest.fixture
def person(person_of, giver) -> Person:
    return person_of(giver)


@pytest.fixture
def own(session, giver) -> Donor:
    return session.get_one(Donor, giver.donor_id)


def offers_in(rows) -> list[Offer]:
    with rows() as session:
        return list(session.exec(select(Offer).order_by(col(Offer.id))))


def columns_of(person: Person) -> list[str]:
    """Return what stands in each of the three columns."""
    text = person.text
    places = [*(text.index(head) for head in HEADS), len(text)]
    return [text[begins:ends] for begins, ends in pairwise(places)]


class TestFiveSteps:
    def test_every_step_is_kept_and_at_the_end_it_is_looked_through(self, person, rows):
        person.open("/d/offers").follow("Write down an offer").send("Save and go on", WHAT)
        person.send("Save and go on", {"categories": ["fixed_costs"], "countries": ["BY", "AM"]})
        person.send(
            "Save and go on",
            {
                "co_funding": "true",
                "category_caps.equipment": "12,5",
                "excluded_organisations": ["Thorn 3", "", "Thorn 4"],
            },
        )
        person.send("Save and go on", {"channels": ["bank_abroad"], "visibility": "public"})
        person.send("Save and look through it", {"closes_on": "31.12.2026", "decision_days": "7"})
        assert person.sees("Look through it once more", "Publish it")
        (kept,) = offers_in(rows)
        assert kept.status == OfferStatus.DRAFT
        assert (kept.budget, kept.max_award) == (Money(2_000_000, "EUR"), Money(500_000, "EUR"))
        assert (kept.countries, kept.co_funding) == (["BY", "AM"], True)
        assert kept.category_caps == {"equipment": "12.5"}
        with rows() as session:
            hidden = session.vault.read_document(kept, "coded")["excluded_organisations"]
        assert hidden == ["Thorn 3", "Thorn 4"]

    def test_help_is_counted_in_hours_as_well(self, person, rows):
        typed = WHAT | {"instrument": "service", "_in": "hours", "max_award.amount": "10"}
        person.open("/d/offers/new").send("Save and stop here", typed | {"budget.amount": "100"})
        assert person.sees("100 hours")
        assert offers_in(rows)[0].budget.to_record() == {"amount": "100", "unit": "hours"}

    def test_a_first_step_without_answers_keeps_nothing(self, person, rows):
        person.open("/d/offers/new").send("Save and go on", {"title": "Rent of newsrooms"})
        assert person.status == 422
        assert person.sees("3 fields need another look")
        assert person.typed("title") == "Rent of newsrooms"
        assert offers_in(rows) == []

    def test_the_same_form_sent_twice_makes_one_draft(self, person, rows):
        form = person.open("/d/offers/new").page.forms[-1]
        data = {each.name: each.values for each in form.fields} | WHAT
        places = {person.client.post("/d/offers/new", data=data).location for _ in range(2)}
        assert len(places) == len(offers_in(rows)) == 1


class TestChanging:
    def test_a_problem_stands_at_its_field(self, person, own):
        offer = OfferFactory.create(donor=own)
        person.open(f"/d/offers/{offer.id}/what").send("Save", {"max_award.amount": "90 000"})
        assert person.status == 422
        assert 'id="f-max_award-problem"' in person.source
        assert person.typed("max_award.amount") == "90 000"

    def test_two_tabs_lose_nothing(self, person_of, giver, own):
        offer = OfferFactory.create(donor=own)
        first, second = person_of(giver), person_of(giver)
        for tab in (first, second):
            tab.open(f"/d/offers/{offer.id}/days")
        first.send("Save", {"decision_days": "5"})
        second.send("Save", {"decision_days": "9"})
        assert second.status == 409
        assert second.sees("Days until you decide 5 9")
        assert second.send("Save").sees("It is saved.")

    def test_a_country_that_is_far_can_be_added_and_taken_away(self, person, own, rows):
        offer = OfferFactory.create(donor=own)
        person.open(f"/d/offers/{offer.id}/whom").send("Save", {"countries": ["AM"]})
        assert offers_in(rows)[0].countries == ["AM"]
        person.open(f"/d/offers/{offer.id}/whom")
        assert person.typed("countries") == ["AM", ""]
        person.send("Save", {"countries": []})
        assert offers_in(rows)[0].countries is None

    @pytest.mark.parametrize("page", ["", "/what", "/whom", "/terms", "/way", "/days", "/close"])
    def test_somebody_elses_offer_is_not_there(self, person, page):
        foreign = OfferFactory.create(visibility=Visibility.PUBLIC)
        assert person.open(f"/d/offers/{foreign.id}{page}").status == 404

    def test_organisations_have_no_business_here(self, person_of, holder):
        assert person_of(holder).open("/d/offers").status == 403


class TestWhoReadsWhat:
    SECRET = ("bank account abroad", "Never registered", "Thorn 3")

    def offer(self, own: Donor, visibility: Visibility) -> Offer:
        return OfferFactory.create(
            donor=own,
            status=OfferStatus.DRAFT,
            visibility=visibility,
            channels=["bank_abroad"],
            legal_statuses=["unregistered"],
            excluded_organisations=["Thorn 3"],
        )

    def test_the_public_never_reads_ways_of_paying_and_papers(self, person, own):
        offer = self.offer(own, Visibility.PUBLIC)
        members, public, officers = columns_of(person.open(f"/d/offers/{offer.id}"))
        assert "Core costs of small newsrooms" in public
        assert not [word for word in self.SECRET if word in public]
        assert [word for word in self.SECRET if word in members] == list(self.SECRET[:2])
        assert [word for word in self.SECRET if word in officers] == ["Thorn 3"]

    def test_what_is_not_public_says_so(self, person, own):
        offer = self.offer(own, Visibility.OFFICERS)
        members, public, _ = columns_of(person.open(f"/d/offers/{offer.id}"))
        assert "Nothing: you did not make it public." in public
        assert "Only the one that an officer passes it on to" in members


class TestMoves:
    def test_publish_pause_open_again_close(self, person, own, rows):
        offer = OfferFactory.create(donor=own, status=OfferStatus.DRAFT)
        person.open(f"/d/offers/{offer.id}")
        for button, status in (
            ("Publish it", OfferStatus.OPEN),
            ("Pause it", OfferStatus.PAUSED),
            ("Open it again", OfferStatus.OPEN),
        ):
            person.send(button)
            assert offers_in(rows)[0].status == status
        person.follow("Close it")
        assert person.sees("Close this offer?", "to stop for a while, pause it instead")
        assert offers_in(rows)[0].status == OfferStatus.OPEN
        person.send("Yes, close it")
        assert offers_in(rows)[0].status == OfferStatus.CLOSED
        assert not person.sees("Change it")

    def test_closing_twice_closes_once(self, person, own, rows):
        offer = OfferFactory.create(donor=own)
        form = person.open(f"/d/offers/{offer.id}/close").page.forms[-1]
        data = {each.name: each.values for each in form.fields}
        for _ in range(2):
            assert person.client.post(person.address, data=data).status_code == 303
        with rows() as session:
            acts = select(AuditEntry).where(
                col(AuditEntry.subject) == offer.id, col(AuditEntry.act) == "offer_changed"
            )
            assert len(session.exec(acts).all()) == 1


def test_looking_changes_nothing(person, own, rows):
    offer = OfferFactory.create(donor=own)
    with rows() as session:
        before = len(session.exec(select(AuditEntry)).all())
    for page in ("", "/what", "/whom", "/terms", "/way", "/days", "/close"):
        assert person.open(f"/d/offers/{offer.id}{page}").status == 200
    for page in ("home", "offers", "needs", "about", "about/change", "questions"):
        assert person.open(f"/d/{page}").status == 200
    with rows() as session:
        assert len(session.exec(select(AuditEntry)).all()) == before


def test_a_donor_nobody_checked_reads_what_that_means(person_of, make_account):
    unchecked = DonorFactory.create(vetting="unverified")
    person = person_of(make_account(Role.DONOR, donor_id=unchecked.id))
    assert person.open("/d/home").sees("Not checked yet", "no need is shown to you")
    offer = OfferFactory.create(donor=unchecked)
    assert person.open(f"/d/offers/{offer.id}").sees("Officers have to check you first.")


def test_the_donors_own_page_speaks_of_those_it_helps(session, person_of, giver):
    """Ways of paying lead to others, and what has to be made public is a thing, not a person."""
    donor = session.get_one(Donor, giver.donor_id)
    offer = OfferFactory.create(
        donor=donor, channels=["bank_abroad"], publicity_required="none", visibility="members"
    )
    page = person_of(giver).open(f"/d/offers/{offer.id}")
    assert page.sees("How it can arrive", "What you have to make public Nothing")
    assert "How it can reach you" not in page.text
    form = page.open(f"/d/offers/{offer.id}/way")
    assert form.sees("Nothing Nothing about this help is published")
