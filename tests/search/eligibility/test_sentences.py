"""Sentences are made for the reader: in the language, with labels, days and numbers as usual."""

import re

import pytest

from search.codes import PAGE_LANGUAGES, Outcome, Party
from search.eligibility.catalogue import load_rules
from search.eligibility.sentences import label, sentence
from search.eligibility.verdict import Verdict
from search.eligibility.words import PLAIN_KINDS, Words

KNOWN_LISTS = {
    *("category", "country", "channel", "language", "organisation_kind", "legal_status"),
    *("target_group", "vetting", "publicity", "reporting", "measure", "donor_kind", "instrument"),
}
LABELS = {
    ("country", "LT", "be"): "Літва",
    ("country", "PL", "be"): "Польшча",
    ("country", "GE", "be"): "Грузія",
}
LATIN = re.compile(r"[A-Za-z]")
ENGLISH_IN_PLACE = {"EUR", "USD"}


def labels(list_name, code, language):
    return LABELS.get((list_name, code, language), code)


def all_words():
    for code, rule in load_rules().items():
        yield code, rule.label
        for words in (*rule.sentences.values(), *rule.remedies.values()):
            yield code, words
        for question in rule.questions.values():
            yield code, question.words


def test_a_question_tells_no_side_what_the_other_one_said():
    told = {
        (code, gap)
        for code, rule in load_rules().items()
        for question in rule.questions.values()
        if question.whom is not Party.OFFICER
        for language in PAGE_LANGUAGES
        for gap in question.words.gaps(language)
    }
    assert told == {("amount_within_range", ("given", "measure"))}, "the kind of help alone"


def filled(text, kind, value, language):
    gap = "{gap:" + kind + "}"
    return Words(en=text + gap, be=text + gap, ru=text + gap).fill({"gap": value}, language, labels)


@pytest.mark.parametrize(
    ("kind", "value", "en", "be", "ru"),
    [
        ("day", "2026-11-04", "4 November 2026", "4 лістапада 2026 года", "4 ноября 2026 года"),
        ("months", 1, "1 month", "1 месяц", "1 месяц"),
        ("months", 3, "3 months", "3 месяцы", "3 месяца"),
        ("months", 12, "12 months", "12 месяцаў", "12 месяцев"),
        ("days", 21, "21 days", "21 дзень", "21 день"),
        ("years", 2, "2 years", "2 гады", "2 года"),
        ("currency", "BYN", "Belarusian Rouble", "беларускі рубель", "белорусский рубль"),
        (
            "amount",
            {"amount": "1500.50", "currency": "EUR"},
            "€1,500.50",
            "1\xa0500,50\xa0€",
            "1\xa0500,50\xa0€",
        ),
        ("amount", {"amount": "2.5", "unit": "hours"}, "2.5 hours", "2,5 гадзіны", "2,5 часа"),
        ("amount", {"amount": "1", "unit": "nights"}, "1 night", "1 ноч", "1 ночь"),
        ("percent", "33.3", "33.3%", "33,3\xa0%", "33,3\xa0%"),
        ("number", 1200, "1,200", "1\xa0200", "1\xa0200"),
        ("country", "LT", "LT", "Літва", "LT"),
    ],
)
def test_a_gap_is_filled_in_the_readers_manner(kind, value, en, be, ru):
    said = {language: filled("", kind, value, language) for language in PAGE_LANGUAGES}
    assert said == {"en": en, "be": be, "ru": ru}


def test_a_list_is_joined_as_people_speak():
    assert filled("", "country", ["LT", "PL", "GE"], "be") == "Літва, Польшча і Грузія"
    assert filled("", "country", ["LT"], "be") == "Літва"


@pytest.mark.parametrize(
    ("language", "end"), [("en", "and 2 more"), ("be", "яшчэ 2"), ("ru", "ещё 2")]
)
def test_a_long_list_is_cut_and_says_so(language, end):
    said = filled("", "country", [f"C{n}" for n in range(10)], language)
    assert said.endswith(end)
    assert "C7" in said
    assert "C8" not in said


@pytest.mark.parametrize("language", PAGE_LANGUAGES)
def test_a_list_that_just_fits_is_not_cut(language):
    said = filled("", "country", [f"C{n}" for n in range(8)], language)
    assert "C7" in said
    assert "0" not in said.replace("C0", "")


def test_a_whole_number_is_counted_as_one_however_it_is_written():
    for amount in ("5", "5.00"):
        assert filled("", "amount", {"amount": amount, "unit": "hours"}, "ru") == "5 часов"
        assert filled("", "amount", {"amount": amount, "unit": "hours"}, "be") == "5 гадзін"


def test_every_unit_has_its_plurals_in_every_language():
    for unit in ("hours", "sessions", "seats", "places", "nights", "months", "items"):
        for number in ("1", "2", "5", "0.5", "21"):
            for language in PAGE_LANGUAGES:
                assert filled("", "amount", {"amount": number, "unit": unit}, language)
    introductions = {"amount": "3", "unit": "introductions"}
    assert filled("", "amount", introductions, "ru") == "3 знакомства"


def test_a_language_that_is_not_kept_is_an_error():
    with pytest.raises(ValueError, match="en, be, ru"):
        label("offer_open", "de")


def test_every_gap_is_of_a_known_kind():
    for code, words in all_words():
        kinds = {kind for _, kind in words.gaps("en")}
        assert kinds <= PLAIN_KINDS | KNOWN_LISTS, code


def test_belarusian_and_russian_hold_no_english():
    for code, words in all_words():
        for language in ("be", "ru"):
            text = re.sub(r"\{[^}]*\}", "", words.in_language(language))
            left = [word for word in re.findall(r"\w+", text) if LATIN.search(word)]
            assert set(left) <= ENGLISH_IN_PLACE, (code, language, left)


def test_belarusian_holds_no_letter_that_it_does_not_have_nor_russian():
    for code, words in all_words():
        assert not re.search("[ищъИЩЪ]", words.be), (code, words.be)
        assert not re.search("[іўІЎ]", words.ru), (code, words.ru)


def test_a_rule_out_of_force_says_so():
    out = Verdict("offer_open", Outcome.NOT_IN_FORCE)
    assert sentence(out, "ru", labels) == "В этот день правило не действует."
    assert sentence(out, "en", labels) == "This rule is not in force on this day."


def test_labels_of_rules_differ():
    for language in PAGE_LANGUAGES:
        names = [label(code, language) for code in load_rules()]
        assert len(set(names)) == len(names)
