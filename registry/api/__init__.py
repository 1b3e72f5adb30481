"""The API under `/api/v1`: JSON over the same services that the pages use."""

from flask import Flask
from flask_wtf.csrf import CSRFProtect

from registry.api.description import description
from registry.api.v1 import RESOURCES


def init_api(app: Flask, csrf: CSRFProtect) -> None:
    """Register every resource; a request with a key carries no cookie that could be abused."""
    app.register_blueprint(description)
    for resource in RESOURCES:
        csrf.exempt(resource)
        app.register_blueprint(resource)
