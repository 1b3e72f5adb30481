"""Views as JSON for machines: amounts as records, days as text."""

import json
from datetime import date
from typing import Any


def write_json(document: Any) -> str:
    """Write a document whose values are those of views."""
    return json.dumps(document, ensure_ascii=False, default=_plain)


def _plain(value: Any) -> Any:
    if hasattr(value, "to_record"):
        return value.to_record()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, frozenset | set):
        return sorted(value)
    return str(value)
