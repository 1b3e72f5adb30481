"""Numbers with the thing they count, in the plural that the number asks for."""

from decimal import Decimal

from babel import Locale
from babel.numbers import format_decimal

_FORMS: dict[str, dict[str, dict[str, str]]] = {
    "en": {
        unit: {"one": one, "other": other}
        for unit, one, other in (
            ("days", "day", "days"),
            ("months", "month", "months"),
            ("years", "year", "years"),
            ("hours", "hour", "hours"),
            ("sessions", "session", "sessions"),
            ("seats", "seat", "seats"),
            ("places", "place", "places"),
            ("nights", "night", "nights"),
            ("items", "item", "items"),
            ("introductions", "introduction", "introductions"),
        )
    },
    "be": {
        unit: {"one": one, "few": few, "many": many, "other": few}
        for unit, one, few, many in (
            ("days", "дзень", "дні", "дзён"),
            ("months", "месяц", "месяцы", "месяцаў"),
            ("years", "год", "гады", "гадоў"),
            ("hours", "гадзіна", "гадзіны", "гадзін"),
            ("sessions", "сустрэча", "сустрэчы", "сустрэч"),
            ("seats", "працоўнае месца", "працоўныя месцы", "працоўных месцаў"),
            ("places", "месца", "месцы", "месцаў"),
            ("nights", "ноч", "ночы", "начэй"),
            ("items", "рэч", "рэчы", "рэчаў"),
            ("introductions", "знаёмства", "знаёмствы", "знаёмстваў"),
        )
    },
    "ru": {
        unit: {"one": one, "few": few, "many": many, "other": few}
        for unit, one, few, many in (
            ("days", "день", "дня", "дней"),
            ("months", "месяц", "месяца", "месяцев"),
            ("years", "год", "года", "лет"),
            ("hours", "час", "часа", "часов"),
            ("sessions", "встреча", "встречи", "встреч"),
            ("seats", "рабочее место", "рабочих места", "рабочих мест"),
            ("places", "место", "места", "мест"),
            ("nights", "ночь", "ночи", "ночей"),
            ("items", "вещь", "вещи", "вещей"),
            ("introductions", "знакомство", "знакомства", "знакомств"),
        )
    },
}


def count_in_words(number: Decimal, unit: str, language: str) -> str:
    """Write "1 month", "2,5 гадзіны", "5 дней"."""
    whole = number == number.to_integral_value()
    form = Locale(language).plural_form(int(number) if whole else number)
    return f"{format_decimal(number, locale=language)} {_FORMS[language][unit][form]}"
