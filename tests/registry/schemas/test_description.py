"""What the API's document says of records; it is made of the same schemas that validate."""

import pytest
from apispec import APISpec
from apispec.ext.marshmallow import MarshmallowPlugin
from openapi_spec_validator import validate

from registry.schemas.need import NeedSchema
from registry.schemas.records import SCHEMAS


@pytest.fixture(scope="module")
def described():
    spec = APISpec("records", "1", "3.0.3", plugins=[MarshmallowPlugin()])
    for schema in SCHEMAS.values():
        if schema.__name__ != "ReviewSchema":  # the match's own brings it along
            spec.components.schema(schema.__name__.removesuffix("Schema"), schema=schema)
    document = spec.to_dict()
    validate(document)
    return document["components"]["schemas"]


def test_every_record_and_every_kind_of_amount_is_described_once(described):
    assert {"Need", "Offer", "Organisation", "Donor", "Match", "Review"} <= set(described)
    assert {"Money", "Quantity", "Amount"} <= set(described)


def test_bounds_and_codes_are_told_before_anyone_runs_into_them(described):
    need = described["Need"]["properties"]
    assert need["title"]["maxLength"] == 120
    assert need["months_covered"]["maximum"] == 1200
    assert "soon" in need["urgency"]["enum"]
    assert need["amount_requested"]["$ref"].endswith("/Money")
    assert described["Need"]["additionalProperties"] is False


def test_what_the_registry_sets_is_read_only(described):
    for name in ("id", "version", "created_on", "urgency_confirmed"):
        assert described["Need"]["properties"][name]["readOnly"] is True


def test_null_empties_an_amount_in_a_change():
    assert NeedSchema().load({"amount_requested": None}, partial=True) == {"amount_requested": None}
