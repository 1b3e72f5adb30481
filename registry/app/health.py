"""Is the process up, and is everything it needs there?"""

from flask import Blueprint, current_app, jsonify
from flask.typing import ResponseReturnValue
from search.index.protocol import IndexUnavailable
from sqlalchemy.exc import SQLAlchemyError

from registry.app.parts import Parts
from registry.storage.migrate import is_migrated

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
    """Say in codes what is missing: database, migrations, index, worker."""
    reasons = []
    try:
        if not is_migrated(parts.database.engine):
            reasons.append("migrations")
    except SQLAlchemyError:
        reasons.append("database")
    try:
        parts.index.count()
    except IndexUnavailable:
        reasons.append("index")
    return reasons
