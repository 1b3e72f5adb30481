"""The behaviour of an import: all or none, upsert, what stays as it is."""

import pytest
from sqlmodel import select

from registry.domain.audience import Audience
from registry.domain.errors import NotAllowedError
from registry.identity.actor import HOUSE
from registry.services.imports.import_file import import_file
from registry.services.needs.change_need import change_need
from registry.services.needs.view_need import view_need
from registry.services.organisations.view_organisation import view_organisation
from registry.storage.audit import AuditEntry, verify_audit
from registry.storage.needs import Need
from registry.storage.offers import Offer
from registry.storage.organisations import Organisation
from registry.storage.outbox import OutboxEntry
from tests.registry.services.imports.records import donor, need, offer, organisation, told

pytestmark = pytest.mark.usefixtures("parties")


def counts(report):
    return report.created, report.changed, report.unchanged, report.refused, report.rows


def test_new_rows_are_created_as_the_services_would_store_them(run, rows, find):
    assert counts(run("needs", [need(), need("need-2")])) == (2, 0, 0, 0, 2)

    with rows() as session:
        row = session.get(Need, find(Need, "need-1").id)
        view = view_need(session, row, Audience.OWNER)
    assert row.version == 1
    assert row.amount_base == 150_000
    assert view["title"] == "Rent of two rooms"
    assert view["organisation"] == "org-1"
    assert view["channels"] == ["bank_abroad"]


def test_a_need_without_a_status_is_open_and_another_keeps_what_it_says(run, find):
    run("needs", [need(), need("need-2", status="expired")])

    assert find(Need, "need-1").status == "open"
    assert find(Need, "need-2").status == "expired"
    assert find(Need, "need-2").closed_on is not None


def test_the_same_file_twice_changes_nothing(run, contents):
    for plural, records in (
        ("organisations", [organisation("org-2", hosted_by="org-1")]),
        ("donors", [donor("donor-2")]),
        ("needs", [need(), need("need-2", status="met")]),
        ("offers", [offer()]),
    ):
        first = run(plural, records)
        before = contents()
        again = run(plural, records)
        assert counts(first) == (len(records), 0, 0, 0, len(records))
        assert counts(again) == (0, 0, len(records), 0, len(records))
        assert contents() == before


def test_a_row_that_differs_is_changed_and_the_others_stay_untouched(run, find, rows):
    run("needs", [need(), need("need-2"), need("need-3")])
    untouched = find(Need, "need-2")

    report = run("needs", [need(), need("need-3", title="Rent and light")])

    assert counts(report) == (0, 1, 1, 0, 2)
    assert find(Need, "need-3").version == 2
    assert find(Need, "need-2").version == untouched.version == 1
    with rows() as session:
        assert session.vault.read(find(Need, "need-3"), "title") == "Rent and light"


def test_a_row_is_the_whole_record_but_for_states_it_does_not_speak_of(run, find, rows):
    run("needs", [need(status="draft", months_covered=3)])

    run("needs", [need(summary=None, channels=None)])

    row = find(Need, "need-1")
    assert (row.status, row.months_covered, row.summary) == ("draft", None, None)
    with rows() as session:
        assert "channels" not in view_need(session, row, Audience.OWNER)


def test_vetting_that_a_file_leaves_out_stays_with_the_day_it_was_given(run, find, calendar):
    day = find(Organisation, "org-1").vetted_on
    calendar.pass_days(3)

    run("organisations", [organisation(vetting=None, base_country="LT")])

    row = find(Organisation, "org-1")
    assert (row.vetting, row.vetted_on, row.base_country) == ("verified", day, "LT")


def test_vetting_that_a_file_gives_is_dated_and_stands_in_the_audit_trail(run, find, rows):
    run("organisations", [organisation("org-2", vetting=None), organisation("org-3")])
    run("organisations", [organisation("org-2", vetting="vouched")])

    with rows() as session:
        entries = session.exec(select(AuditEntry).where(AuditEntry.act == "vetting_imported"))
        given = {(entry.subject, entry.detail) for entry in entries}
        assert verify_audit(session) is None
    assert (find(Organisation, "org-3").id, "verified") in given
    assert (find(Organisation, "org-2").id, "vouched") in given
    assert find(Organisation, "org-2").vetted_on is not None


def test_what_officers_decided_survives_a_changed_row(run, find, session):
    run("needs", [need()])
    row = session.get(Need, find(Need, "need-1").id)
    row.urgency_confirmed = "emergency"
    session.commit()

    run("needs", [need(title="Rent again")])

    assert find(Need, "need-1").urgency_confirmed == "emergency"
    assert find(Need, "need-1").version == 3


def test_a_row_that_states_another_urgency_waits_for_an_officer_again(run, find, session):
    run("needs", [need(urgency="soon")])
    row = session.get(Need, find(Need, "need-1").id)
    row.urgency_confirmed = "routine"
    session.commit()

    run("needs", [need(urgency="emergency")])

    assert find(Need, "need-1").urgency_confirmed is None


