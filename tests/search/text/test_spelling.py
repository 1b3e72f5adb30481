"""Slips in queries: mended towards the vocabulary and the word lists only."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.text.analysis import terms
from search.text.keyboard import in_cyrillic_layout, in_latin_layout
from search.text.likeness import count_slips
from search.text.query import read_query
from search.text.spelling import mend_word, retype
from tests.hang import HANG_SECONDS

CYRILLIC = ("be", "ru", "uk")
LATIN = ("en", "pl", "lt")


@pytest.mark.parametrize(
    ("typed", "languages", "meant"),
    [
        ("siezed", LATIN, "seized"),
        ("accountnat", LATIN, "accountant"),
        ("psyholog", LATIN, "psycholog"),
        ("медиацыя", CYRILLIC, "медиация"),
        ("dziennikazy", LATIN, "dziennikarz"),
        ("ghbdtn", LATIN, "привет"),
        ("rjdjhrbyu", LATIN, "коворкинг"),
        ("fldjrfn", LATIN, "адвокат"),
        ("щаашсу", CYRILLIC, "office"),
        ("advakat", LATIN, "адвакат"),
        ("arenda", LATIN, "арэнда"),
        ("equipmnt", ("en",), "equipment"),
        ("психалагічная", ("uk",), "псіхалагічная"),
    ],
)
def test_an_ordinary_slip_is_mended(typed, languages, meant):
    assert meant in mend_word(typed, languages)


@pytest.mark.parametrize(
    "known", ["office", "offices", "дом", "адвокатами", "палітвязняў", "pomocy", "the", "офісаў"]
)
def test_a_known_word_is_left(known):
    assert mend_word(known, CYRILLIC + LATIN) == ()


@pytest.mark.parametrize("typed", ["vsa", "10", "qwrtpsdfg", "a1b2c3"])
def test_what_is_short_or_like_nothing_is_left(typed):
    assert mend_word(typed, LATIN) == ()


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("j,scr", "обыск"),
        ("J,scr", "обыск"),
        ("j,scr,", "обыск"),
        ("ht,tyjr", "ребенок"),
        ("'vbuhfwbz", "эмиграция"),
        ("[jcnbyu", "хостинг"),
        ("f;sn", None),
        ("rent,office", None),
        ("e.g.", None),
        ("don't", None),
        ("...", None),
        ("O'Neil", None),
    ],
)
def test_keys_that_are_signs_in_another_layout(typed, meant):
    text, by_word = retype(f"help {typed} now")
    assert text == f"help {meant or typed} now"
    assert by_word == ({meant: typed} if meant else {})


def test_a_word_of_another_layout_is_looked_for_and_said():
    (word,) = read_query("j,scr")
    assert (word.written, word.mended) == ("j,scr", ("обыск",))
    assert set(terms("обыск", "ru")) <= set(word.terms)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("obysk", "обыск"),
        ("bezhentsy", "беженцы"),
        ("pomoshch", "помощь"),
        ("pomosch", "помощь"),
        ("yurist", "юрист"),
        ("obshchezhitie", "общежитие"),
        ("politzaklyuchennye", "политзаключенные"),
        ("dopomoha", "допомога"),
        ("bizhentsi", "біженці"),
        ("navchannya", "навчання"),
    ],
)
def test_russian_and_ukrainian_in_latin_letters(typed, meant):
    assert meant in mend_word(typed, LATIN)


@pytest.mark.parametrize("known", ["pomoc", "visa", "laptop", "pagalba", "studio", "office"])
def test_a_latin_word_of_the_field_is_no_transliteration(known):
    assert mend_word(known, LATIN) == ()


def test_what_was_typed_is_looked_for_too_and_weighs_more():
    (word,) = read_query("siezed")
    assert word.mended == ("seized",)
    assert set(terms("siezed", "en")) <= set(word.terms) - word.meanings
    assert set(terms("seized", "en")) <= word.meanings


def test_a_slip_inside_a_phrase_still_makes_the_phrase():
    words = read_query("psyhological support", "en")
    assert all("concept:psychological_support" in word.terms for word in words)


@pytest.mark.parametrize(
    ("query", "concepts"),
    [
        ("психалагічная дапамога", {"psychological_support"}),
        ("arenda ofisu", {"rent", "office"}),
    ],
)
def test_a_mended_word_is_read_in_its_own_language(query, concepts):
    found = {term for word in read_query(query) for term in word.terms}
    assert {f"concept:{each}" for each in concepts} <= found


def test_a_latin_letter_inside_a_cyrillic_word_is_no_slip():
    (word,) = read_query("буxгалтер", "ru")
    assert "concept:accounting" in word.terms
    assert word.mended == ()


def test_the_same_slip_is_always_mended_alike():
    first = mend_word("ekstradicja", LATIN)
    mend_word.cache_clear()
    assert mend_word("ekstradicja", LATIN) == first == ("ekstradycja", "ekstradicija")


def test_a_long_query_of_unknown_words_takes_bounded_time():
    query = " ".join(f"абракад{one}{other}бры" for one in "абвгде" for other in "клмно")
    mend_word.cache_clear()
    read_query("скарга")
    started = time.process_time()
    read_query(query)
    assert time.process_time() - started < HANG_SECONDS


@pytest.mark.parametrize(
    ("one", "other", "slips"),
    [
        ("visa", "visa", 0),
        ("viza", "visa", 1),
        ("vsia", "visa", 1),
        ("visaa", "visa", 1),
        ("vis", "visa", 1),
        ("vizaa", "visa", 2),
        ("abcd", "badc", 2),
        ("visa", "rent", None),
        ("visa", "visaeur", None),
    ],
)
def test_slips_are_counted(one, other, slips):
    assert count_slips(one, other, 2) == slips


@given(st.text("абв", max_size=6), st.text("абв", max_size=6))
def test_slips_count_the_same_both_ways(one, other):
    assert count_slips(one, other, 3) == count_slips(other, one, 3)


@pytest.mark.parametrize("language", ["be", "ru", "uk"])
def test_a_layout_leads_back(language):
    assert "wjqvt" in in_latin_layout(in_cyrillic_layout("wjqvt", language))
