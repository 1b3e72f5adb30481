"""What a code is called in a language: the labels that rule sentences are filled with.

A page has a language of its own (`registry.web.formats`); sentences of rules are also made where
there is no page: by the API, at the command line.
"""

import io
from functools import cache

from babel import Locale
from babel.messages.mofile import write_mo
from babel.numbers import get_currency_name
from babel.support import NullTranslations, Translations

from registry.domain import labels
from registry.translations.extraction import TRANSLATED, read_catalogue
from search.codes import PAGE_LANGUAGES
from search.eligibility.words import LOCALES


def name_code(list_name: str, code: str, language: str) -> str:
    """Return the name of a code: of a country, a language, a currency, or of a closed list.

    Raises:
        KeyError: the list or the code does not exist.
    """
    if list_name == "currency":
        return get_currency_name(code, locale=LOCALES[language])
    if list_name in ("country", "language"):
        return _name_by_locale(list_name, code, language)
    return say(labels.label(list_name, code), language)


def _name_by_locale(list_name: str, code: str, language: str) -> str:
    """Name a country or language; in English where the reader's language has no name for it."""
    locales = [_locale(each) for each in dict.fromkeys((language, PAGE_LANGUAGES[0]))]
    names = [each.territories if list_name == "country" else each.languages for each in locales]
    return next((str(known[code]) for known in names if code in known), code)


@cache
def _locale(language: str) -> Locale:
    return Locale.parse(LOCALES[language])


def say(msgid: str, language: str) -> str:
    """Return an English sentence of ours in a language of the pages."""
    return str(_sentences(language).gettext(msgid))


@cache
def _sentences(language: str) -> NullTranslations:
    if language not in TRANSLATED:
        return NullTranslations()
    compiled = io.BytesIO()
    write_mo(compiled, read_catalogue(language))
    compiled.seek(0)
    return Translations(compiled)
