"""Belarusian in three spellings: both Cyrillic orthographies and Łacinka."""

import pytest

from search.text.analysis import terms
from search.text.lacinka import cyrillic_spellings
from search.text.languages import detect_language
from search.text.query import read_query

LACINKA = "Patrebnaja dapamoha siemjam palitviaźniaŭ: opłata advakata, pasyłki i listy ŭ turmu."
CYRILLIC = "Патрэбная дапамога сем'ям палітвязняў: аплата адваката, пасылкі і лісты ў турму."


@pytest.mark.parametrize(
    ("latin", "cyrillic"),
    [
        ("škoła", "школа"),
        ("ŭłada", "ўлада"),
        ("hramadstva", "грамадства"),
        ("žyćcio", "жыцьце"),
        ("źniavoleny", "зьняволены"),
        ("dziaržava", "дзяржава"),
        ("padtrymlivajecca", "падтрымліваецца"),
        ("jaŭhien", "яўген"),
        ("chvaroba", "хвароба"),
        ("dźmuchaviec", "дзьмухавец"),
        ("advakat", "адвакат"),
    ],
)
def test_latin_letters_are_led_back_to_cyrillic_ones(latin, cyrillic):
    assert cyrillic in cyrillic_spellings(latin)


def test_who_writes_one_l_for_both_is_read_both_ways():
    assert cyrillic_spellings("palac") == ("палац", "паляц")


@pytest.mark.parametrize("word", ["quota", "школа", "żółty", "10"])
def test_what_is_not_in_its_letters_is_left(word):
    assert cyrillic_spellings(word) == ()


def test_the_language_is_told_by_letters_that_only_lacinka_has_together():
    assert detect_language(LACINKA) == "be"
    assert detect_language("Pomoc prawna dla rodzin więźniów politycznych") == "pl"
    assert detect_language("Teisinė pagalba šeimoms, kurių artimieji kalėjime") == "lt"


def test_a_few_foreign_names_do_not_make_a_text_belarusian():
    text = "We meet in " + "a small office near the river and work for people " * 3
    assert detect_language(text + "with friends from Łódź and Šiauliai") == "en"


@pytest.mark.parametrize("language", ["be", None])
def test_a_text_in_lacinka_is_met_by_queries_in_cyrillic(language):
    held = set(terms(LACINKA, language))
    for word in ("адвакат", "пасылка", "дапамогу", "турма"):
        (asked,) = read_query(word, "be")
        assert not held.isdisjoint(asked.terms), word
    assert {"concept:lawyer", "concept:political_prisoners", "concept:parcels"} <= held


def test_a_query_in_lacinka_meets_a_text_in_cyrillic():
    held = set(terms(CYRILLIC, "be"))
    for query in ("advakat", "palitviaźni", "pasyłki", "palitviazni"):
        assert any(not held.isdisjoint(word.terms) for word in read_query(query)), query


def test_small_words_are_small_in_lacinka_too():
    assert terms("dla i na", "be") == []


def test_an_english_title_of_a_belarusian_need_is_still_english():
    assert "laptop" in terms("Laptops for reporters", "be")


@pytest.mark.parametrize(
    ("classical", "official"),
    [
        ("сьнег", "снегу"),
        ("зьмены", "змена"),
        ("жыцьцё", "жыццё"),
        ("пісьменьнік", "пісьменніка"),
        ("калёнія", "калоніі"),
        ("плян", "план"),
        ("клясы", "класа"),
        ("газэта", "газету"),
        ("сыстэма", "сістэмы"),
    ],
)
def test_both_cyrillic_orthographies_meet(classical, official):
    assert not set(terms(classical, "be")).isdisjoint(terms(official, "be"))
