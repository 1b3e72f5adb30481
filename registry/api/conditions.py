"""Versions as HTTP tells them: the ETag of what was read comes back in If-Match."""

import re
from collections.abc import Mapping
from typing import Any

from flask import request

Tagged = tuple[Mapping[str, Any], dict[str, str]]

IF_MATCH = {
    "in": "header",
    "name": "If-Match",
    "required": True,
    "schema": {"type": "string", "example": '"3"'},
    "description": "The ETag that was read. 428 where it is missing, 412 where it is stale.",
}
IF_MATCH_AT_WILL = {
    **IF_MATCH,
    "required": False,
    "description": "The ETag that was read; 412 where it is stale.",
}
ETAG = {"ETag": {"schema": {"type": "string"}, "description": "The version, for If-Match."}}

_VERSION = re.compile("[1-9][0-9]{0,17}")

NO_VERSION = -1
"""Stands for an ETag that no record of ours ever had, so is stale by any count."""


def stated_version() -> int | None:
    """Return the version that the request says it was made from; None where it says none.

    `*` names no version, so counts as nothing said.
    """
    tags = [tag.strip().removeprefix("W/").strip('"') for tag in _if_match().split(",")]
    if tags in ([""], ["*"]):
        return None
    only = tags[0] if len(tags) == 1 else ""
    return int(only) if _VERSION.fullmatch(only) else NO_VERSION


def tag_version(view: Mapping[str, Any]) -> Tagged:
    """Return a view with the header that tells its version, where the reader may know it."""
    version = view.get("version")
    return view, {} if version is None else {"ETag": f'"{version}"'}


def _if_match() -> str:
    return request.headers.get("If-Match", "").strip()
