"""Validators whose bounds stand in the OpenAPI document and in forms, and whose refusals are codes.

apispec reads `min`, `max`, `equal` and `choices`; pages read `max` to bound what can be typed.
"""

from collections.abc import Collection
from enum import StrEnum

from registry.schemas.errors import refuse
from search.codes import CATEGORY_ITEMS


class LengthWithin:
    """Characters of a text, from `min` to `max`."""

    equal: None = None

    def __init__(self, least: int, most: int) -> None:
        self.min, self.max = least, most

    def __call__(self, text: str) -> None:
        if len(text) > self.max:
            raise refuse("too_long", max=self.max)
        if len(text) < self.min:
            raise refuse("too_short", min=self.min)


class NumberWithin:
    """A whole number from `min` to `max`."""

    def __init__(self, least: int, most: int) -> None:
        self.min, self.max = least, most

    def __call__(self, number: int) -> None:
        if not self.min <= number <= self.max:
            raise refuse("out_of_range", min=self.min, max=self.max)


class OneOf:
    """A code of a closed list that is short enough to be spelled out in the refusal."""

    def __init__(self, known: type[StrEnum] | Collection[str]) -> None:
        self.choices = tuple(str(code) for code in known)

    def __call__(self, code: str) -> None:
        if code not in self.choices:
            raise refuse("unknown_code", allowed=", ".join(self.choices))


class OneOfCategories:
    """A code of the taxonomy; an item's short name is answered with its full ones."""

    def __init__(self, known: Collection[str]) -> None:
        self.choices = tuple(known)

    def __call__(self, code: str) -> None:
        if code in self.choices:
            return
        meant = [item for item in CATEGORY_ITEMS if item.partition(".")[2] == code]
        if meant:
            raise refuse("short_category", meant=", ".join(meant))
        raise refuse("unknown_category")


class InStandard:
    """A code of an ISO standard; too many to be listed anywhere."""

    def __init__(self, known: Collection[str], refused: str) -> None:
        self.known, self.refused = known, refused

    def __call__(self, code: str) -> None:
        if code not in self.known:
            raise refuse(self.refused)
