"""Two hundred false organisations or donors learn nothing of others; a false donor reads nothing.

Chance is a coin tossed for each guess: 100 guesses hit 50, and 66 or more once in a thousand
times. The same impostor wins against a house that trusts its parties, which proves it looks in
the right places.
"""

import random
from collections.abc import Callable
from typing import Any

import pytest
from sqlmodel import col, func, select

from registry.app.parts import Parts
from registry.domain.errors import InvalidMoveError
from registry.domain.roles import Role
from registry.identity.actor import Actor
from registry.jobs.pulse import Heart
from registry.jobs.worker import Worker
from registry.services.matches.offer_match import offer_match
from registry.services.matches.record_interest import record_interest
from registry.services.matches.shortlist_match import shortlist_match
from registry.storage.database import RegistrySession
from registry.storage.matches import Match
from search.codes import Vetting
from tests.conftest import ApiClient, Calendar
from tests.exposure.impostor import Probe, chance_bound, guess
from tests.factories import (
    AccountFactory,
    DonorFactory,
    NeedFactory,
    OfferFactory,
    OrganisationFactory,
)
from tests.factories.matches import CLEAR_TERMS

SERVED, FORGOTTEN = "fixed_costs.rent", "legal_aid.fines"
WORDS = {SERVED: "Rent for an office or a room", FORGOTTEN: "Paying fines"}
COUNT, FEW = 200, 28
OTHERS = 12
TITLE, SUMMARY, HANDLE = "Quillwort and sedge", "Saxifrage behind the bakery", "Umber Heron"
ORGANISATION_PAGES = ("/o/home", "/o/help", "/o/questions")
DONOR_PAGES = ("/d/home", "/d/needs", "/d/questions")
LISTS = ("/matches", "/needs", "/offers", "/search?q=rent")


@pytest.fixture
def settle(parts: Parts, calendar: Calendar, session: RegistrySession) -> Callable[[], None]:
    """Let a day begin, and the worker do all that waits."""
    worker = Worker(parts.database, Heart(parts.settings))

    def do() -> None:
        session.commit()
        session.today = calendar.pass_days(1)
        while worker.step():
            pass

    return do


@pytest.fixture
def sit(signed_in: Any, api_client: Any) -> Callable[..., dict[str, Any]]:
    """Give a party a browser and a key."""

    def do(role: Role, **party: str) -> dict[str, Any]:
        account = AccountFactory.create(role=role, **party)
        client: ApiClient = api_client(role, account=account)
        return {"browser": signed_in(role, account=account), "client": client}

    return do


def secrets_for(count: int) -> list[dict[str, bool]]:
    dice = random.Random(20261124)
    return [{"served": dice.random() < 0.5, "excluded": dice.random() < 0.5} for _ in range(count)]


def false_organisations(
    count: int, vetting: Vetting, sit: Callable[..., dict[str, Any]]
) -> list[Probe]:
    probes = []
    for number, secrets in enumerate(secrets_for(count)):
        handle = f"Probe {number:03}"
        external = (f"false-party-{number:03}", f"false-record-{number:03}")
        party = OrganisationFactory.create(handle=handle, vetting=vetting, external_id=external[0])
        category = SERVED if secrets["served"] else FORGOTTEN
        need = NeedFactory.create(organisation=party, category=category, external_id=external[1])
        own = (f"/needs/{need.id}", f"/needs/{need.id}/reach", f"/needs/{need.id}/questions")
        probes.append(
            Probe(
                **sit(Role.ORGANISATION, organisation_id=party.id),
                pages=(*ORGANISATION_PAGES, f"/o/needs/{need.id}"),
                paths=(*LISTS, *own),
                own_words=(handle, category, WORDS[category], *external),
                secrets=secrets,
            )
        )
    return probes


def false_donors(count: int, vetting: Vetting, sit: Callable[..., dict[str, Any]]) -> list[Probe]:
    probes = []
    for number, secrets in enumerate(secrets_for(count)):
        handle = f"Probe {number:03}"
        external = (f"false-party-{number:03}", f"false-record-{number:03}")
        party = DonorFactory.create(handle=handle, vetting=vetting, external_id=external[0])
        category = SERVED if secrets["served"] else FORGOTTEN
        offer = OfferFactory.create(
            donor=party, categories=[category], external_id=external[1], **CLEAR_TERMS
        )
        own = (f"/offers/{offer.id}", f"/offers/{offer.id}/reach", f"/offers/{offer.id}/questions")
        probes.append(
            Probe(
                **sit(Role.DONOR, donor_id=party.id),
                pages=(*DONOR_PAGES, f"/d/offers/{offer.id}"),
                paths=(*LISTS, *own),
                own_words=(handle, category, WORDS[category], *external),
                secrets=secrets,
            )
        )
    return probes


