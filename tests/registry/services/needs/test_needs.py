"""Needs: registered, changed, moved, confirmed, and read by who may."""

from datetime import date

import pytest
from sqlmodel import select

from registry.domain.errors import (
    ConflictError,
    InvalidMoveError,
    NotAllowedError,
    NotFoundError,
    RecordRefusedError,
)
from registry.identity.actor import HOUSE
from registry.services.needs.change_need import change_need
from registry.services.needs.confirm_urgency import confirm_urgency
from registry.services.needs.get_need import get_need
from registry.services.needs.list_needs import list_needs
from registry.services.needs.move_need import move_need
from registry.services.needs.open_dossier import open_dossier
from registry.services.needs.register_need import register_need
from registry.services.topics import NEED_CHANGED
from registry.storage.audit import AuditEntry
from registry.storage.needs import Need
from registry.storage.organisations import Organisation
from registry.storage.outbox import OutboxEntry
from search.codes import NeedStatus, RecordState, Urgency
from search.money import Money, Quantity
from tests.counting import statements
from tests.factories import NeedFactory, OrganisationFactory


@pytest.fixture
def need(session, holder):
    return NeedFactory.create(organisation=session.get_one(Organisation, holder.organisation_id))


def test_a_need_that_says_nothing_of_its_status_is_open(session, holder):
    record = NeedFactory.build(status=NeedFactory.ABSENT, external_id=NeedFactory.ABSENT)

    view = register_need(session, holder, holder.organisation_id, record)

    assert view["status"] == "open"
    assert view["external_id"] == view["id"]
    assert view["organisation_id"] == holder.organisation_id


def test_every_field_comes_back_as_it_went(session, holder):
    record = NeedFactory.build(
        category="equipment",
        breakdown={"equipment.hardware": Money(100_000, "EUR")},
        quantity=Quantity(300, "items"),
        minimum_useful=Money(100_000, "EUR"),
        serves=["BY"],
        useful_until=date(2027, 3, 1),
        minimum_months=1,
        recurrence="monthly",
        channels=["bank_abroad", "in_kind"],
        publicity_accepted="aggregate",
        reporting_accepted="light",
        target_groups=["media"],
        situation="The landlord asks questions.",
        asks_for=["money", "items"],
    )

    view = register_need(session, holder, holder.organisation_id, record)

    assert {name: view[name] for name in record} == record


def test_an_amount_is_kept_in_the_base_currency_too_where_there_is_a_rate(session, holder):
    for currency, known in (("EUR", True), ("PLN", True), ("BYN", False)):
        record = NeedFactory.build(amount_requested=Money(100_000, currency))
        view = register_need(session, holder, holder.organisation_id, record)
        row = session.get_one(Need, view["id"])
        assert (row.amount_base is not None) == known


@pytest.mark.parametrize("status", [NeedStatus.MET, NeedStatus.EXPIRED, NeedStatus.WITHDRAWN])
def test_only_an_import_brings_needs_that_are_over(session, holder, status):
    record = NeedFactory.build(status=status)

    with pytest.raises(InvalidMoveError) as refused:
        register_need(session, holder, holder.organisation_id, record)
    view = register_need(session, HOUSE, holder.organisation_id, record)

    assert refused.value.possible == ("draft", "open")
    assert session.get_one(Need, view["id"]).closed_on == session.today


def test_a_frozen_organisation_writes_nothing(session, holder, need):
    session.get_one(Organisation, holder.organisation_id).state = RecordState.FROZEN
    session.flush()

    with pytest.raises(NotAllowedError):
        register_need(session, holder, holder.organisation_id, NeedFactory.build())
    with pytest.raises(NotAllowedError):
        change_need(session, holder, need.id, {"country": "LT"}, 1)


def test_change_audit_and_work_are_one(session, holder, need):
    before = len(session.exec(select(OutboxEntry)).all())

    change_need(session, holder, need.id, {"country": "LT"}, 1)

    work = session.exec(select(OutboxEntry)).all()
    assert [(each.topic, each.subjects) for each in work[before:]] == [(NEED_CHANGED, [need.id])]
    assert session.exec(select(AuditEntry)).all()[-1].act == "need_changed"


