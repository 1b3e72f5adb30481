"""The officers' queue: what stands in it, in which order, and how little it costs."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from registry.domain.errors import RecordRefusedError
from registry.domain.identifiers import new_id
from registry.domain.roles import Role
from registry.identity.actor import Actor
from registry.services.matches.assign_match import assign_match
from registry.services.matches.list_queue import SORTS, list_queue
from registry.services.matches.pin_match import pin_match
from registry.services.matches.queue_filters import QueueFilters
from registry.services.questions.ask_question import ask_question
from registry.storage.database import RegistrySession
from registry.storage.matches import Match
from registry.storage.needs import Need
from registry.storage.offers import Offer
from search.codes import MatchState, RecordState, Urgency, Vetting
from tests.counting import statements
from tests.factories import NeedFactory, OfferFactory, OrganisationFactory

S = MatchState


def propose(session: RegistrySession, need: Need, offer: Offer, score: float) -> Match:
    """Store a proposal with a score of the test's own."""
    match = Match(
        id=new_id(),
        need_id=need.id,
        offer_id=offer.id,
        organisation_id=need.organisation_id,
        donor_id=offer.donor_id,
    )
    match.outcome, match.score, match.confidence = "eligible", score, 0.5
    match.weights_version = match.rules_version = "test"
    match.judged_on = match.moved_on = session.today
    session.add(match)
    session.flush()
    return match


@pytest.fixture
def offers(session: RegistrySession) -> list[Offer]:
    return [OfferFactory.create() for _ in range(4)]


def ids(queue: Any) -> list[str]:
    return [group["id"] for group in queue.groups]


def test_a_need_stands_once_with_its_best_three(
    session: RegistrySession, officer: Actor, offers: list[Offer]
) -> None:
    need = NeedFactory.create()
    for offer, score in zip(offers, (0.2, 0.8, 0.5, 0.6), strict=True):
        propose(session, need, offer, score)
    queue = list_queue(session, officer)
    (group,) = queue.groups
    assert [line["score"] for line in group["best"]] == [0.8, 0.6, 0.5]
    assert [line["offer"] for line in group["best"]] == [offers[n].id for n in (1, 3, 2)]
    assert (group["proposals"], queue.needs, queue.proposals) == (4, 1, 4)


def test_a_pinned_proposal_stands_first(
    session: RegistrySession, officer: Actor, offers: list[Offer]
) -> None:
    need = NeedFactory.create()
    matches = [propose(session, need, offer, n / 10) for n, offer in enumerate(offers, 1)]
    pin_match(session, officer, matches[0].id)
    (group,) = list_queue(session, officer).groups
    assert [line["id"] for line in group["best"]] == [matches[n].id for n in (0, 3, 2)]


def test_a_line_says_what_an_officer_decides_by(
    session: RegistrySession, officer: Actor, offers: list[Offer]
) -> None:
    need = NeedFactory.create(needed_by=session.today + timedelta(days=12))
    match = propose(session, need, offers[0], 0.7)
    ask_question(session, officer, "need", need.id, to_role="organisation", text="Which street?")
    ask_question(session, officer, "match", match.id, to_role="donor", text="How soon?")
    assign_match(session, officer, match.id, to=officer.account_id)
    (group,) = list_queue(session, officer).groups
    assert group["days_left"] == 12
    assert (group["urgency"], group["urgency_confirmed"]) == ("soon", None)
    assert group["to_confirm"]
    assert group["open_questions"] == 2
    assert (group["assigned_to"], group["assigned_to_me"]) == ([officer.account_id], True)
    assert (group["category"], group["country"]) == ("fixed_costs.rent", "PL")
    line = group["best"][0]
    assert (line["id"], line["version"], line["state"]) == (match.id, match.version, "proposed")
    assert (line["donor_kind"], line["donor_vetting"]) == ("foundation", "verified")


def test_emergencies_stand_in_a_lane_of_their_own_on_every_page(
    session: RegistrySession, officer: Actor, offers: list[Offer]
) -> None:
    stated = NeedFactory.create(urgency=Urgency.EMERGENCY)
    confirmed = NeedFactory.create()
    confirmed.urgency_confirmed = Urgency.EMERGENCY
    calmed = NeedFactory.create(urgency=Urgency.EMERGENCY)
    calmed.urgency_confirmed = Urgency.SOON
    for need in (stated, confirmed, calmed, NeedFactory.create()):
        propose(session, need, offers[0], 0.5)
    first = list_queue(session, officer, limit=1)
    second = list_queue(session, officer, limit=1, cursor=first.next_cursor)
    for page in (first, second):
        assert [group["id"] for group in page.emergencies] == [confirmed.id, stated.id]
        assert all(group["is_emergency"] for group in page.emergencies)
    assert {*ids(first), *ids(second)} & {stated.id, confirmed.id} == set()
    assert calmed.id in {*ids(first), *ids(second)}


