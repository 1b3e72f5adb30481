"""Changes to an organisation: by whom, from which version, and what they never touch."""

import pytest
from sqlmodel import select

from registry.domain.errors import (
    ConflictError,
    InvalidMoveError,
    NotAllowedError,
    NotFoundError,
    RecordRefusedError,
    VersionMissingError,
)
from registry.identity.actor import HOUSE
from registry.services.organisations.add_organisation import add_organisation
from registry.services.organisations.change_organisation import change_organisation
from registry.storage.audit import AuditEntry
from registry.storage.organisations import Organisation
from search.codes import RecordState, Vetting
from tests.factories import OrganisationFactory


def acts(session):
    return [entry.act for entry in session.exec(select(AuditEntry))]


def test_a_holder_changes_its_own_profile(session, holder):
    view = change_organisation(
        session, holder, holder.organisation_id, {"themes": ["youth"], "handle": "New Name"}, 1
    )

    assert view["themes"] == ["youth"]
    assert view["handle"] == "New Name"
    assert view["version"] == 2
    assert acts(session)[-1] == "organisation_changed"


def test_what_is_equal_changes_nothing(session, holder):
    before = acts(session)

    view = change_organisation(
        session, holder, holder.organisation_id, {"base_country": "PL", "operates_in": ["BY"]}, 1
    )

    assert view["version"] == 1
    assert acts(session) == before


def test_none_empties_a_field(session, holder):
    view = change_organisation(session, holder, holder.organisation_id, {"operates_in": None}, 1)

    assert "operates_in" not in view


def test_a_change_says_what_it_was_made_from(session, holder):
    with pytest.raises(VersionMissingError):
        change_organisation(session, holder, holder.organisation_id, {"themes": ["youth"]}, None)
    with pytest.raises(ConflictError) as conflict:
        change_organisation(session, holder, holder.organisation_id, {"themes": ["youth"]}, 7)

    assert conflict.value.current_version == 1


def test_a_stranger_is_told_that_there_is_none(session, holder):
    other = OrganisationFactory.create()

    with pytest.raises(NotFoundError):
        change_organisation(session, holder, other.id, {"themes": ["youth"]}, 1)


def test_an_officer_changes_only_who_has_no_account(session, officer, holder):
    other = OrganisationFactory.create()

    assert change_organisation(session, officer, other.id, {"themes": ["youth"]}, 1)
    with pytest.raises(NotAllowedError):
        change_organisation(session, officer, holder.organisation_id, {"themes": ["youth"]}, 1)


@pytest.mark.parametrize("who", ["officer", "holder"])
@pytest.mark.parametrize(
    ("field", "value"), [("vetting", "vouched"), ("state", "frozen"), ("external_id", "other")]
)
def test_what_is_decided_elsewhere_is_not_changed_here(session, request, who, field, value):
    actor = request.getfixturevalue(who)
    row = actor.organisation_id or OrganisationFactory.create().id

    with pytest.raises(RecordRefusedError) as refused:
        change_organisation(session, actor, row, {field: value}, 1)

    assert [each.field for each in refused.value.problems] == [field]


def test_an_import_brings_trust_and_states_but_no_deletion(session):
    row = OrganisationFactory.create(vetting=Vetting.UNVERIFIED)

    view = change_organisation(session, HOUSE, row.id, {"vetting": "verified"}, 1)
    frozen = change_organisation(session, HOUSE, row.id, {"state": "frozen"}, 2)

    assert view["vetting"] == "verified"
    assert row.vetted_on == session.today
    assert frozen["state"] == "frozen"
    with pytest.raises(RecordRefusedError):
        change_organisation(session, HOUSE, row.id, {"state": "deleted"}, 3)


def test_an_import_moves_states_as_the_table_says(session):
    row = OrganisationFactory.create()
    row.state = RecordState.FROZEN
    session.flush()

    with pytest.raises(InvalidMoveError):
        change_organisation(session, HOUSE, row.id, {"state": "unknown"}, row.version)


def test_a_hub_is_named_by_its_external_id(session, officer):
    hub = OrganisationFactory.create(external_id="hub")
    unverified = OrganisationFactory.create(external_id="new", vetting=Vetting.UNVERIFIED)
    row = OrganisationFactory.create()

    view = change_organisation(session, officer, row.id, {"hosted_by": "hub"}, 1)

    assert view["hosted_by"] == "hub"
    assert row.hosted_by_id == hub.id
    with pytest.raises(RecordRefusedError):
        change_organisation(session, officer, row.id, {"hosted_by": "new"}, 2)
    assert change_organisation(session, officer, row.id, {"hosted_by": None}, 2)
    assert session.get_one(Organisation, row.id).hosted_by_id is None
    assert unverified.id


def test_the_key_stands_before_anything_is_guarded(session, parts):
    view = add_organisation(session, HOUSE, OrganisationFactory.build())

    assert view["id"] in parts.vault.keys.owners()
