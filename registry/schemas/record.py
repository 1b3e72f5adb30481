"""What the schemas of all records share.

A load yields a plain dict of typed values (codes, days, amounts) that holds only what was
given: an empty string, null, an empty list and an empty map are absent. With `partial=True` (a
change to a record that exists) an absent value that was sent comes out as None and empties the
field. A dump goes the other way and leaves out what is not known.
"""

from collections.abc import Mapping
from typing import Any, ClassVar

from marshmallow import (
    RAISE,
    Schema,
    ValidationError,
    fields,
    post_dump,
    pre_load,
    validates_schema,
)

from registry.schemas.agreement import disagreements

_SCHEMA_CODES = {"type": "not_a_record", "unknown": "unknown_field"}
_DEEPEST = 3  # a record's field, an item of its map, a part of that amount


class InputSchema(Schema):
    """Refuses unknown fields, with codes in place of marshmallow's sentences."""

    class Meta(Schema.Meta):
        unknown = RAISE

    error_messages = _SCHEMA_CODES

    def on_bind_field(self, field_name: str, field_obj: fields.Field[Any]) -> None:  # noqa: ARG002 - marshmallow's signature
        """Let null stand for absent wherever a field may be absent."""
        if not (field_obj.required or field_obj.dump_only or isinstance(field_obj, fields.Nested)):
            field_obj.allow_none = True

    @pre_load
    def drop_absent(self, record: Any, *, partial: Any = None, **_: Any) -> Any:
        """Leave out what is absent; in a change to a record, let it empty the field."""
        if not isinstance(record, Mapping):
            return record
        emptied = {name: _without_absent(value) for name, value in record.items()}
        if partial is True:
            return {name: None if _is_absent(value) else value for name, value in emptied.items()}
        return {name: value for name, value in emptied.items() if not _is_absent(value)}

    @post_dump
    def leave_out_unknown(self, record: dict[str, Any], **_: Any) -> dict[str, Any]:
        return {name: value for name, value in record.items() if not _is_absent(value)}


class RecordSchema(InputSchema):
    """A record whose fields have to agree with one another."""

    record_kind: ClassVar[str]

    id = fields.String(dump_only=True)
    version = fields.Integer(dump_only=True)
    created_on = fields.Date(dump_only=True)

    @validates_schema(skip_on_field_errors=True)
    def check_agreement(self, record: Mapping[str, Any], *, partial: Any = None, **_: Any) -> None:
        found = disagreements(self.record_kind, record, whole=partial is not True)
        refused: dict[str, list[Any]] = {}
        for problem in found:
            refused.setdefault(problem.field, []).append(type(problem)("", problem.code))
        if refused:
            raise ValidationError(refused)


def _is_absent(value: object) -> bool:
    return value is None or (isinstance(value, str | list | tuple | Mapping) and not value)


def _without_absent(value: Any, depth: int = _DEEPEST) -> Any:
    """Empty what holds nothing but blanks, and drop the absent entries of maps."""
    if isinstance(value, str):
        return "" if value.isspace() else value
    if not isinstance(value, Mapping) or not depth:
        return value
    kept = {name: _without_absent(entry, depth - 1) for name, entry in value.items()}
    return {name: entry for name, entry in kept.items() if not _is_absent(entry)}
