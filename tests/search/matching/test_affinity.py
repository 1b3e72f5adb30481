"""How much two texts have in common."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.matching.affinity import affinity, affinity_of_letters, compare, read_words

WORDS = st.sampled_from(["rent", "office", "camera", "lawyer", "warsaw", "podcast", "microphone"])
TEXTS = st.lists(WORDS, min_size=1, max_size=12).map(" ".join)


@given(TEXTS, TEXTS)
def test_it_lies_between_nothing_and_all_and_is_the_same_both_ways(one: str, other: str) -> None:
    there, back = compare(one, other), compare(other, one)
    assert there == back
    assert there is not None
    assert 0 <= there < 1


@given(TEXTS, WORDS)
def test_a_further_shared_word_never_makes_it_smaller(text: str, word: str) -> None:
    before, after = compare(text, text), compare(f"{text} {word}", f"{text} {word}")
    assert before is not None
    assert after is not None
    assert after >= before


@pytest.mark.parametrize(
    ("need", "offer"),
    [
        ("Microphones for a podcast", "A microphone and podcasts"),
        ("Арэнда офіса ў Вільні", "Аплачваем арэнду офісаў"),
        ("Юристы для волонтёров", "Консультация юриста"),
        ("Wynajem małego biura w Łodzi", "Opłacimy wynajem biur dla małych redakcji"),
    ],
)
def test_forms_of_one_word_are_one_word(need: str, offer: str) -> None:
    assert (compare(need, offer) or 0) > (compare(need, "Winter coats") or 0)


def test_texts_without_a_common_word_have_nothing_in_common() -> None:
    assert compare("Microphones for the newsroom", "Winter coats for children") == 0


@pytest.mark.parametrize(
    ("need", "offer"),
    [
        ("Support for our organisation", "Support of organisations with a grant"),
        ("Падтрымка нашай арганізацыі", "Падтрымка арганізацый"),
        ("Поддержка нашей организации", "Поддержка организаций"),
    ],
)
def test_words_that_stand_everywhere_count_nothing(need: str, offer: str) -> None:
    assert not compare(need, offer)


@pytest.mark.parametrize("text", ["", "   ", "the of and", "support", "!!!"])
def test_a_text_that_tells_nothing_is_not_compared(text: str) -> None:
    assert read_words(text) is None
    assert compare(text, "Rent of an office") is None


def test_long_words_tell_more_than_short_ones() -> None:
    assert (compare("psychologist", "psychologist") or 0) > (compare("rent", "rent") or 0)


def test_a_word_in_several_forms_counts_once_by_the_longest_whatever_their_order() -> None:
    there, back = read_words("rents rent"), read_words("rent rents")
    assert there == back == read_words("rents")
    assert there is not None
    assert sum(there.letters.values()) == len("rents")


def test_two_and_a_half_long_words_make_one_half() -> None:
    words = ["microphone", "psychologist", "lawyers"]
    assert compare(" ".join([*words[:2], "rent"]), " ".join(words)) == round(14 / (14 + 17.5), 4)
    assert affinity_of_letters(0) == 0
    assert affinity_of_letters(35) == round(2 / 3, 4)


def test_the_language_that_was_stated_is_the_one_that_is_read() -> None:
    stated, unsaid = read_words("nuomos", "lt"), read_words("nuomos")
    assert affinity(stated, read_words("nuoma", "lt")) != 0
    assert affinity(unsaid, read_words("nuoma", "lt")) == 0


def test_words_are_never_printed() -> None:
    assert repr(read_words("Marigold")) == "<TellingWords>"
    assert affinity(None, read_words("Rent")) is None
