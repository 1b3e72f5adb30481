"""An organisation registers itself: an account of its own, nothing else asked."""

import pytest
from sqlmodel import select

from registry.domain.errors import RecordRefusedError
from registry.domain.roles import Role
from registry.services.organisations.register_organisation import register_organisation
from registry.services.references import find_by_external_id, find_record
from registry.services.topics import ORGANISATION_CHANGED
from registry.storage.accounts import accounts_of_organisation
from registry.storage.audit import AuditEntry
from registry.storage.organisations import Organisation
from registry.storage.outbox import OutboxEntry
from tests.factories import OrganisationFactory


@pytest.fixture
def record():
    absent = OrganisationFactory.ABSENT
    return OrganisationFactory.build(external_id=absent, vetting=absent)


@pytest.fixture(autouse=True)
def _hashing(app):
    """Hash passphrases as the application says."""
    with app.app_context():
        yield


def test_it_begins_unverified_with_an_account_and_a_secret(session, record):
    view, secret = register_organisation(session, record, language="be")

    organisation = session.get_one(Organisation, view["id"])
    accounts = accounts_of_organisation(session, organisation.id)
    assert view["vetting"] == "unverified"
    assert view["version"] == 1
    assert [account.role for account in accounts] == [Role.ORGANISATION]
    assert accounts[0].language == "be"
    assert len(secret.passphrase.split()) == 7
    assert repr(secret) == "<secret>"


def test_it_goes_by_its_id_where_others_need_an_external_one(session, record):
    view, _ = register_organisation(session, record, language="en")

    assert view["external_id"] == view["id"]
    assert find_by_external_id(session, Organisation, view["id"]).id == view["id"]
    assert find_record(session, Organisation, view["id"]).id == view["id"]


def test_the_change_its_trace_and_the_work_it_asks_for_are_one(session, record):
    view, _ = register_organisation(session, record, language="en")

    acts = [entry.act for entry in session.exec(select(AuditEntry))]
    work = session.exec(select(OutboxEntry)).all()
    assert acts == ["account_created", "organisation_registered"]
    assert [(each.topic, each.subjects) for each in work] == [(ORGANISATION_CHANGED, [view["id"]])]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("vetting", "verified"),
        ("state", "active"),
        ("hosted_by", "hub"),
        ("external_id", "mine"),
    ],
)
def test_trust_is_not_given_by_writing_it(session, record, field, value):
    with pytest.raises(RecordRefusedError) as refused:
        register_organisation(session, record | {field: value}, language="en")

    assert [(each.field, each.code) for each in refused.value.problems] == [
        (field, "unknown_field")
    ]
    assert session.exec(select(Organisation)).all() == []
