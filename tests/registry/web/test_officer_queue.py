"""The queue: what stands in it, narrowing it, declining many at once, taking needs on."""

from typing import Any

import pytest
from sqlmodel import col, func, select

from registry.identity.actor import HOUSE, actor_of
from registry.services.matches.propose_matches import propose_for_need
from registry.storage.audit import AuditEntry
from registry.storage.matches import Match
from registry.storage.needs import Need
from search.codes import MatchState, Urgency, Vetting
from search.money import Money
from tests.factories import AccountFactory, NeedFactory, OfferFactory, OrganisationFactory
from tests.factories.matches import CLEAR_TERMS, bring_to, make_pair
from tests.person import Person


@pytest.fixture
def pair(session):
    return make_pair(need={"urgency": Urgency.SOON})


@pytest.fixture
def person(person_of, pair, officer) -> Person:
    return person_of(officer)


def states_of(rows, *ids: str) -> list[str]:
    with rows() as session:
        return [session.get_one(Match, each).state for each in ids]


class TestWhatStandsInIt:
    @pytest.mark.parametrize(
        ("link", "address"),
        [
            ("What pairings wait for from you", "/desk/questions"),
            ("Programmes", "/desk/programmes"),
            ("What the refusals tell", "/desk/feedback"),
        ],
    )
    def test_what_officers_have_to_settle_is_found_from_it(self, person, link, address):
        assert person.open("/desk/queue").follow(link).address == address

    def test_a_need_stands_there_with_its_offer_from_codes_alone(self, pair, person, rows):
        person.open("/home")
        assert person.address == "/desk/queue"
        assert person.sees(
            "1 need, 1 proposal", "Rent for an office or a room · Poland", "€4,500", "Foundation"
        )
        with rows() as session:
            texts = [session.vault.read(pair.need, name) for name in ("title", "summary")]
            texts.append(session.vault.read(pair.organisation, "handle"))
        assert not [text for text in texts if text in person.source]

    def test_emergencies_stand_on_top_whatever_their_score(self, session, pair, person):
        NeedFactory.create(urgency=Urgency.EMERGENCY, amount_requested=Money(99_000_000, "EUR"))
        make_pair(need={"urgency": Urgency.EMERGENCY, "country": "LT"})
        session.commit()
        text = person.open("/desk/queue").text
        assert text.index("Emergencies") < text.index("Rent for an office or a room · Lithuania")
        assert text.index("Rent for an office or a room · Lithuania") < text.index(
            "All other needs"
        )
        assert text.index("All other needs") < text.index("Rent for an office or a room · Poland")

    def test_three_offers_stand_there_and_the_others_are_a_step_away(self, session, person_of):
        officer = person_of(make_many(session, offers=5))
        officer.open("/desk/queue")
        assert officer.source.count('name="_match"') == 3
        officer.follow("All 5 proposals")
        assert officer.source.count('class="proposal"') == 5

    def test_unverified_organisations_have_a_list_of_their_own(self, session, person):
        make_pair(organisation={"vetting": Vetting.UNVERIFIED}, need={"country": "GE"})
        session.commit()
        assert "Georgia" not in queue_of(person)
        assert "Georgia" in queue_of(person, "organisations=unverified")

    def test_an_empty_queue_says_what_will_stand_there(self, person_of, officer):
        person = person_of(officer).open("/desk/queue")
        assert person.sees("as soon as a need and an offer fit together")

    def test_looking_writes_nothing(self, pair, person, rows):
        before = acts(rows)
        for page in ("", "?assigned=me", "?state=declined&sort=newest", "?cursor="):
            person.open(f"/desk/queue{page}")
        assert acts(rows) == before


class TestNarrowingIt:
    def test_choices_stand_in_the_address_and_can_be_taken_away(self, pair, person):
        person.open("/desk/queue").send("Show", {"country": "PL", "urgency": "soon"})
        assert person.sees("1 need, 1 proposal", "Poland", "Within the coming weeks")
        links = [href for text, href in person.page.links if "take this away" in text]
        assert sorted(links) == ["/desk/queue?country=PL", "/desk/queue?urgency=soon"]

    def test_nothing_left_says_what_to_do(self, pair, person):
        person.open("/desk/queue?country=JP")
        assert person.sees("Nothing fits what you chose.")
        assert person.follow("Show everything").sees("1 need, 1 proposal")

    @pytest.mark.parametrize(
        "query",
        ["country=XX", "score=999", "sort=names", "assigned=somebody", "state=%00", "foo=bar"],
    )
    def test_what_is_no_choice_counts_as_not_chosen(self, pair, person, query):
        assert person.open(f"/desk/queue?{query}").status == 200
        assert person.sees("1 need, 1 proposal")

    @pytest.mark.parametrize(
        ("query", "shown"),
        [
            ("assigned=me", False),
            ("assigned=nobody", True),
            ("score=80", False),
            ("score=50", True),
            ("questions=yes", False),
            ("questions=no", True),
            ("category=fixed_costs", True),
            ("state=offered", False),
        ],
    )
    def test_each_filter_does_what_it_says(self, pair, person, query, shown):
        assert ("Rent for an office or a room · Poland" in queue_of(person, query)) is shown

    def test_a_cursor_that_is_none_is_refused_without_breaking(self, pair, person):
        assert person.open("/desk/queue?cursor=abc").status == 422


