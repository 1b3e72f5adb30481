"""Warnings in an answer to writing: what gives people away in the texts that were sent."""

from collections.abc import Mapping
from typing import Any

from registry.api.errors import problem_line
from registry.schemas.giveaways import warn_of


def with_warnings(kind: str, sent: Mapping[str, Any], view: Mapping[str, Any]) -> dict[str, Any]:
    """Return the view of a record with a warning for each thing that its sent texts give away.

    Args:
        kind: `need` or `offer`.
        sent: the record or the changes, as the schema read them.
        view: what the answer shows of the record.
    """
    return {**view, "warnings": [problem_line(problem) for problem in warn_of(kind, sent)]}
