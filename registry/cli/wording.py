"""Names of codes for sentences that are made outside of any request."""

from babel import Locale

from registry.domain import labels
from registry.web.catalogues import load_catalogue
from search.eligibility.words import LOCALES


def name_code(list_name: str, code: str, language: str) -> str:
    """Return what people call a code of a closed list, a country, a language or a currency.

    It is the callable that `search.eligibility.words` asks for labels.
    """
    locale = Locale.parse(LOCALES[language])
    names = {
        "country": locale.territories,
        "language": locale.languages,
        "currency": locale.currencies,
    }
    if list_name in names:
        return str(names[list_name].get(code, code))
    return str(load_catalogue(language).gettext(labels.label(list_name, code)))
