"""Text that people type: normalised, trimmed, bounded, free of what hides or runs.

Refused are control characters, lone surrogates, characters that turn the direction of writing
or are invisible by design, and beginnings that a spreadsheet would run as a formula.
"""

import re
import unicodedata
from typing import Any

from marshmallow import fields

from registry.schemas.errors import refuse
from registry.schemas.limits import LengthWithin


def codes_for(**codes: str) -> dict[str, str | list[Any] | dict[Any, Any]]:
    """Return codes in place of marshmallow's messages: those of every field, and these."""
    return {"required": "required", "null": "required", "validator_failed": "not_accepted", **codes}


_HIDDEN = (
    r"\x7f-\x9f\ud800-\udfff"  # DEL and C1 controls, lone surrogates
    r"\u2028\u2029\u202a-\u202e\u2066-\u2069"  # line separators; embedded and overridden direction
    r"\ufeff\ufff9-\ufffb\ufffe\uffff\U000e0000-\U000e007f"  # marks, non-characters, hidden tags
)
_BAD_IN_LINE = re.compile(rf"[\x00-\x1f{_HIDDEN}]")
_BAD_IN_PROSE = re.compile(rf"[\x00-\x08\x0b-\x1f{_HIDDEN}]")
_FORMULA = re.compile(r"[=+\-@＝＋－＠]")
_FORMULA_IN_PROSE = re.compile(r"[=@＝＠]|[+\-＋－](?! )")  # "- " begins a list that people write
_MOST_SHRINKING = 4
"""Composition makes a text at most this many times shorter; beyond it nothing need be tried."""


class Line(fields.String):
    """One line of text."""

    default_error_messages = codes_for(invalid="not_text", invalid_utf8="not_text")
    bad, formula = _BAD_IN_LINE, _FORMULA

    def __init__(self, most: int, *, least: int = 1, is_told: bool = False, **options: Any) -> None:
        """Take from `least` to `most` characters, counted after normalisation.

        Others read what `is_told`: whoever writes it is asked about what gives people away in it.
        """
        self.most, self.is_told = most, is_told
        super().__init__(validate=LengthWithin(least, most), **options)

    def _deserialize(self, value: Any, *_: Any, **__: Any) -> str:
        if not isinstance(value, str):
            raise self.make_error("invalid")
        if len(value) > self.most * _MOST_SHRINKING:
            raise refuse("too_long", max=self.most)
        text = unicodedata.normalize("NFC", self.trim(value))
        if self.bad.search(text):
            raise refuse("bad_characters")
        if self.formula.match(text):
            raise refuse("looks_like_formula")
        return text

    def trim(self, text: str) -> str:
        """Take off what stands around the text without being part of it."""
        return text.strip(" \t\r\n\u00a0")


class Prose(Line):
    """Text of several lines."""

    bad, formula = _BAD_IN_PROSE, _FORMULA_IN_PROSE

    def __init__(self, most: int, *, is_told: bool = True, **options: Any) -> None:
        """Take up to `most` characters, which others read unless said otherwise."""
        super().__init__(most, is_told=is_told, **options)

    def trim(self, text: str) -> str:
        return super().trim(text).replace("\r\n", "\n").replace("\r", "\n")


class ExternalId(Line):
    """Somebody's own id of a record: 1 to 80 printable characters."""

    def __init__(self, **options: Any) -> None:
        super().__init__(80, **options)

    def trim(self, text: str) -> str:
        if text != text.strip():
            raise refuse("spaces_at_ends")
        if not text.isprintable():
            raise refuse("bad_characters")
        return text


class Sealed(fields.Raw):
    """A field that only its owner reads and writes; imports take it apart from the record."""

    default_error_messages = codes_for()

    def __init__(self) -> None:
        description = "Only its owner writes and reads it, on its own page: leave it out."
        super().__init__(load_only=True, metadata={"description": description, "type": "string"})

    def _deserialize(self, *_: Any, **__: Any) -> Any:
        raise refuse("sealed_not_available")