def test_a_change_made_by_hand_stays_while_the_file_says_the_same(run, find, session):
    run("needs", [need()])
    change_need(session, HOUSE, find(Need, "need-1").id, {"title": "By hand"}, 1)
    session.commit()

    assert counts(run("needs", [need()])) == (0, 0, 1, 0, 1)
    assert session.vault.read(find(Need, "need-1"), "title") == "By hand"


def test_one_bad_row_keeps_all_out(run, contents):
    before = contents()

    report = run("needs", [need(), need("need-2", category="rent"), need("need-3")])

    assert counts(report) == (0, 0, 0, 1, 3)
    assert told(report) == [(2, "category", "short_category")]
    assert contents() == before


def test_partial_takes_the_good_rows(run, find):
    report = run("needs", [need(), need("need-2", category="x"), need("need-3")], partial=True)

    assert counts(report) == (2, 0, 0, 1, 3)
    assert find(Need, "need-1")
    assert find(Need, "need-3")
    assert find(Need, "need-2") is None


@pytest.mark.parametrize("partial", [True, False])
def test_a_dry_run_says_the_same_and_changes_nothing(run, contents, partial):
    before = contents()
    rows = [organisation("org-2"), organisation(base_country="LT")]

    assert counts(run("organisations", rows, dry_run=True, partial=partial)) == (1, 1, 0, 0, 2)
    assert contents() == before
    assert counts(run("organisations", rows, partial=partial)) == (1, 1, 0, 0, 2)


def test_data_keys_are_made_for_new_parties_and_destroyed_where_they_do_not_come_in(run, parts):
    before = parts.vault.keys.owners()

    run("organisations", [organisation("org-2"), organisation("org-3", kind="?")])
    assert parts.vault.keys.owners() == before

    run("organisations", [organisation("org-2"), organisation("org-3", kind="?")], partial=True)
    assert len(parts.vault.keys.owners()) == len(before) + 1


def test_a_hub_may_stand_earlier_in_the_same_file(run, find):
    run("organisations", [organisation("hub"), organisation("guest", hosted_by="hub")])

    assert find(Organisation, "guest").hosted_by_id == find(Organisation, "hub").id


def test_a_hub_that_stands_later_is_not_there_yet(run):
    report = run("organisations", [organisation("guest", hosted_by="hub"), organisation("hub")])

    assert told(report) == [(1, "hosted_by", "unknown_reference")]


def test_a_record_may_point_to_a_party_by_its_id(run, find):
    party = find(Organisation, "org-1")

    assert run("needs", [need(organisation=party.id)]).created == 1
    assert find(Need, "need-1").organisation_id == party.id


def test_a_batch_is_one_act_in_the_trail_and_one_entry_for_the_worker(run, rows):
    run("offers", [offer(), offer("offer-2")])
    run("offers", [offer(), offer("offer-2", title="New"), offer("offer-3")])

    with rows() as session:
        acts = session.exec(select(AuditEntry).where(AuditEntry.act == "offers_imported")).all()
        entries = session.exec(
            select(OutboxEntry).where(OutboxEntry.topic == "offer_changed")
        ).all()
        assert verify_audit(session) is None
    assert [act.detail for act in acts] == ["created=2 changed=0", "created=1 changed=1"]
    assert [len(entry.subjects) for entry in entries] == [2, 2]


def test_nothing_new_leaves_no_trace(run, contents):
    run("needs", [need()])
    before = contents()

    assert run("needs", []).rows == 0
    assert run("needs", [need()]).unchanged == 1
    assert contents() == before


def test_a_view_of_an_imported_organisation_is_whole(run, rows, find):
    run("organisations", [organisation("org-2", active_since=2014, languages=["be"])])

    with rows() as session:
        view = view_organisation(
            session, session.get(Organisation, find(Organisation, "org-2").id), Audience.OWNER
        )
    assert (view["active_since"], view["languages"], view["themes"]) == (2014, ["be"], ["media"])


def test_more_rows_than_one_batch_are_taken_in_order(run, find, rows):
    records = [need(f"need-{number}", months_covered=1 + number % 12) for number in range(1203)]
    records.insert(700, need("need-3"))

    report = run("needs", records, partial=True)

    assert counts(report) == (1203, 0, 0, 1, 1204)
    assert told(report) == [(701, "external_id", "repeated_external_id")]
    assert report.problems[0].problem.values == {"line": 4}
    with rows() as session:
        entries = session.exec(select(OutboxEntry).where(OutboxEntry.topic == "need_changed")).all()
    assert [len(entry.subjects) for entry in entries] == [1000, 203]
    assert find(Need, "need-1202").months_covered == 1 + 1202 % 12


def test_only_officers_import(parts, partner, write_file):
    with pytest.raises(NotAllowedError):
        import_file(parts.database, partner, "needs", write_file([need()]))


def test_offers_keep_what_was_spent_of_them(run, find, session):
    run("offers", [offer()])
    row = session.get(Offer, find(Offer, "offer-1").id)
    row.spent = row.budget
    session.commit()

    run("offers", [offer(title="Renamed")])

    assert find(Offer, "offer-1").spent == row.budget
