"""Belarusian written in Latin letters (Łacinka), led back to Cyrillic.

Its ł is hard and its l soft, but many write l for both; then a word has two readings.
"""

import re

from search.text.folding import fold, is_cyrillic

_HARD_L = "ł"
_SIGNS = {
    "ch": "х", "dz": "дз", "dž": "дж", "dź": "дзь",
    "a": "а", "b": "б", "c": "ц", "ć": "ць", "č": "ч", "d": "д", "e": "э", "f": "ф", "g": "г",
    "h": "г", "i": "і", "j": "й", "k": "к", "l": "л", "ł": "л", "m": "м", "n": "н", "ń": "нь",
    "o": "о", "p": "п", "r": "р", "s": "с", "ś": "сь", "š": "ш", "t": "т", "u": "у", "ŭ": "ў",
    "v": "в", "w": "в", "y": "ы", "z": "з", "ź": "зь", "ž": "ж",
}  # fmt: skip
_SOFT = {"a": "я", "e": "е", "o": "ё", "u": "ю"}
_AFTER_J = re.compile("j([aeou])")
_AFTER_I = re.compile("(?<=[^aeiouyj])i([aeou])")
_AFTER_SOFT_L = re.compile("l([aeou])")
_SIGN = re.compile("ch|dz|dž|dź|.")

_OWN = re.compile("ŭ")
_OF_LITHUANIAN = re.compile("[čšž]")
_OF_POLISH = re.compile("[łćńśź]")
_ONE_WORD_IN = 12


def is_lacinka(words: list[str]) -> bool:
    """Whether folded Latin words are Belarusian: ŭ, or letters that only it has together."""
    joined = " ".join(words)
    marked = sum(bool(_OF_POLISH.search(word) or _OWN.search(word)) for word in words)
    if marked * _ONE_WORD_IN < len(words):
        return False
    both = _OF_LITHUANIAN.search(joined) and _OF_POLISH.search(joined)
    return bool(_OWN.search(joined) or both)


def cyrillic_spellings(word: str) -> tuple[str, ...]:
    """The folded word in Cyrillic letters, in one or two readings; none for a foreign letter."""
    if is_cyrillic(word) or not set(word) <= set("".join(_SIGNS)) | {"'"}:
        return ()
    soft = _spell(_AFTER_SOFT_L.sub(lambda found: "л" + _SOFT[found[1]], word))
    return (soft,) if _HARD_L in word else tuple(dict.fromkeys((_spell(word), soft)))


def _spell(word: str) -> str:
    for pattern in (_AFTER_J, _AFTER_I):
        word = pattern.sub(lambda found: _SOFT[found[1]], word)
    return fold("".join(_SIGNS.get(sign, sign) for sign in _SIGN.findall(word)))
