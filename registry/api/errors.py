"""One envelope for everything that is refused under `/api/v1`.

`{"status": 422, "message": "...", "errors": [{"code", "field", "message"}]}`: the codes are
stable, the sentences say what to do next, in the language that `Accept-Language` asks for.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from http import HTTPStatus
from typing import Any

from flask import Response, jsonify
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from werkzeug.exceptions import HTTPException
from werkzeug.http import http_date

from registry.domain.errors import (
    AlreadyExistsError,
    ConflictError,
    FieldProblem,
    InvalidMoveError,
    LimitReachedError,
    ReasonMissingError,
    RecordRefusedError,
    RegistryError,
    ThrottledError,
)
from registry.domain.msgid import N_
from registry.domain.obstacles import OBSTACLES
from registry.schemas.errors import message_of

BUSY_SECONDS = 5
KEPT_HEADERS = ("Retry-After", "Allow")

SENTENCES: dict[str, str] = {
    "bad_request": N_("The request cannot be read. Compare it with the description of the API."),
    "bad_json": N_("This is no well-formed JSON in UTF-8. Mend it and send it again."),
    "json_too_deep": N_("This JSON is nested too deeply: a record needs a few levels only."),
    "duplicate_name": N_("A name stands twice in one JSON object. Leave it once."),
    "not_a_json_number": N_("JSON knows no NaN and no Infinity. Leave out what is not known."),
    "sign_in_needed": N_("Send a valid API key in the header X-API-Key."),
    "not_allowed": N_("This key may not do this. Nothing was changed."),
    "not_found": N_(
        "There is nothing here, or nothing that this key may see. Both look the same on purpose."
    ),
    "method_not_allowed": N_(
        "This address does not take that method. The header Allow names some."
    ),
    "invalid_move": N_("This cannot follow now. Nothing was changed."),
    "already_exists": N_("You have a record with this external id already. Change that one."),
    "conflict": N_(
        "Somebody changed this record since you read it. Nothing was written: read it again and "
        "make your change to what stands now."
    ),
    "version_missing": N_(
        "Say which version you change: send the ETag that you read in the header If-Match."
    ),
    "too_large": N_("The request is larger than the registry takes. Nothing was kept."),
    "wrong_content_type": N_("Send JSON, with the header Content-Type: application/json."),
    "record_refused": N_("Something in this cannot be accepted. Nothing was kept."),
    "reason_missing": N_(
        "A refusal needs a reason code that is yours to use; other acts take none."
    ),
    "limit_reached": N_("This account has opened as many texts today as one may. Go on tomorrow."),
    "throttled": N_("This is asked too often now. Try again after the seconds of Retry-After."),
    "unexpected": N_("Something broke on our side. What was kept before is still there."),
    "search_unavailable": N_("The registry is busy or looked after. Try again in a few seconds."),
    "busy": N_("The registry is busy or looked after. Try again in a few seconds."),
}
"""Code -> English msgid: what happened and what to do."""

POSSIBLE = N_("Possible instead: %(possible)s.")

CODES_OF_STATUS: dict[int, str] = {
    HTTPStatus.UNAUTHORIZED: "sign_in_needed",
    HTTPStatus.FORBIDDEN: "not_allowed",
    HTTPStatus.NOT_FOUND: "not_found",
    HTTPStatus.METHOD_NOT_ALLOWED: "method_not_allowed",
    HTTPStatus.CONFLICT: "invalid_move",
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: "too_large",
    HTTPStatus.UNSUPPORTED_MEDIA_TYPE: "wrong_content_type",
    HTTPStatus.UNPROCESSABLE_ENTITY: "record_refused",
    HTTPStatus.TOO_MANY_REQUESTS: "limit_reached",
    HTTPStatus.SERVICE_UNAVAILABLE: "search_unavailable",
}


@dataclass(frozen=True, slots=True)
class Refusal:
    """What the envelope says, and which headers go with it."""

    status: int
    code: str
    errors: list[dict[str, Any]]
    headers: dict[str, str] = field(default_factory=dict)


class UnreadableBodyError(RegistryError):
    """A request whose body cannot be read as the JSON it says it is; `code` says why."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(code)


class WrongContentTypeError(RegistryError):
    """A request that carries something else than JSON."""

    code = "wrong_content_type"


def answer_api_error(status: int, error: Exception) -> ResponseReturnValue:
    """Turn an error into its envelope; what is unexpected is told without any detail."""
    refusal = refuse(status, error)
    response: Response = jsonify(
        status=refusal.status,
        message=gettext(SENTENCES[refusal.code]),
        errors=refusal.errors or [_line(refusal.code, None, SENTENCES[refusal.code])],
    )
    response.status_code = refusal.status
    response.headers.update(refusal.headers)
    return response


def refuse(status: int, error: Exception) -> Refusal:
    """Say in codes what an error means to a programme; `status` is what it means elsewhere."""
    code = _code_of(status, error)
    if isinstance(error, ConflictError):
        status = HTTPStatus.PRECONDITION_FAILED
    if isinstance(error, WrongContentTypeError):
        status = HTTPStatus.UNSUPPORTED_MEDIA_TYPE
    return Refusal(int(status), code, list(_lines(error)), dict(_headers(status, error)))


def _code_of(status: int, error: Exception) -> str:
    if isinstance(error, RegistryError) and error.code in SENTENCES:
        return error.code
    other = "bad_request" if status < HTTPStatus.INTERNAL_SERVER_ERROR else "unexpected"
    return CODES_OF_STATUS.get(status, other)


def _lines(error: Exception) -> Iterator[dict[str, Any]]:
    if isinstance(error, RecordRefusedError):
        yield from (problem_line(problem) for problem in error.problems)
    elif isinstance(error, AlreadyExistsError):
        yield _line(error.code, "external_id", SENTENCES[error.code])
    elif isinstance(error, ReasonMissingError):
        yield _line(error.code, "reason_code", SENTENCES[error.code])
    elif isinstance(error, InvalidMoveError):
        yield _move_line(error)
        yield from (_line(each.code, None, OBSTACLES[each.code]) for each in error.why)


def problem_line(problem: FieldProblem) -> dict[str, Any]:
    return _line(problem.code, problem.field or None, message_of(problem.code), problem.values)


def _move_line(error: InvalidMoveError) -> dict[str, Any]:
    where = {"need": "status", "offer": "status", "review": "kind"}.get(error.record, "state")
    if not error.possible:
        return _line(error.code, where, SENTENCES[error.code])
    return _line(error.code, where, POSSIBLE, {"possible": ", ".join(error.possible)})


def _line(
    code: str, where: str | None, msgid: str, values: dict[str, object] | None = None
) -> dict[str, Any]:
    return {"code": code, "field": where, "message": gettext(msgid, **(values or {}))}


def _headers(status: int, error: Exception) -> Iterator[tuple[str, str]]:
    if isinstance(error, HTTPException):
        yield from _kept(error.get_headers())
    elif isinstance(error, LimitReachedError):
        tomorrow = datetime.combine(error.day + timedelta(days=1), time(), UTC)
        yield "Retry-After", http_date(tomorrow)
    elif isinstance(error, ThrottledError):
        yield "Retry-After", str(error.seconds)
    elif status == HTTPStatus.SERVICE_UNAVAILABLE:
        yield "Retry-After", str(BUSY_SECONDS)


def _kept(headers: Sequence[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    return (pair for pair in headers if pair[0] in KEPT_HEADERS)
