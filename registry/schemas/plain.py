"""Codes, lists of codes, whole numbers, yes and no, days, percentages."""

import re
from collections.abc import Collection
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from marshmallow import fields

from registry.schemas.errors import refuse
from registry.schemas.limits import InStandard, NumberWithin, OneOf, OneOfCategories
from registry.schemas.texts import codes_for
from search.codes import CATEGORIES, COUNTRIES, LANGUAGES

FIRST_YEAR, LAST_YEAR = 1990, 2100

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_WHOLE = re.compile(r"[0-9]{1,9}")
_PERCENT = re.compile(r"[0-9]{1,3}(\.[0-9]{1,12})?")
_HUNDRED = 100
_FLAGS = {"true": True, "false": False}


Known = type[StrEnum] | Collection[str]
"""A closed list: its enumeration, or its codes."""


class Code(fields.String):
    """A code of a closed list; members of a StrEnum come out as such."""

    default_error_messages = codes_for(invalid="not_text", invalid_utf8="not_text")

    def __init__(self, known: Known, *, validate: Any = None, **options: Any) -> None:
        self.members = {str(code): code for code in known}
        super().__init__(validate=validate or OneOf(known), **options)

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> str:
        if not isinstance(value, str):
            raise self.make_error("invalid")
        return self.members.get(value, value)

    def _serialize(self, value: Any, *_: Any, **__: Any) -> str | None:
        return None if value is None else str(value)


class Category(Code):
    """A code of the taxonomy: a group or an item, or only what `known` names."""

    def __init__(self, known: Collection[str] = CATEGORIES, **options: Any) -> None:
        super().__init__(known, validate=OneOfCategories(known), **options)


class Country(Code):
    """An ISO 3166-1 alpha-2 code."""

    def __init__(self, **options: Any) -> None:
        rule = InStandard(COUNTRIES, "unknown_country")
        described = {"pattern": "^[A-Z]{2}$", "example": "PL"}
        super().__init__(COUNTRIES, validate=rule, metadata=described, **options)


class Language(Code):
    """An ISO 639-1 code."""

    def __init__(self, **options: Any) -> None:
        rule = InStandard(LANGUAGES, "unknown_language")
        described = {"pattern": "^[a-z]{2}$", "example": "be"}
        super().__init__(LANGUAGES, validate=rule, metadata=described, **options)


class Several(fields.List[Any]):
    """A list without repetitions, of bounded length, in the order in which it was given."""

    default_error_messages = codes_for(invalid="not_a_list")

    def __init__(self, inner: fields.Field[Any], most: int | None = None, **options: Any) -> None:
        """Take at most `most` entries; a list of codes at most each code once."""
        self.most = most if most is not None else len(getattr(inner, "members", ()))
        super().__init__(inner, **options)

    def _deserialize(self, value: Any, *rest: Any, **options: Any) -> list[Any]:
        if not isinstance(value, list | tuple):
            raise self.make_error("invalid")
        if len(value) > self.most:
            raise refuse("too_many", max=self.most)
        entries = super()._deserialize(value, *rest, **options)
        if len(set(entries)) < len(entries):
            raise refuse("duplicate")
        return entries


class Whole(fields.Integer):
    """A whole number; files and forms may write it as text."""

    default_error_messages = codes_for(invalid="not_a_number", too_large="not_a_number")

    def __init__(self, least: int, most: int, **options: Any) -> None:
        super().__init__(validate=NumberWithin(least, most), **options)

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> int:
        if isinstance(value, str) and _WHOLE.fullmatch(value):
            return int(value)
        if not isinstance(value, int) or isinstance(value, bool):
            raise self.make_error("invalid")
        return value


class Flag(fields.Boolean):
    """True or false; files and forms may write it as text."""

    default_error_messages = codes_for(invalid="not_true_or_false")

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> bool:
        if isinstance(value, bool):
            return value
        if not isinstance(value, str) or value not in _FLAGS:
            raise self.make_error("invalid")
        return _FLAGS[value]


class Day(fields.Date):
    """A day as YYYY-MM-DD, without a time."""

    default_error_messages = codes_for(
        invalid="not_a_day", invalid_awareness="not_a_day", format="not_a_day"
    )

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> date:
        if not isinstance(value, str) or not _DAY.fullmatch(value):
            raise self.make_error("invalid")
        try:
            day = date.fromisoformat(value)
        except ValueError:
            raise self.make_error("invalid") from None
        if not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise refuse("day_out_of_range", min=FIRST_YEAR, max=LAST_YEAR)
        return day


class Percent(fields.String):
    """A percentage from 0 to 100, as a number or a decimal string; comes out as "12.5"."""

    default_error_messages = codes_for(invalid="not_a_percentage", invalid_utf8="not_text")

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> str:
        if isinstance(value, bool) or not isinstance(value, str | int | float):
            raise self.make_error("invalid")
        written = value if isinstance(value, str) else f"{Decimal(str(value)):f}"
        if not _PERCENT.fullmatch(written) or Decimal(written) > _HUNDRED:
            raise self.make_error("invalid")
        return f"{Decimal(written).normalize():f}"
