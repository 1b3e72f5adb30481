"""What a text and a query mean, beside the words they are written in."""

import pytest

from search.text.analysis import terms, words_with_terms
from search.text.query import read_query
from search.text.snippets import snippets
from search.text.vocabulary.concepts import is_concept


def concepts_of(text, language):
    return [term for term in terms(text, language) if is_concept(term)]


def concepts_asked(query, language=None):
    return {term for word in read_query(query, language) for term in word.terms if is_concept(term)}


@pytest.mark.parametrize(
    ("language", "text", "concept"),
    [
        ("en", "The lease of our office", "rent"),
        ("be", "за арэнду", "rent"),
        ("ru", "об аренде", "rent"),
        ("uk", "оренди", "rent"),
        ("en", "two journalists", "journalists"),
        ("ru", "журналистам", "journalists"),
        ("uk", "журналістами", "journalists"),
    ],
)
def test_any_form_of_a_word_means_its_concept(language, text, concept):
    assert f"concept:{concept}" in terms(text, language)


def test_a_phrase_means_its_concept_once_and_only_in_its_order():
    assert concepts_of("Legal aid", "en").count("concept:legal_aid") == 1
    assert "concept:legal_aid" not in terms("aid that is legal", "en")
    assert "concept:legal_aid" not in terms("legal and other humanitarian aid", "en")


def test_small_words_inside_a_phrase_may_differ():
    assert "concept:language_courses" in terms("learn a language", "en")
    assert "concept:language_courses" in terms("to learn the language", "en")


def test_a_word_that_means_something_only_before_a_small_word_needs_it():
    assert "concept:hosted" in terms("under the roof of a partner", "en")
    assert "concept:hosted" not in terms("the roof leaks", "en")


def test_a_phrase_and_its_words_both_count():
    found = concepts_of("political prisoners", "en")
    assert {"concept:political_prisoners", "concept:prisoners"} <= set(found)


def test_one_meaning_of_the_same_words_counts_once():
    assert concepts_of("mobile phone", "en").count("concept:phone") == 1


def test_the_same_meaning_written_twice_counts_twice():
    assert concepts_of("rent, lease", "en") == ["concept:rent"] * 2


@pytest.mark.parametrize("text", ["NGO", "ngo", "NGOs"])
def test_an_acronym_counts_as_it_stands(text):
    assert "concept:organisations" in terms(text, "en")


def test_a_short_acronym_counts_in_capitals_only():
    assert "concept:it_specialist" in terms("We look for IT support", "en")
    assert "concept:it_specialist" not in terms("Our members find it; support is slow", "en")


def test_an_acronym_has_no_endings():
    assert "concept:un_mechanisms" not in terms("une", "en")


def test_an_english_word_in_a_belarusian_text_means_what_it_means():
    assert "concept:vpn" in terms("Патрэбны VPN для рэдакцыі", "be")
    assert "concept:laptop" in terms("Патрэбны laptops для рэдакцыі", "be")


@pytest.mark.parametrize(
    "text", ["help", "support needed", "work", "people", "money for a project"]
)
def test_words_of_every_need_mean_nothing(text):
    assert concepts_of(text, "en") == []


def test_a_query_word_is_met_by_its_stem_or_by_its_concept():
    (word,) = read_query("rent")
    assert word.terms == ("rent", "concept:rent")
    assert word.meanings == {"concept:rent"}


def test_each_word_of_an_asked_phrase_is_met_by_the_concept():
    words = read_query("legal aid", "en")
    assert [word.written for word in words] == ["legal", "aid"]
    assert all("concept:legal_aid" in word.terms for word in words)


def test_a_query_of_an_acronym_that_is_a_small_word_is_looked_for():
    assert [word.written for word in read_query("IT support", "en")] == ["IT", "support"]


@pytest.mark.parametrize(
    ("query", "text", "language"),
    [
        ("арэнда офіса", "office rent", "en"),
        ("office rent", "оренда офісу", "uk"),
        ("political prisoners", "палітвязням", "be"),
    ],
)
def test_a_query_means_what_texts_in_other_languages_mean(query, text, language):
    assert concepts_asked(query) & set(concepts_of(text, language))


def test_a_snippet_marks_words_that_mean_what_was_asked():
    asked = [term for word in read_query("office rent", "en") for term in word.terms]
    found = snippets("Просім на арэнду офіса да лета.", asked, "be")
    assert [each.text for each in found if each.marked] == ["арэнду", "офіса"]


def test_a_snippet_marks_all_words_of_a_phrase_but_the_small_ones():
    asked = [term for word in read_query("courses", "en") for term in word.terms]
    assert not any(is_concept(term) for term in asked)
    asked = [term for word in read_query("моўныя курсы", "be") for term in word.terms]
    found = snippets("They want to learn the language soon.", asked, "en")
    assert [each.text for each in found if each.marked] == ["learn", "language"]


def test_terms_and_words_with_terms_hold_the_same():
    text = "Legal aid for political prisoners and the rent of an office"
    held = {term for _, found in words_with_terms(text, "en") for term in found}
    assert held == set(terms(text, "en"))
