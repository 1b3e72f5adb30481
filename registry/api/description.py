"""The OpenAPI document without a running service: it follows from the code alone."""

from typing import Any

from flask import Flask
from flask_wtf.csrf import CSRFProtect

from registry.api import init_api, read_openapi


def describe_api() -> dict[str, Any]:
    """Return the OpenAPI document."""
    bare = Flask("registry", static_folder=None)
    init_api(bare, CSRFProtect())
    return read_openapi(bare)
