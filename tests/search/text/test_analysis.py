import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.text.analysis import possible_terms, terms
from search.text.languages import LANGUAGES
from tests.hang import HANG_SECONDS


def test_stop_words_and_lone_letters_give_no_terms():
    assert terms("і на для ў", "be") == []
    assert terms("The of a", "en") == []


def test_a_term_is_there_as_often_as_its_word():
    assert terms("office Office offices", "en").count("offic") == 3


def test_a_language_that_is_not_ours_is_told_from_the_letters():
    assert terms("offices", "xx") == terms("offices", "en")
    assert terms("уладаў", None) == terms("уладаў", "be")


@pytest.mark.parametrize(
    ("text", "concept"),
    [
        ("НКА", "organisations"),
        ("ГА", "organisations"),
        ("NVO", "organisations"),
        ("wynajem biura", "rent"),
        ("biuro nuoma", "rent"),
        ("оренда офісу", "rent"),
    ],
)
def test_a_few_words_mean_what_they_mean_in_any_language_they_may_be_in(text, concept):
    assert f"concept:{concept}" in possible_terms(text)


def test_a_text_in_plainly_another_language_than_stated_is_read_as_what_it_is():
    text = "Нам патрэбна дапамога, каб аплаціць офіс і працу юрыста для сем'яў палітвязняў"
    assert terms(text, "ru") == terms(text, "be")


def test_a_hyphenated_word_is_found_with_and_without_its_hyphen():
    assert not set(terms("e-mail", "en")).isdisjoint(terms("email", "en"))
    assert not set(terms("прэс-сакратар", "be")).isdisjoint(terms("сакратара", "be"))


def test_a_latin_word_inside_a_cyrillic_text_is_the_same_word():
    assert "laptop" in terms("патрэбны laptops", "be")


def test_numbers_are_terms_however_they_are_grouped():
    assert terms("10 000", "en") == terms("10.000", "en") == terms("10000", "en") == ["10000"]


@given(st.text(max_size=300), st.sampled_from([*LANGUAGES, None, "de"]))
def test_any_text_gives_the_same_terms_twice_and_none_is_empty_or_spaced(text, language):
    found = terms(text, language)
    assert found == terms(text, language)
    assert all(term and not any(map(str.isspace, term)) for term in found)


def test_threads_do_not_disturb_each_other():
    words = [f"{stem}{end}" for stem in ("помощник", "работник") for end in ("", "а", "ом", "ами")]
    alone = [terms(word, "ru") for word in words]
    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(lambda number: terms(words[number % 8], "ru"), range(800)))
    assert together == alone * 100


@pytest.mark.parametrize("language", [*LANGUAGES, None])
@pytest.mark.parametrize(
    "text",
    [
        "слова " * 170_000,
        "падтрымліваецца" * 70_000,
        "а" * 10_000 + " " + "b" * 10_000,
        "-".join("аб" for _ in range(300_000)),
        "\u0301" * 1_000_000,
    ],
    ids=["words", "one word", "10,000 letters", "hyphens", "marks"],
)
def test_a_megabyte_takes_bounded_time(text, language):
    started = time.process_time()
    terms(text, language)
    assert time.process_time() - started < HANG_SECONDS


def test_a_hundred_kilobytes_of_ever_new_words_take_bounded_time():
    text = " ".join(
        f"слово{chr(0x430 + n % 32)}{chr(0x430 + n // 32 % 32)}вать" for n in range(9_000)
    )
    started = time.process_time()
    assert terms(text, "ru")
    assert time.process_time() - started < HANG_SECONDS
