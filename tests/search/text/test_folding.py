import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.text.folding import LONGEST_WORD, fold, fold_lithuanian_stress


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("Ёлка", "елка"),
        ("за\u0301мак", "замак"),
        ("мазг\u00ed", "мазгі"),  # a Latin i with its accent
        ("\u0419од", "йод"),
        ("СЯМ’Я", "сям'я"),
        ("сямʼя", "сям'я"),
        ("ґанок", "ганок"),
        ("пра\u00adца", "праца"),
        ("ﬁnance", "finance"),
        ("ўлада", "ўлада"),
        ("Łódź", "łódź"),
        ("ŽMOGUS", "žmogus"),
    ],
)
def test_spellings_of_one_word_fold_to_one(written, folded):
    assert fold(written) == folded


def test_a_latin_i_inside_a_cyrillic_word_is_cyrillic():
    assert fold("iснуе") == "існуе"
    assert fold("cаюз") == "саюз"  # Latin c


def test_a_cyrillic_letter_inside_a_latin_word_is_latin():
    assert fold("оffice") == "office"  # Cyrillic о


def test_lithuanian_stress_goes_and_lithuanian_letters_stay():
    assert fold_lithuanian_stress("sántvarkose") == "santvarkose"
    assert fold_lithuanian_stress("ąčęėįšųūž") == "ąčęėįšųūž"


LETTERS = "абвгґдеёжзіїйклмноўпрстуфхцчшщьыэюяABCIOPXabciopxyzłśąėůß'’\u0301\u00ad"


@given(st.text(alphabet=LETTERS, max_size=40))
def test_folding_twice_changes_nothing_more(word):
    assert fold(fold(word)) == fold(word)


@given(st.text(max_size=300))
def test_no_text_folds_to_more_than_the_longest_word(text):
    assert len(fold(text)) <= LONGEST_WORD


def test_many_combining_marks_take_no_time():
    assert len(fold("а" + "\u0323\u0301" * 500_000)) <= LONGEST_WORD
