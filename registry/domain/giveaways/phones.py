"""Telephone numbers, as they are written at home, abroad, and when they are to be hidden."""

import re
from collections.abc import Iterator

from registry.domain.giveaways.accounts import Span
from registry.domain.giveaways.amounts import COUNTED
from registry.domain.giveaways.reading import Reading

_GAP = r"[ \-./()]{0,3}"
_BEGINS = r"(?<![\w+])(?<!\d[.,:/\-])"
_OPENS = r"\(?"
_OPERATORS = rf"(?:1{_GAP}[5-7]|2{_GAP}[1-59]|3{_GAP}3|4{_GAP}4)"


def _digits(count: int) -> str:
    return rf"(?:{_GAP}\d){{{count}}}"


_PLANS = (
    rf"\+{_GAP}[1-9](?:{_GAP}\d){{7,13}}",
    rf"00[ -]?[1-9](?:{_GAP}\d){{7,13}}",
    rf"(?:плюс|plus){_GAP}[1-9](?:{_GAP}\d){{7,13}}",
    rf"375{_GAP}{_OPERATORS}{_digits(7)}",  # Belarus from abroad
    rf"8{_GAP}0{_GAP}{_OPERATORS}{_digits(7)}",  # and at home
    rf"[78]{_GAP}[3489]\d\d{_digits(7)}",  # Russia, Kazakhstan
    rf"380{_digits(9)}",  # Ukraine
    rf"{_OPENS}0{_GAP}[1-9]\d{_digits(7)}",  # a national number with its area, ten digits
    rf"(?:48|995){_digits(9)}",  # Poland, Georgia
    rf"370{_digits(8)}",  # Lithuania from abroad
    rf"{_OPENS}[80]{_GAP}[3-6]\d\d{_digits(5)}",  # and at home
    r"(?:4[5]|5[0137]|6[069]|7[2389]|88)\d (?!000 000)\d{3} \d{3}",  # a Polish mobile
    r"\d{3}-\d{3}-\d{3}(?!-)",
    r"\d{2}[ -]\d{3}[ -]\d{2}[ -]\d{2}",
    r"\d{3}-\d{2}-\d{2}",
    r"\(?\d{3}[).-] ?\d{3}[.-]\d{4}",  # North America
)
_BY_PLAN = re.compile(rf"{_BEGINS}(?:{'|'.join(_PLANS)})(?!-?\d){COUNTED}", re.IGNORECASE)

_ASKS_TO_CALL = (
    r"(?:т[еэ]л\b\.?|т[еэ]л[еэ]фон\w*|т[еэ]л[еэ]фан\w*|телефону\w*|моб\b\.?|мобільн\w*|мобильн\w*"
    r"|зв[оа]н\w*|дзвон\w*|вайбер\w*|ва[цт]с?ап\w*|tel\b\.?|phone\w*|call|text|mob\b\.?|telefon\w*"
    r"|zadzwo\w*|komórk\w*|skambin\w*|viber\w*|whats ?app\w*)"
)
_BY_CONTEXT = re.compile(
    rf"(?<!\w){_ASKS_TO_CALL}[^\d\n]{{0,24}}?(?P<number>(?<![\w.,:])\d(?:[ \-()]{{0,2}}\d){{6,13}})"
    rf"{COUNTED}",
    re.IGNORECASE,
)
_SPELLED = (
    *("zero", "oh", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"),
    *("нуль", "ноль", "адзін", "один", "раз", "два", "две", "дзве", "дві", "тры", "три"),
    *("чатыры", "четыре", "чотири", "пяць", "пять", "п.ять", "шэсць", "шесть", "шість"),
    *("сем", "семь", "сім", "восем", "восемь", "вісім", "дзевяць", "девять", "дев.ять"),
    *("jeden", "dwa", "trzy", "cztery", "pięć", "sześć", "siedem", "osiem", "dziewięć"),
    *("nulis", "vienas", "du", "trys", "keturi", "penki", "šeši", "septyni", "aštuoni", "devyni"),
)
_WORD = "|".join(_SPELLED)
_IN_WORDS = re.compile(rf"(?<!\w)(?:(?:{_WORD}|\d{{1,3}})[ ,.\-]{{1,2}}){{6,16}}(?:{_WORD})(?!\w)")


def find_phones(reading: Reading) -> Iterator[Span]:
    """Yield telephone numbers."""
    if reading.has_digits:
        yield from (found.span() for found in _BY_PLAN.finditer(reading.digits))
        yield from (found.span("number") for found in _BY_CONTEXT.finditer(reading.digits))
    yield from (found.span() for found in _IN_WORDS.finditer(reading.lower))
