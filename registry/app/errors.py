"""What an error becomes: a status here, a page or an envelope in the room of the request."""

import logging
from http import HTTPStatus
from urllib.parse import urlsplit

from flask import Flask, Response, current_app, redirect, request
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import BadHost, HTTPException, InternalServerError
from werkzeug.routing import RequestRedirect

from registry.api.errors import answer_api_error
from registry.app.parts import Parts
from registry.domain.errors import (
    AlreadyExistsError,
    BusyError,
    ConflictError,
    InvalidMoveError,
    KeyGoneError,
    LimitReachedError,
    NotAllowedError,
    NotFoundError,
    ReasonMissingError,
    RecordRefusedError,
    RegistryError,
    SearchUnavailableError,
    SignInNeededError,
    ThrottledError,
    VersionMissingError,
)
from registry.identity.current import end_request
from registry.services.request_rebuild import request_rebuild
from registry.web.errors import answer_page_error
from registry.web.language import local_path

STATUS_OF: dict[type[RegistryError], int] = {
    NotFoundError: 404,
    NotAllowedError: 403,
    SignInNeededError: 401,
    ReasonMissingError: 422,
    InvalidMoveError: 409,
    ConflictError: 409,
    VersionMissingError: 428,
    AlreadyExistsError: 409,
    RecordRefusedError: 422,
    KeyGoneError: 404,
    LimitReachedError: 429,
    ThrottledError: 429,
    SearchUnavailableError: 503,
    BusyError: 503,
}

API_PREFIXES = ("/api/", "/common-grants/")
log = logging.getLogger("registry")


def init_errors(app: Flask) -> None:
    """Register one answer for every kind of error."""
    app.register_error_handler(RegistryError, _answer_registry_error)
    app.register_error_handler(HTTPException, _answer_http_error)
    app.register_error_handler(StaleDataError, _answer_stale)
    app.register_error_handler(OperationalError, _answer_busy)
    app.register_error_handler(Exception, _answer_unexpected)


def _answer(status: int, error: Exception) -> ResponseReturnValue:
    end_request(keep=False)
    answer = answer_api_error if request.path.startswith(API_PREFIXES) else answer_page_error
    return answer(status, error)


def _answer_registry_error(error: RegistryError) -> ResponseReturnValue:
    status = next((STATUS_OF[kind] for kind in type(error).__mro__ if kind in STATUS_OF), 400)
    answer = _answer(status, error)
    if isinstance(error, SearchUnavailableError):
        _ask_for_rebuild()
    return answer


def _ask_for_rebuild() -> None:
    """Leave the worker a word; where even that cannot be written, it finds out by itself."""
    parts: Parts = current_app.extensions["parts"]
    try:
        with parts.database.writing() as session:
            request_rebuild(session)
    except OperationalError:
        log.warning("the index cannot be used, and the database is busy")


def _answer_http_error(error: HTTPException) -> ResponseReturnValue:
    if isinstance(error, BadHost) and not request.path.startswith(API_PREFIXES):
        return Response(status=error.code)  # a page holds addresses, and none can be made
    if isinstance(error, InternalServerError) and isinstance(
        error.original_exception, OperationalError
    ):
        return _answer_busy(error.original_exception)
    if error.response is not None or not error.code or error.code < HTTPStatus.BAD_REQUEST:
        return error.get_response()
    return _answer(error.code, error)


def lead_on(error: RequestRedirect) -> ResponseReturnValue:
    """Lead to the address with its stroke at the end: by its path, whatever host was named."""
    target = urlsplit(error.new_url)
    path = f"{target.path}?{target.query}" if target.query else target.path
    return redirect(local_path(path), code=error.code)


def _answer_stale(_error: StaleDataError) -> ResponseReturnValue:
    return _answer(409, ConflictError("record", 0))


def _answer_busy(_error: OperationalError) -> ResponseReturnValue:
    # The only operational error of a healthy database: the write lock was not free in time.
    log.warning("database busy or unreachable")
    return _answer(503, BusyError())


def _answer_unexpected(error: Exception) -> ResponseReturnValue:
    log_unexpected(error)
    return _answer(500, error)


def log_unexpected(error: BaseException | None) -> None:
    """Tell the kind and the place, never the message: it may hold what somebody typed."""
    place = error.__traceback__ if error else None
    while place is not None and place.tb_next is not None:
        place = place.tb_next
    where = f"{place.tb_frame.f_code.co_qualname}:{place.tb_lineno}" if place else "unknown"
    log.error("unexpected %s in %s", type(error).__name__, where)
