"""The API under `/api/v1`: JSON over the same services that the pages use."""

from typing import Any

from apispec.ext.marshmallow import MarshmallowPlugin
from flask import Flask
from flask_smorest import Api
from flask_wtf.csrf import CSRFProtect
from marshmallow import Schema

from registry.api.documents import (
    ErrorSchema,
    NeedFoundViewSchema,
    OfferFoundViewSchema,
    view_of,
)
from registry.api.v1 import RESOURCES

CONFIG = {
    "API_TITLE": "Needs Registry",
    "API_VERSION": "v1",
    "OPENAPI_VERSION": "3.0.3",
    "OPENAPI_URL_PREFIX": "/api/v1",
    "OPENAPI_JSON_PATH": "openapi.json",
    "ETAG_DISABLED": True,
}

DESCRIPTION = """\
Needs of civil society under repression, and offers of those who can help.

Send the key of your account in the header `X-API-Key`. Every refusal has the same shape; its
`code` is stable, its sentence comes in the language of `Accept-Language` (en, be, ru). What is not
known is left out, never null. Lists are pages: ask on with `cursor` for as long as `next_cursor`
is not null. A change names the version it was made from: send the `ETag` back in `If-Match`.
"""


FOUND = (NeedFoundViewSchema, OfferFoundViewSchema)
"""Shapes that stand behind a `oneOf`, which flask-smorest does not follow by itself."""


class RegistryApi(Api):  # type: ignore[misc]
    """flask-smorest with our envelope; `registry.app` answers every error itself."""

    ERROR_SCHEMA = ErrorSchema

    def _register_error_handlers(self) -> None:
        pass


def init_api(app: Flask, csrf: CSRFProtect) -> None:
    """Register every resource; a request with a key carries no cookie that could be abused."""
    app.config.update(CONFIG)
    api = RegistryApi(app, spec_kwargs=_describe())
    api.spec.components.security_scheme(
        "key", {"type": "apiKey", "in": "header", "name": "X-API-Key"}
    )
    for found in FOUND:
        api.spec.components.schema(_name_schema(found), schema=view_of(found))
    for resource in RESOURCES:
        csrf.exempt(resource)
        api.register_blueprint(resource)


def read_openapi(app: Flask) -> dict[str, Any]:
    """Return the OpenAPI document of an application."""
    document: dict[str, Any] = app.extensions["flask-smorest"]["apis"][""]["ext_obj"].spec.to_dict()
    return document


def _describe() -> dict[str, Any]:
    return {
        "marshmallow_plugin": MarshmallowPlugin(schema_name_resolver=_name_schema),
        "security": [{"key": []}],
        "info": {
            "description": DESCRIPTION,
            "license": {
                "name": "AGPL-3.0-or-later",
                "url": "https://www.gnu.org/licenses/agpl-3.0.html",
            },
        },
    }


def _name_schema(schema: type[Schema] | Schema | str) -> str:
    """Name `NeedSchema` Need, its partial form NeedChange, and `NeedViewSchema` NeedView."""
    kind = schema if isinstance(schema, type) else type(schema)
    name = str(schema) if isinstance(schema, str) else kind.__name__
    name = name.removesuffix("Schema")
    is_change = isinstance(schema, Schema) and schema.partial is True and not name.endswith("View")
    return f"{name}Change" if is_change else name
