from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.text.analysis import terms
from search.text.query import QueryRefused, read_query


def written(text, language=None):
    return [word.written for word in read_query(text, language)]


def test_a_query_is_its_words_without_the_small_ones():
    assert written("аплата офіса для рэдакцыі") == ["аплата", "офіса", "рэдакцыі"]


def test_the_same_word_in_two_forms_counts_once():
    assert written("office offices") == ["office"]


def test_quotation_marks_mean_their_words():
    assert written('«аренда офиса» "юрист"') == ["аренда", "офиса", "юрист"]


def test_nothing_asks_for_nothing():
    assert read_query("") == ()
    assert read_query("  … ") == ()


@pytest.mark.parametrize(
    ("query", "text", "language"),
    [
        ("оренда", "Оренди приміщення", "uk"),
        ("аренда", "Оплата аренды", "ru"),
        ("грошы", "Няма грошай", "be"),
        ("pomoc", "Pomocy prawnej", "pl"),
        ("grantai", "Grantų paieška", "lt"),
        ("e-mail", "email", "en"),
        ("email", "e-mail", "en"),
        ("психолог", "Услуги психолога", "ru"),
    ],
)
def test_a_word_meets_its_forms_though_nobody_said_its_language(query, text, language):
    (word, *_) = read_query(query)
    assert not set(word.terms).isdisjoint(terms(text, language))


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("офіс*", "query_wildcards"),
        ("*офіс", "query_wildcards"),
        ("оф?с", "query_wildcards"),
        ("office~2", "query_wildcards"),
        ("office~", "query_wildcards"),
        ("/off.*/", "query_wildcards"),
        ("а" * 501, "query_too_long"),
        ("слова " * 33, "query_too_many_words"),
        ("of\x00fice", "query_control_characters"),
        ("of\ud800fice", "query_control_characters"),
        ("of\x1bfice", "query_control_characters"),
        ("і на", "query_without_words"),
    ],
)
def test_what_cannot_be_looked_for_is_refused_with_a_code_and_a_remedy(query, code):
    with pytest.raises(QueryRefused) as refused:
        read_query(query)
    assert refused.value.code == code
    assert query not in refused.value.message


@pytest.mark.parametrize(
    "query", ["Ці ёсць офіс?", "офіс & юрыст", "офіс -юрыст", "(офіс)", "a:b офіс"]
)
def test_everyday_punctuation_is_no_operator(query):
    assert "офіс" in written(query)


@given(st.text(max_size=500))
def test_any_text_is_read_or_refused(text):
    with suppress(QueryRefused):
        assert all(word.terms for word in read_query(text))
