"""A need on the pages of its organisation: four steps, changes, two tabs, the end."""

from itertools import pairwise

import pytest
from sqlmodel import col, select

from registry.domain.roles import Role
from registry.storage.audit import AuditEntry
from registry.storage.needs import Need
from search.codes import NeedStatus, Reader
from search.money import Money
from tests.factories import NeedFactory, OrganisationFactory
from tests.person import Person

WHAT = {
    "category": "fixed_costs.rent",
    "country": "PL",
    "asks_for": ["money"],
    "title": "Rent for the winter",
}


@pytest.fixture
def person(person_of, holder) -> Person:
    return person_of(holder)


@pytest.fixture
def own(session, holder):
    from registry.storage.organisations import Organisation

    return session.get_one(Organisation, holder.organisation_id)


def needs_in(rows) -> list[Need]:
    with rows() as session:
        return list(session.exec(select(Need).order_by(col(Need.id))))


def title_of(session, need: Need) -> str | None:
    return session.vault.read(need, "title")


class TestFourSteps:
    def test_the_first_step_keeps_a_draft(self, person, rows):
        person.open("/o/needs").follow("Write down a need").send("Save and go on", WHAT)
        assert person.first_status == 303
        assert person.sees("Step 2 of 4", "How much")
        (kept,) = needs_in(rows)
        assert (kept.status, kept.category) == (NeedStatus.DRAFT, "fixed_costs.rent")

    def test_each_further_step_is_kept_before_the_next_is_shown(self, person, rows):
        person.open("/o/needs/new").send("Save and go on", WHAT)
        person.send(
            "Save and go on",
            {"amount_requested.amount": "1 500,50", "minimum_useful.amount": "800", "_in": "PLN"},
        )
        person.send("Save and go on", {"needed_by": "31.01.2027", "channels": ["bank_abroad"]})
        assert person.sees("Step 4 of 4")
        (kept,) = needs_in(rows)
        assert kept.amount_requested == Money(150_050, "PLN")
        assert kept.minimum_useful == Money(80_000, "PLN")
        assert kept.needed_by.isoformat() == "2027-01-31"

    def test_one_can_stop_after_any_step_and_go_on_later(self, person):
        person.open("/o/needs/new").send("Save and stop here", WHAT)
        assert person.sees("It is kept as a draft.", "Look through it once more")
        person.open("/o/home")
        assert person.sees("A draft is not published yet")
        person.follow("Go on with it").follow("How much, and the least that would help")
        assert person.sees("Step 2 of 4")

    def test_publishing_opens_it(self, person, rows):
        person.open("/o/needs/new").send("Save and stop here", WHAT).send("Publish it")
        assert person.sees("It is open.", "Look in again 1 December 2026")
        assert [need.status for need in needs_in(rows)] == [NeedStatus.OPEN]

    def test_the_same_form_sent_twice_makes_one_draft(self, person, rows):
        form = person.open("/o/needs/new").page.forms[-1]
        data = {each.name: each.values for each in form.fields} | WHAT
        first = person.client.post("/o/needs/new", data=data)
        second = person.client.post("/o/needs/new", data=data)
        assert first.location == second.location
        assert len(needs_in(rows)) == 1

    def test_units_are_asked_in_the_units_that_were_marked(self, person, rows):
        person.open("/o/needs/new").send("Save and go on", WHAT | {"asks_for": ["hours"]})
        assert not person.sees("How much money")
        person.send("Save and go on", {"quantity.amount": "20", "minimum_useful.amount": "5"})
        (kept,) = needs_in(rows)
        assert kept.quantity.to_record() == {"amount": "20", "unit": "hours"}
        assert kept.minimum_useful.to_record() == {"amount": "5", "unit": "hours"}

    def test_a_whole_group_can_be_broken_down(self, person, rows):
        person.open("/o/needs/new").send("Save and go on", WHAT | {"category": "fixed_costs"})
        typed = {"amount_requested.amount": "900", "breakdown.fixed_costs.rent.amount": "600"}
        person.send("Save and go on", typed)
        (kept,) = needs_in(rows)
        assert kept.breakdown == {"fixed_costs.rent": Money(60_000, "EUR")}


