import re

import pytest

from search.text.analysis import terms
from search.text.keyed import KeyedTerms

KEY = bytes(range(32))


def test_a_key_is_24_hexadecimal_digits_and_always_the_same():
    assert re.fullmatch("[0-9a-f]{24}", KeyedTerms(KEY).key("школ"))
    assert KeyedTerms(KEY).key("школ") == KeyedTerms(KEY).key("школ")


def test_another_index_key_makes_other_keys():
    assert KeyedTerms(KEY).key("школ") != KeyedTerms(bytes(32)).key("школ")


def test_different_terms_have_different_keys():
    keyed = KeyedTerms(KEY)
    assert len({keyed.key(f"term{number}") for number in range(10_000)}) == 10_000


def test_the_keys_of_a_text_are_those_of_its_terms():
    keyed = KeyedTerms(KEY)
    text = "Патрэбна падтрымка школы"
    assert keyed.keys(text, "be") == [keyed.key(term) for term in terms(text, "be")]


def test_the_key_shows_nowhere():
    assert KEY.hex() not in repr(KeyedTerms(KEY))
    assert repr(KEY) not in repr(KeyedTerms(KEY))


def test_a_short_key_is_refused():
    with pytest.raises(ValueError, match="32 bytes"):
        KeyedTerms(b"short")
