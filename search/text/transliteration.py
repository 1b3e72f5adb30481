"""Russian and Ukrainian written in Latin letters, as people type them where no keyboard helps.

There is no one way: `kh`, `h` and `x` are all х, `ya`, `ia` and `ja` are all я. What is given here
are readings to be looked up in word lists; a reading that no list knows counts for nothing.
"""

import re

from search.text.folding import fold, is_cyrillic

_BOTH = {
    "shch": "щ", "sch": "щ", "zh": "ж", "kh": "х", "ts": "ц", "ch": "ч", "sh": "ш",
    "ya": "я", "ja": "я", "ia": "я", "yu": "ю", "ju": "ю", "iu": "ю",
    "a": "а", "b": "б", "c": "ц", "d": "д", "e": "е", "f": "ф", "g": "г", "j": "й", "k": "к",
    "l": "л", "m": "м", "n": "н", "o": "о", "p": "п", "r": "р", "s": "с", "t": "т", "u": "у",
    "v": "в", "w": "в", "x": "х", "z": "з", "'": "ь", "č": "ч", "š": "ш", "ž": "ж",
}  # fmt: skip
_RUSSIAN = _BOTH | {
    "yo": "е", "jo": "е", "ye": "е", "je": "е", "iy": "ий", "yy": "ый", "y'e": "ые",
    "y": "ы", "i": "и", "h": "х", "eh": "э",
}  # fmt: skip
_UKRAINIAN = _BOTH | {
    "yi": "ї", "ji": "ї", "ye": "є", "je": "є", "ie": "є", "yo": "йо", "jo": "йо", "yy": "ий",
    "y": "и", "i": "і", "h": "г",
}  # fmt: skip
_AFTER_VOWEL = re.compile("(?<=[aeiou])[yi](?![aeiou])")
_CONSONANT_AT_END = re.compile("[бвгджзклмнпрстфхцчшщ]$")
_SOUNDS_SOFT = re.compile("(?<=[лнрстздц])(?=[бвгджзкмнпстфхцчшщеюя])")
_MANY_AT_END = re.compile("(?<=[^aeiouy])ye$")
_TABLES = {"ru": _RUSSIAN, "uk": _UKRAINIAN}
_SIGN = {
    language: re.compile("|".join(sorted(map(re.escape, table), key=len, reverse=True)))
    for language, table in _TABLES.items()
}


def russian_and_ukrainian_spellings(word: str) -> tuple[tuple[str, str], ...]:
    """The readings of a folded Latin word as (Cyrillic spelling, `ru` or `uk`), likeliest first.

    A soft sign that Latin letters leave out is tried at the end and inside, one at a time. None
    for a word with a letter that nobody uses so.
    """
    if is_cyrillic(word):
        return ()
    return tuple(
        (spelling, language)
        for language, table in _TABLES.items()
        if set(word) <= set("".join(table))
        for spelling in _with_soft_signs(_spell(word, language))
    )


def _spell(word: str, language: str) -> str:
    word = _AFTER_VOWEL.sub("j", word)
    if language == "ru":
        word = _MANY_AT_END.sub("y'e", word)  # -ые, not -е
    return fold(_SIGN[language].sub(lambda found: _TABLES[language][found.group()], word))


def _with_soft_signs(spelling: str) -> tuple[str, ...]:
    """The spelling, and the same with one soft sign more; few, for a word is short."""
    places = [found.start() for found in _SOUNDS_SOFT.finditer(spelling)]
    if _CONSONANT_AT_END.search(spelling):
        places.insert(0, len(spelling))
    return (spelling, *(f"{spelling[:place]}ь{spelling[place:]}" for place in places))
