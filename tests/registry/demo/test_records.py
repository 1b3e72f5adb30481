"""Every line of the demonstration set is a record that the ordinary import takes."""

from collections import Counter
from collections.abc import Mapping
from typing import Any

import pytest

from registry.schemas.records import load_record
from search.codes import CATEGORY_GROUPS, NeedStatus, group_of

Records = list[dict[str, Any]]
SEALED = {"contact", "legal_name", "payout"}
KINDS = ("organisation", "donor", "need", "offer")

each_kind = pytest.mark.parametrize("kind", KINDS)


@pytest.fixture
def of_kind(
    organisations: Records, donors: Records, needs: Records, offers: Records
) -> Mapping[str, Records]:
    return dict(zip(KINDS, (organisations, donors, needs, offers), strict=True))


def values_of(records: Records, field: str) -> list[Any]:
    return [record[field] for record in records if field in record]


@each_kind
def test_every_line_passes_the_schema_of_its_kind(
    kind: str, of_kind: Mapping[str, Records]
) -> None:
    loaded = [load_record(kind, record) for record in of_kind[kind]]
    assert len(loaded) == len(of_kind[kind]) > 0


@each_kind
def test_external_ids_are_unique(kind: str, of_kind: Mapping[str, Records]) -> None:
    ids = values_of(of_kind[kind], "external_id")
    assert len(ids) == len(set(ids)) == len(of_kind[kind])


@each_kind
def test_no_sealed_field_is_filled(kind: str, of_kind: Mapping[str, Records]) -> None:
    assert [record["external_id"] for record in of_kind[kind] if SEALED & record.keys()] == []


def test_handles_are_unique(organisations: Records, donors: Records) -> None:
    handles = values_of(organisations + donors, "handle")
    assert len(handles) == len(set(handles)) == len(organisations) + len(donors)


def test_references_lead_to_records_that_are_loaded_before(of_kind: Mapping[str, Records]) -> None:
    ids = {kind: set(values_of(records, "external_id")) for kind, records in of_kind.items()}
    assert set(values_of(of_kind["need"], "organisation")) == ids["organisation"]
    assert set(values_of(of_kind["offer"], "donor")) == ids["donor"]
    assert_refers_back(of_kind["organisation"], "hosted_by")
    assert_refers_back(of_kind["donor"], "intermediary")


def assert_refers_back(records: Records, field: str) -> None:
    seen: set[str] = set()
    for record in records:
        if field in record:
            assert record[field] in seen, f"{record['external_id']} refers forward"
        seen.add(record["external_id"])


def test_there_are_enough_of_each(of_kind: Mapping[str, Records]) -> None:
    counted = {kind: len(records) for kind, records in of_kind.items()}
    assert 58 <= counted["organisation"] <= 64
    assert 145 <= counted["need"] <= 165
    assert counted["donor"] >= 40
    assert counted["offer"] >= 45


def test_at_least_110_needs_may_be_read_by_partners(needs: Records) -> None:
    assert sum("partners" in need.get("readers", ()) for need in needs) >= 110
    assert sum("readers" not in need for need in needs) >= 10


def test_every_group_of_needs_and_every_status_occurs(needs: Records) -> None:
    assert {group_of(need["category"]) for need in needs} == set(CATEGORY_GROUPS)
    assert {need["status"] for need in needs} == set(NeedStatus)


def test_emergencies_are_a_few(needs: Records) -> None:
    assert 3 <= Counter(values_of(needs, "urgency"))["emergency"] <= 6


def test_most_organisations_are_trusted_and_some_are_not_yet(organisations: Records) -> None:
    levels = Counter(values_of(organisations, "vetting"))
    trusted = levels["verified"] + levels["vouched"]
    assert trusted >= 0.7 * len(organisations)
    assert levels["unverified"] >= 8
    assert levels["suspended"] >= 1


def test_most_donors_are_verified_and_a_few_are_not(donors: Records) -> None:
    levels = Counter(values_of(donors, "vetting"))
    assert levels["verified"] >= 0.8 * len(donors)
    assert levels["unverified"] >= 2


def test_offers_are_of_all_kinds_and_one_of_each_waits(offers: Records) -> None:
    assert set(values_of(offers, "instrument")) == {"grant", "service", "in_kind", "fellowship"}
    states = Counter(values_of(offers, "status"))
    assert states["open"] >= 0.85 * len(offers)
    assert min(states[state] for state in ("paused", "closed", "draft", "exhausted")) >= 1
    assert Counter(values_of(offers, "visibility"))["public"] >= 10
    units = {offer["budget"].get("unit", "money") for offer in offers}
    assert units >= {"money", "hours", "sessions", "seats", "nights", "months"}
