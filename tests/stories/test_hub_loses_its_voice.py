"""A hub that is suspended, frozen or no longer verified speaks for nobody but itself."""

import pytest

from registry.domain.errors import NotFoundError
from registry.domain.roles import Role
from registry.identity.actor import Actor
from registry.services.matches.consent_match import consent_match
from registry.services.matches.list_matches import list_matches
from registry.services.needs.list_needs import list_needs
from registry.services.questions.answer_question import answer_question
from registry.services.questions.ask_question import ask_question
from registry.services.questions.list_questions import list_questions
from registry.services.search_access import access_of
from registry.services.waiting import what_waits
from registry.storage.accounts import Account
from registry.storage.database import RegistrySession
from registry.storage.organisations import Organisation
from search.codes import MatchState, Reader, RecordState, Vetting
from search.index.protocol import Kind
from tests.factories import OrganisationFactory
from tests.factories.matches import Pair, bring_to, make_pair

LOST = "you cannot see the organisations that you host or act for them"

FALLS = {
    "suspended": {"vetting": Vetting.SUSPENDED},
    "vouched for only": {"vetting": Vetting.VOUCHED},
    "no longer checked": {"vetting": Vetting.UNVERIFIED},
    "frozen": {"state": RecordState.FROZEN},
}
awake = {name: fall for name, fall in FALLS.items() if name != "frozen"}
falling = pytest.mark.parametrize("fall", FALLS.values(), ids=FALLS)


@pytest.fixture
def hub(session: RegistrySession) -> Organisation:
    return OrganisationFactory.create(external_id="hub")


@pytest.fixture
def pair(session: RegistrySession, hub: Organisation, officer: Actor) -> Pair:
    """A hosted organisation to which a donor said that it would help."""
    pair = make_pair(need={"title": "Rent of the quiet room", "readers": [Reader.DONORS]})
    pair.organisation.hosted_by_id = hub.id
    bring_to(session, pair, officer, MatchState.INTERESTED)
    return pair


def let_fall(session: RegistrySession, hub: Organisation, fall: dict[str, str]) -> None:
    for name, value in fall.items():
        setattr(hub, name, value)
    session.commit()


@falling
def test_on_its_pages_the_hosted_are_gone_and_it_reads_why(session, hub, pair, person_of, fall):
    speaker = person_of(_holder_of(session, hub))
    shown = speaker.open("/o/home")
    assert shown.sees("Help is offered to you")
    assert LOST not in shown.text
    assert speaker.open("/o/needs").sees("Rent of the quiet room")

    let_fall(session, hub, fall)

    for address in ("/o/home", "/o/needs"):
        assert speaker.open(address).sees(LOST)
        assert "Rent of the quiet room" not in speaker.source
        assert "Help is offered to you" not in speaker.text
    for address in (f"/o/help/{pair.id}", f"/o/help/{pair.id}/yes", f"/o/needs/{pair.need.id}"):
        assert speaker.open(address).status == 404


@falling
def test_in_services_it_neither_reads_nor_acts(session, pair, officer, make_actor, fall):
    asked = ask_question(session, officer, "need", pair.need.id, to_role="organisation", text="?")
    session.commit()
    hub = session.get_one(Organisation, pair.organisation.hosted_by_id)
    let_fall(session, hub, fall)
    speaker = make_actor(Role.ORGANISATION, organisation_id=hub.id)

    assert list_needs(session, speaker).items == []
    assert list_matches(session, speaker).items == []
    assert list_questions(session, speaker) == []
    assert what_waits(session, speaker)["count"] == 0
    found = access_of(session, speaker, Kind.NEED)
    assert found is not None
    assert found.owners == frozenset({hub.id})
    for act in (
        lambda: consent_match(session, speaker, pair.id),
        lambda: answer_question(session, speaker, asked["id"], "An answer."),
    ):
        with pytest.raises(NotFoundError):
            act()


@pytest.mark.parametrize("role", [Role.ORGANISATION, Role.PARTNER])
def test_the_keys_of_a_frozen_hub_open_nothing(session, hub, api_client, role):
    programme = api_client(role, organisation_id=hub.id)
    assert programme.get(f"/organisations/{hub.id}").status_code == 200
    let_fall(session, hub, FALLS["frozen"])
    assert programme.get(f"/organisations/{hub.id}").status_code == 401


@pytest.mark.parametrize("fall", awake.values(), ids=awake)
@pytest.mark.parametrize("role", [Role.ORGANISATION, Role.PARTNER])
def test_its_keys_read_and_write_only_itself(session, pair, api_client, fall, role):
    hub = session.get_one(Organisation, pair.organisation.hosted_by_id)
    programme = api_client(role, organisation_id=hub.id)
    path = f"/needs/{pair.need.id}"
    version = programme.get(path).json["version"]
    assert programme.patch(path, {"months_covered": 2}, version=version).status_code == 200
    registered = OrganisationFactory.create()
    registered.registered_by_id = programme.account.id
    session.commit()

    let_fall(session, hub, fall)

    again = programme.patch(path, {"months_covered": 1}, version=version + 1)
    assert again.status_code in {403, 404}
    assert programme.get(path).status_code == 404
    assert programme.get(f"/organisations/{pair.organisation.id}").status_code == 404
    assert programme.get(f"/organisations/{registered.id}").status_code == 404
    assert programme.get(f"/organisations/{hub.id}").status_code == 200
    assert programme.post(f"/matches/{pair.id}/consent", {}).status_code in {403, 404}


@falling
def test_nobody_is_given_into_its_care(session, hub, api_client, fall):
    guest = OrganisationFactory.create()
    let_fall(session, hub, fall)
    refused = api_client(Role.OFFICER).patch(
        f"/organisations/{guest.id}", {"hosted_by": "hub"}, version=guest.version
    )
    assert refused.status_code == 422


def test_checked_again_it_finds_them_as_they_were(session, hub, pair, person_of):
    speaker = person_of(_holder_of(session, hub))
    let_fall(session, hub, {"vetting": Vetting.SUSPENDED})
    assert speaker.open("/o/home").sees(LOST)
    let_fall(session, hub, {"vetting": Vetting.VERIFIED})
    assert speaker.open("/o/home").sees("Help is offered to you")


def test_who_hosts_nobody_is_told_nothing_of_it(session, person_of, make_account):
    alone = OrganisationFactory.create(vetting=Vetting.UNVERIFIED)
    holder = make_account(Role.ORGANISATION, organisation_id=alone.id)
    assert LOST not in person_of(holder).open("/o/home").text


def test_a_partner_reads_it_beside_its_keys(session, hub, pair, person_of, make_account):
    partner = person_of(make_account(Role.PARTNER, organisation_id=hub.id))
    assert LOST not in partner.open("/keys/").text
    let_fall(session, hub, {"vetting": Vetting.SUSPENDED})
    assert partner.open("/keys/").sees(LOST)


def _holder_of(session: RegistrySession, hub: Organisation) -> Account:
    from tests.factories import AccountFactory

    return AccountFactory.create(role=Role.ORGANISATION, organisation_id=hub.id)
