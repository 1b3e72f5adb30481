"""What is answered for one record and what lists select are the same answer."""

import itertools

import pytest
from sqlmodel import col, select

from registry.domain.audience import Audience
from registry.domain.pipeline import Mover
from registry.domain.roles import Role, Scope
from registry.identity.actor import HOUSE, Actor, actor_of
from registry.identity.permissions import (
    audience_of_donor,
    audience_of_need,
    audience_of_offer,
    audience_of_organisation,
    listed_donors,
    listed_needs,
    listed_offers,
    listed_organisations,
    may_change_party,
    may_host,
    mover_of,
    owns_organisation,
    speaks_for_others,
)
from registry.storage.donors import Donor
from registry.storage.needs import Need
from registry.storage.offers import Offer
from registry.storage.organisations import Organisation
from search.codes import (
    NeedStatus,
    OfferStatus,
    Reader,
    RecordState,
    Vetting,
    Visibility,
)
from tests.factories import (
    AccountFactory,
    DonorFactory,
    OfferFactory,
    OrganisationFactory,
)


@pytest.fixture
def hub(session):
    return OrganisationFactory.create()


@pytest.fixture
def actors(hub):
    """Make one actor of every role, some of them of the hub."""
    donor = DonorFactory.create()
    return {
        "officer": Actor("o" * 32, Role.OFFICER),
        "admin": Actor("m" * 32, Role.ADMIN),
        "auditor": Actor("u" * 32, Role.AUDITOR),
        "holder": Actor("h" * 32, Role.ORGANISATION, organisation_id=hub.id),
        "nobody's holder": Actor("n" * 32, Role.ORGANISATION),
        "donor": Actor("d" * 32, Role.DONOR, donor_id=donor.id),
        "partner": Actor("p" * 32, Role.PARTNER, scopes=frozenset({Scope.NEEDS_READ})),
        "partner of the hub": Actor("q" * 32, Role.PARTNER, organisation_id=hub.id),
        "holder who speaks": Actor(
            "s" * 32, Role.ORGANISATION, organisation_id=hub.id, is_hub=True
        ),
        "partner who speaks": Actor("t" * 32, Role.PARTNER, organisation_id=hub.id, is_hub=True),
    }


def organisations_of_every_kind(session, hub):
    for vetting, state in itertools.product(Vetting, RecordState):
        for hosted_by, registered_by in (
            *((None, None), (hub.id, None)),
            *((None, "p" * 32), (None, "q" * 32), (None, "t" * 32)),
        ):
            row = OrganisationFactory.create()
            row.vetting, row.state = vetting, state
            row.hosted_by_id, row.registered_by_id = hosted_by, registered_by
            yield row


def selected(session, model, statement, condition):
    return set(session.exec(statement.with_only_columns(col(model.id)).where(condition)))


def test_organisations_are_listed_as_they_are_seen_but_for_the_frozen(session, hub, actors):
    rows = [hub, *organisations_of_every_kind(session, hub)]
    session.flush()

    for name, actor in actors.items():
        listed = selected(session, Organisation, select(Organisation), listed_organisations(actor))
        seen = {
            row.id
            for row in rows
            if audience_of_organisation(actor, row) and row.state == RecordState.ACTIVE
        }
        assert listed == seen, name


def test_needs_are_listed_as_they_are_seen_but_for_those_out_of_sight(session, hub, actors):
    needs = []
    for organisation in organisations_of_every_kind(session, hub):
        for status, readers in itertools.product(
            (NeedStatus.DRAFT, NeedStatus.OPEN, NeedStatus.PARTLY_MET, NeedStatus.MET),
            (None, [Reader.DONORS], [Reader.DONORS, Reader.PARTNERS]),
        ):
            need = Need(
                id=f"{len(needs):032x}",
                organisation_id=organisation.id,
                category="advocacy",
                country="PL",
                status=status,
                readers=readers,
                created_on=session.today,
            )
            session.add(need)
            needs.append((need, organisation))
    session.flush()

    joined = select(Need).join(Organisation, col(Organisation.id) == col(Need.organisation_id))
    for name, actor in actors.items():
        listed = selected(session, Need, joined, listed_needs(actor))
        seen = {
            need.id
            for need, organisation in needs
            if (audience := audience_of_need(actor, need, organisation))
            and organisation.state == RecordState.ACTIVE
            and (audience is not Audience.OFFICER or organisation.vetting != Vetting.SUSPENDED)
        }
        assert listed == seen, name


