import pytest

from search.text.languages import (
    detect_language,
    language_of_word,
    plausible_languages,
    tell_language,
)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Нам патрэбна падтрымка псіхолага для каманды", "be"),
        ("Рэдакцыя шукае офіс у Вільні", "be"),
        ("Нужна помощь юриста и оплата штрафов", "ru"),
        ("Объединение соседей", "ru"),
        ("Потрібна допомога з житлом для родини", "uk"),
        ("Szukamy księgowego dla fundacji w Warszawie", "pl"),
        ("Potrzebna pomoc prawna dla rodzin", "pl"),
        ("Reikia teisinės pagalbos šeimoms", "lt"),
        ("We need an office for six people", "en"),
        ("laptop", "en"),
        ("аренда", "ru"),
        ("", "en"),
    ],
)
def test_the_language_is_told_from_letters_and_small_words(text, language):
    assert detect_language(text) == language


def test_a_word_of_no_telling_letters_may_be_in_several_languages():
    assert set(plausible_languages("аренда")) >= {"ru", "uk"}
    assert set(plausible_languages("оренда")) >= {"be", "uk"}
    assert "pl" in plausible_languages("grant")


def test_a_longer_text_leaves_one():
    assert plausible_languages("Нам патрэбна дапамога, каб аплаціць офіс і працу юрыста") == ("be",)


def test_a_stray_word_is_read_in_a_language_of_its_own_script():
    assert language_of_word("laptop", "be") == "en"
    assert language_of_word("laptop", "pl") == "pl"
    assert language_of_word("ўлада", "en") == "be"
    assert language_of_word("праца", "be") == "be"


def test_where_nobody_said_it_title_and_summary_tell_together():
    title, summary = "Оренда офісу", "Нам потрібна допомога, щоб оплатити приміщення до кінця року"
    assert detect_language(title) != "uk"
    assert tell_language(None, title, summary) == "uk"
    assert tell_language("be", title, summary) == "be"
    assert tell_language("ka", title, summary) == "uk"
