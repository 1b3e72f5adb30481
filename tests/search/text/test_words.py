import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.text.words import LONGEST_TEXT, words_of
from tests.hang import HANG_SECONDS


def written(text):
    return [word.written for word in words_of(text)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Патрэбна: офіс, 2 месцы!", ["Патрэбна", "офіс", "2", "месцы"]),
        ("сям’я й аб'ява", ["сям’я", "й", "аб'ява"]),
        ("10 000 EUR", ["10000", "EUR"]),
        ("1.500 eur", ["1500", "eur"]),
        ("у 2025 100 чалавек", ["у", "2025", "100", "чалавек"]),
        ("COVID-19", ["COVID", "19"]),
        ("'quoted' words'", ["quoted", "words"]),
        ("", []),
        ("… — !", []),
    ],
)
def test_words_are_letters_and_digits_between_anything_else(text, words):
    assert written(text) == words


def test_a_hyphen_binds_a_word_to_the_one_before():
    assert [word.hyphenated for word in words_of("прэс-сакратар і я - ён")] == [
        False,
        True,
        False,
        False,
        False,
    ]


@given(st.text(max_size=400))
def test_a_word_stands_where_it_says(text):
    for word in words_of(text):
        assert text[word.start : word.end].replace(" ", "")[0] == word.written[0]
        assert 0 <= word.start < word.end <= len(text)


@pytest.mark.parametrize("piece", ["а", "а ", "1 ", "1.", "123 ", "а-", "а'", "\u0301", "а\u0301"])
def test_a_megabyte_of_anything_is_read_in_bounded_time(piece):
    started = time.process_time()
    words = list(words_of(piece * (1_000_000 // len(piece))))
    assert time.process_time() - started < HANG_SECONDS
    assert all(word.end <= LONGEST_TEXT for word in words)
