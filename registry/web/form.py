"""A form on a page: what was typed, what the schema reads from it, what is wrong with it.

The browser sends flat names, the schemas want records. A nested field `amount_requested`
comes as `amount_requested.amount` and `amount_requested.currency`; a list as one name
several times; a map as `breakdown.fixed_costs.rent`. What was left blank is absent.
Names that begin with `_` belong to the page (`_version`, `_step`) and are not read, but for
`_in.budget` or `_in`: the currency or unit of an amount that has none of its own.
"""

import re
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from flask_babel import gettext
from marshmallow import Schema, ValidationError, fields
from werkzeug.datastructures import MultiDict

from registry.domain.errors import FieldProblem
from registry.schemas.errors import message_of, problems_of
from registry.schemas.giveaways import giveaways_in, problems_with
from registry.schemas.limits import LengthWithin
from registry.web.carrying import typed_again
from registry.web.field_names import FIELD_NAMES, field_label
from search.codes import CURRENCIES

KEEP = "_keep"
"""The tick beside a text that gives people away: `_keep.title`, with the pieces as its value."""

PAGE_ONLY = ("csrf_token", "submit")

Sent = MultiDict[str, str]

_DAY = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")
_SPACES = re.compile(r"[\s'’_]")
_THOUSANDS = re.compile(r"\d{1,3}(,\d{3})+(\.\d{1,2})?")


class Form:
    """One form. Templates ask it for `typed`, `all_typed`, `problems_of` and `is_required`."""

    def __init__(
        self,
        schema: Schema | None = None,
        typed: Sent | None = None,
        record: Mapping[str, Any] | None = None,
        *,
        only: Collection[str] | None = None,
        labels: Mapping[str, str] | None = None,
        required: Collection[str] = (),
    ) -> None:
        """Make a form from what was typed, else from a record as the schema dumps it.

        Args:
            schema: validates what is read; None for a form that only shows fields.
            typed: `request.form`, kept as it is; wins over `record`. On a page that is opened,
                what was typed before one had to sign in again takes its place.
            record: the values to begin with, names and codes as in files and API.
            only: the fields that this page shows, where it shows a part of the schema.
            labels: what fields are called on this page, where not as in `field_names`.
            required: fields that this page asks for although the schema could do without.
        """
        self.schema = schema
        self.required = required
        again = typed_again()
        self.sent: Sent = typed if typed is not None else again or flatten(record or {})
        self.only = only
        self.labels = labels or {}
        self.problems: list[FieldProblem] = []
        self.stood: Mapping[str, Any] = record or {}
        self.giveaways: dict[str, list[str]] = {}

    def load(
        self, *, partial: bool | tuple[str, ...] = False, **given: Any
    ) -> dict[str, Any] | None:
        """Return what the schema makes of the form; None with `problems` filled if it refuses.

        Args:
            partial: True for a change to a record: a field of this page that was left blank
                empties it; or the required fields that come from elsewhere.
            given: further raw values that are not typed on the page, say `organisation`.
        """
        if self.schema is None:
            raise TypeError("a form without a schema cannot be loaded")
        record = {
            **(dict.fromkeys(self._shown()) if partial is True else {}),
            **self.read(),
            **given,
        }
        missing = [name for name in self.required if name in self._shown() and not record.get(name)]
        self.refuse(FieldProblem(name, "required") for name in missing)
        gives_away = self._ask_about_giveaways(record)
        try:
            loaded: dict[str, Any] = self.schema.load(record, partial=partial)
        except ValidationError as refused:
            self.refuse(problems_of(refused.messages))
            return None
        return None if missing or gives_away else loaded

    def _ask_about_giveaways(self, record: Mapping[str, Any]) -> bool:
        """Show what gives people away in what was typed anew, unless it is kept knowingly."""
        assert self.schema is not None
        typed = {name: text for name, text in record.items() if text != self.stood.get(name)}
        found = giveaways_in(self.schema, typed)
        self.giveaways = {
            name: [typed[name][piece.start : piece.end] for piece in pieces]
            for name, pieces in found.items()
        }
        asked = {name: pieces for name, pieces in found.items() if not self.keeps(name)}
        self.refuse(problems_with(asked))
        return bool(asked)

    def keeps(self, name: str) -> bool:
        """Say whether a tick was set to keep just these pieces; it counts for this save alone."""
        return self.sent.get(f"{KEEP}.{name}") == self.pieces(name)

    def pieces(self, name: str) -> str:
        """Return what gives people away in a field, as one line; empty where there is nothing."""
        return " · ".join(self.giveaways.get(name, ()))

    def read(self) -> dict[str, Any]:
        """Return the record that was typed, before anyone validated it; blanks are absent."""
        known = self.schema.fields if self.schema else {}
        record = {name: _read_field(known[name], name, self.sent) for name in self._shown()}
        unknown = {name.partition(".")[0] for name in self.sent if _is_data(name)} - set(record)
        record.update({name: self.sent.get(name) for name in unknown})
        return {name: value for name, value in record.items() if value not in ("", [], {})}

    def _shown(self) -> list[str]:
        """Return the fields that can be typed on this page."""
        known = self.schema.fields if self.schema else {}
        return [
            name
            for name, field in known.items()
            if not field.dump_only and (self.only is None or name in self.only)
        ]

    def refuse(self, problems: Iterable[FieldProblem]) -> None:
        """Put problems, say those that a service raised, at their fields."""
        self.problems.extend(problems)

    def typed(self, name: str, default: str = "") -> str:
        """Return what stands in a field now."""
        return self.sent.get(name, default)

    def all_typed(self, name: str) -> list[str]:
        """Return what is chosen in a field with several answers."""
        return self.sent.getlist(name)

    def counted_in(self, name: str, default: str = "EUR") -> str:
        """Return the currency or unit that an amount, or the amounts of a map, stand in now."""
        own = [f"_in.{name}", f"{name}.currency", f"{name}.unit", "_in"]
        of_parts = [
            part
            for part in self.sent
            if part.startswith(f"{name}.") and part.endswith((".currency", ".unit"))
        ]
        return next((self.sent[key] for key in (*own, *of_parts) if self.sent.get(key)), default)

    def problems_of(self, name: str) -> list[str]:
        """Return the sentences that stand at a field: its own and those of its parts."""
        found = [say_problem(problem) for problem in self.problems if _belongs(problem.field, name)]
        return list(dict.fromkeys(found))

    def problem_lines(self) -> list[tuple[str, str, str]]:
        """Return (field, what it is called, sentence) for each problem, for the top of the form."""
        lines = ((each.field.partition(".")[0], say_problem(each)) for each in self.problems)
        return [(name, self.called(name), sentence) for name, sentence in dict.fromkeys(lines)]

    def called(self, name: str) -> str:
        """Return what a field is called on this page."""
        if name in self.labels:
            return str(self.labels[name])
        return field_label(name) if name in FIELD_NAMES else ""

    def is_required(self, name: str) -> bool:
        """Say whether a record without this field is refused."""
        if name in self.required:
            return True
        field = self.schema.fields.get(name) if self.schema else None
        return bool(field and field.required)

    def longest(self, name: str) -> int | None:
        """Return how many characters the field takes at most, None where nothing is said."""
        field = self.schema.fields.get(name) if self.schema else None
        rules = field.validators if field else []
        return next((rule.max for rule in rules if isinstance(rule, LengthWithin)), None)


