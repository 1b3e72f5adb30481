"""An officer goes through what the registry proposed: asks, confirms, declines, shortlists, offers.

Proposals come from the worker, as they do in the running house; decisions go over the API or the
services that pages use, each in a transaction of its own.
"""

from collections.abc import Callable
from typing import Any

import pytest

from registry.app.parts import Parts
from registry.domain.roles import Role
from registry.domain.trust import VettingReason
from registry.identity.actor import Actor, actor_of
from registry.jobs.drain import drain_once
from registry.jobs.pulse import unwatched
from registry.services.matches.decline_match import decline_many
from registry.services.matches.list_queue import list_queue
from registry.services.needs.confirm_urgency import confirm_urgency
from registry.services.offers.change_offer import change_offer
from registry.services.questions.answer_question import answer_question
from registry.services.questions.ask_question import ask_question
from registry.services.questions.list_questions import list_questions
from registry.services.vetting.set_vetting import set_vetting
from registry.storage.database import RegistrySession
from registry.storage.offers import Offer
from search.codes import ReasonCode, Urgency, Vetting
from tests.conftest import ApiClient
from tests.factories import (
    AccountFactory,
    DonorFactory,
    NeedFactory,
    OfferFactory,
    OrganisationFactory,
)
from tests.factories.matches import CLEAR_TERMS

Within = Callable[..., Any]


@pytest.fixture
def within(parts: Parts) -> Within:
    """Do one thing in a transaction of its own, as a request does."""

    def do(act: Callable[..., Any], actor: Actor, *arguments: Any, **fields: Any) -> Any:
        with parts.database.writing() as session:
            return act(session, actor, *arguments, **fields)

    return do


@pytest.fixture
def work(parts: Parts) -> Callable[[], None]:
    """Let the worker do all that waits."""

    def drain() -> None:
        while drain_once(parts.database, unwatched):
            pass

    return drain


def test_an_officer_reviews(
    session: RegistrySession,
    within: Within,
    work: Callable[[], None],
    api_client: Callable[..., ApiClient],
) -> None:
    newcomer = OrganisationFactory.create(vetting=Vetting.UNVERIFIED)
    need = NeedFactory.create(organisation=newcomer, urgency=Urgency.EMERGENCY)
    donor = DonorFactory.create()
    silent = OfferFactory.create(donor=donor, **(CLEAR_TERMS | {"decision_days": None}))
    others = [OfferFactory.create(**CLEAR_TERMS) for _ in range(3)]
    holder = actor_of(AccountFactory.create(role=Role.ORGANISATION, organisation_id=newcomer.id))
    giver = actor_of(AccountFactory.create(role=Role.DONOR, donor_id=donor.id))
    desk = api_client(Role.OFFICER)
    officer = actor_of(desk.account)
    session.commit()
    work()

    # Nobody vouched for the newcomer yet: its need stands in a list of its own.
    assert within(list_queue, officer).needs == 0
    (group,) = within(list_queue, officer, filters={"organisations": "unverified"}).emergencies
    assert (group["id"], group["proposals"], len(group["best"])) == (need.id, 4, 3)

    # The officer cannot go on before somebody is trusted, and is told what is missing.
    by_offer = {match["offer"]: match["id"] for match in desk.get("/matches").json["items"]}
    wanted = by_offer[silent.id]
    refused = desk.post(f"/matches/{wanted}/reviews", {"kind": "shortlist"})
    assert refused.status_code == 409
    assert "organisation_not_trusted" in refused.text
    within(
        set_vetting,
        officer,
        "organisation",
        newcomer.id,
        vetting=Vetting.VOUCHED,
        reason=VettingReason.VOUCHED_BY_OTHERS,
    )

    # It asks whether it is really an emergency, and confirms what it was told.
    asked = within(
        ask_question, officer, "need", need.id, to_role="organisation", text="By which day?"
    )
    assert within(list_queue, officer).emergencies[0]["open_questions"] == 1
    within(answer_question, holder, asked["id"], "The landlord waits until the end of January.")
    (answered,) = within(list_questions, officer, "answered")
    assert "end of January" in answered["answer"]
    within(confirm_urgency, officer, need.id, Urgency.URGENT, version=need.version)
    work()
    queue = within(list_queue, officer)
    assert queue.emergencies == []
    assert [line["urgency_confirmed"] for line in queue.groups] == ["urgent"]

    # Two proposals go with one reason.
    away = [by_offer[offer.id] for offer in others[:2]]
    done = within(decline_many, officer, away, reason_code=ReasonCode.WRONG_CATEGORY)
    assert set(done.declined) == set(away)
    assert within(list_queue, officer).groups[0]["proposals"] == 2

    go_on_with(within, work, desk, giver=giver, wanted=wanted, offer=silent)