class TestWhatIsRefused:
    def test_a_first_step_without_answers_keeps_nothing(self, person, rows):
        person.open("/o/needs/new").send("Save and go on", {"title": "Rent"})
        assert person.status == 422
        assert person.sees("3 fields need another look", "Nothing was saved yet.")
        assert person.typed("title") == "Rent"
        assert needs_in(rows) == []

    def test_the_kind_of_help_is_asked_for_where_it_is_marked(self, person):
        person.open("/o/needs/new").send("Save and go on", WHAT | {"asks_for": []})
        assert 'href="#f-asks_for"' in person.source
        assert person.sees("1 field needs another look")

    def test_a_problem_stands_at_its_field_and_what_was_typed_stays(self, person, own):
        need = NeedFactory.create(organisation=own)
        person.open(f"/o/needs/{need.id}/amount")
        person.send(
            "Save", {"amount_requested.amount": "100", "minimum_useful.amount": "many people"}
        )
        assert person.status == 422
        assert 'id="f-minimum_useful-problem"' in person.source
        assert person.typed("minimum_useful.amount") == "many people"
        assert person.typed("amount_requested.amount") == "100"

    def test_a_minimum_above_the_ask_is_refused(self, person, own):
        need = NeedFactory.create(organisation=own)
        person.open(f"/o/needs/{need.id}/amount").send("Save", {"minimum_useful.amount": "9000"})
        assert person.status == 422
        assert person.sees("The least that would help cannot be more than what you ask for.")

    @pytest.mark.parametrize("page", ["", "/what", "/amount", "/way", "/readers", "/withdraw"])
    def test_somebody_elses_need_is_not_there(self, person, page):
        foreign = NeedFactory.create()
        assert person.open(f"/o/needs/{foreign.id}{page}").status == 404

    def test_donors_have_no_business_here(self, person_of, giver):
        assert person_of(giver).open("/o/home").status == 403

    def test_visitors_are_led_to_where_one_signs_in(self, client):
        answer = client.get("/o/needs")
        assert (answer.status_code, answer.location) == (303, "/sign-in?next=/o/needs")


