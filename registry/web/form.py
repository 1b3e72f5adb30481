"""A form on a page: what was typed, what the schema reads from it, what is wrong with it.

The browser sends flat names, the schemas want records. A nested field `amount_requested`
comes as `amount_requested.amount` and `amount_requested.currency`; a list as one name
several times; a map as `breakdown.fixed_costs.rent`. What was left blank is absent.
Names that begin with `_` belong to the page (`_version`, `_step`) and are not read.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from marshmallow import Schema, ValidationError, fields
from werkzeug.datastructures import MultiDict

from registry.domain.errors import FieldProblem
from registry.web.problem_sentences import say_problem

PAGE_ONLY = ("csrf_token", "submit")

_DAY = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")
_SPACES = re.compile(r"[\s'’_]")
_THOUSANDS = re.compile(r"\d{1,3}(,\d{3})+(\.\d{1,2})?")


class Form:
    """One form. Templates ask it for `typed`, `all_typed`, `problems_of` and `is_required`."""

    def __init__(
        self,
        schema: Schema | None = None,
        typed: MultiDict[str, str] | None = None,
        record: Mapping[str, Any] | None = None,
    ) -> None:
        """Make a form from what was typed, else from a record as the schema dumps it.

        Args:
            schema: validates what is read; None for a form that only shows fields.
            typed: `request.form`, kept as it is; wins over `record`.
            record: the values to begin with, names and codes as in files and API.
        """
        self.schema = schema
        self.sent: MultiDict[str, str] = typed if typed is not None else flatten(record or {})
        self.problems: list[FieldProblem] = []

    def load(self, **options: Any) -> Any | None:
        """Return what the schema makes of the form; None with `problems` filled if it refuses.

        Args:
            options: for `Schema.load`, say `partial=True`.
        """
        if self.schema is None:
            raise TypeError("a form without a schema cannot be loaded")
        try:
            return self.schema.load(self.read(), **options)
        except ValidationError as refused:
            self.refuse(collect_problems(refused.messages))
            return None

    def read(self) -> dict[str, Any]:
        """Return the record that was typed, before anyone validated it; blanks are absent."""
        known = self.schema.fields if self.schema else {}
        record = {}
        for name, field in known.items():
            value = _read_field(field, name, self.sent)
            if value not in ("", [], {}, None):
                record[name] = value
        unknown = {name.partition(".")[0] for name in self.sent} - set(known)
        record.update({name: self.sent.get(name) for name in unknown if _is_data(name)})
        return record

    def refuse(self, problems: Iterable[FieldProblem]) -> None:
        """Put problems, say those that a service raised, at their fields."""
        self.problems.extend(problems)

    def typed(self, name: str, default: str = "") -> str:
        """Return what stands in a field now."""
        return self.sent.get(name, default)

    def all_typed(self, name: str) -> list[str]:
        """Return what is chosen in a field with several answers."""
        return self.sent.getlist(name)

    def problems_of(self, name: str) -> list[str]:
        """Return the sentences that stand at a field: its own and those of its parts."""
        return [
            say_problem(problem) for problem in self.problems if _belongs(problem.field, name)
        ]

    def is_required(self, name: str) -> bool:
        """Say whether the schema refuses a record without this field."""
        field = self.schema.fields.get(name) if self.schema else None
        return bool(field and field.required)

    def longest(self, name: str) -> int | None:
        """Return how many characters the field takes at most, None where nothing is said."""
        field = self.schema.fields.get(name) if self.schema else None
        limits = [getattr(rule, "max", None) for rule in field.validators] if field else []
        return next((limit for limit in limits if isinstance(limit, int)), None)


def flatten(record: Mapping[str, Any], prefix: str = "") -> MultiDict[str, str]:
    """Return a record as the flat names and texts of a form."""
    flat: MultiDict[str, str] = MultiDict()
    for name, value in record.items():
        for part, text in _flat_items(f"{prefix}{name}", value):
            flat.add(part, text)
    return flat


def _flat_items(name: str, value: Any) -> Iterable[tuple[str, str]]:
    if isinstance(value, Mapping):
        yield from flatten(value, f"{name}.").items(multi=True)
    elif isinstance(value, (list, tuple, set, frozenset)):
        yield from ((name, str(item)) for item in value)
    elif isinstance(value, bool):
        yield name, str(value).lower()
    elif value is not None:
        yield name, str(value)


def collect_problems(messages: Any, path: str = "") -> list[FieldProblem]:
    """Turn marshmallow's nested messages, whose leaves are codes, into problems with paths."""
    if isinstance(messages, FieldProblem):
        return [FieldProblem(path or messages.field, messages.code, **messages.values)]
    if isinstance(messages, Mapping):
        parts = [
            collect_problems(below, ".".join(part for part in (path, _step(name)) if part))
            for name, below in messages.items()
        ]
        return [problem for part in parts for problem in part]
    if isinstance(messages, (list, tuple)):
        return [problem for below in messages for problem in collect_problems(below, path)]
    return [FieldProblem(path, str(messages))]


