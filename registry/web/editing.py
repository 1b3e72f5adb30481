"""Editing a record on a page: what was typed is kept, and never written over somebody else's."""

from collections.abc import Callable, Collection, Mapping
from http import HTTPStatus
from typing import Any

from flask import request

from registry.domain.errors import (
    AlreadyExistsError,
    ConflictError,
    FieldProblem,
    RecordRefusedError,
)
from registry.domain.identifiers import is_id, new_id
from registry.identity.current import current_actor, current_session
from registry.schemas.records import dump_record, schema_of
from registry.services.references import Record, find_by_external_id, scope_of
from registry.web.carrying import typed_again
from registry.web.described import differences
from registry.web.form import Form

Save = Callable[[dict[str, Any], int | None], Any]
"""Writes changes that were made from a version; raises what the services of records raise."""

NEW_KEY = "_new"
"""A name for a record that is not there yet, so that sending its form twice makes one of it."""


class Edit:
    """One page that edits a record, or some of its fields.

    Templates ask it for `form`, `version` (what the page is made from) and `differences`, which
    are filled where somebody saved in the meantime.
    """

    def __init__(
        self,
        kind: str,
        view: Mapping[str, Any],
        shown: Collection[str],
        required: Collection[str] = (),
    ) -> None:
        """Begin from what was sent, else from the record.

        Args:
            kind: `need`, `offer`, `organisation` or `donor`.
            view: the record as its owner sees it.
            shown: the fields that the page shows; others stay as they are.
            required: fields that the page asks for although the schema could do without.
        """
        self.kind, self.shown = kind, shown
        self.record = dump_record(kind, view)
        typed = request.form if request.method == "POST" else None
        self.form = Form(schema_of(kind), typed, self.record, only=shown, required=required)
        was_typed = typed is not None or typed_again() is not None
        self.version: int | None = read_version() if was_typed else view["version"]
        self.current_version: int = view["version"]
        self.differences: list[tuple[str, str, str]] = []

    def save(self, write: Save) -> bool:
        """Write what was typed; False where the page has to be shown again.

        Somebody who saved exactly this before, say in another tab, has done no harm.
        """
        changes = self.form.load(partial=True)
        if changes is None:
            return False
        try:
            write(changes, self.version)
        except RecordRefusedError as refused:
            self.form.refuse(refused.problems)
            return False
        except ConflictError:
            return not self._compare()
        return True

    def _compare(self) -> list[tuple[str, str, str]]:
        """Put both versions side by side; from now on the page is made from what stands."""
        self.version = self.current_version
        lines = differences(self.record, self.form.read(), self.shown)
        self.differences = [line for line in lines if line[1] != line[2]]
        return self.differences

    @property
    def status(self) -> int:
        """The status of the page as it is to be shown."""
        return status_of(self.form, self.differences)


def status_of(form: Form, conflicts: Collection[Any] = ()) -> int:
    """Return the status of a page with a form: fine, in conflict, or refused."""
    if conflicts:
        return HTTPStatus.CONFLICT
    return HTTPStatus.UNPROCESSABLE_ENTITY if form.problems else HTTPStatus.OK


def read_version() -> int | None:
    """Return the version that the sent page was made from; None where it does not say."""
    return request.form.get("_version", type=int)


def read_seen() -> int:
    """Return the number of the newest act that the sent page showed; 0 where it does not say."""
    return request.form.get("_seen", 0, type=int)


def newer_than(match: Mapping[str, Any], sequence: int) -> list[Mapping[str, Any]]:
    """Return the acts on a match that came after one that a page had shown."""
    return [act for act in match["reviews"] if act["sequence"] > sequence]


def read_key() -> str:
    """Return the name that a form has for a record that is not there yet; a new one at first."""
    key = request.form.get(NEW_KEY, "")
    return key if is_id(key) else new_id()


def register_once(
    form: Form,
    kind: type[Record],
    record: Mapping[str, Any],
    register: Callable[[Mapping[str, Any]], Mapping[str, Any]],
) -> str | None:
    """Store what was typed and return its id; None with problems in the form.

    A form that is sent twice finds what it stored the first time.
    """
    session = current_session()
    try:
        return str(register(record)["id"])
    except AlreadyExistsError:
        found = find_by_external_id(session, kind, record["external_id"], scope_of(current_actor()))
        return found.id if found else None
    except RecordRefusedError as refused:
        form.refuse(refused.problems)
        return None


def ask_instead(form: Form, code: str, field: str) -> None:
    """Put a problem at the field of this page that the person can mend it in."""
    form.problems = [
        FieldProblem(field, "required") if problem.code == code else problem
        for problem in form.problems
    ]
