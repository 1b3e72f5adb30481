"""The word lists behind passphrases: long enough, typable, and hard to mistake."""

import math
from pathlib import Path

import pytest

WORDS = Path(__file__).parents[3] / "registry" / "identity" / "words"
LETTERS = {
    "en": "abcdefghijklmnopqrstuvwxyz",
    "be": "абвгдежзійклмнопрстуўфхцчшыьэюя",
    "ru": "абвгдежзийклмнопрстуфхцчшщыьэюя",
}
PASSPHRASE_WORDS = 7

languages = pytest.mark.parametrize("language", sorted(LETTERS))


def lines_of(language: str) -> list[str]:
    return (WORDS / f"{language}.txt").read_text("utf-8").splitlines()


def shortened(word: str) -> set[str]:
    return {word[:i] + word[i + 1 :] for i in range(len(word))}


def with_a_gap(word: str) -> set[str]:
    return {word[:i] + "*" + word[i + 1 :] for i in range(len(word))}


@languages
def test_seven_words_make_more_than_eighty_bits(language: str) -> None:
    assert PASSPHRASE_WORDS * math.log2(len(lines_of(language))) >= 80


@languages
def test_a_list_has_at_least_4096_words_and_none_twice(language: str) -> None:
    words = lines_of(language)
    assert len(words) >= 4096
    assert len(set(words)) == len(words)


@languages
def test_words_are_four_to_eight_letters_that_a_telephone_shows_at_once(language: str) -> None:
    allowed = set(LETTERS[language])
    wrong = [w for w in lines_of(language) if not 4 <= len(w) <= 8 or not set(w) <= allowed]
    assert wrong == []


@languages
def test_no_word_is_another_one_with_a_single_slip(language: str) -> None:
    words = set(lines_of(language))
    dropped = [word for word in words if shortened(word) & words]
    gaps = [gap for word in words for gap in with_a_gap(word)]
    assert dropped == []
    assert len(gaps) == len(set(gaps))


def test_the_source_and_licence_of_every_list_are_named() -> None:
    readme = (WORDS / "README.md").read_text("utf-8")
    assert [f"`{path.name}`" in readme for path in sorted(WORDS.glob("*.txt"))] == [True] * 3
