"""A text as the patterns read it: with its disguises taken off, each letter in its place."""

import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property

_LATIN = str.maketrans("АВЕКМНОРСТУХІЈЅавекмнорстухіјѕ", "ABEKMHOPCTYXIJSabekmhopctyxijs")
_DIGIT = re.compile("[0-9]")
_DIGITS = str.maketrans("OoОоЗзIlІ|", "0000331111")
_LIKE_DIGITS = r"[0-9OoОоЗзIlІ|]"
_NUMBER_LIKE = re.compile(rf"(?<![^\W_]){_LIKE_DIGITS}++(?:[ -][OoОо]{{2,4}}+)*+(?![^\W_])")


class _Undisguised(dict[int, str]):
    """Code point -> the plain character that it stands for; filled as characters are met."""

    def __missing__(self, code: int) -> str:
        plain = self[code] = _plain(chr(code))
        return plain


def _plain(character: str) -> str:
    category = unicodedata.category(character)
    if category in ("Cf", "Mn"):  # joins, soft hyphens, direction marks, stacked marks
        return ""
    if category == "Pd" or character == "−":
        return "-"
    if category == "Zs":
        return " "
    if category == "Nd":
        return str(unicodedata.decimal(character))
    narrow = unicodedata.normalize("NFKC", character)
    return narrow if len(narrow) == 1 else character


def _as_digits(found: re.Match[str]) -> str:
    return found[0].translate(_DIGITS) if _DIGIT.search(found[0]) else found[0]


_UNDISGUISED = _Undisguised()


@dataclass(frozen=True)
class Reading:
    """One text in four spellings of the same length.

    `plain`: widths, dashes, spaces and digits of any script are the usual ones, and nothing is
    invisible. `latin`: letters that look Latin, at least as capitals, are Latin. `digits`:
    letters that stand in for digits within a number are digits. `lower`: all letters are small.
    """

    text: str
    plain: str

    @cached_property
    def latin(self) -> str:
        return self.plain.translate(_LATIN)

    @cached_property
    def digits(self) -> str:
        return _NUMBER_LIKE.sub(_as_digits, self.plain)

    @cached_property
    def lower(self) -> str:
        small = self.plain.lower()
        return small if len(small) == len(self.plain) else self.plain

    @cached_property
    def has_digits(self) -> bool:
        return _DIGIT.search(self.plain) is not None

    @cached_property
    def _places(self) -> list[int]:
        """Where each plain character, and the end, stands in the text."""
        kept = (at for at, character in enumerate(self.text) if _UNDISGUISED[ord(character)])
        return [*kept, len(self.text)]

    def place(self, start: int, end: int) -> tuple[int, int]:
        """Return the span of the text that a span of `plain` was read from."""
        if len(self.plain) == len(self.text):
            return start, end
        return self._places[start], self._places[end - 1] + 1


def read(text: str) -> Reading:
    """Take the disguises off a text."""
    return Reading(text, text if text.isascii() else text.translate(_UNDISGUISED))