def test_more_emergencies_than_the_lane_holds_stand_among_the_rest(
    session: RegistrySession,
    officer: Actor,
    offers: list[Offer],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("registry.services.matches.list_queue.LANE_LENGTH", 1)
    needs = [NeedFactory.create(urgency=Urgency.EMERGENCY) for _ in range(3)]
    needs[1].urgency_confirmed = Urgency.EMERGENCY
    for need in needs:
        propose(session, need, offers[0], 0.5)
    queue = list_queue(session, officer)
    assert [group["id"] for group in queue.emergencies] == [needs[1].id]
    assert set(ids(queue)) == {needs[0].id, needs[2].id}


def test_each_order_is_what_it_says(
    session: RegistrySession, officer: Actor, offers: list[Offer]
) -> None:
    today = session.today
    early = NeedFactory.create(urgency=Urgency.ROUTINE, needed_by=today + timedelta(days=3))
    urgent = NeedFactory.create(urgency=Urgency.URGENT, needed_by=today + timedelta(days=30))
    endless = NeedFactory.create(urgency=Urgency.SOON, needed_by=NeedFactory.ABSENT)
    for need, score in ((early, 0.5), (urgent, 0.1), (endless, 0.9)):
        propose(session, need, offers[0], score)
    newest = propose(session, urgent, offers[1], 0.05)
    newest.judged_on = today + timedelta(days=1)
    session.flush()
    orders = {
        "urgency": [urgent.id, endless.id, early.id],
        "days_left": [early.id, urgent.id, endless.id],
        "score": [endless.id, early.id, urgent.id],
    }
    for sort, expected in orders.items():
        assert ids(list_queue(session, officer, sort=sort)) == expected, sort
    assert ids(list_queue(session, officer, sort="newest"))[0] == urgent.id
    assert set(SORTS) == {*orders, "newest"}


def test_a_confirmed_urgency_counts_before_the_same_one_as_stated(
    session: RegistrySession, officer: Actor, offers: list[Offer]
) -> None:
    stated = NeedFactory.create(urgency=Urgency.URGENT)
    confirmed = NeedFactory.create(urgency=Urgency.ROUTINE)
    confirmed.urgency_confirmed = Urgency.URGENT
    propose(session, stated, offers[0], 0.9)
    propose(session, confirmed, offers[0], 0.1)
    assert ids(list_queue(session, officer)) == [confirmed.id, stated.id]


def test_pages_hold_every_need_once(
    session: RegistrySession, officer: Actor, offers: list[Offer]
) -> None:
    needs = [NeedFactory.create() for _ in range(7)]
    for need in needs:
        propose(session, need, offers[0], 0.5)
    for sort in SORTS:
        seen: list[str] = []
        cursor = None
        while True:
            page = list_queue(session, officer, sort=sort, limit=3, cursor=cursor)
            seen += ids(page)
            cursor = page.next_cursor
            if cursor is None:
                break
        assert sorted(seen) == sorted(need.id for need in needs), sort


def test_a_cursor_of_another_order_is_refused(
    session: RegistrySession, officer: Actor, offers: list[Offer]
) -> None:
    for _ in range(2):
        propose(session, NeedFactory.create(), offers[0], 0.5)
    cursor = list_queue(session, officer, sort="score", limit=1).next_cursor
    with pytest.raises(RecordRefusedError):
        list_queue(session, officer, sort="urgency", limit=1, cursor=cursor)


@pytest.fixture
def two(session: RegistrySession, offers: list[Offer]) -> tuple[Match, Match]:
    """Two needs that differ in everything that the queue can be narrowed by."""
    rent = NeedFactory.create(urgency=Urgency.SOON)
    lawyer = NeedFactory.create(category="legal_aid", country="LT", urgency=Urgency.URGENT)
    return propose(session, rent, offers[0], 0.4), propose(session, lawyer, offers[1], 0.8)


@pytest.mark.parametrize(
    "filters",
    [
        {"category": "legal_aid"},
        {"country": "LT"},
        {"urgency": "urgent"},
        {"min_score": 0.5},
        {"assigned": "me"},
        {"has_questions": True},
        {"state": "shortlisted"},
    ],
)
def test_the_queue_is_narrowed_by_each_filter(
    session: RegistrySession,
    officer: Actor,
    two: tuple[Match, Match],
    filters: QueueFilters,
) -> None:
    wanted = two[1]
    wanted.assigned_to_id = officer.account_id
    if "state" in filters:
        wanted.state = S.SHORTLISTED
    ask_question(session, officer, "match", wanted.id, to_role="donor", text="How soon?")
    queue = list_queue(session, officer, filters=filters)
    assert ids(queue) == [wanted.need_id]
    assert (queue.needs, queue.proposals) == (1, 1)


def test_a_group_holds_its_items_and_an_item_only_itself(
    session: RegistrySession, officer: Actor, offers: list[Offer]
) -> None:
    rent = NeedFactory.create(category="fixed_costs.rent")
    whole = NeedFactory.create(category="fixed_costs")
    for need in (rent, whole):
        propose(session, need, offers[0], 0.5)
    queue = list_queue(session, officer, filters={"category": "fixed_costs"})
    assert set(ids(queue)) == {rent.id, whole.id}
    queue = list_queue(session, officer, filters={"category": "fixed_costs.rent"})
    assert ids(queue) == [rent.id]
    assert ids(list_queue(session, officer, filters={"category": "fixed_costs.taxes"})) == []


@pytest.mark.parametrize("assigned", ["me", "nobody", "other"])
def test_the_queue_is_narrowed_to_whoever_looks_after_it(
    session: RegistrySession,
    officer: Actor,
    offers: list[Offer],
    make_actor: Callable[..., Actor],
    assigned: str,
) -> None:
    other = make_actor(Role.OFFICER)
    holders = {"me": officer.account_id, "nobody": None, "other": other.account_id}
    needs = {}
    for name, holder in holders.items():
        match = propose(session, NeedFactory.create(), offers[0], 0.5)
        match.assigned_to_id = holder
        needs[name] = match.need_id
    session.flush()
    asked = other.account_id if assigned == "other" else assigned
    assert ids(list_queue(session, officer, filters={"assigned": asked})) == [needs[assigned]]


def test_unverified_organisations_stand_in_a_list_of_their_own(
    session: RegistrySession, officer: Actor, offers: list[Offer]
) -> None:
    host = OrganisationFactory.create()
    kinds: dict[str, dict[str, Any]] = {
        "verified": {"vetting": Vetting.VERIFIED},
        "vouched": {"vetting": Vetting.VOUCHED},
        "hosted": {"vetting": Vetting.UNVERIFIED},
        "unverified": {"vetting": Vetting.UNVERIFIED},
        "suspended": {"vetting": Vetting.VERIFIED},
        "frozen": {"vetting": Vetting.VERIFIED},
    }
    needs = {}
    for name, fields in kinds.items():
        organisation = OrganisationFactory.create(**fields)
        needs[name] = NeedFactory.create(organisation=organisation)
        propose(session, needs[name], offers[0], 0.5)
        if name == "hosted":
            organisation.hosted_by_id = host.id
        if name == "suspended":
            organisation.vetting = Vetting.SUSPENDED
        if name == "frozen":
            organisation.state = RecordState.FROZEN
    session.flush()
    trusted = {needs[name].id for name in ("verified", "vouched", "hosted")}
    assert set(ids(list_queue(session, officer))) == trusted
    unverified = list_queue(session, officer, filters={"organisations": "unverified"})
    assert ids(unverified) == [needs["unverified"].id]


def test_what_left_the_officers_hands_is_out_of_the_queue(
    session: RegistrySession, officer: Actor, two: tuple[Match, Match]
) -> None:
    two[0].state = S.OFFERED
    session.flush()
    assert ids(list_queue(session, officer)) == [two[1].need_id]
    offered = list_queue(session, officer, filters={"state": "offered"})
    assert ids(offered) == [two[0].need_id]


def test_two_hundred_proposals_cost_few_statements_and_open_nothing(
    session: RegistrySession, officer: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    offers = [OfferFactory.create() for _ in range(8)]
    for number in range(25):
        urgency = Urgency.EMERGENCY if number < 5 else Urgency.SOON
        need = NeedFactory.create(urgency=urgency)
        for place, offer in enumerate(offers):
            propose(session, need, offer, place / 10)
    session.commit()
    monkeypatch.setattr(type(session.vault), "read", lambda *_: pytest.fail("opened"))
    for limit in (5, 100):
        with statements(session) as sent:
            queue = list_queue(session, officer, limit=limit)
        assert len(sent) <= 14
    assert (queue.needs, queue.proposals) == (25, 200)
    assert len(queue.emergencies) + len(queue.groups) == 25
