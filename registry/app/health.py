"""Is the process up, and is everything it needs there?"""

import sqlite3
from collections.abc import Callable

from flask import Blueprint, current_app, jsonify
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import SQLAlchemyError

from registry.app.parts import Parts
from registry.domain.errors import RegistryError
from registry.jobs.pulse import is_worker_alive
from registry.storage.migrate import is_migrated
from search.index.protocol import IndexUnavailable

health = Blueprint("health", __name__)


@health.get("/healthz")
def healthz() -> ResponseReturnValue:
    """Answer as long as the process is up."""
    return jsonify(status="ok")


@health.get("/readyz")
def readyz() -> ResponseReturnValue:
    """Answer 200 when database, keys, index and worker are there, else 503 with reasons."""
    parts: Parts = current_app.extensions["parts"]
    reasons = find_reasons(parts)
    return jsonify(status="unready" if reasons else "ready", reasons=reasons), (
        503 if reasons else 200
    )


def find_reasons(parts: Parts) -> list[str]:
    """Say in codes what is missing: database, migrations, keys, index, worker."""
    checks = {
        "keys": lambda: bool(parts.vault.keys.purpose_key("lookup")),
        "index": lambda: parts.index.count() >= 0,
        "worker": lambda: is_worker_alive(parts.settings),
    }
    return [*_database_reasons(parts), *(name for name, holds in checks.items() if not _try(holds))]


def _database_reasons(parts: Parts) -> list[str]:
    try:
        return [] if is_migrated(parts.database.engine) else ["migrations"]
    except SQLAlchemyError:
        return ["database"]


def _try(holds: Callable[[], bool]) -> bool:
    try:
        return holds()
    except (IndexUnavailable, RegistryError, OSError, sqlite3.Error):
        return False
