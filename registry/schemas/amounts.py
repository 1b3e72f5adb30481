"""Amounts of money and of help: `{"amount": "1500.00", "currency": "EUR"}`, or with a `unit`.

They come in as records and come out as `search.money.Money` or `Quantity`. Text only: a JSON
number is a float by the time anyone sees it, and an amount is never one.
"""

from collections.abc import Mapping
from typing import Any

from marshmallow import ValidationError, fields

from registry.schemas.errors import refuse
from registry.schemas.limits import OneOf
from registry.schemas.plain import Category, Percent
from registry.schemas.record import InputSchema
from registry.schemas.texts import codes_for
from search.codes import CATEGORIES, CATEGORY_ITEMS, UNITS
from search.money import Amount, AmountRefused, Money, Quantity, read_amount

_PART = codes_for(invalid="not_text", invalid_utf8="not_text")
_CODES = {
    ("wrong_type", "amount"): "amount_not_text",
    ("not_an_amount", "amount"): "not_an_amount",
    ("out_of_range", "amount"): "amount_too_large",
    ("unknown_code", "currency"): "unknown_currency",
}
"""Refusals of `search.money` that need no values -> ours."""


def _amount_text() -> fields.String:
    described = {"example": "1500.00", "pattern": r"^[0-9]+(\.[0-9]{1,2})?$"}
    return fields.String(required=True, metadata=described, error_messages=_PART)


def _currency(*, required: bool) -> fields.String:
    described = {"example": "EUR", "pattern": "^[A-Z]{3}$"}
    return fields.String(required=required, metadata=described, error_messages=_PART)


def _unit(*, required: bool) -> fields.String:
    return fields.String(required=required, validate=OneOf(UNITS), error_messages=_PART)


class PartsSchema(InputSchema):
    """The shape of an amount, for the API's description and for forms."""


class MoneySchema(PartsSchema):
    amount = _amount_text()
    currency = _currency(required=True)


class QuantitySchema(PartsSchema):
    amount = _amount_text()
    unit = _unit(required=True)


class AmountSchema(PartsSchema):
    amount = _amount_text()
    currency = _currency(required=False)
    unit = _unit(required=False)


class AmountField(fields.Nested):
    """Money or a quantity, above 0 unless `zero` is allowed."""

    default_error_messages = codes_for(type="not_a_record")
    parts: type[PartsSchema] = AmountSchema
    taken: tuple[type[Amount], ...] = (Money, Quantity)
    other_measure = "amount_without_measure"

    def __init__(self, *, zero: bool = False, **options: Any) -> None:
        self.zero = zero
        super().__init__(self.parts, **options)

    def deserialize(self, value: Any, *rest: Any, **options: Any) -> Any:
        """Let null empty the field; `allow_none` would describe it as any object whatever."""
        if value is None and not self.required:
            return None
        return super().deserialize(value, *rest, **options)

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> Amount:
        if not isinstance(value, Mapping):
            raise self.make_error("type")
        self._check_names(value)
        amount = _read(value)
        if not isinstance(amount, self.taken):
            raise refuse(self.other_measure)
        if not (amount.is_positive or self.zero):
            raise _at("amount", refuse("not_positive"))
        return amount

    def _check_names(self, value: Mapping[str, Any]) -> None:
        unknown = sorted(set(value) - {"amount", "currency", "unit"})
        if unknown:
            raise ValidationError({name: ["unknown_field"] for name in unknown})
        if "amount" not in value:
            raise _at("amount", refuse("required"))
        if ("currency" in value) == ("unit" in value):
            raise refuse(self.other_measure)

    def _serialize(self, nested_obj: Any, *_: Any, **__: Any) -> Any:  # type: ignore[override]
        return None if nested_obj is None else nested_obj.to_record()


class MoneyField(AmountField):
    parts, taken, other_measure = MoneySchema, (Money,), "needs_money"


class QuantityField(AmountField):
    parts, taken, other_measure = QuantitySchema, (Quantity,), "needs_unit"


def _read(value: Mapping[str, Any]) -> Amount:
    try:
        return read_amount(value)
    except AmountRefused as refused:
        part = refused.field or "amount"
        if part == "unit":
            raise _at(part, refuse("unknown_code", allowed=", ".join(UNITS))) from None
        raise _at(part, refuse(_CODES[refused.code, part])) from None


def _at(part: str, error: ValidationError) -> ValidationError:
    return ValidationError({part: error.messages})


class ByCategory(fields.Dict):
    """A map from category codes to values; the path of a refusal is `field.code`."""

    default_error_messages = codes_for(invalid="not_a_map")

    def __init__(self, codes: Category, values: fields.Field[Any], **options: Any) -> None:
        self.codes, self.values = codes, values
        super().__init__(keys=codes, values=values, **options)

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> dict[str, Any]:
        if not isinstance(value, Mapping):
            raise self.make_error("invalid")
        if len(value) > len(CATEGORIES):
            raise refuse("too_many", max=len(CATEGORIES))
        read: dict[str, Any] = {}
        refused: dict[str, Any] = {}
        for code, entry in value.items():
            try:
                read[str(self.codes.deserialize(code))] = self.values.deserialize(entry)
            except ValidationError as error:
                refused[code] = error.messages
        if refused:
            raise ValidationError(refused)
        return read


def breakdown(**options: Any) -> ByCategory:
    """Declare how much each item takes of a whole group's amount; nothing is an answer, too."""
    return ByCategory(Category(CATEGORY_ITEMS), AmountField(zero=True), **options)


def category_caps(**options: Any) -> ByCategory:
    """Declare what share of a budget a category may take at most."""
    return ByCategory(Category(), Percent(), **options)