class TestDecliningMany:
    @pytest.fixture
    def three(self, session):
        return [make_pair(need={"country": country}) for country in ("PL", "LT", "GE")]

    def test_many_go_with_one_reason(self, three, person_of, officer, rows):
        person = person_of(officer).open("/desk/queue")
        away = [pair.id for pair in three[:2]]
        typed = {"_match": away, "reason_code": "timing", "note": "All too late."}
        person.send("Decline what is marked", typed)
        assert person.first_status == 303
        assert person.sees("2 proposals are declined.")
        assert states_of(rows, *(pair.id for pair in three)) == ["declined", "declined", "proposed"]

    def test_filters_are_kept_over_it(self, three, person_of, officer):
        person = person_of(officer).open("/desk/queue?country=PL&sort=score")
        typed = {"_match": [three[0].id], "reason_code": "timing"}
        person.send("Decline what is marked", typed)
        assert person.sees("Nothing fits what you chose.")

    def test_without_a_reason_nothing_happens_and_everything_typed_is_kept(
        self, three, person_of, officer, rows
    ):
        person = person_of(officer).open("/desk/queue")
        person.send("Decline what is marked", {"_match": [three[0].id], "note": "Too late."})
        assert person.status == 422
        assert person.sees("1 field needs another look")
        assert person.typed("_match") == three[0].id
        assert person.typed("note") == "Too late."
        assert states_of(rows, three[0].id) == ["proposed"]

    def test_without_marks_it_says_to_mark_something(self, three, person_of, officer):
        person = person_of(officer).open("/desk/queue")
        person.send("Decline what is marked", {"reason_code": "timing", "note": "Late"})
        assert person.status == 422
        assert person.sees("Mark at least one of them in the list first.")
        assert person.typed("note") == "Late"

    def test_what_a_colleague_moved_on_is_left_alone_and_named(
        self, session, three, person_of, officer, rows
    ):
        person = person_of(officer).open("/desk/queue")
        bring_to(session, three[1], HOUSE, MatchState.OFFERED)
        typed = {"_match": [pair.id for pair in three], "reason_code": "timing"}
        person.send("Decline what is marked", typed)
        assert person.sees("2 proposals are declined.", "1 was moved on by somebody else")
        assert states_of(rows, three[1].id) == ["offered"]


class TestTakingNeedsOn:
    def test_it_is_mine_and_i_come_back_where_i_was(self, pair, person, rows, officer):
        person.open("/desk/queue?country=PL").send("Take it on")
        assert person.sees("It is yours now.", "with you")
        assert person.address == "/desk/queue"
        with rows() as session:
            assert session.get_one(Match, pair.id).assigned_to_id == officer.account_id
        assert "Rent" in queue_of(person, "assigned=me")
        assert person.open("/desk/queue").send("Let go").sees("with nobody yet")

    def test_an_urgency_is_confirmed_where_it_stands(self, pair, person, rows):
        person.open("/desk/queue").send("Confirm the urgency", {"urgency": "urgent"})
        assert person.sees("Urgent: within days confirmed")
        with rows() as session:
            assert session.get_one(Need, pair.need.id).urgency_confirmed == Urgency.URGENT

    @pytest.mark.parametrize("back", ["https://elsewhere.example/", "//elsewhere.example", "\\\\x"])
    def test_a_form_leads_nowhere_else(self, pair, person, officer, back):
        person.open("/desk/queue")
        answer = person.post(
            f"/desk/needs/{pair.need.id}/assign", {"to": officer.account_id, "_back": back}
        )
        assert answer.location == f"/desk/needs/{pair.need.id}"

    def test_an_urgency_that_is_none_is_refused(self, pair, person):
        person.open("/desk/queue")
        answer = person.post(f"/desk/needs/{pair.need.id}/urgency", {"urgency": "now"})
        assert answer.status_code == 422


@pytest.mark.parametrize("role", ["organisation", "donor", "partner", "auditor"])
def test_nobody_else_reaches_it(role, make_account, signed_in, session):
    account = make_account(role)
    session.commit()
    assert signed_in(role, account=account).get("/desk/queue").status_code == 403


def queue_of(person: Person, query: str = "") -> str:
    """Return the part of the queue below its filters."""
    text = person.open(f"/desk/queue?{query}").text
    return text.partition("proposal")[2]


def acts(rows: Any) -> int:
    with rows() as session:
        return session.exec(select(func.count(col(AuditEntry.id)))).one()


def make_many(session: Any, *, offers: int) -> Any:
    """Make one need with many offers, and the officer who looks at them."""

    need = NeedFactory.create(organisation=OrganisationFactory.create())
    for _ in range(offers):
        OfferFactory.create(**CLEAR_TERMS)
    propose_for_need(session, need.id)
    return actor_of(AccountFactory.create(role="officer"))