def act_as_donors(probes: list[Probe]) -> None:
    """Let trusted donors offer what some probes need, and exclude some of them by name."""
    excluded = [each.own_words[0] for each in probes if each.secrets["excluded"]]
    for _ in range(OTHERS):
        OfferFactory.create(categories=[SERVED], excluded_organisations=excluded, **CLEAR_TERMS)


def act_as_organisations() -> None:
    """Let trusted organisations need what some probes offer."""
    for number in range(OTHERS):
        known = OrganisationFactory.create(handle=f"{HANDLE} {number}")
        NeedFactory.create(organisation=known, category=SERVED, title=TITLE, summary=SUMMARY)


def attack(probes: list[Probe], act: Callable[[], None], settle: Callable[[], None]) -> None:
    """Look, let the others act and a day pass, and look again."""
    settle()
    for probe in probes:
        probe.watch()
    act()
    settle()
    for probe in probes:
        probe.watch()


def hits_above_chance(probes: list[Probe], secret: str) -> bool:
    hits, guesses = guess(probes, secret)
    return hits >= chance_bound(guesses)


def test_what_chance_is() -> None:
    assert chance_bound(100) == 66


@pytest.mark.slow
def test_two_hundred_false_organisations_learn_nothing(
    sit: Callable[..., dict[str, Any]], settle: Callable[[], None]
) -> None:
    probes = false_organisations(COUNT, Vetting.UNVERIFIED, sit)
    attack(probes, lambda: act_as_donors(probes), settle)
    assert {each.moved for each in probes} == {probes[0].moved}
    assert not hits_above_chance(probes, "served")
    assert not hits_above_chance(probes, "excluded")


@pytest.mark.slow
def test_the_same_impostor_sees_what_trusted_organisations_are_shown(
    sit: Callable[..., dict[str, Any]],
    settle: Callable[[], None],
    session: RegistrySession,
    officer: Actor,
) -> None:
    probes = false_organisations(FEW, Vetting.VOUCHED, sit)
    for probe in probes:
        probe.secrets["shown"] = probe.secrets["served"] and not probe.secrets["excluded"]

    def act() -> None:
        act_as_donors(probes)
        settle()
        show_first_match_of_each(session, officer)

    attack(probes, act, settle)
    assert hits_above_chance(probes, "shown")


def show_first_match_of_each(session: RegistrySession, officer: Actor) -> None:
    """Let an officer show a match of each organisation to its donor, and note the donor's yes."""
    firsts = select(func.min(col(Match.id))).group_by(col(Match.organisation_id))
    for match_id in session.exec(firsts).all():
        shortlist_match(session, officer, match_id)
        offer_match(session, officer, match_id)
        record_interest(session, officer, match_id, note="They said yes.")
    session.commit()


@pytest.mark.slow
def test_two_hundred_false_donors_learn_nothing_and_read_no_word(
    sit: Callable[..., dict[str, Any]],
    settle: Callable[[], None],
    session: RegistrySession,
    officer: Actor,
) -> None:
    probes = false_donors(COUNT, Vetting.UNVERIFIED, sit)
    attack(probes, act_as_organisations, settle)
    assert {each.moved for each in probes} == {probes[0].moved}
    assert not hits_above_chance(probes, "served")

    # The officers see the pairs, and cannot show a single one of them by mistake.
    matches = session.exec(select(Match).order_by(col(Match.id)).limit(20)).all()
    assert len(matches) == 20
    for match in matches:
        shortlist_match(session, officer, match.id)
        with pytest.raises(InvalidMoveError) as refused:
            offer_match(session, officer, match.id)
        assert "donor_vetted" in {each.rule for each in refused.value.why}
    ids = [(each.id, each.need_id, each.organisation_id) for each in matches]
    session.commit()

    # Nor does it help to know every id: what is there looks like what never was.
    for probe in probes[:20]:
        probe.watch()
        for match_id, need_id, organisation_id in ids:
            paths = (f"/needs/{need_id}", f"/organisations/{organisation_id}")
            answers = [probe.client.get(path) for path in (*paths, f"/matches/{match_id}")]
            answers += [probe.browser.get(f"/d/needs/{each}") for each in (match_id, need_id)]
            assert {answer.status_code for answer in answers} <= {403, 404}
            probe.seen += [answer.get_data(as_text=True) for answer in answers]
    seen = "\n".join(line for probe in probes for line in probe.seen)
    assert [word for word in (TITLE, SUMMARY, HANDLE) if word in seen] == []


@pytest.mark.slow
def test_the_same_impostor_wins_where_donors_are_verified(
    sit: Callable[..., dict[str, Any]], settle: Callable[[], None]
) -> None:
    probes = false_donors(FEW, Vetting.VERIFIED, sit)
    attack(probes, act_as_organisations, settle)
    assert hits_above_chance(probes, "served")
