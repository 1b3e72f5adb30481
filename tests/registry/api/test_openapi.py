"""The API describes itself, truly and completely."""

import json
import re
from pathlib import Path

import pytest
from openapi_spec_validator import validate

from registry.api.description import describe_api
from registry.identity.policy import POLICY

DOCUMENT = Path(__file__).parents[3] / "docs" / "openapi.json"


@pytest.fixture
def document(client):
    return client.get("/api/v1/openapi.json").json


def operations(document):
    return [
        (path, method, operation)
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
        if method in ("get", "post", "put", "patch", "delete")
    ]


def test_the_document_is_valid_openapi_3_0_3(document):
    validate(document)
    assert document["openapi"] == "3.0.3"


@pytest.mark.check
def test_the_document_in_docs_is_that_of_the_code():
    written = json.loads(DOCUMENT.read_text("utf-8"))

    assert written == json.loads(json.dumps(describe_api())), (
        "write it anew with: registry openapi > docs/openapi.json"
    )


def test_every_operation_says_what_it_does_and_how_it_refuses(document):
    for path, method, operation in operations(document):
        place = f"{method} {path}"
        assert operation["summary"], place
        assert any(status.startswith("2") for status in operation["responses"]), place
        assert "422" in operation["responses"], place
        if operation.get("security") != []:
            assert {"401", "403"} <= set(operation["responses"]), place
        if method in ("post", "patch"):
            assert {"400", "409", "413", "415"} <= set(operation["responses"]), place
        if method == "patch":
            assert {"412", "428"} <= set(operation["responses"]), place


def test_every_operation_has_a_name_of_its_own(document):
    names = [operation["operationId"] for _, _, operation in operations(document)]

    assert len(set(names)) == len(names)
    assert all(re.fullmatch(r"[a-z_]+", name) for name in names)


def test_every_refusal_is_the_one_envelope(document):
    for name, response in document["components"]["responses"].items():
        schema = response["content"]["application/json"]["schema"]
        assert schema == {"$ref": "#/components/schemas/Error"}, name


def test_only_what_the_policy_opens_to_all_needs_no_key(app, document):
    rules = {
        (re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule), method.lower()): rule.endpoint
        for rule in app.url_map.iter_rules()
        for method in rule.methods or ()
    }
    for path, method, operation in operations(document):
        public = operation.get("security") == []
        assert public == POLICY[rules[path, method]].public, f"{method} {path}"


def test_every_route_of_the_api_is_described(app, document):
    described = {(path, method) for path, method, _ in operations(document)}
    routes = {
        (re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule), method.lower())
        for rule in app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
        if rule.rule.startswith("/api/v1/") and not rule.rule.endswith("openapi.json")
    }
    assert described == routes


def test_the_document_names_no_foreign_address_but_the_licence(document):
    addresses = set(re.findall(r"https?://[^\s\"]+", json.dumps(document)))

    assert addresses == {"https://www.gnu.org/licenses/agpl-3.0.html"}


def test_nothing_sealed_stands_in_a_view(document):
    for name in ("OrganisationView", "DonorView"):
        fields = document["components"]["schemas"][name]["properties"]
        sealed = {"contact", "legal_name", "payout"} & set(fields)
        assert all(fields[each].get("writeOnly") for each in sealed)
