r"""Records as rows of a table, for CSV and XLSX: every value is text, one column a value.

An amount takes two columns (`amount_requested`, `amount_requested_currency`; or `_unit`), a list
one with `;` between its entries, a map one with `code=value` entries and, for amounts, a second
one for the currency or unit of all (an entry may bring its own: `fixed_costs.rent=500.00 EUR`).
`;` and `\` inside an entry are written `\;` and `\\`.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from marshmallow import fields

from registry.schemas.amounts import AmountField, ByCategory, MoneyField, QuantityField
from registry.schemas.plain import Flag, Several, Whole
from registry.schemas.records import schema_of

Row = Mapping[str, str]
Plain = dict[str, Any]

_MEASURES = ("currency", "unit")
_ENTRY = re.compile(r"(?:\\[\\;]|[^;])+")
_ESCAPED = re.compile(r"\\([\\;])")
_TO_ESCAPE = re.compile(r"([\\;])")
_WHOLE = re.compile(r"[0-9]{1,9}")
_FLAGS = {"true": True, "false": False}


def columns_of(kind: str) -> list[str]:
    """Return the columns that a table of these records has, in the order of the record."""
    return [
        column
        for name, field in schema_of(kind).load_fields.items()
        if not isinstance(field, fields.Raw)  # sealed
        for column in _columns(name, field)
    ]


def unflatten(kind: str, row: Row) -> Plain:
    """Make a record for the schema of a row; what cannot be read stays as it is, to be refused.

    Blank cells are absent. Columns that belong to no field are kept under their own names, so
    that the schema refuses them by name.
    """
    cells = {column: text.strip() for column, text in row.items()}
    cells = {column: text for column, text in cells.items() if text}
    known = schema_of(kind).load_fields
    record: Plain = {}
    used: set[str] = set()
    for name, field in known.items():
        used.update(_columns(name, field))
        if name in cells:
            record[name] = _read(field, name, cells)
    return record | {column: text for column, text in cells.items() if column not in used}


def flatten(kind: str, record: Mapping[str, Any]) -> dict[str, str]:
    """Write a record, as its schema dumps it, as the cells of a row; absent fields have none."""
    known = schema_of(kind).load_fields
    row: dict[str, str] = {}
    for name, value in record.items():
        row |= _write(known.get(name), name, value)
    return row


def _columns(name: str, field: fields.Field[Any]) -> list[str]:
    """Return the columns of one field: its own, and those of its measure."""
    if isinstance(field, MoneyField):
        return [name, f"{name}_currency"]
    if isinstance(field, QuantityField):
        return [name, f"{name}_unit"]
    if isinstance(field, AmountField) or _holds_amounts(field):
        return [name, *(f"{name}_{measure}" for measure in _MEASURES)]
    return [name]


def _holds_amounts(field: fields.Field[Any] | None) -> bool:
    return isinstance(field, ByCategory) and isinstance(field.values, AmountField)


def _read(field: fields.Field[Any], name: str, cells: Row) -> Any:
    text = cells[name]
    if isinstance(field, AmountField):
        return {"amount": text, **_measure_of(name, field, cells)}
    if isinstance(field, ByCategory):
        return _read_map(field, text, _measure_of(name, field, cells))
    if isinstance(field, Several):
        return _split(text)
    if isinstance(field, Whole) and _WHOLE.fullmatch(text):
        return int(text)
    if isinstance(field, Flag):
        return _FLAGS.get(text.lower(), text)
    return text


def _measure_of(name: str, field: fields.Field[Any], cells: Row) -> dict[str, str]:
    columns = _columns(name, field)[1:]
    return {column.removeprefix(f"{name}_"): cells[column] for column in columns if column in cells}


def _read_map(field: ByCategory, text: str, measure: dict[str, str]) -> Plain:
    read: Plain = {}
    for entry in _split(text):
        code, equals, value = (part.strip() for part in entry.partition("="))
        if not equals:
            read[entry] = entry  # no pair: the schema refuses it at its own path
        elif _holds_amounts(field):
            read[code] = _read_entry(value, measure)
        else:
            read[code] = value
    return read


def _read_entry(value: str, measure: dict[str, str]) -> dict[str, str]:
    amount, _, own = value.partition(" ")
    if not own:
        return {"amount": amount, **measure}
    return {"amount": amount, ("currency" if own.isupper() else "unit"): own.strip()}


def _split(text: str) -> list[str]:
    entries = (_ESCAPED.sub(r"\1", entry).strip() for entry in _ENTRY.findall(text))
    return [entry for entry in entries if entry]


def _join(entries: Iterable[object]) -> str:
    return ";".join(_TO_ESCAPE.sub(r"\\\1", str(entry)) for entry in entries)


def _write(field: fields.Field[Any] | None, name: str, value: Any) -> dict[str, str]:
    if isinstance(field, AmountField):
        return {name: value["amount"], **_measure_cells(name, [value])}
    if _holds_amounts(field):
        return _write_amounts(name, value)
    return {name: _WRITERS.get(type(value), str)(value)}


def _measure_cells(name: str, amounts: Iterable[Mapping[str, str]]) -> dict[str, str]:
    return {
        f"{name}_{measure}": amount[measure]
        for amount in amounts
        for measure in _MEASURES
        if measure in amount
    }


def _write_amounts(name: str, amounts: Mapping[str, Mapping[str, str]]) -> dict[str, str]:
    """Put the measure into a column of its own where all entries share it, else into each."""
    measures = {code: each.get("currency") or each.get("unit") for code, each in amounts.items()}
    if len(set(measures.values())) == 1:
        entries = [f"{code}={amount['amount']}" for code, amount in amounts.items()]
        return {name: _join(entries), **_measure_cells(name, amounts.values())}
    own = (f"{code}={amount['amount']} {measures[code]}" for code, amount in amounts.items())
    return {name: _join(own)}


_WRITERS: dict[type, Callable[[Any], str]] = {
    bool: lambda flag: "true" if flag else "false",
    list: _join,
    dict: lambda pairs: _join(f"{code}={value}" for code, value in pairs.items()),
}