def test_offers_are_listed_as_they_are_seen(session, hub, actors):
    offers = []
    own = session.get_one(Donor, actors["donor"].donor_id)
    for vetting, state in [*itertools.product(Vetting, RecordState), (None, None)]:
        donor = DonorFactory.create() if vetting else own
        for visibility, status in itertools.product(Visibility, OfferStatus):
            offer = OfferFactory.create(donor=donor, visibility=visibility, status=status)
            offers.append((offer, donor))
        donor.vetting, donor.state = vetting or own.vetting, state or own.state
    session.flush()

    joined = select(Offer).join(Donor, col(Donor.id) == col(Offer.donor_id))
    for trust in (Vetting.VERIFIED, Vetting.UNVERIFIED):
        hub.vetting = trust
        for name, actor in actors.items():
            belongs_to = hub if actor.organisation_id else None
            listed = selected(session, Offer, joined, listed_offers(actor, belongs_to))
            seen = {
                offer.id
                for offer, donor in offers
                if (audience := audience_of_offer(actor, offer, donor, own=belongs_to))
                and donor.state == RecordState.ACTIVE
                and (audience is not Audience.OFFICER or donor.vetting != Vetting.SUSPENDED)
            }
            assert listed == seen, (name, trust)


def test_donors_are_listed_as_they_are_seen(session, actors):
    rows = [session.get_one(Donor, actors["donor"].donor_id)]
    for vetting, state in itertools.product(Vetting, RecordState):
        row = DonorFactory.create()
        row.vetting, row.state = vetting, state
        rows.append(row)
    session.flush()

    for name, actor in actors.items():
        listed = selected(session, Donor, select(Donor), listed_donors(actor))
        seen = {
            row.id
            for row in rows
            if audience_of_donor(actor, row) and row.state == RecordState.ACTIVE
        }
        assert listed == seen, name


@pytest.mark.parametrize("vetting", Vetting)
def test_only_verified_hubs_officers_and_partners_host(hub, actors, vetting):
    hub.vetting = vetting
    verified = vetting == Vetting.VERIFIED

    assert may_host(actors["officer"], None)
    assert may_host(actors["partner"], None)
    assert may_host(actors["holder"], hub) == verified
    assert may_host(actors["partner of the hub"], hub) == verified
    assert not may_host(actors["nobody's holder"], None)
    assert not may_host(actors["donor"], None)


@pytest.mark.parametrize("state", RecordState)
@pytest.mark.parametrize("vetting", Vetting)
def test_only_an_active_verified_hub_speaks_for_those_it_hosts(session, hub, vetting, state):
    hosted = OrganisationFactory.create()
    hosted.hosted_by_id = hub.id
    hub.vetting, hub.state = vetting, state
    for role in (Role.ORGANISATION, Role.PARTNER):
        actor = actor_of(AccountFactory.create(role=role, organisation_id=hub.id), own=hub)

        speaks = vetting == Vetting.VERIFIED and state == RecordState.ACTIVE

        assert speaks_for_others(actor) == speaks
        assert owns_organisation(actor, hosted) == speaks
        assert owns_organisation(actor, hub)


def test_officers_write_only_for_those_who_cannot_sign_in(actors):
    officer = actors["officer"]

    assert may_change_party(officer, owns=False, has_account=False)
    assert not may_change_party(officer, owns=False, has_account=True)
    assert may_change_party(HOUSE, owns=False, has_account=True)
    assert may_change_party(actors["holder"], owns=True, has_account=True)
    assert not may_change_party(actors["holder"], owns=False, has_account=False)


def test_everyone_moves_records_as_who_they_are(actors):
    assert mover_of(HOUSE) is None
    assert mover_of(actors["admin"]) is Mover.OFFICER
    assert mover_of(actors["donor"]) is Mover.DONOR
    assert mover_of(actors["partner"]) is Mover.ORGANISATION


def test_of_a_deleted_donor_nobody_sees_anything(session, actors):
    donor = DonorFactory.create()
    offer = OfferFactory.create(donor=donor, visibility=Visibility.PUBLIC)
    donor.state = RecordState.DELETED

    assert audience_of_offer(HOUSE, offer, donor) is None