def test_a_stale_change_writes_nothing(session, holder, need):
    change_need(session, holder, need.id, {"country": "LT"}, 1)

    with pytest.raises(ConflictError) as conflict:
        change_need(session, holder, need.id, {"country": "GE"}, 1)

    assert conflict.value.current_version == 2
    assert need.country == "LT"


def test_a_change_is_checked_with_what_stays(session, holder, need):
    with pytest.raises(RecordRefusedError) as refused:
        change_need(session, holder, need.id, {"minimum_months": 9}, 1)

    assert [each.field for each in refused.value.problems] == ["minimum_months"]


def test_the_same_organisation_by_another_name_is_no_change(session, holder, need):
    view = change_need(session, holder, need.id, {"organisation": holder.organisation_id}, 1)

    assert view["version"] == 1


def test_another_organisation_is_refused(session, holder, need, officer):
    OrganisationFactory.create(external_id="other")

    for actor in (holder, HOUSE):
        with pytest.raises(RecordRefusedError) as refused:
            change_need(session, actor, need.id, {"organisation": "other"}, 1)
        assert [each.field for each in refused.value.problems] == ["organisation"]


def test_a_need_goes_its_way_and_not_back(session, holder, officer, need):
    with pytest.raises(InvalidMoveError) as refused:
        move_need(session, officer, need.id, NeedStatus.DRAFT, 1)
    assert "draft" not in refused.value.possible

    view = move_need(session, holder, need.id, NeedStatus.WITHDRAWN, 1)
    assert view["status"] == "withdrawn"
    assert need.closed_on == session.today
    with pytest.raises(InvalidMoveError) as final:
        move_need(session, holder, need.id, NeedStatus.OPEN, 2)
    assert final.value.possible == ()


def test_an_expired_need_comes_back(session, holder, need):
    need.status, need.closed_on = NeedStatus.EXPIRED, session.today
    session.flush()

    changes = {"status": NeedStatus.OPEN, "needed_by": date(2027, 6, 1)}
    view = change_need(session, holder, need.id, changes, need.version)

    assert view["status"] == "open"
    assert need.closed_on is None


def test_urgency_is_confirmed_by_officers_and_once(session, holder, officer, need):
    view = confirm_urgency(session, officer, need.id, Urgency.EMERGENCY, need.version)
    again = confirm_urgency(session, officer, need.id, Urgency.EMERGENCY, need.version)

    assert (view["urgency"], view["urgency_confirmed"]) == ("soon", "emergency")
    assert again["version"] == view["version"]
    with pytest.raises(NotAllowedError):
        confirm_urgency(session, holder, need.id, Urgency.ROUTINE, need.version)


def test_another_stated_urgency_waits_for_an_officer_again(session, holder, officer, need):
    confirm_urgency(session, officer, need.id, Urgency.ROUTINE, need.version)

    renamed = change_need(session, holder, need.id, {"title": "Office rent"}, need.version)
    assert renamed["urgency_confirmed"] == "routine"

    view = change_need(session, holder, need.id, {"urgency": Urgency.EMERGENCY}, need.version)

    assert "urgency_confirmed" not in view
    assert list_needs(session, officer, filters={"urgency": "emergency"}).items


def test_a_statement_that_follows_the_officer_leaves_the_confirmation(
    session, holder, officer, need
):
    confirm_urgency(session, officer, need.id, Urgency.URGENT, need.version)

    view = change_need(session, holder, need.id, {"urgency": Urgency.URGENT}, need.version)

    assert view["urgency_confirmed"] == "urgent"


def test_the_situation_is_for_officers_and_its_owner(session, holder, officer, partner, need):
    session.vault.write(need, "situation", "The landlord asks questions.")
    session.flush()

    open_dossier(session, officer, need.id)
    assert get_need(session, officer, need.id)["situation"]
    assert get_need(session, holder, need.id)["situation"]
    assert "situation" not in get_need(session, partner, need.id)


def test_the_auditor_reads_no_needs(session, auditor, need):
    with pytest.raises(NotFoundError):
        get_need(session, auditor, need.id)
    assert list_needs(session, auditor).items == []