def say_problem(problem: FieldProblem) -> str:
    """Return the sentence that stands at a field; it never repeats what was typed."""
    sentence = str(gettext(message_of(problem.code)))
    return sentence % problem.values if problem.values else sentence


def flatten(record: Mapping[str, Any], prefix: str = "") -> Sent:
    """Return a record as the flat names and texts of a form."""
    flat: Sent = MultiDict()
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
        yield name, _as_typed(name, str(value))


def _as_typed(name: str, text: str) -> str:
    """Write a whole amount as people type it: 4500, not 4500.00."""
    return text.removesuffix(".00") if name.endswith(".amount") else text


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


def _read_field(field: fields.Field[Any], name: str, sent: Sent) -> Any:
    if isinstance(field, fields.Nested):
        return _read_nested(field.schema.fields, name, sent)
    if isinstance(field, fields.List):
        return [text.strip() for text in sent.getlist(name) if text.strip()]
    if isinstance(field, fields.Mapping):
        return _read_map(field, name, sent)
    text = sent.get(name, "").replace("\r\n", "\n").strip()
    return read_day(text) if isinstance(field, fields.Date) else text


def _read_nested(parts: Mapping[str, Any], name: str, sent: Sent) -> dict[str, Any]:
    """Read a nested record; an amount that was left blank takes its currency or unit along."""
    record = {part: sent.get(f"{name}.{part}", "").strip() for part in parts}
    if "amount" in record:
        if not record["amount"]:
            return {}
        record["amount"] = read_amount(record["amount"])
        if not record.get("currency") and not record.get("unit"):
            record |= _denomination(name, sent)
    return {part: value for part, value in record.items() if value}


def _denomination(name: str, sent: Sent) -> dict[str, str]:
    """Return what an amount is counted in where that is chosen once for several amounts."""
    keys = (f"_in.{name}", f"_in.{name.partition('.')[0]}", "_in")
    chosen = next((sent[key] for key in keys if sent.get(key)), "")
    return {"currency" if chosen in CURRENCIES else "unit": chosen} if chosen else {}


def _read_map(field: fields.Mapping[Any], name: str, sent: Sent) -> dict[str, Any]:
    keys = [key for key in sent if key.startswith(f"{name}.")]
    values = field.value_field
    if isinstance(values, fields.Nested):
        stems = dict.fromkeys(key.rpartition(".")[0] for key in keys)
        read: dict[str, Any] = {
            stem: _read_nested(values.schema.fields, stem, sent) for stem in stems
        }
    else:
        read = {key: read_amount(sent[key]) for key in keys}
    return {key.removeprefix(f"{name}."): value for key, value in read.items() if value}


def _is_data(name: str) -> bool:
    return not name.startswith("_") and name not in PAGE_ONLY


def _belongs(path: str, name: str) -> bool:
    return path == name or path.startswith(f"{name}.")