class TestChanging:
    def test_a_change_leads_back_to_the_need(self, person, own, rows):
        need = NeedFactory.create(organisation=own)
        person.open(f"/o/needs/{need.id}").follow("How much, and the least that would help")
        person.send("Save", {"amount_requested.amount": "5000"})
        assert person.address == f"/o/needs/{need.id}"
        assert person.sees("It is saved.", "of €5,000")

    def test_emptying_a_field_empties_it(self, person, own, rows):
        need = NeedFactory.create(organisation=own)
        person.open(f"/o/needs/{need.id}/way").send("Save", {"needed_by": ""})
        assert needs_in(rows)[0].needed_by is None

    def test_a_second_tab_overwrites_nothing_and_loses_nothing(self, person_of, holder, own, rows):
        need = NeedFactory.create(organisation=own)
        first, second = person_of(holder), person_of(holder)
        for tab in (first, second):
            tab.open(f"/o/needs/{need.id}/what")
        first.send("Save", {"title": "Rent until spring"})
        second.send("Save", {"title": "Rent until summer", "country": "LT"})
        assert second.status == 409
        assert second.sees(
            "Somebody changed this while you were writing",
            "Rent until spring Rent until summer",
            "Poland Lithuania",
        )
        assert second.typed("title") == "Rent until summer"
        with rows() as session:
            assert title_of(session, session.get_one(Need, need.id)) == "Rent until spring"
        second.send("Save")
        with rows() as session:
            kept = session.get_one(Need, need.id)
            assert (title_of(session, kept), kept.country) == ("Rent until summer", "LT")

    def test_the_same_change_in_two_tabs_is_no_conflict(self, person_of, holder, own):
        need = NeedFactory.create(organisation=own)
        first, second = person_of(holder), person_of(holder)
        for tab in (first, second):
            tab.open(f"/o/needs/{need.id}/amount")
        for tab in (first, second):
            tab.send("Save", {"amount_requested.amount": "5000"})
            assert tab.sees("It is saved.")

    def test_a_refused_page_still_knows_what_it_was_made_from(self, person_of, holder, own):
        need = NeedFactory.create(organisation=own)
        slow, quick = person_of(holder), person_of(holder)
        slow.open(f"/o/needs/{need.id}/what")
        quick.open(f"/o/needs/{need.id}/what").send("Save", {"title": "Rent until spring"})
        slow.send("Save", {"title": "=1+1"})
        assert slow.status == 422
        slow.send("Save", {"title": "Rent until summer"})
        assert slow.status == 409

    def test_another_category_drops_a_breakdown_that_no_longer_fits(self, person, own, rows):
        need = NeedFactory.create(
            organisation=own,
            category="fixed_costs",
            breakdown={"fixed_costs.rent": Money(100, "EUR")},
        )
        person.open(f"/o/needs/{need.id}/what").send("Save", {"category": "equipment"})
        assert person.sees("It is saved.")
        assert needs_in(rows)[0].breakdown is None

    def test_help_that_is_no_longer_asked_for_takes_its_amount_along(self, person, own, rows):
        need = NeedFactory.create(organisation=own)
        person.open(f"/o/needs/{need.id}/what")
        assert person.typed("asks_for") == "money"
        person.send("Save", {"asks_for": ["sessions"]})
        assert needs_in(rows)[0].amount_requested is None


class TestWhoReadsWhat:
    def columns(self, person: Person) -> dict[str, str]:
        heads = ("A donor sees", "A partner organisation sees", "Nobody sees but officers")
        text = person.text
        places = [*(text.index(head) for head in heads), len(text)]
        return {
            head: text[begins:ends]
            for head, (begins, ends) in zip(heads, pairwise(places), strict=True)
        }

    def test_words_that_nobody_may_read_stand_with_the_officers(self, person, own):
        need = NeedFactory.create(
            organisation=own,
            status=NeedStatus.DRAFT,
            readers=NeedFactory.ABSENT,
            situation="Two of us are looked for.",
        )
        donor, partner, officers = self.columns(person.open(f"/o/needs/{need.id}")).values()
        assert "Rent for an office" in donor
        assert "three months" not in donor
        assert "Nothing: you did not mark partners" in partner
        assert "Rent for three months" in officers
        assert "Two of us are looked for." in officers
        assert "After your yes to this donor" in donor
        assert "“In a few words”" in donor

    def test_words_that_both_may_read_stand_with_both(self, person, own):
        need = NeedFactory.create(
            organisation=own,
            status=NeedStatus.DRAFT,
            readers=[Reader.DONORS, Reader.PARTNERS],
            situation="Two of us are looked for.",
        )
        donor, partner, officers = self.columns(person.open(f"/o/needs/{need.id}")).values()
        assert "Rent for three months" in donor
        assert "Rent for three months" in partner
        assert "Two of us" not in donor + partner
        assert "Two of us" in officers

    def test_what_was_left_open_is_named_with_a_way_to_say_it(self, person, own):
        need = NeedFactory.create(organisation=own, status=NeedStatus.DRAFT)
        person.open(f"/o/needs/{need.id}").follow("How it can reach you")
        person.send("Save and stop here", {"channels": ["in_kind"]})
        assert ("How it can reach you", f"/o/needs/{need.id}/way") not in person.page.links