def read_amount(text: str) -> str:
    """Return an amount as the schemas want it: "1 500,50" and "1,500.50" become "1500.50".

    What cannot be read with certainty stays as it was typed, for the schema to refuse.
    """
    bare = _SPACES.sub("", text)
    if _THOUSANDS.fullmatch(bare):
        return bare.replace(",", "")
    if re.fullmatch(r"\d+,\d{1,2}", bare):
        return bare.replace(",", ".")
    return bare if re.fullmatch(r"\d+(\.\d{1,2})?", bare) else text.strip()


def read_day(text: str) -> str:
    """Return a day in its ISO form where it was typed as 24.11.2026; anything else as it is."""
    written = _DAY.fullmatch(text.strip())
    if written is None:
        return text.strip()
    day, month, year = written.groups()
    return f"{year}-{month:0>2}-{day:0>2}"


def _read_field(field: fields.Field[Any], name: str, sent: MultiDict[str, str]) -> Any:
    if isinstance(field, fields.Nested):
        return _read_nested(field.schema.fields, name, sent)
    if isinstance(field, fields.List):
        return [text.strip() for text in sent.getlist(name) if text.strip()]
    if isinstance(field, fields.Mapping):
        return _read_map(field, name, sent)
    text = sent.get(name, "").replace("\r\n", "\n").strip()
    return read_day(text) if isinstance(field, fields.Date) else text


def _read_nested(parts: Mapping[str, Any], name: str, sent: MultiDict[str, str]) -> dict[str, Any]:
    """Read a nested record; an amount that was left blank takes its currency or unit along."""
    record = {part: _read_field(field, f"{name}.{part}", sent) for part, field in parts.items()}
    if "amount" in record:
        record["amount"] = read_amount(record["amount"])
        if not record["amount"]:
            return {}
    return {part: value for part, value in record.items() if value not in ("", [], {})}


def _read_map(field: fields.Mapping, name: str, sent: MultiDict[str, str]) -> dict[str, Any]:
    keys = [sent_name for sent_name in sent if sent_name.startswith(f"{name}.")]
    values = field.value_field
    if isinstance(values, fields.Nested):
        stems = dict.fromkeys(key.rpartition(".")[0] for key in keys)
        read = {stem: _read_nested(values.schema.fields, stem, sent) for stem in stems}
    else:
        read = {key: read_amount(sent.get(key, "")) for key in keys}
    return {key.removeprefix(f"{name}."): value for key, value in read.items() if value}


def _is_data(name: str) -> bool:
    return not name.startswith("_") and name not in PAGE_ONLY


def _step(name: object) -> str:
    """Return the part of a path; marshmallow's `_schema` stands for the record as a whole."""
    return "" if name == "_schema" else str(name)


def _belongs(path: str, name: str) -> bool:
    return path == name or path.startswith(f"{name}.")
