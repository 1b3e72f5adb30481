"""The sentences of the pages in their languages, read straight from the `.po` files.

Nothing is compiled beforehand, so nothing can be out of step: a process reads a
catalogue once, when the first page in that language is asked for.
"""

import io
from functools import cache

from babel.messages.mofile import write_mo
from babel.support import NullTranslations, Translations
from flask_babel import Babel, Domain, get_locale
from werkzeug.utils import cached_property

from registry.translations.extraction import read_catalogue
from search.codes import PAGE_LANGUAGES

SOURCE_LANGUAGE = "en"


@cache
def load_catalogue(language: str) -> NullTranslations:
    """Return the sentences of a page language; English ones are their own ids.

    Raises:
        LookupError: the pages do not exist in this language.
    """
    if language not in PAGE_LANGUAGES:
        raise LookupError(f"the pages are not written in {language!r}")
    if language == SOURCE_LANGUAGE:
        return NullTranslations()
    compiled = io.BytesIO()
    write_mo(compiled, read_catalogue(language))
    compiled.seek(0)
    return Translations(compiled)


class PageSentences(Domain):  # type: ignore[misc]  # Flask-Babel ships no types
    """Flask-Babel's domain over our catalogues: `_()`, `ngettext()` and lazy strings use it."""

    def get_translations(self) -> NullTranslations:
        """Return the sentences of the language that this request is answered in."""
        locale = get_locale()
        return load_catalogue(locale.language if locale else SOURCE_LANGUAGE)


class Languages(Babel):  # type: ignore[misc]
    """Flask-Babel with our catalogues instead of compiled files."""

    @cached_property
    def domain_instance(self) -> PageSentences:
        """The one domain there is."""
        return PageSentences()