class TestTheEnd:
    def test_withdrawing_asks_first_and_then_is_for_good(self, person, own, rows):
        need = NeedFactory.create(organisation=own)
        person.open(f"/o/needs/{need.id}").follow("Withdraw it")
        assert person.sees("Withdraw this need?", "What follows from it")
        assert needs_in(rows)[0].status == NeedStatus.OPEN
        person.send("Yes, withdraw it")
        assert person.sees("It is withdrawn.")
        assert needs_in(rows)[0].status == NeedStatus.WITHDRAWN
        assert not person.sees("Change it")

    def test_what_came_from_elsewhere_closes_it_as_met(self, person, own, rows):
        need = NeedFactory.create(organisation=own)
        person.open(f"/o/needs/{need.id}").follow("We have what we needed")
        person.send("Yes, close it as met")
        assert needs_in(rows)[0].status == NeedStatus.MET

    def test_sent_twice_it_is_moved_once(self, person, own, rows):
        need = NeedFactory.create(organisation=own, status=NeedStatus.DRAFT)
        form = next(
            form
            for form in person.open(f"/o/needs/{need.id}").page.forms
            if form.action.endswith("/open")
        )
        data = {each.name: each.values for each in form.fields}
        for _ in range(2):
            assert person.client.post(form.action, data=data).status_code == 303
        with rows() as session:
            moves = select(AuditEntry).where(
                col(AuditEntry.subject) == need.id, col(AuditEntry.act) == "need_changed"
            )
            assert len(session.exec(moves).all()) == 1

    def test_a_need_past_its_last_day_says_what_to_do_first(self, person, own):
        need = NeedFactory.create(organisation=own, status=NeedStatus.EXPIRED)
        person.open(f"/o/needs/{need.id}")
        assert person.sees("Past its last day", "Give it a new last day first", "Open it again")

    def test_a_move_from_an_old_page_changes_nothing(self, person_of, holder, own, rows):
        need = NeedFactory.create(organisation=own)
        old, other = person_of(holder), person_of(holder)
        old.open(f"/o/needs/{need.id}/withdraw")
        other.open(f"/o/needs/{need.id}/what").send("Save", {"title": "Rent until spring"})
        old.send("Yes, withdraw it")
        assert old.status == 409
        assert needs_in(rows)[0].status == NeedStatus.OPEN


def test_looking_changes_nothing(person, own, rows):
    need = NeedFactory.create(organisation=own)
    with rows() as session:
        before = len(session.exec(select(AuditEntry)).all())
    for page in ("", "/what", "/amount", "/way", "/readers", "/withdraw", "/met"):
        assert person.open(f"/o/needs/{need.id}{page}").status == 200
    for page in ("/o/home", "/o/needs", "/o/help", "/o/about", "/o/questions", "/o/permissions"):
        assert person.open(page).status == 200
    with rows() as session:
        assert len(session.exec(select(AuditEntry)).all()) == before
        assert session.get_one(Need, need.id).version == need.version


def test_a_frozen_organisation_cannot_write(person_of, make_account, session, rows):
    from registry.storage.organisations import Organisation
    from search.codes import RecordState

    frozen = OrganisationFactory.create()
    account = make_account(Role.ORGANISATION, organisation_id=frozen.id)
    session.get_one(Organisation, frozen.id).state = RecordState.FROZEN
    person = person_of(account)
    assert person.open("/o/needs/new").send("Save and go on", WHAT).status == 403
    assert needs_in(rows) == []


def test_an_unverified_organisation_reads_what_that_means(person_of, make_account):
    own = OrganisationFactory.create(vetting="unverified")
    person = person_of(make_account(Role.ORGANISATION, organisation_id=own.id))
    person.open("/o/home")
    assert person.sees("Not checked yet", "only officers see your needs")
    need = NeedFactory.create(organisation=own)
    person.open(f"/o/needs/{need.id}")
    assert person.sees("has to vouch for you first")
