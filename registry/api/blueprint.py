"""The one Blueprint class of the API: strict about what comes in, documented as it stands."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any, NoReturn

from flask import Request, request
from flask_smorest import Blueprint
from marshmallow import RAISE, ValidationError
from webargs.flaskparser import FlaskParser

from registry.api.errors import WrongContentTypeError
from registry.api.json_body import read_json
from registry.domain.errors import FieldProblem, RecordRefusedError
from registry.schemas.errors import problems_of

PREFIX = "/api/v1"
JSON_TYPES = ("application/json", "application/merge-patch+json")

OPEN_TO_ALL: list[dict[str, list[str]]] = []
"""The `security` of an operation that needs no key."""

COMMON_REFUSALS = (HTTPStatus.NOT_FOUND, HTTPStatus.UNPROCESSABLE_ENTITY)
KEY_REFUSALS = (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN)
BODY_REFUSALS = (
    HTTPStatus.BAD_REQUEST,
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
)


class StrictParser(FlaskParser):
    """Refuses unknown names in every place, repeated parameters, and what is no JSON."""

    DEFAULT_UNKNOWN_BY_LOCATION = {  # noqa: RUF012 - webargs' attribute
        **FlaskParser.DEFAULT_UNKNOWN_BY_LOCATION,
        "query": RAISE,
        "form": RAISE,
        "json": RAISE,
    }

    def _raw_load_json(self, req: Request) -> Any:
        if req.mimetype not in JSON_TYPES:
            raise WrongContentTypeError
        return read_json(req.get_data(cache=True))

    def load_querystring(self, req: Request, schema: Any) -> Any:
        repeated = [name for name, values in req.args.lists() if len(values) > 1]
        if repeated:
            raise RecordRefusedError([FieldProblem(name, "duplicate") for name in repeated])
        return super().load_querystring(req, schema)

    def handle_error(self, error: ValidationError, *_: Any, **__: Any) -> NoReturn:
        # webargs puts the place (json, query) around what marshmallow found.
        assert isinstance(error.messages, Mapping)
        found = [problem for below in error.messages.values() for problem in problems_of(below)]
        raise RecordRefusedError(found) from None


class ApiBlueprint(Blueprint):  # type: ignore[misc]
    """A resource under `/api/v1`; its operations document their refusals by themselves."""

    ARGUMENTS_PARSER = StrictParser()

    def __init__(self, name: str, *, description: str) -> None:
        super().__init__(name, __name__, url_prefix=PREFIX, description=description)
        self._prepare_doc_cbks.append(self._document_refusals)
        self.before_request(self._refuse_stray_query)

    def _refuse_stray_query(self) -> None:
        """Refuse parameters of operations that declare none; the parser sees to the others."""
        endpoint = (request.endpoint or "").rpartition(".")[2]
        operation = self._docs.get(endpoint, {}).get(request.method.lower(), {})
        declared = operation.get("arguments", {}).get("parameters", ())
        if request.args and not any(each["in"] == "query" for each in declared):
            raise RecordRefusedError([FieldProblem(name, "unknown_field") for name in request.args])

    @staticmethod
    def _document_refusals(
        doc: dict[str, Any], doc_info: dict[str, Any], *, method: str, **_: Any
    ) -> dict[str, Any]:
        refusals = [*COMMON_REFUSALS]
        if doc_info.get("manual_doc", {}).get("security") != OPEN_TO_ALL:
            refusals += KEY_REFUSALS
        if "requestBody" in doc:
            refusals += BODY_REFUSALS
        if method == "patch":
            refusals += (HTTPStatus.PRECONDITION_FAILED, HTTPStatus.PRECONDITION_REQUIRED)
        if method in ("post", "patch", "delete"):
            refusals.append(HTTPStatus.CONFLICT)
        for status in sorted(refusals):
            doc.setdefault("responses", {}).setdefault(int(status), status.name)
        return doc