def test_a_partners_list_opens_nothing_that_is_guarded(session, partner, need, monkeypatch):
    monkeypatch.setattr(type(session.vault), "read", lambda *_: pytest.fail("opened"))

    assert [each["id"] for each in list_needs(session, partner).items] == [need.id]


def test_an_officers_list_holds_no_texts(session, officer, need):
    (line,) = list_needs(session, officer).items

    assert not {"title", "summary", "situation"} & set(line)
    assert line["organisation"]
    open_dossier(session, officer, need.id)
    assert get_need(session, officer, need.id)["title"]


def test_nothing_an_officer_did_not_open_is_decrypted(session, officer, need, monkeypatch):
    read, opened = type(session.vault).read, []

    def note(vault, row, field):
        opened.append(field)
        return read(vault, row, field)

    monkeypatch.setattr(type(session.vault), "read", note)
    view = get_need(session, officer, need.id)
    assert not {"title", "summary", "situation"} & {*view, *opened}
    open_dossier(session, officer, need.id)
    assert get_need(session, officer, need.id)["title"]
    assert "title" in opened


def test_an_urgency_is_confirmed_of_what_the_officer_looked_at(session, holder, officer, need):
    seen = need.version
    change_need(session, holder, need.id, {"urgency": Urgency.EMERGENCY}, need.version)

    with pytest.raises(ConflictError):
        confirm_urgency(session, officer, need.id, Urgency.SOON, seen)

    assert need.urgency_confirmed is None
    confirm_urgency(session, officer, need.id, Urgency.EMERGENCY, need.version)
    again = confirm_urgency(session, officer, need.id, Urgency.EMERGENCY, seen)
    assert again["urgency_confirmed"] == "emergency"


PAST, TO_COME = date(2026, 11, 23), date(2026, 11, 24)


@pytest.mark.parametrize(
    ("days", "field"),
    [
        ({"needed_by": PAST}, "needed_by"),
        ({"needed_by": PAST, "useful_until": PAST}, "useful_until"),
    ],
)
def test_a_need_does_not_begin_past_its_last_day(session, holder, days, field):
    record = NeedFactory.build(external_id=NeedFactory.ABSENT) | days

    with pytest.raises(RecordRefusedError) as refused:
        register_need(session, holder, holder.organisation_id, record)
    assert [(each.field, each.code) for each in refused.value.problems] == [(field, "in_the_past")]

    draft = register_need(session, holder, holder.organisation_id, record | {"status": "draft"})
    with pytest.raises(RecordRefusedError):
        move_need(session, holder, draft["id"], NeedStatus.OPEN, 1)
    changes = {"status": NeedStatus.OPEN, "useful_until": TO_COME}
    assert change_need(session, holder, draft["id"], changes, 1)["status"] == "open"


def test_an_import_brings_history_and_what_is_past_ends_by_itself(session, holder):
    from registry.services.expire_due import expire_due

    record = NeedFactory.build(needed_by=PAST)
    view = register_need(session, HOUSE, holder.organisation_id, record)
    assert expire_due(session) == 1
    assert session.get_one(Need, view["id"]).status == NeedStatus.EXPIRED


def test_an_open_need_past_its_last_day_can_still_be_worded_anew(session, holder, need):
    need.needed_by = PAST
    session.flush()
    view = change_need(session, holder, need.id, {"title": "Office rent"}, need.version)
    assert view["title"] == "Office rent"
    with pytest.raises(RecordRefusedError):
        change_need(session, holder, need.id, {"useful_until": PAST}, need.version)


def test_the_urgency_that_counts_is_the_confirmed_one(session, officer, need):
    confirm_urgency(session, officer, need.id, Urgency.EMERGENCY, need.version)

    assert list_needs(session, officer, filters={"urgency": "emergency"}).items
    assert not list_needs(session, officer, filters={"urgency": "soon"}).items


def test_a_list_costs_one_statement_however_many_organisations_it_names(session, officer):
    NeedFactory.create_batch(5)
    session.commit()
    session.expunge_all()

    with statements(session) as sent:
        page = list_needs(session, officer)

    assert len({each["organisation"] for each in page.items}) == 5
    assert sum(each.startswith("SELECT") for each in sent) == 1
