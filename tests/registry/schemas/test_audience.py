import pytest

from registry.domain.audience import Audience
from registry.schemas.audience import FIELDS, fields_for
from registry.schemas.records import SCHEMAS, dump_record, load_record, view_of
from tests.registry.schemas.examples import EXAMPLES, NEED, OFFER, ORGANISATION

TEXT = {"title", "summary", "situation", "language"}
NAMES_SOMEBODY = {"external_id", "organisation", "donor", "handle", "hosted_by", "intermediary"}
A = Audience


def stored(kind):
    """Return a record as a service hands it over: everything, whoever asks."""
    return load_record(kind, EXAMPLES[kind]) | {"id": "f" * 32, "version": 3}


def shown(kind, audience):
    return set(dump_record(kind, stored(kind), audience))


def test_every_list_names_fields_that_exist():
    for kind, audiences in FIELDS.items():
        for audience in audiences:
            assert set(fields_for(kind, audience)) <= set(view_of(kind, audience).fields)
            assert len(set(fields_for(kind, audience))) == len(fields_for(kind, audience))


@pytest.mark.parametrize("kind", SCHEMAS)
def test_owner_or_officer_sees_every_field_that_is_not_sealed(kind):
    everything = set(fields_for(kind, A.OFFICER))
    sealed = {"contact", "legal_name", "payout"}
    rows_only = {"id", "version", "created_on"}
    assert set(SCHEMAS[kind]().dump_fields) - sealed - rows_only <= everything


@pytest.mark.parametrize("kind", FIELDS)
@pytest.mark.parametrize("audience", Audience)
def test_nobody_is_shown_a_sealed_field(kind, audience):
    assert not {"contact", "legal_name", "payout"} & set(fields_for(kind, audience))


def test_situation_is_for_officers_and_its_owner():
    readers = {audience for audience in A if "situation" in fields_for("need", audience)}
    assert readers == {A.OFFICER, A.OWNER}


def test_a_partner_sees_codes_and_amounts_of_a_need_and_no_text():
    assert shown("need", A.PARTNER) == {
        *("id", "category", "country", "breakdown", "amount_requested", "quantity", "asks_for"),
        *("minimum_useful", "needed_by", "useful_until", "months_covered", "minimum_months"),
        *("recurrence", "urgency", "status"),
    }


def test_needs_text_adds_title_and_summary_and_nothing_that_names():
    assert shown("need", A.PARTNER_TEXT) - shown("need", A.PARTNER) == {
        "title",
        "summary",
        "language",
    }


def test_a_donor_sees_nothing_before_something_was_offered_to_it():
    assert shown("need", A.DONOR) == set()
    assert shown("organisation", A.DONOR) == set()


def test_a_donor_sees_text_only_where_readers_hold_donors_or_after_a_yes():
    assert not TEXT & shown("need", A.DONOR_OFFERED)
    assert TEXT & shown("need", A.DONOR_OFFERED_TEXT) == {"title", "summary", "language"}
    assert TEXT & shown("need", A.DONOR_INTRODUCED) == {"title", "summary", "language"}


def test_a_donor_learns_who_asks_only_by_consent():
    for audience in (A.DONOR, A.DONOR_OFFERED, A.DONOR_OFFERED_TEXT):
        assert not NAMES_SOMEBODY & shown("need", audience)
        assert not NAMES_SOMEBODY & shown("organisation", audience)
    assert "handle" in shown("organisation", A.DONOR_INTRODUCED)


def test_a_donors_handle_is_seen_by_organisations_once_something_was_offered():
    assert "handle" in shown("donor", A.ORGANISATION_OFFERED)
    for audience in (A.ORGANISATION, A.PARTNER, A.PARTNER_TEXT, A.PUBLIC):
        assert shown("donor", audience) == set()


def test_public_offers_leave_without_what_betrays_recipients():
    kept_back = {"channels", "legal_statuses", "base_countries", "donor", "excluded_organisations"}
    for audience in (A.PUBLIC, A.PARTNER, A.DONOR):
        assert shown("offer", audience)
        assert not kept_back & shown("offer", audience)


def test_needs_and_organisations_never_leave_the_house():
    for kind in ("need", "organisation", "donor", "match", "review", "question", "award"):
        assert fields_for(kind, A.PUBLIC) == ()


def test_other_organisations_see_no_need_and_no_organisation():
    assert shown("need", A.ORGANISATION) == shown("organisation", A.ORGANISATION) == set()


def test_reviews_reach_the_two_sides_without_notes():
    for audience in (A.DONOR_OFFERED, A.ORGANISATION_OFFERED):
        assert shown("review", audience) == {"kind", "reason_code"}


def test_a_service_that_hands_over_too_much_shows_nothing_more():
    record = stored("need") | {"contact": "somewhere", "note": "trusted", "x": 1}
    assert set(dump_record("need", record, A.PARTNER)) == shown("need", A.PARTNER)


def test_a_view_made_for_one_audience_is_not_that_of_another():
    dump_record("need", stored("need"), A.OFFICER)
    assert "situation" not in dump_record("need", stored("need"), A.PARTNER)


def test_the_owner_reads_what_it_wrote():
    assert dump_record("need", load_record("need", NEED), A.OWNER) == NEED
    assert dump_record("offer", load_record("offer", OFFER), A.OWNER) == OFFER
    assert dump_record("organisation", load_record("organisation", ORGANISATION)) == ORGANISATION
