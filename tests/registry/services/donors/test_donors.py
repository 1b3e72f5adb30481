"""Donors: registered by themselves, added by officers, changed by who may."""

import pytest

from registry.domain.errors import NotAllowedError, NotFoundError, RecordRefusedError
from registry.domain.roles import Role
from registry.services.donors.add_donor import add_donor
from registry.services.donors.change_donor import change_donor
from registry.services.donors.get_donor import get_donor
from registry.services.donors.list_donors import list_donors
from registry.services.donors.register_donor import register_donor
from registry.storage.accounts import has_account
from registry.storage.donors import Donor
from tests.factories import DonorFactory

ABSENT = DonorFactory.ABSENT


def test_a_donor_registers_itself_unverified(session, app):
    record = DonorFactory.build(external_id=ABSENT, vetting=ABSENT)

    with app.app_context():
        view, secret = register_donor(session, record, language="en")

    assert view["vetting"] == "unverified"
    assert view["external_id"] == view["id"]
    assert has_account(session, donor_id=view["id"])
    assert secret.name


@pytest.mark.parametrize("field", ["vetting", "state", "intermediary", "external_id"])
def test_what_others_decide_is_not_registered(session, field):
    record = DonorFactory.build(external_id=ABSENT, vetting=ABSENT) | {field: "x"}

    with pytest.raises(RecordRefusedError):
        register_donor(session, record, language="en")


def test_only_officers_add_donors(session, officer, partner, giver):
    record = DonorFactory.build(vetting=ABSENT)

    assert add_donor(session, officer, record)["vetting"] == "unverified"
    for actor in (partner, giver):
        with pytest.raises(NotAllowedError):
            add_donor(session, actor, DonorFactory.build(vetting=ABSENT))


def test_a_donor_sees_and_changes_itself_only(session, giver):
    other = DonorFactory.create()

    changed = change_donor(session, giver, giver.donor_id, {"languages": ["be"]}, 1)

    assert changed["languages"] == ["be"]
    assert [each["id"] for each in list_donors(session, giver).items] == [giver.donor_id]
    for act in (
        lambda: get_donor(session, giver, other.id),
        lambda: change_donor(session, giver, other.id, {"languages": ["be"]}, 1),
    ):
        with pytest.raises(NotFoundError):
            act()


def test_an_officer_changes_only_donors_without_an_account(session, officer, giver):
    other = DonorFactory.create()

    assert change_donor(session, officer, other.id, {"intermediary": "a house"}, 1)
    with pytest.raises(NotAllowedError):
        change_donor(session, officer, giver.donor_id, {"languages": ["be"]}, 1)


def test_lists_are_filtered(session, officer):
    business = DonorFactory.create(donor_kind="business")
    DonorFactory.create()

    found = list_donors(session, officer, filters={"donor_kind": "business"}).items

    assert [each["id"] for each in found] == [business.id]
    assert session.get_one(Donor, business.id).handle_hash is not None


def test_a_donor_of_another_role_is_nobody(session, make_actor):
    holder = make_actor(Role.ORGANISATION)

    assert list_donors(session, holder).items == []
