"""What codes are called: a name in every language of the pages, never the code itself."""

import pytest

from registry.services.name_code import name_code
from search.codes import COUNTRIES, LANGUAGES, PAGE_LANGUAGES


@pytest.mark.parametrize("language", PAGE_LANGUAGES)
@pytest.mark.parametrize(("list_name", "codes"), [("country", COUNTRIES), ("language", LANGUAGES)])
def test_every_country_and_language_has_a_name(
    list_name: str, codes: frozenset[str], language: str
) -> None:
    unnamed = [code for code in codes if name_code(list_name, code, language) == code]
    assert not unnamed


def test_the_readers_own_language_goes_first() -> None:
    assert name_code("language", "uk", "be") == "украінская"
    assert name_code("language", "tl", "be") == "Tagalog"
    assert name_code("country", "LT", "ru") == "Литва"
    assert name_code("currency", "EUR", "en") == "Euro"
