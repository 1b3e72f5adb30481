"""The OpenAPI document: it follows from the code alone, and is made when first asked for."""

from functools import lru_cache
from typing import Any

from apispec.ext.marshmallow import MarshmallowPlugin
from flask import Blueprint, Flask, Response, jsonify
from flask_smorest import Api
from marshmallow import Schema

from registry.api.blueprint import PREFIX
from registry.api.documents import (
    ErrorSchema,
    NeedFoundViewSchema,
    OfferFoundViewSchema,
    view_of,
)
from registry.api.v1 import RESOURCES

TEXT = """\
Needs of civil society under repression, and offers of those who can help.

Send the key of your account in the header `X-API-Key`. Every refusal has the same shape; its
`code` is stable, its sentence comes in the language of `Accept-Language` (en, be, ru). What is not
known is left out, never null. Lists are pages: ask on with `cursor` for as long as `next_cursor`
is not null. A change names the version it was made from: send the `ETag` back in `If-Match`.
"""

LICENCE = {
    "name": "AGPL-3.0-or-later",
    "url": "https://www.gnu.org/licenses/agpl-3.0.html",
}

FOUND = (NeedFoundViewSchema, OfferFoundViewSchema)
"""Shapes that stand behind a `oneOf`, which flask-smorest does not follow by itself."""

description = Blueprint("description", __name__, url_prefix=PREFIX)


@description.get("/openapi.json")
def openapi() -> Response:
    """Send the OpenAPI document; it names no foreign origin and needs no key."""
    return jsonify(describe_api())


class RegistryApi(Api):  # type: ignore[misc]
    """flask-smorest as a writer of documents, with our envelope; errors are answered elsewhere."""

    ERROR_SCHEMA = ErrorSchema

    def _register_error_handlers(self) -> None:
        pass


@lru_cache(maxsize=1)
def describe_api() -> dict[str, Any]:
    """Return the OpenAPI document (3.0.3); the same one for every caller, so not to be changed."""
    bare = Flask("registry", static_folder=None)
    bare.config.update(
        API_TITLE="Needs Registry", API_VERSION="v1", OPENAPI_VERSION="3.0.3", ETAG_DISABLED=True
    )
    api = RegistryApi(
        bare,
        spec_kwargs={
            "marshmallow_plugin": MarshmallowPlugin(schema_name_resolver=_name_schema),
            "security": [{"key": []}],
            "info": {"description": TEXT, "license": LICENCE},
        },
    )
    key = {"type": "apiKey", "in": "header", "name": "X-API-Key"}
    api.spec.components.security_scheme("key", key)
    for found in FOUND:
        api.spec.components.schema(_name_schema(found), schema=view_of(found))
    for resource in RESOURCES:
        api.register_blueprint(resource)
    document: dict[str, Any] = api.spec.to_dict()
    _name_operations(document)
    return document


def _name_operations(document: dict[str, Any]) -> None:
    """Give every operation the name by which generated clients call it, after its summary."""
    for operations in document["paths"].values():
        for operation in operations.values():
            if "summary" in operation:
                name = operation["summary"].rstrip(".").lower().replace("'s", "")
                operation["operationId"] = name.replace(" ", "_")


def _name_schema(schema: type[Schema] | Schema | str) -> str:
    """Name `NeedSchema` Need, its partial form NeedChange, and `NeedViewSchema` NeedView."""
    kind = schema if isinstance(schema, type) else type(schema)
    name = str(schema) if isinstance(schema, str) else kind.__name__
    name = name.removesuffix("Schema")
    is_change = isinstance(schema, Schema) and schema.partial is True and not name.endswith("View")
    return f"{name}Change" if is_change else name