def go_on_with(
    within: Within,
    work: Callable[[], None],
    desk: ApiClient,
    *,
    giver: Actor,
    wanted: str,
    offer: Offer,
) -> None:
    """Read one match, ask the donor for what is missing, and show it the need."""
    officer = actor_of(desk.account)
    # Every rule stands there as a sentence; one of them has still to be asked of the donor.
    page = desk.get(f"/matches/{wanted}").json
    assert len(page["verdicts"]) == 21
    opened = [each for each in page["verdicts"] if each["outcome"] == "needs_information"]
    assert [each["rule"] for each in opened] == ["time_sufficient"]
    assert all(each["sentence"] for each in page["verdicts"])

    assert desk.post(f"/matches/{wanted}/reviews", {"kind": "shortlist"}).json["state"] == (
        "shortlisted"
    )
    refused = desk.post(f"/matches/{wanted}/reviews", {"kind": "offer"})
    assert refused.status_code == 409
    assert "rule_unknown" in refused.text

    # The donor answers on its own page and says it in its offer; the worker judges again.
    within(ask_question, officer, "match", wanted, to_role="donor", text="How long do you take?")
    (question,) = within(list_questions, giver, waiting_for_me=True)
    within(answer_question, giver, question["id"], "Ten days, all in all.")
    within(change_offer, giver, offer.id, {"decision_days": 5}, offer.version)
    work()
    offered = desk.post(f"/matches/{wanted}/reviews", {"kind": "offer", "note": "Clear now."})
    assert (offered.status_code, offered.json["state"]) == (201, "offered")

    history = desk.get(f"/matches/{wanted}/reviews").json["items"]
    assert [(act["kind"], act["by_role"]) for act in history] == [
        ("shortlist", "officer"),
        ("offer", "officer"),
    ]
    assert history[1]["note"] == "Clear now."


def test_a_pair_that_an_officer_forbade_stays_away(
    session: RegistrySession,
    parts: Parts,
    work: Callable[[], None],
    api_client: Callable[..., ApiClient],
) -> None:
    need = NeedFactory.create()
    offer = OfferFactory.create(**CLEAR_TERMS)
    desk = api_client(Role.OFFICER)
    session.commit()
    work()
    (match,) = desk.get("/matches").json["items"]
    path = f"/matches/{match['id']}/reviews"
    assert desk.post(path, {"kind": "forbid"}).status_code == 422
    ban = {"kind": "forbid", "reason_code": "conflict_of_interest"}
    assert desk.post(path, ban).json["state"] == "declined"
    with parts.database.writing() as writing:
        change_offer(writing, actor_of(desk.account), offer.id, {"status": "paused"}, offer.version)
    work()
    with parts.database.writing() as writing:
        change_offer(
            writing, actor_of(desk.account), offer.id, {"status": "open"}, (offer.version or 0) + 1
        )
    work()
    assert desk.get(f"/matches?need={need.id}").json["items"][0]["state"] == "declined"
    refused = desk.post(path, {"kind": "shortlist"})
    assert refused.status_code == 409
