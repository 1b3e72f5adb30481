import unicodedata

import pytest

from search.text import belarusian_endings, ukrainian
from search.text.belarusian import stems as belarusian_stems
from search.text.endings import cut_ending
from search.text.stop_words import STOP_WORDS
from search.text.ukrainian import stems as ukrainian_stems


def test_the_longest_ending_is_cut_that_leaves_two_letters():
    assert cut_ending("школамі", {"і", "мі", "амі"}) == ("школ", "амі")
    assert cut_ending("дамі", {"і", "мі", "амі"}) == ("да", "мі")
    assert cut_ending("я", {"я"}) == ("я", "")


def cyrillic_entries():
    tables = [
        belarusian_endings.NOMINAL,
        belarusian_endings.VERBAL,
        belarusian_endings.PARTICIPLE,
        belarusian_endings.SUPPLETIVE,
        belarusian_endings.VERBAL_SECOND,
        ukrainian._NOMINAL,
        ukrainian._VERBAL,
        *(STOP_WORDS[language] for language in ("be", "ru", "uk")),
    ]
    return [entry for table in tables for entry in table]


def test_no_table_holds_a_latin_look_alike():
    strange = [
        entry
        for entry in cyrillic_entries()
        for letter in entry
        if letter != "'" and "CYRILLIC" not in unicodedata.name(letter)
    ]
    assert strange == []


@pytest.mark.parametrize("stems", [belarusian_stems, ukrainian_stems])
@pytest.mark.parametrize("word", ["а", "я", "ць", "ся", "цца", "й", "'", "дз", "ццц", "ёж" * 20])
def test_any_word_has_a_stem(stems, word):
    assert stems(word)
    assert all(stems(word))
